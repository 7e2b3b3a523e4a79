/**
 * A mixed apply of groups, chains and iotune, in which every command in turn is refused, lost or cut off, and the same
 * with the guest paused for it. Afterwards a second monitor tells whether the outcome is true: all of it, or nothing of
 * it, to the names of the nodes; and a guest that ran before runs.
 */

import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { DesiredGroups, Outcome, PlanResult, VmState } from '../../server/src/engine';
import { limitsThatAreSet, makePlan } from '../../server/src/engine';
import type { QmpClient } from '../../server/src/qmp';
import { readState } from '../../server/src/vm';
import { applyWanted, desiredOf, hashOfPlan, liveVm, sessionAt, type Live } from '../support/live';
import { startProxy, type Fault, type Proxy } from '../support/proxy';
import { DISK_KINDS, nullNode } from '../support/qemu';
import { requireReal } from '../support/real';

const skip = requireReal('qemu-system-x86_64') === undefined;

/** Creates, raises, lowers and deletes groups; inserts on one disk, removes three from one, reorders and grows on one; sets and takes away an iotune. */
const BEFORE = desiredOf(
  {
    gold: { total_iops_sec: 500n },
    lower: { total_iops_sec: 500n },
    old: { read_bytes_sec: 9n },
    x: { total_iops_sec: 30n },
  },
  { vda: [], sda: ['x', 'gold', 'old'], hda: ['gold', 'lower'], nvme0: [] },
  { nvme0: { total_iops_sec: 40n, group: 'shared' } },
);
const AFTER = desiredOf(
  {
    gold: { total_iops_sec: 800n },
    lower: { total_iops_sec: 400n },
    new: { total_bytes_sec: 7000n },
    x: { total_iops_sec: 31n },
  },
  { vda: ['new', 'gold'], sda: [], hda: ['new', 'lower', 'gold'], nvme0: ['x'], usb0: [] },
  { usb0: { total_iops_sec: 60n } },
);

/** Only what a command of the plan, or a guard right before it, asks. */
const counts = (command: string, line: string): boolean =>
  [
    'object-add',
    'object-del',
    'qom-set',
    'blockdev-add',
    'blockdev-del',
    'blockdev-reopen',
    'stop',
    'cont',
  ].includes(command) ||
  command === 'block_set_io_throttle' ||
  (command === 'qom-get' && line.includes('"drive"'));

interface Scene {
  readonly live: Live;
  readonly proxy: Proxy;
  readonly before: DesiredGroups;
  readonly after: DesiredGroups;
}

async function mixed(t: TestContext): Promise<Scene> {
  const live = await liveVm(t, {}, { disks: 1, args: DISK_KINDS.flatMap(({ args }) => args) });
  // A group that is at 30 and raised later, with a disk that keeps its chain: requests are to be woken there.
  const proxy = await startProxy(live.socket);
  t.after(() => proxy.stop());
  const wake = { ...BEFORE.disks[0], title: 'virtio-disk0', alias: 'virtio-disk0', filters: ['gold'] };
  const disks = (wanted: DesiredGroups): DesiredGroups => ({
    ...wanted,
    disks: [...wanted.disks, wake as DesiredGroups['disks'][number]],
  });
  return { live, proxy, before: disks(BEFORE), after: disks(AFTER) };
}

for (const kind of ['refused', 'cut-before', 'reply-lost'] as const) {
  test(`a mixed apply: whatever command is ${kind}, all of it is done or nothing`, { skip }, async t => {
    const scene = await mixed(t);
    const outcomes = await everyCommand(t, scene, { kind });
    const done = outcomes.filter(outcome => outcome === 'applied').length;
    assert.equal(outcomes[0], kind === 'reply-lost' ? 'rolled-back' : 'failed');
    assert.ok(outcomes.length > 25, `${String(outcomes.length)} commands`);
    assert.ok(
      done <= 3 && outcomes.every(outcome => ['applied', 'failed', 'rolled-back'].includes(outcome)),
      outcomes.join(),
    );
    assert.equal(outcomes.filter(outcome => outcome === 'failed').length <= 1, true, outcomes.join());
  });
}

test('a mixed apply is cancelled before each step: what was done is undone', { skip }, async t => {
  const scene = await mixed(t);
  const before = await prepared(t, scene);
  for (let at = 0; ; at++) {
    const controller = new AbortController();
    let steps = 0;
    const outcome = await applyThrough(t, scene, {
      signal: controller.signal,
      onStep: (index, count) => {
        steps = count;
        if (index === at) controller.abort();
      },
    });
    if (at >= steps - 1) {
      assert.equal(outcome.outcome, 'applied', outcome.message);
      break;
    }
    assert.equal(outcome.outcome, 'cancelled', outcome.message);
    assert.deepEqual(await worldOf(scene.live.other), before, `cancelled at ${String(at)}`);
  }
});

