/**
 * Disks attached to and detached from real QEMUs, seen by a second monitor: with their filters from the first request,
 * all of it or nothing, and with the image free for others afterwards.
 */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import type { Outcome, PlanResult, VmState } from '../../server/src/engine';
import { analyze, attachWish, SourceText, type AttachWish } from '../../server/src/engine';
import { connectQmp, type Monitor, type QmpEvent } from '../../server/src/qmp';
import { planWish, readState, type VmOptions, type VmSession, type VmWish } from '../../server/src/vm';
import { chainsOf, hashOfPlan, liveVm, sessionAt, type Live } from '../support/live';
import { startProxy } from '../support/proxy';
import { qemuVersions, type QemuVersion } from '../support/qemu-version';

/** A VM without disks of its own, but with room: two root ports and a SCSI controller, and images beside it. */
async function roomyVm(t: TestContext, version: QemuVersion, more: readonly string[] = []): Promise<Live> {
  const live = await liveVm(t, undefined, {
    disks: 2,
    command: version.command,
    args: [
      ...['-device', 'pcie-root-port,id=rp1,chassis=1', '-device', 'pcie-root-port,id=rp2,chassis=2'],
      ...['-device', 'virtio-scsi-pci,id=scsi0', '-object', 'iothread,id=iothread1'],
      ...more,
    ],
  });
  // The images of the first two disks are in use: two more lie beside them.
  const [first = ''] = live.qemu.images;
  await promisify(execFile)('qemu-img', ['create', '-q', '-f', 'qcow2', `${first}.qcow2`, '64M']);
  await promisify(execFile)('truncate', ['-s', '64M', `${first}.more`]);
  return live;
}

const qcow2Of = ({ qemu }: Live): string => `${qemu.images[0] ?? ''}.qcow2`;
const rawOf = ({ qemu }: Live): string => `${qemu.images[0] ?? ''}.more`;

/** A document with two tiers and these disks. */
const domain = (disks: string): string => `<domain type='kvm'>
  <iothreads>7</iothreads>
  <throttlegroups>
    <throttlegroup><total_iops_sec>100</total_iops_sec><group_name>gold</group_name></throttlegroup>
    <throttlegroup><total_iops_sec>500</total_iops_sec><group_name>all</group_name></throttlegroup>
  </throttlegroups>
  <devices>${disks}</devices>
</domain>`;

const filters = (groups: readonly string[]): string =>
  `<throttlefilters>${groups.map(group => `<throttlefilter group='${group}'/>`).join('')}</throttlefilters>`;

const qcow2 = (path: string, groups: readonly string[] = ['gold', 'all'], driver = ''): string =>
  `<disk type='file'><driver name='qemu' type='qcow2' ${driver}/><source file='${path}'/><target dev='vdx' bus='virtio'/>${filters(groups)}</disk>`;

const scsi = (path: string, groups: readonly string[] = ['gold']): string =>
  `<disk type='file'><driver name='qemu' type='raw' cache='none' discard='unmap'/><source file='${path}'/><target dev='sdb' bus='scsi'/><serial>S1</serial>${filters(groups)}</disk>`;

function wishFor(disk: string, target: string): AttachWish {
  const result = attachWish(analyze(SourceText.of(domain(disk))), target);
  assert.ok(result.kind === 'wish', result.kind === 'refusal' ? result.refusal.message : '');
  return result.wish;
}

const planner =
  (wish: VmWish) =>
  (state: VmState): PlanResult =>
    planWish(state, wish, { planes: ['live'] });

async function carriedOut(session: VmSession, wish: VmWish): Promise<Outcome> {
  const plan = planner(wish);
  return session.apply({ plan, expect: hashOfPlan(plan(await session.read())) });
}

const attached = (session: VmSession, disk: string, target: string): Promise<Outcome> =>
  carriedOut(session, { kind: 'attach-disk', disk: wishFor(disk, target) });

const detached = (session: VmSession, disk: string): Promise<Outcome> =>
  carriedOut(session, { kind: 'detach-disk', disk });

async function refusalOf(session: VmSession, wish: VmWish): Promise<string> {
  const result = planner(wish)(await session.read());
  assert.ok(result.kind === 'refusal');
  return result.refusal.message;
}

