/**
 * What real QEMU does where a guard is off: the very command that the guard keeps back, sent by hand. So the facts that
 * the guards rest on are looked at in each run, and the product is seen to hold the command back on the same VM.
 *
 * Not shown here: K3 and F2, F3 need QEMU 10 and requests that wait (7.2 survives them), F1 and F4 requests that wait
 * for seconds, K5 a guest that drives its disk: those are for the tests with a guest that does I/O. F5 needs waiting
 * requests too; that the plan wakes them is shown in plan/chains.test.ts.
 */

import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { QmpCommand } from '../../server/src/engine';
import { GuardedLink } from '../../server/src/vm/guarded';
import { Link } from '../../server/src/vm/link';
import { readState, VmGuardError } from '../../server/src/vm';
import { connectQmp, QmpDisconnectedError } from '../../server/src/qmp';
import { applyWanted, chainsOf, desiredOf, liveVm, sessionAt, type Live } from '../support/live';
import { DISK_KINDS, nullNode } from '../support/qemu';
import { requireReal } from '../support/real';

const skip = requireReal('qemu-system-x86_64') === undefined;

const filter = (node: string, group: string, file: string): QmpCommand => ({
  execute: 'blockdev-add',
  arguments: { driver: 'throttle', 'node-name': node, 'throttle-group': group, file },
});
const drive = (path: string, value: string): QmpCommand => ({
  execute: 'qom-set',
  arguments: { path, property: 'drive', value },
});

/** Whether QEMU answers the command, sent by hand. */
async function survives(live: Live, { execute, arguments: args }: QmpCommand): Promise<boolean> {
  try {
    await live.other.execute(execute, args ?? {});
    return true;
  } catch (error) {
    assert.ok(error instanceof QmpDisconnectedError, String(error));
    await live.qemu.ended;
    return false;
  }
}

/** Sends it as the product would; gives the guard that keeps it back. */
async function keptBack(t: TestContext, live: Live, command: QmpCommand): Promise<string> {
  const link = new Link(() => connectQmp({ kind: 'unix', path: live.socket }), 5000);
  t.after(() => link.drop());
  const guarded = new GuardedLink(link, await link.read());
  try {
    await guarded.send(command);
    return 'sent';
  } catch (error) {
    assert.ok(error instanceof VmGuardError, String(error));
    return error.guard;
  } finally {
    await link.drop();
  }
}

const scene = (
  t: TestContext,
  args: readonly string[],
  cpu: 'running' | 'stopped' = 'stopped',
): Promise<Live> => liveVm(t, { 'throttle-a': { total_iops_sec: 5n } }, { disks: 1, args, cpu });

const VDA = '/machine/peripheral/vda/virtio-backend';

test('K1: the node that a device has already ends QEMU', { skip }, async t => {
  const live = await scene(t, DISK_KINDS[0]?.args ?? []);
  assert.equal(await keptBack(t, live, drive(VDA, 'base-vda')), 'K1');
  assert.equal(await survives(live, drive(VDA, 'base-vda')), false);
});

test('K1: what was changed since the reading is seen right before the command', { skip }, async t => {
  const live = await scene(t, DISK_KINDS[0]?.args ?? []);
  const link = new Link(() => connectQmp({ kind: 'unix', path: live.socket }), 5000);
  t.after(() => link.drop());
  const guarded = new GuardedLink(link, await link.read());
  await guarded.send(filter('mine', 'throttle-a', 'base-vda'));
  // Somebody else gives the device the very node, and another filter: the first would end QEMU, the second be lost.
  await live.other.execute('qom-set', { path: VDA, property: 'drive', value: 'mine' });
  await assert.rejects(guarded.send(drive(VDA, 'mine')), /guard K1.*uses mine already/);
  await live.other.execute('blockdev-add', {
    driver: 'throttle',
    'node-name': 'theirs',
    'throttle-group': 'throttle-a',
    file: 'base-vda',
  });
  await live.other.execute('qom-set', { path: VDA, property: 'drive', value: 'theirs' });
  await assert.rejects(
    guarded.send(drive(VDA, 'mine')),
    /now uses theirs instead of base-vda; somebody else/,
  );
});

const IOTHREAD_SCSI = [
  ...['-object', 'iothread,id=io1', ...nullNode('base-iot')],
  ...['-device', 'virtio-scsi-pci,id=scsi1,iothread=io1'],
  ...['-device', 'scsi-hd,id=iot,bus=scsi1.0,drive=base-iot'],
];

test('K2: a filter straight over a node in an iothread ends QEMU, paused or not', { skip }, async t => {
  const live = await scene(t, IOTHREAD_SCSI);
  assert.equal(await keptBack(t, live, filter('f', 'throttle-a', 'base-iot')), 'K2');
  const session = await sessionAt(t, live.socket);
  assert.deepEqual(session.state.disks.find(({ alias }) => alias === 'iot')?.thread, {
    kind: 'iothread',
    name: 'io1',
  });
  await assert.rejects(
    applyWanted(session, desiredOf({ a: { total_iops_sec: 5n } }, { iot: ['a'] })),
    /iot: its filters are left as they are .*iothread io1 serves it, and QEMU 7 ends/,
  );
  await session.close();
  assert.equal(await survives(live, filter('f', 'throttle-a', 'base-iot')), false);
});

