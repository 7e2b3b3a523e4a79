import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import type { ContactKind } from '../../server/src/libvirt';
import {
  openVirsh,
  VirshAbortedError,
  VirshArgumentError,
  VirshConnectError,
} from '../../server/src/libvirt';
import { fakeVirsh, virshThatFails } from './fake-virsh';

interface Case {
  readonly title: string;
  readonly kind: ContactKind;
  readonly uri: string;
  readonly stderr: string;
  readonly words: RegExp;
}

const FAILED = 'error: failed to connect to the hypervisor\n';

/** `measured`: what virsh 11.3 said here when the failure was brought about; `read`: from libvirt's and others' sources. */
const CASES: readonly (Case & { readonly from: 'measured' | 'read' })[] = [
  {
    title: 'not in group libvirt',
    from: 'measured',
    kind: 'socket-permission',
    uri: 'qemu:///system',
    stderr: `${FAILED}error: Failed to connect socket to '/var/run/libvirt/libvirt-sock': Permission denied\n`,
    words: /usermod -aG libvirt.*qemu:\/\/\/session/,
  },
  {
    title: 'no polkit agent',
    from: 'read',
    kind: 'no-polkit-agent',
    uri: 'qemu:///system',
    stderr: `${FAILED}error: authentication unavailable: no polkit agent available to authenticate action 'org.libvirt.unix.manage'\n`,
    words: /no polkit agent.*group libvirt/,
  },
  {
    title: 'polkit says no',
    from: 'read',
    kind: 'not-authorised',
    uri: 'qemu:///system',
    stderr: `${FAILED}error: authentication failed: access denied by policy\n`,
    words: /does not let you in: authentication failed: access denied by policy\./,
  },
  {
    title: 'the daemon is not there',
    from: 'measured',
    kind: 'no-daemon',
    uri: 'qemu:///system',
    stderr: `${FAILED}error: Failed to connect socket to '/var/run/libvirt/libvirt-sock': No such file or directory\n`,
    words: /systemctl start libvirtd\.socket.*virtqemud\.socket.*apt install/,
  },
  {
    title: 'the daemon has ended and left its socket',
    from: 'measured',
    kind: 'nobody-listening',
    uri: 'qemu:///system',
    stderr: `${FAILED}error: Failed to connect socket to '/run/lv-dead.sock': Connection refused\n`,
    words: /Nobody serves.*\/run\/lv-dead\.sock.*systemctl start/,
  },
  {
    title: 'split daemons, that of QEMU not running',
    from: 'measured',
    kind: 'split-daemon',
    uri: 'qemu+unix:///system?mode=direct',
    stderr: `${FAILED}error: Failed to connect socket to '/var/run/libvirt/virtqemud-sock': No such file or directory\n`,
    words: /one daemon for each kind of VM.*systemctl start virtqemud\.socket$/,
  },
  {
    title: 'ssh would ask for a password',
    from: 'measured',
    kind: 'ssh-password',
    uri: 'qemu+ssh://root@kvm1:2322/system',
    stderr: `${FAILED}error: Cannot recv data: root@127.0.0.1: Permission denied (publickey,password).: Connection reset by peer\n`,
    words: /^kvm1 takes none of your ssh keys.*ssh-copy-id -p 2322 root@kvm1/,
  },
  {
    title: 'the key file of the URI is missing',
    from: 'measured',
    kind: 'ssh-key-file',
    uri: 'qemu+ssh://root@kvm1/system?keyfile=/root/.ssh/lv_id',
    stderr: `${FAILED}error: Cannot recv data: Warning: Identity file /root/.ssh/lv_id not accessible: No such file or directory.\nroot@127.0.0.1: Permission denied (publickey,password).: Connection reset by peer\n`,
    words: /key file \/root\/\.ssh\/lv_id .* cannot be read/,
  },
  {
    title: 'ssh does not know the host',
    from: 'measured',
    kind: 'unknown-host-key',
    uri: 'qemu+ssh://root@kvm1/system',
    stderr: `${FAILED}error: Cannot recv data: Host key verification failed.: Connection reset by peer\n`,
    words: /does not know the key of kvm1.*ssh root@kvm1$/,
  },
  {
    title: 'the host has another key',
    from: 'measured',
    kind: 'changed-host-key',
    uri: 'qemu+ssh://root@kvm1/system',
    stderr: `${FAILED}error: Cannot recv data: @@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@\n@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\nHost key verification failed.: Connection reset by peer\n`,
    words: /another one than before.*somebody may be listening/,
  },
  {
    title: 'no such host',
    from: 'measured',
    kind: 'host-unknown',
    uri: 'qemu+ssh://root@kvm9/system',
    stderr: `${FAILED}error: Cannot recv data: ssh: Could not resolve hostname kvm9: Name or service not known: Connection reset by peer\n`,
    words: /^No host is called kvm9\./,
  },
  {
    title: 'no ssh on the host',
    from: 'measured',
    kind: 'host-unreachable',
    uri: 'qemu+ssh://root@kvm1:1/system',
    stderr: `${FAILED}error: Cannot recv data: ssh: connect to host 127.0.0.1 port 1: Connection refused: Connection reset by peer\n`,
    words: /^kvm1 cannot be reached \(Connection refused\)/,
  },
  {
    title: 'no libvirt over TCP',
    from: 'measured',
    kind: 'host-unreachable',
    uri: 'qemu+tcp://127.0.0.1:1/system',
    stderr: `${FAILED}error: unable to connect to server at '127.0.0.1:1': Connection refused\n`,
    words: /^127\.0\.0\.1 cannot be reached \(Connection refused\)/,
  },
  {
    title: 'ssh works, libvirt is not there',
    from: 'measured',
    kind: 'remote-libvirt',
    uri: 'qemu+ssh://root@kvm1/system',
    stderr: `${FAILED}error: End of file while reading data: sh: 1: nc: not found: Input/output error\n`,
    words: /ssh to kvm1 works, but libvirt does not answer there \(nc: not found\)/,
  },
  {
    title: 'no certificates',
    from: 'measured',
    kind: 'tls',
    uri: 'qemu+tls://kvm1/system',
    stderr: `${FAILED}error: Cannot read CA certificate '/etc/pki/CA/cacert.pem': No such file or directory\n`,
    words: /Cannot read CA certificate.*qemu\+ssh:\/\/kvm1\/system/,
  },
  {
    title: 'a URI of nothing',
    from: 'measured',
    kind: 'uri-not-supported',
    uri: 'foo:///system',
    stderr: `${FAILED}error: no connection driver available for foo:///system\n`,
    words: /^foo:\/\/\/system is no connection that this libvirt can make/,
  },
  {
    title: 'docker runs, without virsh in the container',
    from: 'read',
    kind: 'virsh-absent',
    uri: 'qemu:///system',
    stderr:
      'OCI runtime exec failed: exec failed: unable to start container process: exec: "virsh": executable file not found in $PATH: unknown\n',
    words: /finds no virsh where it starts it/,
  },
  {
    title: 'words that nobody knows',
    from: 'read',
    kind: 'other',
    uri: 'qemu:///system',
    stderr: `${FAILED}error: the moon is full\n`,
    words: /at qemu:\/\/\/system: the moon is full\. Try it in a terminal/,
  },
];