/** All that an attach could leave behind. */
async function worldOf({ other }: Live): Promise<unknown> {
  const { groups, disks, nodes, plugs } = await readState(other, { plugs: true });
  return {
    groups: groups.map(({ objectId }) => objectId),
    disks: disks.map(({ qdev }) => qdev),
    nodes,
    plugs,
  };
}

for (const version of qemuVersions()) {
  const title = `QEMU ${version.version}`;

  test(`${title}: a qcow2 disk on a root port and a raw one on SCSI come with their filters`, async t => {
    const live = await roomyVm(t, version);
    const session = await sessionAt(t, live.socket);
    const first = await attached(session, qcow2(qcow2Of(live)), 'vdx');
    assert.equal(first.outcome, 'applied', first.message);
    assert.deepEqual(
      first.steps.map(({ kind }) => kind),
      ['create-group', 'create-group', 'attach-disk'],
    );
    const second = await attached(session, scsi(rawOf(live), ['all', 'gold']), 'sdb');
    assert.equal(second.outcome, 'applied', second.message);
    const chains = await chainsOf(live.other);
    assert.deepEqual(chains['virtio-disk23'], ['domxml-1-format', 'throttle-gold', 'throttle-all']);
    assert.deepEqual(chains['scsi0-0-0-1'], ['domxml-2-storage', 'throttle-all', 'throttle-gold']);
    const { disks } = session.state;
    assert.equal(disks.find(({ alias }) => alias === 'scsi0-0-0-1')?.serial, 'S1');
    // The same again needs nothing.
    assert.equal((await attached(session, qcow2(qcow2Of(live)), 'vdx')).outcome, 'unchanged');
  });

  test(`${title}: a SCSI disk is detached, its image is free, and it can come back`, async t => {
    const live = await roomyVm(t, version);
    const session = await sessionAt(t, live.socket);
    const before = await worldOf(live);
    for (const groups of [['gold'], ['gold', 'all'], []]) {
      assert.equal((await attached(session, scsi(rawOf(live), groups), 'sdb')).outcome, 'applied');
      // While it is attached QEMU holds the lock, so that nobody else writes to it.
      await assert.rejects(promisify(execFile)('qemu-io', ['-f', 'raw', '-c', 'write 0 512', rawOf(live)]));
      const outcome = await detached(session, 'sdb');
      assert.equal(outcome.outcome, 'applied', outcome.message);
      await promisify(execFile)('qemu-io', ['-f', 'raw', '-c', 'write 0 512', rawOf(live)]);
    }
    const after = await worldOf(live);
    assert.deepEqual({ ...(after as object), groups: [] }, { ...(before as object), groups: [] });
  });

  test(`${title}: a guest that does not answer keeps the disk, and that is said; closed is what it lets go of late`, async t => {
    const live = await roomyVm(t, version);
    const session = await sessionAt(t, live.socket, { unplugWait: 200 });
    assert.equal((await attached(session, qcow2(qcow2Of(live)), 'vdx')).outcome, 'applied');
    const outcome = await detached(session, 'virtio-disk23');
    assert.equal(outcome.outcome, 'partial', outcome.message);
    assert.deepEqual(
      outcome.steps.map(({ state }) => state),
      ['unknown', 'skipped'],
    );
    assert.match(outcome.message, /has not within 0\.2 s.*works on\. Once it has, detach the disk again/);
    assert.deepEqual((await chainsOf(live.other))['virtio-disk23']?.length, 3);
    // With a reset the guest lets go: nobody waits for it any more.
    const gone = new Promise<void>(resolve =>
      live.other.onEvent(({ event, data }) => {
        if (event === 'DEVICE_DELETED' && data['device'] === 'virtio-disk23') resolve();
      }),
    );
    await live.other.execute('system_reset');
    await gone;
    const closed = await detached(session, 'vdx');
    assert.equal(closed.outcome, 'applied', closed.message);
    assert.deepEqual((await readState(live.other)).ownNodes, []);
    assert.match(
      await refusalOf(session, { kind: 'detach-disk', disk: 'vdx' }),
      /The VM has no disk vdx; it has/,
    );
  });

  test(`${title}: a disk in an iothread has filters where that is known to be safe`, async t => {
    const live = await roomyVm(t, version);
    const session = await sessionAt(t, live.socket);
    const wish = (driver: string, groups: readonly string[]): VmWish => ({
      kind: 'attach-disk',
      disk: wishFor(qcow2(qcow2Of(live), groups, driver), 'vdx'),
    });
    assert.match(
      await refusalOf(session, wish(`iothread='7'`, [])),
      /the VM has no iothread iothread7 \(it has iothread1\)/,
    );
    if (version.major < 10) {
      assert.match(await refusalOf(session, wish(`iothread='1'`, ['gold'])), /can abort over filters there/);
      assert.equal((await carriedOut(session, wish(`iothread='1'`, []))).outcome, 'applied');
    } else {
      const outcome = await carriedOut(session, wish(`iothread='1'`, ['gold']));
      assert.equal(outcome.outcome, 'applied', outcome.message);
      const disk = outcome.state?.disks.find(({ alias }) => alias === 'virtio-disk23');
      assert.deepEqual(disk?.thread, { kind: 'iothread', name: 'iothread1' });
    }
  });
}