test('K4: a node for an empty drive ends QEMU', { skip }, async t => {
  const args = ['-device', 'ahci,id=ahci0', '-device', 'ide-cd,id=cd0,bus=ahci0.0', ...nullNode('free')];
  const live = await scene(t, args);
  assert.equal(await keptBack(t, live, drive('/machine/peripheral/cd0', 'free')), 'K4');
  const session = await sessionAt(t, live.socket);
  await assert.rejects(
    applyWanted(session, desiredOf({ a: { total_iops_sec: 5n } }, { cd0: ['a'] })),
    /cd0: .*the drive is empty/,
  );
  await session.close();
  assert.equal(await survives(live, drive('/machine/peripheral/cd0', 'free')), false);
});

test('W1: by the outer path of a usb disk QEMU says yes and changes nothing', { skip }, async t => {
  const live = await scene(t, DISK_KINDS[4]?.args ?? []);
  await live.other.execute('blockdev-add', filter('f', 'throttle-a', 'base-usb0').arguments);
  assert.equal(await keptBack(t, live, drive('/machine/peripheral/usb0', 'f')), 'W1');
  assert.equal(await survives(live, drive('/machine/peripheral/usb0', 'f')), true);
  const { disks } = await readState(live.other);
  const inner = disks.find(({ qdev }) => qdev.endsWith('/legacy[0]'));
  assert.deepEqual(inner?.filters, [], 'no filter is in the way of a request');
});

test('W2: QEMU gives a disk the image of another without a word', { skip }, async t => {
  const live = await scene(t, [...(DISK_KINDS[0]?.args ?? []), ...nullNode('other')]);
  assert.equal(await keptBack(t, live, drive(VDA, 'other')), 'W2');
  assert.equal(await survives(live, drive(VDA, 'other')), true);
  assert.deepEqual((await chainsOf(live.other))['vda'], ['other']);
});

test('W3: an iotune group of the name of an object overwrites its limits', { skip }, async t => {
  const live = await scene(t, DISK_KINDS[0]?.args ?? []);
  const zero = { bps: 0, bps_rd: 0, bps_wr: 0, iops_rd: 0, iops_wr: 0 };
  const command = {
    execute: 'block_set_io_throttle',
    arguments: { id: VDA, ...zero, iops: 77, group: 'throttle-a' },
  };
  assert.equal(await keptBack(t, live, command), 'W3');
  const session = await sessionAt(t, live.socket);
  const iotune = { vda: { total_iops_sec: 77n, group: 'throttle-a' } };
  await assert.rejects(
    applyWanted(session, desiredOf({ a: { total_iops_sec: 5n } }, {}, iotune)),
    /vda: its iotune is left as it is: throttle-a is the object of a throttle group/,
  );
  await session.close();
  assert.equal(await survives(live, command), true);
  assert.deepEqual(await live.groups(), { 'throttle-a': { total_iops_sec: 77n } });
});

test('a read-only disk is given no filter: QEMU refuses it, and so do we before', { skip }, async t => {
  const node = JSON.stringify({ driver: 'null-co', 'node-name': 'ro', size: 67_108_864, 'read-only': true });
  const live = await scene(t, [
    ...['-blockdev', node, '-device', 'virtio-scsi-pci,id=scsi0'],
    ...['-device', 'scsi-hd,id=sdr,bus=scsi0.0,drive=ro'],
  ]);
  const session = await sessionAt(t, live.socket);
  await assert.rejects(
    applyWanted(session, desiredOf({ a: { total_iops_sec: 5n } }, { sdr: ['a'] })),
    /sdr: .*its image is read-only/,
  );
});

test('a block job keeps the chain of its disk, and of no other; limits go on', { skip }, async t => {
  const live = await scene(t, [
    ...(DISK_KINDS[0]?.args ?? []),
    ...(DISK_KINDS[1]?.args ?? []),
    ...nullNode('target'),
  ]);
  await live.other.execute('blockdev-mirror', {
    ...{ 'job-id': 'copy0', device: 'base-vda', target: 'target', sync: 'full', speed: 1 },
  });
  const session = await sessionAt(t, live.socket);
  assert.deepEqual(
    session.state.jobs.map(({ id, type, disks }) => [id, type, disks]),
    [['copy0', 'mirror', [VDA]]],
  );
  const outcome = await applyWanted(
    session,
    desiredOf({ a: { total_iops_sec: 9n } }, { vda: ['a'], sda: ['a'] }),
  );
  assert.equal(outcome.outcome, 'applied', outcome.message);
  assert.match(outcome.message, /Not changed: vda: .*block job copy0 works on it/);
  const chains = await chainsOf(live.other);
  assert.deepEqual([chains['vda'], chains['sda']], [['base-vda'], ['base-sda', 'throttle-a']]);
  assert.deepEqual(await live.groups(), { 'throttle-a': { total_iops_sec: 9n } });
  await live.other.execute('block-job-cancel', { device: 'copy0', force: true });
});
