/** The completion scripts, run in the real shells where they are installed. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { domxml, temporaryFolder } from './domxml';

async function scriptOf(t: TestContext, shell: string): Promise<string> {
  const { code, stdout } = await domxml(['completion', shell]);
  assert.equal(code, 0);
  const path = join(await temporaryFolder(t), `domxml.${shell}`);
  await writeFile(path, stdout);
  return path;
}

function isInstalled(shell: string): boolean {
  try {
    execFileSync(shell, ['-c', 'true']);
    return true;
  } catch {
    return false;
  }
}

/** bash is everywhere; zsh and fish are tried out where they are, and no test depends on their being installed. */
const has = (shell: string): boolean => {
  const installed = isInstalled(shell);
  if (!installed) console.log(`# ${shell} is not installed here: its script was not run in it`);
  return installed;
};

const OFFERS: readonly { readonly line: string; readonly offers: readonly string[] }[] = [
  { line: 'domxml ch', offers: ['check'] },
  { line: 'domxml groups ', offers: ['list', 'info', 'set', 'delete'] },
  { line: 'domxml groups d', offers: ['delete'] },
  { line: 'domxml check --f', offers: ['--format'] },
  { line: 'domxml check --format ', offers: ['text', 'json', 'sarif', 'github'] },
  { line: 'domxml check --format=s', offers: ['sarif'] },
  { line: 'domxml check --schema none --format g', offers: ['github'] },
  { line: 'domxml explain xml-', offers: ['xml-syntax'] },
  { line: 'domxml check --rule xml-', offers: ['xml-syntax='] },
  { line: 'domxml check --rule xml-syntax=o', offers: ['off'] },
  { line: 'domxml plan --vm un', offers: ['unix:'] },
  { line: 'domxml plan --vm unix:/etc/passw', offers: ['/etc/passwd'] },
  { line: 'domxml apply --allow pa', offers: ['pause'] },
  { line: 'domxml groups set --total-iops-sec-max-', offers: ['--total-iops-sec-max-length'] },
  { line: 'domxml check /etc/passw', offers: ['/etc/passwd'] },
  { line: 'domxml check -- --form', offers: [] },
  { line: 'domxml help gr', offers: ['groups'] },
  { line: 'domxml completion z', offers: ['zsh'] },
];

for (const { line, offers } of OFFERS) {
  test(`bash offers for "${line}": ${offers.join(' ')}`, async t => {
    const script = await scriptOf(t, 'bash');
    const program = 'source "$1"; COMP_LINE=$2; COMP_POINT=${#2}; _domxml; printf "%s\\n" "${COMPREPLY[@]}"';
    const output = execFileSync('bash', ['-c', program, 'bash', script, line], { encoding: 'utf8' });
    const offered = output.split('\n').filter(word => word !== '' && !/passwd-$/.test(word));
    assert.deepEqual(offered.sort(), [...offers].sort());
  });
}

if (has('fish')) {
  test('fish offers commands, options and values', async t => {
    const script = await scriptOf(t, 'fish');
    for (const { line, word } of [
      { line: 'domxml ch', word: 'check' },
      { line: 'domxml groups ', word: 'delete' },
      { line: 'domxml check --format ', word: 'sarif' },
      { line: 'domxml plan --vm un', word: 'unix:' },
    ]) {
      const output = execFileSync('fish', ['-c', 'source $argv[1]; complete -C $argv[2]', script, line], {
        encoding: 'utf8',
      });
      assert.ok(
        output.split('\n').some(offered => offered.split('\t')[0] === word),
        `${line}: ${output}`,
      );
    }
  });
}

if (has('zsh')) {
  test('zsh reads its script', async t => {
    execFileSync('zsh', ['-n', await scriptOf(t, 'zsh')]);
  });
}

for (const shell of ['bash', 'zsh', 'fish']) {
  test(`the script of ${shell} knows every command`, async () => {
    const { stdout } = await domxml(['completion', shell]);
    for (const word of ['check', 'explain', 'plan', 'apply', 'groups', 'simulate', 'serve', 'completion']) {
      assert.match(stdout, new RegExp(`\\b${word}\\b`));
    }
  });
}
