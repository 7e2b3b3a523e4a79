import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openVirsh, VirshArgumentError, VirshEndedError } from '../../server/src/libvirt';
import { seeded } from '../support/seeded';
import { onEachLibvirt } from '../support/libvirt-hosts';

onEachLibvirt(host => {
  const open = (access: 'look' | 'change' = 'look') =>
    openVirsh({ command: host().command, uri: 'qemu:///system', access });

  test('an answer is what virsh printed, and nothing else', async () => {
    const virsh = await open();
    try {
      assert.equal(await virsh.run(['uri']), 'qemu:///system\n');
      const [first, second] = await Promise.all([virsh.run(['echo', 'one']), virsh.run(['echo', 'two'])]);
      assert.deepEqual([first, second], ['one', 'two']);
    } finally {
      await virsh.close();
    }
  });

  test('hostile arguments come back exactly as they were given', async () => {
    const virsh = await open();
    try {
      const names = [...HOSTILE, ...randomNames(300)];
      const said = await Promise.all(names.map(name => virsh.run(['echo', '--', name])));
      assert.deepEqual(said, names);
      const option = await virsh.run(['echo', '--string=--err; quit']);
      assert.equal(option, '--err; quit');
      const long = 'x'.repeat(20_000);
      assert.equal(await virsh.run(['echo', long]), long);
    } finally {
      await virsh.close();
    }
  });

  test('what cannot be said is refused in words, and nothing is sent', async () => {
    const virsh = await open();
    try {
      for (const [name, words] of [
        ['a\nquit', /control character U\+000A.*Take it out/],
        ['a\tb', /U\+0009/],
        ['\u0015uri', /U\+0015/],
        ['\u007f', /U\+007F/],
        ['a\0b', /U\+0000/],
        ['\ud800', /half a character \(U\+D800\)/],
      ] as const) {
        const refusal = (error: unknown): boolean =>
          error instanceof VirshArgumentError && words.test(error.message);
        await assert.rejects(virsh.run(['echo', '--', name]), refusal);
      }
      assert.equal(await virsh.run(['echo', 'still there']), 'still there');
    } finally {
      await virsh.close();
    }
  });

  test('errors are those of the command, in the words of libvirt', async () => {
    const virsh = await open();
    try {
      const results = await Promise.allSettled([
        virsh.run(['no-such-command']),
        virsh.run(['uri', '--no-such-option']),
        virsh.run(['uri']),
        virsh.run(['domthrottlegroupset', '--domain=lv-none', '--group-name=g', '--total-iops-sec=x']),
        virsh.run(['uri']),
      ]);
      assert.deepEqual(
        results.map(result => (result.status === 'fulfilled' ? result.value : String(result.reason))),
        [
          "VirshCommandError: Libvirt refused no-such-command: unknown command: 'no-such-command'",
          "VirshCommandError: Libvirt refused uri: command 'uri' doesn't support option --no-such-option",
          'qemu:///system\n',
          'DomainGoneError: The domain does not exist any more: it was undefined, or it was transient and has ended. List the domains anew.',
          'qemu:///system\n',
        ],
      );
    } finally {
      await virsh.close();
    }
  });

  test('who looks can change nothing', async () => {
    const virsh = await open('look');
    try {
      const refused = { name: 'VirshCommandError', message: /read only access prevents/ };
      await assert.rejects(virsh.run(['iface-begin']), refused);
      assert.equal(await virsh.run(['uri']), 'qemu:///system\n');
    } finally {
      await virsh.close();
    }
  });

  test('closing ends the process, and later commands say so', async () => {
    const virsh = await open();
    const pending = assert.rejects(virsh.run(['echo', 'x']), VirshEndedError);
    await virsh.close();
    await pending;
    await assert.rejects(virsh.run(['echo', 'x']), { name: 'VirshEndedError', sent: false });
  });

  test('a real failure of first contact is told apart too', async () => {
    for (const [uri, kind] of [
      ['qemu+unix:///system?socket=/run/nothing', 'no-daemon'],
      ['qemu+unix:///system?mode=direct', 'split-daemon'],
      ['foo:///system', 'uri-not-supported'],
      ['qemu:///nowhere', 'uri-not-supported'],
      ['qemu+tcp://127.0.0.1:1/system', 'host-unreachable'],
    ] as const) {
      const opening = openVirsh({ command: host().command, uri, access: 'look' });
      await assert.rejects(opening, { name: 'VirshConnectError', kind });
    }
    const nobody = [...host().command.slice(0, -1), 'setpriv', '--reuid=65534', '--clear-groups', 'virsh'];
    const opening = openVirsh({ command: nobody, uri: 'qemu:///system', access: 'change' });
    await assert.rejects(opening, { name: 'VirshConnectError', kind: 'socket-permission' });
  });
});

const HOSTILE = [
  '',
  ' ',
  '--',
  '-',
  '--err',
  '-c',
  "'",
  "'\\''",
  '"',
  '\\',
  '\\\\n',
  '; quit',
  '$(touch /tmp/x) `id` ${HOME} $HOME',
  '#comment',
  '&& || | > /tmp/x <',
  '!1',
  '^a^b^',
  '~root',
  '%s%n%d',
  '*?[a-z]',
  '\u00fc\u00f1\u00ef \u65e5\u672c \u{1f600} e\u0301',
  '\u0080\u009f\u00a0\u2028\u202e\ufeff\ufffd',
  ' lead and trail ',
  'virsh # ',
  "error: failed to get domain 'x'",
];

/** Made of what parsers stumble over. */
function randomNames(count: number): readonly string[] {
  const pieces = [
    ...Array.from(`'"\\;#-=$ \`()&|<>!%*?~^,:/.@`),
    'a',
    '\u00e9',
    '\u{1f600}',
    '--',
    "''",
    '\\\\',
    '""',
  ];
  const random = seeded(7);
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + random(12) }, () => pieces[random(pieces.length)]).join(''),
  );
}