test(
  'every third command of the way back is refused, lost or cut off: it finds another way',
  { skip },
  async t => {
    const scene = await mixed(t);
    const before = await prepared(t, scene);
    for (const kind of ['refused', 'cut-before', 'reply-lost'] as const) {
      let tried = 0;
      for (let at = 1; ; at += 3) {
        const controller = new AbortController();
        let isBack = false;
        let count = 0;
        // All of the plan but its last step is done; then it is read, and from there on it goes back.
        scene.proxy.arm(
          (command, line) => {
            isBack ||= controller.signal.aborted && command === 'query-block';
            return isBack && counts(command, line) && ++count === at;
          },
          { kind },
        );
        const outcome = await applyThrough(t, scene, {
          signal: controller.signal,
          onStep: (index, steps) => {
            if (index === steps - 2) controller.abort();
          },
        });
        const { met } = scene.proxy;
        scene.proxy.disarm();
        const words = `${kind} at ${String(at)} of the way back: ${outcome.message}`;
        assert.equal(outcome.outcome, 'cancelled', words);
        assert.deepEqual(await worldOf(scene.live.other), before, words);
        if (!met) break;
        tried++;
      }
      assert.ok(tried >= 8, `${kind}: ${String(tried)} commands of the way back`);
    }
  },
);

/** A virtio-blk disk in an iothread, on a guest whose CPU runs (QEMU 7.2 changes its chain only while it is paused). */
async function paused(t: TestContext): Promise<Scene> {
  const live = await liveVm(
    t,
    {},
    {
      disks: 1,
      cpu: 'running',
      args: [
        ...['-object', 'iothread,id=io1', ...nullNode('base-iot')],
        ...['-device', 'virtio-blk-pci,id=iot,drive=base-iot,iothread=io1'],
        ...(DISK_KINDS[1]?.args ?? []),
      ],
    },
  );
  const proxy = await startProxy(live.socket);
  t.after(() => proxy.stop());
  const groups = { a: { total_iops_sec: 1000n }, b: { total_iops_sec: 2000n } };
  return {
    live,
    proxy,
    before: desiredOf(groups, { iot: [], sda: [] }),
    after: desiredOf({ ...groups, c: { total_iops_sec: 3000n } }, { iot: ['c', 'b'], sda: ['a'] }),
  };
}

for (const kind of ['refused', 'cut-before', 'reply-lost'] as const) {
  test(`with the guest paused: whatever command is ${kind}, the guest runs on`, { skip }, async t => {
    const scene = await paused(t);
    const outcomes = await everyCommand(t, scene, { kind });
    assert.ok(
      outcomes.every(outcome => ['applied', 'failed', 'rolled-back'].includes(outcome)),
      outcomes.join(),
    );
  });
}

test('with the guest paused, cancelled before each step: the guest runs on', { skip }, async t => {
  const scene = await paused(t);
  const before = await prepared(t, scene);
  for (let at = 0; at < 5; at++) {
    const controller = new AbortController();
    const outcome = await applyThrough(t, scene, {
      signal: controller.signal,
      onStep: index => {
        if (index === at) controller.abort();
      },
    });
    if (outcome.outcome === 'applied') break;
    assert.equal(outcome.outcome, 'cancelled', outcome.message);
    assert.deepEqual(await worldOf(scene.live.other), before, `cancelled at ${String(at)}`);
  }
});

test('partial: an inverse that is always refused; what is not as before is named', { skip }, async t => {
  const scene = await mixed(t);
  await prepared(t, scene);
  scene.proxy.arm(command => command === 'object-del', { kind: 'refused' }, 'always');
  const outcome = await applyThrough(t, scene);
  assert.equal(outcome.outcome, 'partial', outcome.message);
  assert.ok(outcome.differs.length > 0);
  const world = await worldOf(scene.live.other);
  for (const difference of outcome.differs) {
    if (difference.kind === 'group')
      assert.ok(`throttle-${difference.object.slice(6)}` in world.groups, outcome.message);
    else if (difference.kind === 'leftover')
      for (const name of difference.now) assert.ok(name in world.groups, outcome.message);
    else assert.fail(difference.object);
  }
});