const [oldest] = qemuVersions();

for (const kind of ['refused', 'cut-before', 'reply-lost'] as const) {
  test(
    `whatever command of an attach is ${kind}, the disk is there whole or not at all`,
    { skip: oldest === undefined },
    async t => {
      assert.ok(oldest !== undefined);
      const live = await roomyVm(t, oldest);
      const proxy = await startProxy(live.socket);
      t.after(() => proxy.stop());
      const session = await sessionAt(t, proxy.path);
      const before = await worldOf(live);
      const outcomes: string[] = [];
      for (let at = 1; ; at++) {
        let count = 0;
        proxy.arm(command => SENT.has(command) && ++count === at, { kind });
        const outcome = await attached(session, scsi(rawOf(live), ['gold', 'all']), 'sdb');
        const { met } = proxy;
        proxy.disarm();
        outcomes.push(outcome.outcome);
        if (outcome.outcome === 'applied') {
          assert.equal((await detached(session, 'sdb')).outcome, 'applied');
          for (const name of ['gold', 'all']) {
            assert.equal((await carriedOut(session, { kind: 'delete-group', name })).outcome, 'applied');
          }
        } else {
          assert.ok(['failed', 'rolled-back'].includes(outcome.outcome), outcome.message);
        }
        assert.deepEqual(await worldOf(live), before, `${kind} at ${String(at)}: ${outcome.message}`);
        if (!met) break;
      }
      assert.ok(outcomes.length >= 6, outcomes.join());
      assert.equal(outcomes.at(-1), 'applied');
    },
  );
}

const SENT: ReadonlySet<string> = new Set(['object-add', 'blockdev-add', 'device_add']);

for (const kind of ['refused', 'cut-before', 'reply-lost'] as const) {
  test(
    `whatever command of a detach is ${kind}, the disk is as before, or gone with all of its nodes`,
    { skip: oldest === undefined },
    async t => {
      assert.ok(oldest !== undefined);
      const live = await roomyVm(t, oldest);
      const proxy = await startProxy(live.socket);
      t.after(() => proxy.stop());
      const session = await sessionAt(t, proxy.path);
      assert.equal((await attached(session, scsi(rawOf(live), ['gold', 'all']), 'sdb')).outcome, 'applied');
      const before = (await chainsOf(live.other))['scsi0-0-0-1'];
      const groups = await live.groups();
      let gone = 0;
      for (let at = 1; ; at++) {
        let count = 0;
        proxy.arm(command => TAKEN.has(command) && ++count === at, { kind });
        const outcome = await detached(session, 'sdb');
        const { met } = proxy;
        proxy.disarm();
        const words = `${kind} at ${String(at)}: ${outcome.outcome}: ${outcome.message}`;
        assert.deepEqual(await live.groups(), groups, words);
        const now = (await chainsOf(live.other))['scsi0-0-0-1'];
        if (outcome.outcome === 'applied') {
          gone++;
          assert.deepEqual([now, (await readState(live.other)).ownNodes], [undefined, []], words);
          if (!met) break;
          assert.equal(
            (await attached(session, scsi(rawOf(live), ['gold', 'all']), 'sdb')).outcome,
            'applied',
          );
        } else {
          assert.ok(['failed', 'rolled-back'].includes(outcome.outcome), words);
          assert.deepEqual(now?.slice(1), before?.slice(1), words);
        }
      }
      assert.ok(gone > 1, 'a detach that was disturbed late is carried to its end');
    },
  );
}

