/** The whole way to a real QEMU: read, plan, apply, read by a second monitor. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  DesiredGroups,
  GivenLimits,
  Outcome,
  PlanOptions,
  PlanResult,
  VmState,
} from '../../server/src/engine';
import {
  makePlan,
  normalised,
  outcomeJson,
  planDeleteGroup,
  planSetGroup,
  refusalOfLimits,
} from '../../server/src/engine';
import { connectQmp, formatJson, QmpCommandError } from '../../server/src/qmp';
import type { VmSession } from '../../server/src/vm';
import { addGroup, hashOfPlan, liveVm, sessionAt, setLimits } from '../support/live';
import { startProxy } from '../support/proxy';
import { requireReal } from '../support/real';

const skip = requireReal('qemu-system-x86_64') === undefined;

const desired = (groups: { readonly [name: string]: GivenLimits }): DesiredGroups => ({
  identity: { name: 'db01', uuid: undefined },
  groups: Object.entries(groups).map(([name, limits]) => ({ name, limits: normalised(limits), usedBy: [] })),
  disks: [],
  namesUnknown: false,
  notes: [],
});

const planner =
  (groups: { readonly [name: string]: GivenLimits }, options?: PlanOptions) =>
  (state: VmState): PlanResult =>
    makePlan(desired(groups), state, options);

/** Shows a plan and applies it at once. */
async function apply(session: VmSession, plan: (state: VmState) => PlanResult): Promise<Outcome> {
  return session.apply({ plan, expect: hashOfPlan(plan(await session.read())) });
}

const named = { args: ['-name', 'guest=db01,debug-threads=on'] };

/** A filter over the first disk, as libvirt would have made it. */
const filtered = (group: string) => ({
  args: [
    ...named.args,
    ...[
      '-object',
      JSON.stringify({ 'qom-type': 'throttle-group', id: group, limits: { 'iops-total': 100 } }),
    ],
    ...['-blockdev', '{"driver":"null-co","node-name":"null","size":67108864}'],
    ...[
      '-blockdev',
      JSON.stringify({ driver: 'throttle', 'node-name': 'top', 'throttle-group': group, file: 'null' }),
    ],
    ...['-device', 'virtio-blk-pci,id=virtio-disk9,drive=top,serial=abc'],
  ],
});

test('reads who the VM is, its disks with chains and serials, and legacy throttling', { skip }, async t => {
  const live = await liveVm(t, undefined, filtered('throttle-gold'));
  await live.other.execute('block_set_io_throttle', {
    id: '/machine/peripheral/virtio-disk0/virtio-backend',
    ...{ bps: 0, bps_rd: 0, bps_wr: 0, iops: 50, iops_rd: 0, iops_wr: 0, iops_max: 90, iops_max_length: 3 },
    group: 'legacy',
  });
  const { state } = await sessionAt(t, live.socket);
  assert.equal(state.target.name, 'db01');
  assert.equal(state.target.uuid, null);
  assert.equal(state.target.managedBy, null);
  assert.match(state.process ?? '', /^cpu thread \d+$/);
  assert.deepEqual(
    state.groups.map(({ objectId, usedBy }) => [objectId, usedBy]),
    [['throttle-gold', ['top']]],
  );
  const disks = new Map(state.disks.map(disk => [disk.alias, disk]));
  assert.deepEqual(disks.get('virtio-disk9')?.filters, [{ node: 'top', group: 'throttle-gold' }]);
  assert.equal(disks.get('virtio-disk9')?.serial, 'abc');
  assert.deepEqual(disks.get('virtio-disk0')?.sources, [live.qemu.images[0]]);
  assert.equal(disks.get('virtio-disk0')?.iotuneGroup, 'legacy');
  assert.deepEqual(
    disks.get('virtio-disk0')?.iotune,
    normalised({ total_iops_sec: 50n, total_iops_sec_max: 90n, total_iops_sec_max_length: 3n }),
  );
});

