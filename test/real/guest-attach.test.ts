/**
 * A guest with I/O running gets a disk and lets go of it: it sees the disk, its first requests are held back, and the
 * I/O of another disk goes on all the while.
 */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import type { Outcome, PlanResult, VmState } from '../../server/src/engine';
import { analyze, attachWish, SourceText } from '../../server/src/engine';
import { planWish, type VmSession, type VmWish } from '../../server/src/vm';
import { toldSeconds, withoutIo, type GuestSecond } from '../support/guest';
import { applyWanted, desiredOf, hashOfPlan, sessionAt } from '../support/live';
import { loadedVm, type LoadedVm } from '../support/loaded-vm';
import { qemuVersions } from '../support/qemu-version';

/** The guest reads some kilobytes of a new disk for its partition table, a request of 4 KiB each. */
const RATE = 2;
/** Seconds that its requests take together at the least; without a filter it is some thousandths. */
const LEAST_WAIT = 0.3;

const document = (
  target: string,
  bus: string,
  image: string,
  iothread: string,
): string => `<domain type='kvm'>
  <name>db01</name>
  <iothreads>1</iothreads>
  <throttlegroups>
    <throttlegroup><total_iops_sec>${RATE}</total_iops_sec><group_name>slow</group_name></throttlegroup>
  </throttlegroups>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' type='raw' cache='none'${iothread}/>
      <source file='${image}'/>
      <target dev='${target}' bus='${bus}'/>
      <throttlefilters><throttlefilter group='slow'/></throttlefilters>
    </disk>
  </devices>
</domain>`;

async function carriedOut(session: VmSession, wish: VmWish): Promise<Outcome> {
  const plan = (state: VmState): PlanResult => planWish(state, wish, { planes: ['live'] });
  return session.apply({ plan, expect: hashOfPlan(plan(await session.read())) });
}

for (const version of qemuVersions()) {
  test(`QEMU ${version.version}: a running guest gets a disk, is held back on it, and lets go of it`, async t => {
    const vm = await loadedVm(
      t,
      version,
      [{ kind: 'virtio-blk', mode: 'both', threads: 4 }],
      [
        ...['-device', 'pcie-root-port,id=rp1,chassis=1,hotplug=on'],
        ...['-device', 'virtio-scsi-pci,id=scsi0', '-object', 'iothread,id=iothread1'],
      ],
    );
    const image = join(vm.qemu.folder, 'attached.raw');
    await promisify(execFile)('truncate', ['-s', '64M', image]);
    const session = await sessionAt(t, vm.socket);
    const witness = vm.disks[0]?.device ?? '';
    const inThread = ['vdb', 'virtio', 'virtio-disk1', ` iothread='1'`] as const;
    for (const [target, bus, alias, iothread] of [
      ['vdb', 'virtio', 'virtio-disk1', ''],
      ['sda', 'scsi', 'scsi0-0-0-0', ''],
      // QEMU 7 gets no filters in an iothread.
      ...(version.major < 10 ? [] : [inThread, inThread]),
    ] as const) {
      const text = document(target, bus, image, iothread);
      const result = attachWish(analyze(SourceText.of(text)), target);
      assert.ok(result.kind === 'wish');
      const watched = vm.guest.next(witness, 6, 'under-way');
      const attached = await carriedOut(session, { kind: 'attach-disk', disk: result.wish });
      assert.equal(attached.outcome, 'applied', attached.message);
      const { requests, waited } = await readsOf(vm, alias);
      t.diagnostic(`${target}${iothread}: ${String(requests)} requests took ${waited.toFixed(2)} s in all`);
      // The first goes at once, each behind it waits for half a second more; a slow machine adds to that.
      assert.ok(requests >= 2, 'the guest reads the disk');
      assert.ok(waited >= LEAST_WAIT, `held back from the first request: ${String(waited)} s`);
      assert.ok(!(await watched).some(withoutIo), 'the I/O of the other disk stood still');
      const detached = await carriedOut(session, { kind: 'detach-disk', disk: target });
      assert.equal(detached.outcome, 'applied', detached.message);
      assert.deepEqual(session.state.ownNodes, []);
      await promisify(execFile)('qemu-io', ['-f', 'raw', '-c', 'write 0 512', image]);
    }
  });
}

for (const version of qemuVersions()) {
  test(`QEMU ${version.version}: a SCSI disk with a backlog goes without anybody standing still, unlike by a bare device_del`, async t => {
    const vm = await loadedVm(t, version, [
      { kind: 'virtio-scsi', mode: 'both', threads: 16 },
      { kind: 'virtio-scsi', mode: 'both', threads: 16 },
      { kind: 'virtio-blk', mode: 'read', threads: 2 },
    ]);
    const [first, second, witness] = vm.disks;
    assert.ok(first !== undefined && second !== undefined && witness !== undefined);
    const session = await sessionAt(t, vm.socket);
    // Behind 4 IOPS 16 waiting requests are a backlog of four seconds; it is the lower filter that holds them.
    const groups = {
      low: { total_iops_sec: 4n },
      other: { total_iops_sec: 4n },
      roomy: { total_iops_sec: 1_000_000n },
    };
    const chains = { [first.alias]: ['low', 'roomy'], [second.alias]: ['other', 'roomy'] };
    const limited = await applyWanted(session, desiredOf(groups, chains));
    assert.equal(limited.outcome, 'applied', limited.message);
    await vm.guest.next(first.device, 2);
    const during = async (change: () => Promise<unknown>): Promise<readonly GuestSecond[]> => {
      const seconds = vm.guest.next(witness.device, 5, 'under-way');
      seconds.catch(() => undefined);
      await change();
      return seconds;
    };
    const careful = await during(async () => {
      const outcome = await carriedOut(session, { kind: 'detach-disk', disk: first.alias });
      assert.equal(outcome.outcome, 'applied', outcome.message);
    });
    t.diagnostic(`careful: ${toldSeconds(careful)}`);
    assert.ok(!careful.some(withoutIo), toldSeconds(careful));
    assert.deepEqual(
      session.state.groups.map(({ name }) => name).sort(),
      ['low', 'other', 'roomy'],
      'no group is left over',
    );
    const bare = await during(() => vm.monitor.execute('device_del', { id: second.alias }));
    t.diagnostic(`bare: ${toldSeconds(bare)}`);
    assert.ok(
      bare.some(withoutIo),
      'A bare device_del went as smoothly: this test would not see the difference.',
    );
  });
}

/** The reads of a disk four seconds after it came: how many, and how long they took together, in seconds. */
async function readsOf(
  vm: LoadedVm,
  alias: string,
): Promise<{ readonly requests: number; readonly waited: number }> {
  await new Promise(resolve => setTimeout(resolve, 4000));
  const stats = (await vm.monitor.execute('query-blockstats', {})) as readonly {
    readonly qdev?: string;
    readonly stats: { readonly rd_operations: number; readonly rd_total_time_ns: number };
  }[];
  const of = stats.find(({ qdev }) => qdev?.includes(alias) === true)?.stats;
  assert.ok(of !== undefined);
  return { requests: of.rd_operations, waited: of.rd_total_time_ns / 1e9 };
}