test('unknown: nobody answers any more while the guest is paused, and that is said', { skip }, async t => {
  const scene = await paused(t);
  await prepared(t, scene);
  let isGone = false;
  // From the reply to stop on, nobody answers at this address.
  scene.proxy.arm(
    command => isGone || (command === 'stop' && (isGone = true)),
    { kind: 'reply-lost' },
    'always',
  );
  const outcome = await applyThrough(t, scene, {}, 500);
  assert.equal(outcome.outcome, 'unknown', outcome.message);
  assert.match(outcome.message, /The guest was paused, and nobody answers .*Send cont to it/);
  assert.equal((await worldOf(scene.live.other)).runState, 'paused', 'it says the truth');
});

test('a guest that cannot be told to run on is said to stand still', { skip }, async t => {
  const scene = await paused(t);
  await prepared(t, scene);
  scene.proxy.arm(command => command === 'cont', { kind: 'refused' }, 'always');
  const outcome = await applyThrough(t, scene);
  assert.equal(outcome.outcome, 'unknown', outcome.message);
  assert.match(outcome.message, /may stand still/);
  assert.equal((await worldOf(scene.live.other)).runState, 'paused');
});

/** Lets each command that counts meet the fault, one after the other, until none is left; gives the outcomes. */
async function everyCommand(
  t: TestContext,
  scene: Scene,
  fault: Fault,
): Promise<readonly Outcome['outcome'][]> {
  const outcomes: Outcome['outcome'][] = [];
  let before = await prepared(t, scene);
  for (let at = 1; ; at++) {
    if (outcomes.at(-1) === 'applied') before = await prepared(t, scene);
    let count = 0;
    scene.proxy.arm((command, line) => counts(command, line) && ++count === at, fault);
    const outcome = await applyThrough(t, scene);
    const { met } = scene.proxy;
    scene.proxy.disarm();
    const words = `${fault.kind} at ${String(at)}: ${outcome.outcome}: ${outcome.message}`;
    const now = await worldOf(scene.live.other);
    if (outcome.outcome === 'applied') assertAfter(now, scene.after, words);
    else assert.deepEqual(now, before, words);
    assert.equal(now.runState, before.runState, words);
    if (!met) {
      assert.equal(outcome.outcome, 'applied', words);
      return outcomes;
    }
    outcomes.push(outcome.outcome);
  }
}

/** The state before, made by the product over the second socket's VM; what the second monitor then sees. */
async function prepared(t: TestContext, { live, proxy, before }: Scene): Promise<World> {
  proxy.disarm();
  // Filters in an iothread are not taken away from a guest that runs.
  const { runState } = await worldOf(live.other);
  if (runState === 'running') await live.other.execute('stop');
  const session = await sessionAt(t, live.socket);
  const outcome = await applyWanted(session, before, { prune: true });
  await session.close();
  if (runState === 'running') await live.other.execute('cont');
  assert.ok(['applied', 'unchanged'].includes(outcome.outcome), outcome.message);
  return worldOf(live.other);
}

async function applyThrough(
  t: TestContext,
  { proxy, after }: Scene,
  request: { readonly signal?: AbortSignal; readonly onStep?: (index: number, count: number) => void } = {},
  deadline = 5000,
): Promise<Outcome> {
  const session = await sessionAt(t, proxy.path, { deadline });
  const plan = (state: VmState): PlanResult => makePlan(after, state, { prune: true });
  const outcome = await session.apply({ plan, expect: hashOfPlan(plan(session.state)), ...request });
  await session.close();
  return outcome;
}

interface World {
  readonly runState: string;
  readonly groups: { readonly [id: string]: unknown };
  readonly nodes: readonly string[];
  readonly disks: readonly unknown[];
}

/** All that a plan may change, to the names of the nodes. */
async function worldOf(monitor: QmpClient): Promise<World> {
  const { runState, groups, filters, ownNodes, disks } = await readState(monitor);
  return {
    runState,
    groups: Object.fromEntries(
      groups
        .map(({ objectId, limits }) => [objectId, limitsThatAreSet(limits)] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    nodes: [...new Set([...filters.map(({ node }) => node), ...ownNodes])].sort(),
    disks: disks.map(disk => [disk.alias, disk.base, disk.filters, disk.iotune, disk.iotuneGroup]),
  };
}

function assertAfter(now: World, wanted: DesiredGroups, words: string): void {
  assert.deepEqual(
    Object.keys(now.groups),
    wanted.groups.map(({ name }) => `throttle-${name}`).sort(),
    words,
  );
  const chained = wanted.disks.flatMap(({ filters }) => filters ?? []);
  assert.equal(now.nodes.length, chained.length, words);
}
