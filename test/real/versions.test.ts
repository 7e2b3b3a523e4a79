/** Reading a VM's state and changing its groups, on every QEMU that is here: 7.2, 10.0 and 11.1 on a Debian 12. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalised, planSetGroup, type VmState } from '../../server/src/engine';
import { connectQmp, QmpCommandError, type Monitor } from '../../server/src/qmp';
import { readState } from '../../server/src/vm';
import { hashOfPlan, liveVm, sessionAt } from '../support/live';
import { qemuVersions } from '../support/qemu-version';
import { secondMonitor } from '../support/second-monitor';

/** A disk with a chain of two, one with iotune's throttling, an empty drive, and a disk on an iothread. */
const ARGUMENTS: readonly string[] = [
  ...['-name', 'guest=db01,debug-threads=on', '-uuid', '11112222-3333-4444-5555-666677778888'],
  ...['-object', '{"qom-type":"throttle-group","id":"throttle-gold","limits":{"iops-total":100}}'],
  ...['-object', '{"qom-type":"throttle-group","id":"throttle-base","limits":{"bps-read":5000000}}'],
  ...['-object', 'iothread,id=io1'],
  ...['-blockdev', '{"driver":"null-co","node-name":"image8","size":67108864}'],
  ...['-blockdev', '{"driver":"null-co","node-name":"image9","size":67108864}'],
  ...[
    '-blockdev',
    '{"driver":"throttle","node-name":"low","throttle-group":"throttle-base","file":"image9"}',
  ],
  ...['-blockdev', '{"driver":"throttle","node-name":"top","throttle-group":"throttle-gold","file":"low"}'],
  ...['-device', 'virtio-scsi-pci,id=scsi0'],
  ...['-device', 'scsi-hd,id=scsi0-0-0-0,bus=scsi0.0,drive=top,serial=abc'],
  ...['-device', 'virtio-blk-pci,id=virtio-disk8,drive=image8,iothread=io1'],
  ...['-device', 'ide-cd,id=sata0-0-0,bus=ide.0'],
];

for (const { version, command } of qemuVersions()) {
  test(`QEMU ${version}: reads who the VM is, its groups, disks and chains`, async t => {
    const live = await liveVm(t, undefined, { command, args: ARGUMENTS });
    await live.other.execute('block_set_io_throttle', {
      id: '/machine/peripheral/virtio-disk0/virtio-backend',
      ...{ bps: 0, bps_rd: 0, bps_wr: 0, iops: 50, iops_rd: 0, iops_wr: 0, iops_max: 90, iops_max_length: 3 },
      group: 'legacy',
    });
    const { state } = await sessionAt(t, live.socket);
    assert.equal(state.target.name, 'db01');
    assert.equal(state.target.uuid, '11112222-3333-4444-5555-666677778888');
    assert.equal(state.target.qemu, version);
    assert.equal(state.target.managedBy, null);
    assert.match(state.process ?? '', /^cpu thread \d+$/);
    assert.equal(state.migrating, false);
    assert.deepEqual(new Map(state.groups.map(({ name, usedBy }) => [name, usedBy])), GROUPS);
    const disk = (alias: string) => state.disks.find(one => one.alias === alias);
    assert.deepEqual(disk('scsi0-0-0-0')?.filters, [
      { node: 'low', group: 'throttle-base' },
      { node: 'top', group: 'throttle-gold' },
    ]);
    assert.equal(disk('scsi0-0-0-0')?.serial, 'abc');
    assert.deepEqual(disk('virtio-disk0')?.sources, [live.qemu.images[0]]);
    assert.equal(disk('virtio-disk0')?.iotuneGroup, 'legacy');
    assert.deepEqual(
      disk('virtio-disk0')?.iotune,
      normalised({ total_iops_sec: 50n, total_iops_sec_max: 90n, total_iops_sec_max_length: 3n }),
    );
    assert.deepEqual(disk('virtio-disk8')?.filters, []);
  });

  test(`QEMU ${version}: the chains are those that a reader of its own sees`, async t => {
    const live = await liveVm(t, undefined, { command, args: ARGUMENTS, extraQmp: 3 });
    const { state } = await sessionAt(t, live.socket);
    const monitor = await secondMonitor(live.qemu.sockets[2] ?? '');
    t.after(() => monitor.close());
    // What QEMU promises of chains tells the same as the graph of its debug command.
    const client = await connectQmp({ kind: 'unix', path: live.qemu.sockets[3] ?? '' });
    t.after(() => client.close());
    const promised: Monitor = {
      qemu: client.qemu,
      onEvent: listener => client.onEvent(listener),
      onClose: listener => client.onClose(listener),
      close: () => client.close(),
      execute: (command, args, options) =>
        command === 'x-debug-query-block-graph'
          ? Promise.reject(new QmpCommandError(command, 'CommandNotFound', 'not known'))
          : client.execute(command, args, options),
    };
    assert.deepEqual((await readState(promised)).disks, state.disks);
    const seen = await monitor.disks();
    for (const disk of state.disks) {
      assert.deepEqual(
        disk.filters.map(({ group }) => group),
        seen.get(disk.alias)?.groups ?? [],
        disk.alias,
      );
    }
  });

  test(`QEMU ${version}: a group is set and read back`, async t => {
    const live = await liveVm(t, undefined, { command, args: ARGUMENTS });
    const session = await sessionAt(t, live.socket);
    const plan = (state: VmState) => planSetGroup(state, 'gold', { total_iops_sec: 250n });
    const outcome = await session.apply({ plan, expect: hashOfPlan(plan(session.state)) });
    assert.equal(outcome.outcome, 'applied', outcome.message);
    assert.deepEqual((await live.groups())['throttle-gold'], { total_iops_sec: 250n });
  });
}

const GROUPS = new Map([
  ['gold', ['top']],
  ['base', ['low']],
]);
