/**
 * For every command of an apply, reads too: it is refused; it is executed and its reply lost; the connection ends
 * before it. Afterwards a second monitor tells whether the outcome is true.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DesiredGroups, Outcome, PlanResult, VmState } from '../../server/src/engine';
import { limitsThatAreSet, makePlan, normalised } from '../../server/src/engine';
import { hashOfPlan, liveVm, sessionAt, type Groups, type Live } from '../support/live';
import { startProxy, type Fault } from '../support/proxy';
import { requireReal } from '../support/real';

const skip = requireReal('qemu-system-x86_64') === undefined;

const before: Groups = {
  'throttle-gold': { total_iops_sec: 500n, total_iops_sec_max: 900n },
  'throttle-old': { read_bytes_sec: 9n },
  'throttle-silver': { total_bytes_sec: 5n },
};
const after: Groups = {
  'throttle-gold': { read_iops_sec: 800n },
  'throttle-new': { total_iops_sec: 7n },
  'throttle-silver': { total_bytes_sec: 6n },
};
const desired: DesiredGroups = {
  identity: { name: undefined, uuid: undefined },
  groups: [
    { name: 'gold', limits: normalised({ read_iops_sec: 800n }), usedBy: [] },
    { name: 'new', limits: normalised({ total_iops_sec: 7n }), usedBy: [] },
    { name: 'silver', limits: normalised({ total_bytes_sec: 6n }), usedBy: [] },
  ],
  disks: [],
  namesUnknown: false,
  notes: [],
};
const plan = (state: VmState): PlanResult => makePlan(desired, state, { prune: true });

interface Case {
  readonly fault: Fault;
  /** Outcomes when a writing command meets the fault, first to last of the four. */
  readonly whileWriting: readonly Outcome['outcome'][];
  readonly deadline?: number;
  /** Only writing commands: where each costs a deadline. */
  readonly onlyWrites?: boolean;
}

const cases: readonly Case[] = [
  { fault: { kind: 'refused' }, whileWriting: ['failed', 'rolled-back', 'rolled-back', 'rolled-back'] },
  { fault: { kind: 'cut-before' }, whileWriting: ['failed', 'rolled-back', 'rolled-back', 'rolled-back'] },
  { fault: { kind: 'reply-lost' }, whileWriting: ['rolled-back', 'rolled-back', 'rolled-back', 'applied'] },
  {
    fault: { kind: 'reply-swallowed' },
    whileWriting: ['rolled-back', 'rolled-back', 'rolled-back', 'applied'],
    deadline: 1500,
    onlyWrites: true,
  },
];

for (const { fault, whileWriting, deadline, onlyWrites = false } of cases) {
  test(`whatever command is ${fault.kind}, the outcome is true`, { skip }, async t => {
    const live = await liveVm(t, before);
    const proxy = await startProxy(live.socket);
    t.after(() => proxy.stop());
    const writes: Outcome['outcome'][] = [];
    for (let at = 1; ; at++) {
      await live.reset(before);
      const session = await sessionAt(t, proxy.path, deadline === undefined ? {} : { deadline });
      const expect = hashOfPlan(plan(session.state));
      let count = 0;
      proxy.arm(command => (!onlyWrites || isWrite(command)) && ++count === at, fault);
      const outcome = await session.apply({ plan, expect });
      await session.close();
      await assertTrue(outcome, live, `${fault.kind} at ${at}: ${outcome.outcome}: ${outcome.message}`);
      const hit = proxy.seen[onlyWrites ? -1 : at - 1];
      if (!proxy.met) {
        assert.equal(outcome.outcome, 'applied');
        break;
      }
      if (onlyWrites || isWrite(hit ?? '')) writes.push(outcome.outcome);
      else assert.ok(['failed', 'applied'].includes(outcome.outcome), `${hit ?? ''}: ${outcome.message}`);
    }
    assert.deepEqual(writes, whileWriting);
  });
}

test('a fault in undoing, too: whatever inverse goes wrong, the outcome is true', { skip }, async t => {
  const live = await liveVm(t, before);
  const proxy = await startProxy(live.socket);
  t.after(() => proxy.stop());
  for (const kind of ['refused', 'cut-before', 'reply-lost'] as const) {
    const outcomes: Outcome['outcome'][] = [];
    for (let at = 1; at <= 3; at++) {
      await live.reset(before);
      const session = await sessionAt(t, proxy.path);
      const expect = hashOfPlan(plan(session.state));
      // Cancelled before the last step, so that three are to be undone.
      const controller = new AbortController();
      let writes = 0;
      proxy.arm(command => isWrite(command) && ++writes === 3 + at, { kind });
      const outcome = await session.apply({
        plan,
        expect,
        signal: controller.signal,
        onStep: index => {
          if (index === 2) controller.abort();
        },
      });
      await session.close();
      assert.ok(proxy.met, 'the fault was met');
      await assertTrue(outcome, live, `${kind} at inverse ${at}: ${outcome.outcome}: ${outcome.message}`);
      outcomes.push(outcome.outcome);
    }
    // What is refused once is tried again by a way that is made from a fresh reading.
    assert.deepEqual(outcomes, ['cancelled', 'cancelled', 'cancelled'], kind);
  }
});

const isWrite = (command: string): boolean => ['object-add', 'object-del', 'qom-set'].includes(command);

/** The second monitor's groups are as the outcome says. */
async function assertTrue(outcome: Outcome, live: Live, words: string): Promise<void> {
  const now = await live.groups();
  switch (outcome.outcome) {
    case 'applied':
      assert.deepEqual(now, after, words);
      break;
    case 'failed':
    case 'rolled-back':
    case 'cancelled':
      assert.deepEqual(now, before, words);
      break;
    case 'partial': {
      const told = new Map<string, unknown>(Object.entries(before));
      assert.ok(outcome.differs.length > 0, words);
      for (const difference of outcome.differs) {
        assert.ok(difference.kind === 'group', words);
        const { object, now: value } = difference;
        const id = `throttle-${object.replace('group ', '')}`;
        if (value === undefined) told.delete(id);
        else told.set(id, limitsThatAreSet(value));
      }
      assert.deepEqual(now, Object.fromEntries([...told].sort(([a], [b]) => (a < b ? -1 : 1))), words);
      break;
    }
    case 'drifted':
    case 'refused':
    case 'unchanged':
    case 'unknown':
      assert.fail(words);
  }
}
