import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectUri, openVirsh, virshArgv } from '../../server/src/libvirt';

test('ssh is told that nobody can answer it, other connections stay as they are', () => {
  const rows = [
    ['qemu:///system', 'qemu:///system'],
    [' qemu:///session ', 'qemu:///session'],
    ['qemu+ssh://root@kvm1/system', 'qemu+ssh://root@kvm1/system?no_tty=1'],
    ['qemu+ssh://kvm1/system?keyfile=/k', 'qemu+ssh://kvm1/system?keyfile=/k&no_tty=1'],
    ['qemu+ssh://kvm1/system?no_tty=0&proxy=native', 'qemu+ssh://kvm1/system?no_tty=1&proxy=native'],
    ['QEMU+SSH://kvm1/system', 'QEMU+SSH://kvm1/system?no_tty=1'],
    ['qemu+tls://kvm1/system', 'qemu+tls://kvm1/system'],
    ['myhost', 'myhost'],
  ] as const;
  for (const [uri, expected] of rows) assert.deepEqual(connectUri(uri), { kind: 'uri', uri: expected });
});

test('a URI that would run a program of its choice is refused, and so is what is no URI', () => {
  for (const uri of [
    'qemu+ext:///system?command=/tmp/evil',
    'qemu+ssh://kvm1/system?command=/tmp/evil',
    'qemu+ssh://kvm1/system?no_tty=1&COMMAND=/tmp/evil',
    'qemu+ssh://kvm1/system?c%6fmmand=/tmp/evil',
    'qemu+ssh://kvm1/system?a=b;command=/tmp/evil',
    'QEMU+EXT:///system',
  ]) {
    const result = connectUri(uri);
    assert.ok(result.kind === 'refused', uri);
    assert.match(result.message, /names a program for libvirt to run.*uri_aliases/);
  }
  for (const uri of ['', ' ', '--help', 'qemu:///sys tem', 'qemu:///system\nquit']) {
    const result = connectUri(uri);
    assert.ok(result.kind === 'refused', uri);
    assert.match(result.message, /is no connection URI/);
  }
});

test('a refused URI starts nothing', async () => {
  await assert.rejects(openVirsh({ command: ['/nonexistent'], uri: '--help', access: 'look' }), {
    name: 'VirshArgumentError',
  });
});

test('who looks connects read-only', () => {
  assert.deepEqual(
    virshArgv({ uri: 'qemu:///system', access: 'look', command: ['docker', 'exec', '-i', 'n', 'virsh'] }),
    ['docker', 'exec', '-i', 'n', 'virsh', '--quiet', '--readonly', '--connect=qemu:///system'],
  );
  assert.deepEqual(virshArgv({ access: 'change' }), ['virsh', '--quiet']);
});
