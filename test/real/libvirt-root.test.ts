/** The ground of all tests with a real libvirt: it is there, it is ours, and nothing is left of it, however it ends. */

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { domainXml } from '../support/libvirt-domain';
import { libvirtSuites, startLibvirt, VirshError } from '../support/libvirt-root';
import { REAL_PARTS, ROOT_TOOL } from '../support/qemu-version';
import { sessionAt } from '../support/live';

for (const suite of libvirtSuites()) {
  test(`${suite}: a domain with a filter starts, and QEMU's own socket is reached from outside`, async t => {
    const libvirt = await startLibvirt(t, suite);
    const image = join(libvirt.folder, 'a.raw');
    await libvirt.run('truncate', '-s', '64M', image);
    const qmp = join(libvirt.folder, 'qmp.sock');
    const disks = [{ target: 'sda', image, format: 'raw', filters: ['gold'] } as const];
    await libvirt.start('db01', domainXml({ name: 'db01', disks, groups: { gold: 100 }, qmp: [qmp] }));
    const { state } = await sessionAt(t, qmp);
    assert.equal(state.target.name, 'db01');
    assert.equal(state.target.managedBy, 'libvirt');
    assert.deepEqual(state.disks[0]?.sources, [image]);
    assert.deepEqual(
      state.disks.map(({ filters }) => filters.map(({ group }) => group)),
      [['throttle-gold']],
    );
    await libvirt.restartDaemon();
    assert.match(await libvirt.virsh('list'), /db01 +running/);
    await assert.rejects(libvirt.virsh('start', 'nobody'), (error: unknown) => {
      assert.ok(error instanceof VirshError);
      assert.match(error.message, /failed to get domain 'nobody'/);
      return true;
    });
  });

  test(`${suite}: two of them at a time know nothing of each other`, async t => {
    const [one, two] = await Promise.all([startLibvirt(t, suite), startLibvirt(t, suite)]);
    await one.start('db01', domainXml({ name: 'db01', disks: [] }));
    assert.match(await one.virsh('list', '--all', '--name'), /db01/);
    assert.equal((await two.virsh('list', '--all', '--name')).trim(), '');
  });

  test(`${suite}: killed in the middle, libvirtd and its guests end, and no mount is left`, async t => {
    const mounts = readFileSync('/proc/self/mounts', 'utf8');
    const interfaces = readFileSync('/proc/net/dev', 'utf8').match(/^ *\w+:/gm);
    const holder = spawn(ROOT_TOOL, ['hold', join(REAL_PARTS, suite)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    t.after(() => holder.kill('SIGKILL'));
    const [said] = (await once(holder.stdout.setEncoding('utf8'), 'data')) as [string];
    const pid = said.trim().replace('ready ', '');
    const enter = (...command: readonly string[]): string =>
      execFileSync(ROOT_TOOL, ['enter', pid, ...command], { encoding: 'utf8' });
    assert.match(enter('cat', '/run/libvirtd.pid'), /^\d+/);
    const processes = processesBeside(Number(pid));
    assert.ok(processes.length >= 2, `the holder and libvirtd, not ${processes.join(', ')}`);
    holder.kill('SIGKILL');
    await once(holder, 'close');
    for (const process of processes) await goneByItself(process);
    assert.equal(readFileSync('/proc/self/mounts', 'utf8'), mounts);
    assert.deepEqual(readFileSync('/proc/net/dev', 'utf8').match(/^ *\w+:/gm), interfaces);
  });
}

/** Processes in the same pid namespace, by this machine's ids. */
function processesBeside(pid: number): readonly number[] {
  const space = readlinkSync(`/proc/${pid}/ns/pid`);
  return readdirSync('/proc')
    .map(Number)
    .filter(other => {
      try {
        return readlinkSync(`/proc/${other}/ns/pid`) === space;
      } catch {
        return false; // not a process, or gone meanwhile
      }
    });
}

/** Waits until a process is gone; the suite's deadline ends it. */
async function goneByItself(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise(resolve => setImmediate(resolve));
  }
}
