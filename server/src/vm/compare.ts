/** Comparing a VM's groups with what was there before and what was wanted. */

import type { Difference, GroupChange, LimitValues, VmState } from '../engine';
import { groupTitle, sameLimits } from '../engine';

/** The limits of a change's object on the VM; undefined where there is no such object. */
export const limitsNow = (state: VmState, change: GroupChange): LimitValues | undefined =>
  state.groups.find(group => group.objectId === change.objectId)?.limits;

export const isBefore = (state: VmState, change: GroupChange): boolean =>
  equal(limitsNow(state, change), change.before);

export const isAfter = (state: VmState, change: GroupChange): boolean =>
  equal(limitsNow(state, change), change.after);

/** The groups that are not as before the plan, or not as wanted. */
export const differences = (
  changes: readonly GroupChange[],
  now: VmState,
  from: 'before' | 'after',
): readonly Difference[] =>
  changes
    .filter(change => (from === 'before' ? !isBefore(now, change) : !isAfter(now, change)))
    .map(change => ({
      kind: 'group',
      object: groupTitle(change.name),
      before: change.before,
      now: limitsNow(now, change),
    }));

const equal = (a: LimitValues | undefined, b: LimitValues | undefined): boolean =>
  a === undefined || b === undefined ? a === b : sameLimits(a, b);
