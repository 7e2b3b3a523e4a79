/** What an apply changed, kept as text, and what of it is wanted back later. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LastChange, PlanResult, VmState } from '../../../server/src/engine';
import {
  lastChangeOf,
  lastChangeText,
  makePlan,
  normalised,
  readLastChange,
  undoWish,
} from '../../../server/src/engine';
import { planWish } from '../../../server/src/vm';
import { desiredOf } from '../../support/live';
import { vmWith, type Limited } from '../../support/states';

const HUGE = 9_007_199_254_740_993n;
const BEFORE: Limited = { 'throttle-a': { total_iops_sec: 5n }, 'throttle-old': { total_iops_sec: 6n } };
const wanted = desiredOf(
  { a: { total_iops_sec: 7n }, b: { total_iops_sec: 9n } },
  { 'virtio-disk0': ['a', 'b'] },
  { 'virtio-disk1': { total_iops_sec: 3n } },
);

/** The change that this plan makes of the VM, and the VM afterwards. */
function changed(): { readonly change: LastChange; readonly before: VmState; readonly after: VmState } {
  const before = vmWith(BEFORE, { users: [['throttle-a'], []] });
  const result = makePlan(wanted, before, { prune: true });
  assert.ok(result.kind === 'plan');
  const after = vmWith(
    { 'throttle-a': { total_iops_sec: 7n }, 'throttle-b': { total_iops_sec: 9n } },
    { users: [['throttle-a', 'throttle-b'], []] },
  );
  const limited = normalised({ total_iops_sec: 3n });
  const disks = after.disks.map((disk, index) => (index === 1 ? { ...disk, iotune: limited } : disk));
  return { change: lastChangeOf(result.plan, before), before, after: { ...after, disks } };
}

const summaries = (result: PlanResult): readonly string[] => {
  assert.ok(result.kind === 'plan', result.kind === 'refusal' ? result.refusal.message : '');
  return result.plan.steps.map(({ summary }) => summary);
};

const undone = (change: LastChange, state: VmState): PlanResult =>
  planWish(state, { kind: 'undo', change }, { planes: [] });

test('it is read back as it was written, every digit of it', () => {
  const { change } = changed();
  assert.deepEqual(readLastChange(lastChangeText(change)), change);
  const limits = normalised({ size_iops_sec: HUGE });
  const huge: LastChange = {
    ...change,
    config: { groups: [{ name: 'x', before: limits, after: null }], disks: [] },
  };
  assert.deepEqual(readLastChange(lastChangeText(huge)), huge);
});

test('what was not written so is none', () => {
  const text = lastChangeText(changed().change);
  for (const broken of [
    '',
    '{}',
    'null',
    '[]',
    text.slice(0, -5),
    text.replace('"version":1', '"version":2'),
    text.replace('"7"', '"seven"'),
    text.replace('"groups":[', '"groups":[3,'),
    text.replace('"title":"virtio-disk0"', '"title":null'),
  ]) {
    assert.equal(readLastChange(broken), undefined, broken.slice(0, 40));
  }
});

test('groups, filters and iotune go back, and what was created goes', () => {
  const { change, after } = changed();
  const [create, ...others] = summaries(undone(change, after));
  assert.match(create ?? '', /^Create old: 6 IOPS/);
  assert.deepEqual(others, [
    'Lower a: 7 IOPS -> 5 IOPS',
    'Change the filters of virtio-disk0: a, then b -> a',
    'Take the iotune off virtio-disk1 (was 3 IOPS)',
    'Delete b (was 9 IOPS)',
  ]);
});

test('what was changed again since is left as it is, and told', () => {
  const { change, after } = changed();
  const again: VmState = {
    ...after,
    groups: after.groups.map(group =>
      group.name === 'a' ? { ...group, limits: normalised({ total_iops_sec: 8n }) } : group,
    ),
    disks: after.disks.map(disk => (disk.alias === 'virtio-disk0' ? { ...disk, filters: [] } : disk)),
  };
  const { desired, created } = undoWish(change.live, again);
  assert.deepEqual(desired.notes, [
    'Group a was changed again since, and is left as it is.',
    'virtio-disk0 was changed again since, and is left as it is.',
  ]);
  assert.deepEqual(created, ['b']);
  assert.deepEqual(
    desired.disks.map(({ title }) => title),
    ['virtio-disk1'],
  );
});

test('another VM, another process, and a disk that came or went are refused', () => {
  const { change, after } = changed();
  const message = (of: LastChange, state: VmState): string => {
    const result = undone(of, state);
    assert.ok(result.kind === 'refusal');
    return result.refusal.message;
  };
  const other: VmState = { ...after, target: { ...after.target, name: 'other' } };
  assert.match(message(change, other), /was on db01, and now other answers there/);
  assert.match(message(change, { ...after, process: 'cpu thread 7' }), /started anew since the last change/);
  const none = { groups: [], disks: [] };
  const plugged: LastChange = { ...change, live: none, config: none, plugged: true };
  assert.match(message(plugged, after), /attached or detached a disk, which undo does not take back/);
});