/** Two groups, the reopen, device_del, and what is closed: in this order. */
const TAKEN: ReadonlySet<string> = new Set([
  'object-add',
  'blockdev-reopen',
  'device_del',
  'blockdev-del',
  'object-del',
]);

/** What a guest makes of device_del: QEMU is not told of it. */
const deaf =
  (path: string, events: readonly string[]): NonNullable<VmOptions['connect']> =>
  async signal => {
    const client = await connectQmp({ kind: 'unix', path }, { ...(signal && { signal }) });
    let tell: ((event: QmpEvent) => void) | undefined;
    const monitor: Monitor = {
      qemu: client.qemu,
      onEvent: listener => {
        tell = listener;
        return client.onEvent(listener);
      },
      onClose: listener => client.onClose(listener),
      close: () => client.close(),
      execute: (command, args, options) => {
        if (command !== 'device_del') return client.execute(command, args, options);
        for (const event of events) tell?.({ event, data: { device: args?.['id'] ?? '' }, timestamp: 0 });
        return Promise.resolve({});
      },
    };
    return monitor;
  };

for (const { guest, events, outcome, words } of [
  { guest: 'says nothing', events: [], outcome: 'partial', words: /has not within 0\.3 s/ },
  {
    guest: 'refuses',
    events: ['DEVICE_UNPLUG_GUEST_ERROR'],
    outcome: 'rolled-back',
    words: /The guest refused to let go of scsi0-0-0-1\./,
  },
] as const) {
  test(
    `where the guest ${guest}, filters that were opened for a detach hold back again`,
    { skip: oldest === undefined },
    async t => {
      assert.ok(oldest !== undefined);
      const live = await roomyVm(t, oldest);
      const session = await sessionAt(t, live.socket, {
        unplugWait: 300,
        connect: deaf(live.socket, events),
      });
      assert.equal((await attached(session, scsi(rawOf(live), ['gold', 'all']), 'sdb')).outcome, 'applied');
      const before = [await chainsOf(live.other), await live.groups()];
      const made = await detached(session, 'sdb');
      assert.equal(made.outcome, outcome, made.message);
      assert.match(made.message, words);
      assert.deepEqual([await chainsOf(live.other), await live.groups()], before);
    },
  );
}

test(
  'what cannot be attached is refused with its reason, and nothing is sent',
  { skip: oldest === undefined },
  async t => {
    assert.ok(oldest !== undefined);
    const live = await roomyVm(t, oldest);
    const session = await sessionAt(t, live.socket);
    const wish = (disk: string, target: string): VmWish => ({
      kind: 'attach-disk',
      disk: wishFor(disk, target),
    });
    const [used = ''] = live.qemu.images;
    assert.match(await refusalOf(session, wish(scsi(used), 'sdb')), /its image .* is that of virtio-disk0/);
    assert.match(
      await refusalOf(session, wish(qcow2(qcow2Of(live)).replace('vdx', 'vda'), 'vda')),
      /vda is virtio-disk0 of the VM already, with the image .*detach this one first/,
    );
    const missing = await attached(session, scsi('/nonexistent/image.raw'), 'sdb');
    assert.equal(missing.outcome, 'rolled-back', missing.message);
    assert.match(missing.message, /No such file or directory\. What had been done was undone/);
    // One disk more than there are root ports.
    for (const target of ['vdx', 'vdy']) {
      const image = target === 'vdx' ? qcow2Of(live) : rawOf(live);
      const disk = qcow2(image)
        .replace('vdx', target)
        .replace('qcow2', target === 'vdx' ? 'qcow2' : 'raw');
      assert.equal((await attached(session, disk, target)).outcome, 'applied');
    }
    assert.match(
      await refusalOf(session, wish(qcow2('/some/other.qcow2').replace('vdx', 'vdz'), 'vdz')),
      /no free PCI place/,
    );
  },
);