for (const { title, from, kind, uri, stderr, words } of CASES) {
  test(`first contact, ${title} (words ${from})`, async t => {
    const error = await failure({ command: virshThatFails(t, stderr), uri });
    assert.ok(error instanceof VirshConnectError);
    assert.equal(error.kind, kind, error.message);
    assert.match(error.message, words);
    assert.equal(error.stderr, stderr);
    assert.doesNotMatch(error.message, /`|undefined/);
  });
}

test('first contact, virsh is not installed', async () => {
  const before = process.env['PATH'];
  process.env['PATH'] = '/nonexistent';
  try {
    const error = await failure({ uri: 'qemu:///system' });
    assert.ok(error instanceof VirshConnectError);
    assert.equal(error.kind, 'virsh-absent');
    assert.match(error.message, /^virsh is not installed here.*libvirt-clients.*flatpak-spawn --host virsh/);
  } finally {
    process.env['PATH'] = before;
  }
});

test('first contact, the command of the settings is not there, or no program', async t => {
  const absent = await failure({ command: ['/nonexistent/virsh'], uri: 'qemu:///system' });
  assert.ok(absent instanceof VirshConnectError);
  assert.match(
    absent.message,
    /^\/nonexistent\/virsh, which the settings give as the command for virsh, is not there/,
  );
  const folder = mkdtempSync(join(tmpdir(), 'no-virsh-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'virsh');
  writeFileSync(file, '#!/bin/true\n');
  chmodSync(file, 0o644);
  const data = await failure({ command: [file], uri: 'qemu:///system' });
  assert.ok(data instanceof VirshConnectError);
  assert.equal(data.kind, 'virsh-not-executable');
  await assert.rejects(openVirsh({ command: [], access: 'look' }), VirshArgumentError);
});

test('a virsh that says nothing is given up after the deadline, and ended', async t => {
  const command = fakeVirsh(
    t,
    `setInterval(() => undefined, 1000); process.stderr.write('error: waiting\\n');`,
  );
  const error = await failure({ command, uri: 'qemu:///system', connectDeadline: 500 });
  assert.ok(error instanceof VirshConnectError);
  assert.equal(error.kind, 'timeout');
  assert.match(error.message, /within 0\.5 s\./);
});

test('a program in between that changes what is said is found out before anything is sent', async t => {
  const command = fakeVirsh(
    t,
    `process.stdout.write('virsh # ');
     require('node:readline').createInterface({ input: process.stdin }).on('line', line => {
       const said = line.split('; ').map(part => part.replace(/^echo (--err )?(-- )?/, '').replaceAll("'", ''));
       if (line.includes('--err')) process.stderr.write('error: ' + said[0] + '\\n');
       else process.stdout.write(said.join(''));
       process.stdout.write('virsh # ');
     });`,
  );
  const error = await failure({ command, uri: 'qemu:///system' });
  assert.ok(error instanceof VirshConnectError);
  assert.equal(error.kind, 'changed-words', error.message);
});

test('closing ends also what the program has started', async t => {
  const file = join(mkdtempSync(join(tmpdir(), 'grandchild-')), 'pid');
  t.after(() => rmSync(dirname(file), { recursive: true }));
  const script = `const child = require('node:child_process').spawn('sleep', ['600'], { stdio: 'ignore' });
     require('node:fs').writeFileSync(${JSON.stringify(file)}, String(child.pid));
     process.on('SIGTERM', () => undefined);
     setInterval(() => undefined, 1000);`;
  const command = fakeVirsh(t, script);
  const error = await failure({ command, uri: 'qemu:///system', connectDeadline: 1500 });
  assert.ok(error instanceof VirshConnectError && error.kind === 'timeout');
  const pid = Number(readFileSync(file, 'utf8'));
  assert.ok(pid > 0);
  assert.ok(!isRunning(pid), 'the grandchild is gone, though its parent did not listen to SIGTERM');
});

function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${String(pid)}/status`, 'utf8'));
  } catch {
    return false;
  }
}

test('connecting can be cancelled', async t => {
  const stop = new AbortController();
  const command = fakeVirsh(t, 'setInterval(() => undefined, 1000);');
  const opening = openVirsh({ command, uri: 'qemu:///system', access: 'look', signal: stop.signal });
  stop.abort();
  await assert.rejects(opening, VirshAbortedError);
});

async function failure(options: Partial<Parameters<typeof openVirsh>[0]>): Promise<unknown> {
  try {
    const virsh = await openVirsh({ access: 'look', ...options });
    await virsh.close();
    return 'connected';
  } catch (error) {
    return error;
  }
}
