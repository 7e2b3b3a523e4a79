import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../host/repository';

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

/** The one command that runs every test; README tells it, .ci/run and the workflow call it. */
const COMMAND = 'npm test';

test('README names the command that runs the tests', () => {
  assert.match(read('README.md'), new RegExp(`^\\s*(\\$ )?${COMMAND}\\b`, 'm'));
});

test('.ci/run runs that command with CI=true, and can be run', () => {
  const commands = read('.ci/run')
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'));
  assert.equal(commands.at(-1), `CI=true exec ${COMMAND}`);
  if (process.platform !== 'win32') assert.equal(statSync(path.join(ROOT, '.ci/run')).mode & 0o111, 0o111);
});

test('the workflow runs that command on Linux, macOS and Windows, on the Node that is promised', () => {
  const workflow = read('.github/workflows/ci.yml');
  for (const system of ['ubuntu-24.04', 'macos-14', 'windows-2022'])
    assert.ok(workflow.includes(system), system);
  assert.match(workflow, new RegExp(`run: ${COMMAND}$`, 'm'));
  assert.match(workflow, /node-version: 20$/m);
});

test('the workflow lets Linux make roots with a real libvirt: a Debian, as root, that may mount', () => {
  assert.match(
    read('.github/workflows/ci.yml'),
    /system: ubuntu-24\.04\n +container: \{ image: 'node:20-bookworm', options: '--privileged' \}\n/,
  );
});

test('verify is format check, lint without warnings, type check, bundles and all tests', () => {
  const { scripts } = JSON.parse(read('package.json')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  assert.equal(scripts['verify'], 'npm run lint && npm test');
  assert.equal(scripts['lint'], 'prettier --check . && eslint --max-warnings 0 .');
  assert.equal(scripts['build'], 'tsc -b && node esbuild.mjs');
  // `npm test` packages, and packaging builds.
  assert.equal(scripts['vscode:prepublish'], 'npm run build && node pack-schemas.mjs');
  assert.match(read('test/run/prepare.mjs'), /'run', '--silent', 'package'/);
});
