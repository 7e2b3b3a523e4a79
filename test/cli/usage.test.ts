/** What every command has in common: help, mistakes in the arguments, commands that are not there. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { domxml, temporaryFolder } from './domxml';

const COMMANDS = [
  ...['check', 'explain', 'plan', 'apply', 'groups list', 'groups info', 'groups set', 'groups delete'],
  ...['simulate', 'serve', 'completion'],
];

test('--version gives the version of package.json', async () => {
  for (const word of ['--version', '-V']) {
    const { code, stdout, stderr } = await domxml([word]);
    assert.match(stdout, /^domxml \d+\.\d+\.\d+\S*\n$/);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
  }
});

test('help lists every command on stdout', async () => {
  for (const words of [['--help'], ['-h'], ['help']]) {
    const { code, stdout, stderr } = await domxml(words);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    for (const command of COMMANDS) assert.match(stdout, new RegExp(`^ {2}${command} `, 'm'));
  }
});

test('without a command the help is on stderr and the exit code 2', async () => {
  const { code, stdout, stderr } = await domxml([]);
  assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
  assert.match(stderr, /Usage: domxml COMMAND/);
});

for (const command of COMMANDS) {
  test(`${command}: help by both ways is the same, and names every option`, async () => {
    const asked = await domxml(['help', ...command.split(' ')]);
    const option = await domxml([...command.split(' '), '--help']);
    assert.equal(asked.code, 0);
    assert.deepEqual(option, asked);
    assert.match(asked.stdout, new RegExp(`^Usage: domxml ${command}`, 'm'));
    assert.match(asked.stdout, /^ {2}--help /m);
  });

  test(`${command}: an unknown option is a mistake`, async () => {
    const { code, stdout, stderr } = await domxml([...command.split(' '), '--nonsense']);
    assert.equal(stdout, '');
    assert.match(stderr, /^domxml: unknown option '--nonsense'/);
    assert.match(stderr, new RegExp(`^Usage: domxml ${command}`, 'm'));
    assert.equal(code, command === 'plan' ? 1 : 2, "1 for plan, whose 2 says 'there are changes'");
  });
}

for (const { words, says } of [
  { words: ['check', '--formt', 'json', 'a.xml'], says: "unknown option '--formt'; did you mean --format?" },
  { words: ['check', '-x.xml'], says: "unknown option '-x.xml'; a path that starts with - goes behind --" },
  { words: ['check', '--format'], says: '--format needs a value: --format text|json|sarif|github' },
  { words: ['check', '--format', '--rule', 'x'], says: '--format needs a value' },
  { words: ['check', '--format', 'yaml', 'a.xml'], says: "--format 'yaml' is not known; it is one of text" },
  { words: ['check', '--format=json', '--format=text', 'a.xml'], says: '--format is given twice' },
  { words: ['check', '--help=x'], says: '--help takes no value' },
  { words: ['check'], says: 'PATH is missing: domxml check' },
  { words: ['check', '--'], says: 'PATH is missing' },
  { words: ['explain', 'xml-syntax', 'xml-syntax'], says: "'xml-syntax' is one argument too many" },
  {
    words: ['check', '--libvirt', 'newest', 'a.xml'],
    says: "--libvirt 'newest' is no release; write it as in 11.3.0",
  },
  {
    words: ['check', '--rule', 'xml-synax=off', 'a.xml'],
    says: "there is no rule 'xml-synax'; did you mean xml-syntax?",
  },
  { words: ['check', '--rule', 'xml-syntax', 'a.xml'], says: 'say what to do with the rule: xml-syntax=off' },
  { words: ['check', '--rule', 'xml-syntax=fatal', 'a.xml'], says: 'say what to do with the rule' },
  {
    words: ['check', '--rule', 'xml-syntax=off', '--rule', 'xml-syntax=hint', 'a.xml'],
    says: '--rule xml-syntax is given twice',
  },
  { words: ['check', '--rule', '__proto__=off', 'a.xml'], says: "there is no rule '__proto__'" },
  {
    words: ['check', '--schema', '/dev/null', 'a.xml'],
    says: "--schema: libvirt's schemas in '/dev/null' can't be used",
  },
  { words: ['explain', 'burst'], says: "there is no rule 'burst'" },
  { words: ['apply', 'a.xml'], says: '--vm is missing: --vm ADDRESS' },
  {
    words: ['apply', '--vm', 'unix:/tmp/x', '--allow', 'everything', 'a.xml'],
    says: "--allow 'everything' is not known",
  },
  { words: ['groups'], says: 'groups goes with one of list, info, set, delete' },
  { words: ['groups', 'show'], says: "groups goes with one of list, info, set, delete, not 'show'" },
  { words: ['serve'], says: '--stdio is missing' },
  { words: ['completion', 'powershell'], says: "'powershell' is not known; it is one of bash, zsh, fish" },
  { words: ['chekc'], says: "there is no command 'chekc'; did you mean check?" },
  { words: ['--verbose'], says: "there is no option '--verbose'" },
  { words: ['help', 'nothing'], says: "there is no command 'nothing'" },
  { words: ['attach-disk', '--vm', 'unix:/x', '--yes', 'vdb'], says: 'give --from FILE, or --source PATH' },
  {
    words: ['attach-disk', '--vm', 'unix:/x', '--yes', '--from', 'a.xml', '--cache', 'none', 'vdb'],
    says: '--cache does not go with --from',
  },
  { words: ['attach-disk', '--vm', 'unix:/x', '--source', '/a', 'vdb'], says: 'no terminal to ask on' },
  { words: ['attach-disk', '--vm', 'unix:/x', '--yes', '--source', '/a'], says: 'TARGET is missing' },
  {
    words: ['attach-disk', '--vm', 'unix:/x', '--yes', '--source', '/a', '--config', 'vdb'],
    says: 'reaches the running VM only; leave --config out',
  },
  {
    words: ['attach-disk', '--vm', 'libvirt:x', '--yes', '--source', '/a', 'vdb'],
    says: 'say what is to change: --live',
  },
  {
    words: ['detach-disk', '--vm', 'unix:/x', '--yes', '--wait', 'long', 'vdb'],
    says: '--wait takes seconds, in digits',
  },
  { words: ['undo'], says: '--vm is missing' },
  { words: ['undo', '--vm', 'unix:/x'], says: 'no terminal to ask on' },
  { words: ['disks'], says: '--vm is missing' },
  { words: ['drift', '.'], says: '--connect is missing' },
  { words: ['drift', '--connect', 'qemu:///system'], says: 'PATH is missing' },
]) {
  test(`domxml ${words.join(' ')}: ${says}`, async () => {
    const { code, stdout, stderr } = await domxml(words);
    assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
    assert.ok(stderr.startsWith('domxml: ') && stderr.includes(says), stderr);
  });
}

test('an escape sequence in an argument does not reach the terminal', async t => {
  const cwd = await temporaryFolder(t);
  const { stderr } = await domxml(['check', '\u001b]0;owned\u0007.xml', '\u202eevil.xml'], { cwd });
  assert.doesNotMatch(stderr, /[\u001b\u0007\u202e]/);
  assert.match(stderr, /\\x1b\]0;owned\\x07\.xml: there is no such file or folder/);
});