test('applied: creates, changes and prunes; then unchanged, and nothing is sent', { skip }, async t => {
  const live = await liveVm(
    t,
    { 'throttle-gold': { total_iops_sec: 500n }, 'throttle-old': { read_bytes_sec: 9n } },
    named,
  );
  const sent: string[] = [];
  const session = await sessionAt(t, live.socket, {
    onTranscript: ({ direction, text }) => {
      if (direction === 'sent') sent.push(text);
    },
  });
  const plan = planner({ gold: { total_iops_sec: 800n }, new: { read_iops_sec: 7n } }, { prune: true });
  const outcome = await apply(session, plan);
  assert.equal(outcome.outcome, 'applied', outcome.message);
  assert.deepEqual(
    outcome.steps.map(({ state }) => state),
    ['done', 'done', 'done'],
  );
  assert.deepEqual(await live.groups(), {
    'throttle-gold': { total_iops_sec: 800n },
    'throttle-new': { read_iops_sec: 7n },
  });
  sent.length = 0;
  assert.equal((await apply(session, plan)).outcome, 'unchanged');
  assert.ok(
    sent.every(text => /"execute":"(?:query-|x-debug-query-|qom-list|qom-get)/.test(text)),
    'only queries',
  );
  const json = formatJson(outcomeJson(outcome, session.address));
  assert.match(json, /"state":\{"groups":\{"gold":\{"total_bytes_sec":0,.*"total_iops_sec":800,/);
});

test('from a total with a burst to read and write in one set', { skip }, async t => {
  const burst = {
    total_iops_sec: 500n,
    total_iops_sec_max: 900n,
    total_iops_sec_max_length: 5n,
    size_iops_sec: 4096n,
  };
  const live = await liveVm(t, { 'throttle-gold': burst }, named);
  const session = await sessionAt(t, live.socket);
  const outcome = await apply(session, planner({ gold: { read_iops_sec: 300n, write_iops_sec: 200n } }));
  assert.equal(outcome.outcome, 'applied', outcome.message);
  assert.deepEqual(await live.groups(), { 'throttle-gold': { read_iops_sec: 300n, write_iops_sec: 200n } });
  assert.equal((await apply(session, planner({ gold: burst }))).outcome, 'applied');
  assert.deepEqual(await live.groups(), { 'throttle-gold': burst });
});

test('values beyond 2^53 arrive exactly', { skip }, async t => {
  const live = await liveVm(t, {}, named);
  const limits = { total_iops_sec: 5n, size_iops_sec: 9_007_199_254_740_993n };
  await addGroup(live.other, 'throttle-big', limits);
  const session = await sessionAt(t, live.socket);
  assert.equal(session.state.groups[0]?.limits.size_iops_sec, 9_007_199_254_740_993n);
});

test('a plain object is changed, and the prefixed one beside another plain one', { skip }, async t => {
  const live = await liveVm(
    t,
    {
      gold: { total_iops_sec: 1n },
      silver: { total_iops_sec: 2n },
      'throttle-silver': { total_iops_sec: 3n },
    },
    named,
  );
  const session = await sessionAt(t, live.socket);
  const outcome = await apply(
    session,
    planner({ gold: { total_iops_sec: 10n }, silver: { total_iops_sec: 30n } }, { prune: true }),
  );
  assert.equal(outcome.outcome, 'applied', outcome.message);
  assert.deepEqual(await live.groups(), {
    gold: { total_iops_sec: 10n },
    silver: { total_iops_sec: 2n },
    'throttle-silver': { total_iops_sec: 30n },
  });
});

test('refused: a group in use is not deleted, another VM is not touched', { skip }, async t => {
  const live = await liveVm(t, undefined, filtered('throttle-gold'));
  const session = await sessionAt(t, live.socket);
  const outcome = await session.apply({ plan: state => planDeleteGroup(state, 'gold'), expect: '' });
  assert.equal(outcome.outcome, 'refused');
  assert.match(outcome.message, /used by virtio-disk9/);
  const other = { ...desired({ gold: { total_iops_sec: 5n } }), identity: { name: 'web', uuid: undefined } };
  assert.equal(
    (await session.apply({ plan: state => makePlan(other, state), expect: '' })).outcome,
    'refused',
  );
  assert.deepEqual(await live.groups(), { 'throttle-gold': { total_iops_sec: 100n } });
});

test('set and delete of one group', { skip }, async t => {
  const live = await liveVm(t, {}, named);
  const session = await sessionAt(t, live.socket);
  const set = (given: GivenLimits) => apply(session, state => planSetGroup(state, 'gold', given));
  assert.equal((await set({ total_iops_sec: 200n, total_iops_sec_max: 1000n })).outcome, 'applied');
  assert.equal((await set({ total_bytes_sec: 5n })).outcome, 'applied');
  assert.deepEqual(await live.groups(), {
    'throttle-gold': { total_iops_sec: 200n, total_iops_sec_max: 1000n, total_bytes_sec: 5n },
  });
  assert.equal((await apply(session, state => planDeleteGroup(state, 'gold'))).outcome, 'applied');
  assert.deepEqual(await live.groups(), {});
});

/** facts/qemu.md 1.1: what we refuse, QEMU refuses too, in its own words. */
const refusals: readonly (readonly [GivenLimits, string])[] = [
  [
    { total_iops_sec: 1n, read_iops_sec: 1n },
    'bps/iops/max total values and read/write values cannot be used at the same time',
  ],
  [{ size_iops_sec: 4096n }, 'iops size requires an iops value to be set'],
  [{ total_iops_sec: 1_000_000_000_000_001n }, 'bps/iops/max values must be within [0, 1000000000000000]'],
  [{ total_iops_sec: 1n, total_iops_sec_max_length: 2n }, 'burst length set without burst rate'],
  [
    { total_iops_sec: 1n, total_iops_sec_max: 1_000_000n, total_iops_sec_max_length: 1_000_000_001n },
    'burst length too high for this burst rate',
  ],
  [
    { total_iops_sec: 1n, total_iops_sec_max: 1n, total_iops_sec_max_length: 4_294_967_296n },
    'iops-total-max-length value must be in the range [0, 4294967295]',
  ],
  [{ total_iops_sec_max: 5n }, 'bps_max/iops_max require corresponding bps/iops values'],
  [{ total_iops_sec: 9n, total_iops_sec_max: 5n }, 'bps_max/iops_max cannot be lower than bps/iops'],
];

test('QEMU refuses what we refuse, and its words reach the outcome', { skip }, async t => {
  const live = await liveVm(t, { 'throttle-gold': { total_iops_sec: 500n } }, named);
  const session = await sessionAt(t, live.socket);
  for (const [given, words] of refusals) {
    assert.ok(refusalOfLimits(normalised(given)) !== undefined, words);
    const error: unknown = await setLimits(live.other, 'throttle-gold', given).catch(
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof QmpCommandError);
    assert.equal(error.desc, words);
  }
  // A plan that our own checks did not make: QEMU has the last word.
  const bad = normalised({ total_iops_sec_max: 5n });
  const forced = (state: VmState): PlanResult => {
    const made = planner({ gold: { total_iops_sec: 5n }, new: { total_iops_sec: 6n } })(state);
    if (made.kind === 'refusal') return made;
    const steps = made.plan.steps.map(step =>
      step.kind !== 'change-group' || step.via !== 'qmp'
        ? step
        : {
            ...step,
            commands: [
              {
                execute: 'qom-set',
                arguments: {
                  path: '/objects/throttle-gold',
                  property: 'limits',
                  value: { 'iops-total': 0, 'iops-total-max': Number(bad.total_iops_sec_max) },
                },
              },
            ],
          },
    );
    return { kind: 'plan', plan: { ...made.plan, steps } };
  };
  const outcome = await apply(session, forced);
  assert.equal(outcome.outcome, 'rolled-back');
  assert.match(
    outcome.message,
    /QEMU refused qom-set: bps_max\/iops_max require corresponding bps\/iops values/,
  );
  assert.deepEqual(
    outcome.steps.map(({ state }) => state),
    ['undone', 'failed'],
  );
  assert.deepEqual(await live.groups(), { 'throttle-gold': { total_iops_sec: 500n } });
});

test('drifted: somebody changed the VM since the plan was shown', { skip }, async t => {
  const live = await liveVm(t, { 'throttle-gold': { total_iops_sec: 500n } }, named);
  const session = await sessionAt(t, live.socket);
  const plan = planner({ gold: { total_iops_sec: 800n } });
  const expect = hashOfPlan(plan(await session.read()));
  await setLimits(live.other, 'throttle-gold', { total_iops_sec: 600n });
  const outcome = await session.apply({ plan, expect });
  assert.equal(outcome.outcome, 'drifted');
  assert.deepEqual(
    outcome.steps.map(({ state }) => state),
    ['skipped'],
  );
  assert.deepEqual(await live.groups(), { 'throttle-gold': { total_iops_sec: 600n } });
});

test('drifted: the same address, but another QEMU process', { skip }, async t => {
  const first = await liveVm(t, { 'throttle-gold': { total_iops_sec: 500n } }, named);
  const second = await liveVm(t, { 'throttle-gold': { total_iops_sec: 500n } }, named);
  const plan = planner({ gold: { total_iops_sec: 800n } });
  const shown = plan((await sessionAt(t, first.socket)).state);
  const outcome = await (await sessionAt(t, second.socket)).apply({ plan, expect: hashOfPlan(shown) });
  assert.equal(outcome.outcome, 'drifted');
});

test('cancelled between two commands: what was done is undone', { skip }, async t => {
  const before = { 'throttle-gold': { total_iops_sec: 500n }, 'throttle-z': { total_iops_sec: 5n } };
  const live = await liveVm(t, before, named);
  const session = await sessionAt(t, live.socket);
  const plan = planner({ gold: { total_iops_sec: 800n }, new: { total_iops_sec: 1n } }, { prune: true });
  const expect = hashOfPlan(plan(await session.read()));
  const controller = new AbortController();
  const outcome = await session.apply({
    plan,
    expect,
    signal: controller.signal,
    onStep: index => {
      if (index === 1) controller.abort();
    },
  });
  assert.equal(outcome.outcome, 'cancelled');
  assert.deepEqual(
    outcome.steps.map(({ state }) => state),
    ['undone', 'undone', 'skipped'],
  );
  assert.deepEqual(await live.groups(), before);
  const early = await session.apply({ plan, expect, signal: AbortSignal.abort() });
  assert.equal(early.outcome, 'cancelled');
  assert.deepEqual(await live.groups(), before);
});

test('two applies on one VM wait for each other', { skip }, async t => {
  const live = await liveVm(t, {}, named);
  const session = await sessionAt(t, live.socket);
  const plans = [planner({ a: { total_iops_sec: 1n } }), planner({ b: { total_iops_sec: 2n } })];
  const expected = plans.map(plan => hashOfPlan(plan(session.state)));
  const outcomes = await Promise.all(
    plans.map((plan, index) => session.apply({ plan, expect: expected[index] ?? '' })),
  );
  // The second finds the first one's group: not the VM that its plan was made for.
  assert.deepEqual(
    outcomes.map(({ outcome }) => outcome),
    ['applied', 'drifted'],
  );
  assert.deepEqual(await live.groups(), { 'throttle-a': { total_iops_sec: 1n } });
});

test('two addresses of one VM wait for each other too', { skip }, async t => {
  const live = await liveVm(t, {}, { ...named, disks: 2, extraQmp: 2 });
  const sessions = [await sessionAt(t, live.socket), await sessionAt(t, live.qemu.sockets[2] ?? '')];
  const outcomes = await Promise.all(
    sessions.map((session, index) => {
      const plan = planner({ [`group${index}`]: { total_iops_sec: 1n } });
      return session.apply({ plan, expect: hashOfPlan(plan(session.state)) });
    }),
  );
  assert.deepEqual(
    outcomes.map(({ outcome }) => outcome),
    ['applied', 'drifted'],
  );
});

test('unknown: QEMU is killed in mid-apply', { skip }, async t => {
  const live = await liveVm(t, { 'throttle-gold': { total_iops_sec: 500n } }, named);
  const proxy = await startProxy(live.socket);
  t.after(() => proxy.stop());
  const session = await sessionAt(t, proxy.path, { deadline: 2000 });
  const plan = planner({ gold: { total_iops_sec: 800n }, new: { total_iops_sec: 1n } });
  const expect = hashOfPlan(plan(await session.read()));
  proxy.arm(command => command === 'qom-set', { kind: 'meanwhile', act: () => live.qemu.kill() });
  const outcome = await session.apply({ plan, expect });
  assert.equal(outcome.outcome, 'unknown');
  assert.deepEqual(
    outcome.steps.map(({ state }) => state),
    ['done', 'unknown'],
  );
  assert.equal(outcome.state, undefined);
  assert.match(outcome.message, /not known/);
});

test('partial: what somebody else changed meanwhile is theirs, and is named', { skip }, async t => {
  const live = await liveVm(t, { 'throttle-gold': { total_iops_sec: 500n } }, named);
  const proxy = await startProxy(live.socket);
  t.after(() => proxy.stop());
  const session = await sessionAt(t, proxy.path);
  const plan = planner({ gold: { total_iops_sec: 800n }, new: { total_iops_sec: 1n } });
  const expect = hashOfPlan(plan(await session.read()));
  let sets = 0;
  // After the set, before it is read back.
  proxy.arm(
    (command, line) => (
      command === 'qom-set' && sets++,
      sets > 0 && /qom-get/.test(line) && /gold/.test(line)
    ),
    {
      kind: 'meanwhile',
      act: () => setLimits(live.other, 'throttle-gold', { total_iops_sec: 77n }),
    },
  );
  const outcome = await session.apply({ plan, expect });
  assert.equal(outcome.outcome, 'partial', outcome.message);
  assert.deepEqual(outcome.differs, [
    {
      kind: 'group',
      object: 'group gold',
      before: normalised({ total_iops_sec: 500n }),
      now: normalised({ total_iops_sec: 77n }),
    },
  ]);
  assert.deepEqual(await live.groups(), { 'throttle-gold': { total_iops_sec: 77n } });
});

test(
  'a VM that was restarted between two commands is another one: nothing more is sent',
  { skip },
  async t => {
    const first = await liveVm(t, { 'throttle-gold': { total_iops_sec: 500n } }, named);
    const second = await liveVm(t, { 'throttle-gold': { total_iops_sec: 1n } }, named);
    const proxies = await Promise.all([startProxy(first.socket), startProxy(second.socket)]);
    for (const proxy of proxies) t.after(() => proxy.stop());
    let at = 0;
    const session = await sessionAt(t, first.socket, {
      connect: () => connectQmp({ kind: 'unix', path: proxies[at]?.path ?? '' }),
    });
    const plan = planner({ gold: { total_iops_sec: 800n }, new: { total_iops_sec: 1n } });
    const expect = hashOfPlan(plan(await session.read()));
    proxies[0].arm(command => command === 'qom-set', { kind: 'cut-before' });
    at = 1;
    const outcome = await session.apply({ plan, expect });
    assert.equal(outcome.outcome, 'partial');
    assert.match(outcome.message, /another one answers/);
    assert.deepEqual(
      outcome.differs.map(({ object }) => object),
      ['group gold'],
    );
    assert.deepEqual(await second.groups(), { 'throttle-gold': { total_iops_sec: 1n } });
  },
);
