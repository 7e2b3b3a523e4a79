import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { test, type TestContext } from 'node:test';
import { ROOT } from '../host/repository';

/** The value of an expression over what a plain .mjs file of the runner exports. */
function valueOf(file: string, expression: string): unknown {
  const address = pathToFileURL(path.join(ROOT, 'test', 'run', file)).href;
  const script = `import * as m from ${JSON.stringify(address)}; console.log(JSON.stringify(${expression}) ?? 'null');`;
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }),
  );
}

function folder(t: TestContext, files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(path.join(tmpdir(), 'domxml-prepare-'));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text, { mode: 0o755 });
  }
  return root;
}

const lock = (version: string): string =>
  JSON.stringify({
    packages: { '': {}, 'node_modules/a': { version }, 'node_modules/b': { version, optional: true } },
  });
const installed = (version: string): string =>
  JSON.stringify({ packages: { 'node_modules/a': { version } } });

const whyInstall = (root: string): unknown => valueOf('prepare.mjs', `m.whyInstall(${JSON.stringify(root)})`);

test('packages are installed where node_modules is missing or older than the lock file', t => {
  assert.equal(whyInstall(folder(t, { 'package-lock.json': lock('1.0.0') })), 'node_modules is missing.');
  const old = { 'package-lock.json': lock('1.1.0'), 'node_modules/.package-lock.json': installed('1.0.0') };
  assert.equal(whyInstall(folder(t, old)), 'node_modules/a is 1.0.0, package-lock.json wants 1.1.0.');
  const fresh = { ...old, 'node_modules/.package-lock.json': installed('1.1.0') };
  assert.equal(whyInstall(folder(t, fresh)), null);
});

test('a linked node_modules is left to its owner', t => {
  const root = folder(t, { 'package-lock.json': lock('1.0.0'), 'elsewhere/a': '' });
  symlinkSync(path.join(root, 'elsewhere'), path.join(root, 'node_modules'), 'junction');
  assert.equal(whyInstall(root), null);
});

test(
  'what is missing is installed by one line of apt, with nothing that only might be wanted',
  { skip: process.platform === 'win32' && 'there is no apt on Windows' },
  t => {
    const some = folder(t, { 'bin/qemu-img': '', 'bin/chromium': '', 'bin/g++': '', 'bin/make': '' });
    const missing = `m.missingParts(${JSON.stringify(path.join(some, 'bin'))}, false)`;
    assert.equal(
      valueOf('system.mjs', `m.installLine(${missing}, true)`),
      'apt-get update && apt-get install -y --no-install-recommends qemu-system-x86 python3 libxml2-utils',
    );
    assert.equal(
      valueOf('system.mjs', `m.installLine(${missing}.slice(0, 1), false)`),
      'sudo apt-get update && sudo apt-get install -y --no-install-recommends qemu-system-x86',
    );
  },
);

test('a real libvirt needs Debian, root and debootstrap, and says so', t => {
  const bin = path.join(folder(t, { 'bin/debootstrap': '' }), 'bin');
  const debian = { platform: 'linux', release: 'NAME="Debian"\nID=debian\n', user: 0, searchPath: bin };
  const why = (system: object): unknown =>
    valueOf('roots.mjs', `m.whyNoRoots(${JSON.stringify({ ...debian, ...system })})`);
  assert.equal(why({ platform: 'darwin' }), 'runs on Linux only');
  assert.match(String(why({ release: 'ID=ubuntu\nID_LIKE=debian\n' })), /^needs a Debian: /);
  assert.match(String(why({ user: 1000 })), /^needs root, /);
  assert.equal(why({ searchPath: path.join(bin, 'nowhere') }), 'needs the package debootstrap');
  if (process.platform !== 'win32') assert.equal(why({}), null);
  const last = (root: boolean): unknown =>
    valueOf('system.mjs', `m.missingParts('/nowhere', ${String(root)}).at(-1).package`);
  assert.equal(last(true), 'debootstrap');
  assert.notEqual(last(false), 'debootstrap');
});

test('a running libvirt is seen', t => {
  const seen = (names: Readonly<Record<string, string>>): unknown =>
    valueOf('system.mjs', `m.runningLibvirt(${JSON.stringify(folder(t, names))})`);
  assert.equal(seen({ '12/comm': 'bash\n', '13/comm': 'libvirtd\n', 'self/comm': 'x\n' }), 'libvirtd');
  assert.equal(seen({ '12/comm': 'virtqemud\n' }), 'virtqemud');
  assert.equal(seen({ '12/comm': 'bash\n' }), null);
});

test('a wrong option ends with code 2 and the usage', () => {
  const script = path.join(ROOT, 'test', 'run', 'main.mjs');
  const result = spawnSync(process.execPath, [script, '--only', 'everything'], { encoding: 'utf8' });
  assert.equal(result.status, 2);
  assert.match(
    result.stderr,
    /--only knows unit, qemu, libvirt, load, vscode, ui, not everything\nusage: npm test/,
  );
});
