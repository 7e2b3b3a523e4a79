/** Fixes of limits: changes that bring no new fault, made by `edit/`. */

import type { LimitEntry, Limits } from '../domain/model';
import { changeLimits, limitsPlace, setText, type LimitsPlace } from '../edit';
import { LIMITS, type LimitName } from '../limits/table';
import type { TextEdit } from '../text';
import {
  amountsOf,
  changedAmounts,
  faultsOf,
  hasAnyLimit,
  type AmountChanges,
  type Amounts,
  type LimitFault,
} from './limit-faults';
import type { Fix, FixScene } from './rule';

/** A change of limits as a fix, or nothing where it would bring a new fault or take the last limit away. */
export function changeFix(
  scene: FixScene,
  limits: Limits,
  title: string,
  changes: AmountChanges,
  safe: Fix['safe'] = false,
): Fix[] {
  if (!bringsNoFault(limits, changes)) return [];
  return madeOf(scene, limits, title, safe, place => changeLimits(scene.source, place, changes));
}

/** Takes limits out, and with them those that would then lack what they extend. */
export function removeFix(
  scene: FixScene,
  limits: Limits,
  names: readonly LimitName[],
  title: string,
  safe: Fix['safe'] = false,
): Fix[] {
  const changes = removalWithDependents(limits, names);
  return changeFix(scene, limits, title, changes, safe);
}

/** Other text in one limit, read as `value` from then on. */
export function textFix(
  scene: FixScene,
  limits: Limits,
  entry: LimitEntry,
  text: string,
  value: bigint,
  title: string,
  safe: Fix['safe'] = false,
): Fix[] {
  if (!bringsNoFault(limits, new Map([[entry.field.xml, value]]))) return [];
  return madeOf(scene, limits, title, safe, place => setText(scene.source, place, entry, text));
}

/** A fix from edits that need the place of the limits. */
export function madeOf(
  scene: FixScene,
  limits: Limits,
  title: string,
  safe: Fix['safe'],
  edits: (place: LimitsPlace) => readonly TextEdit[],
): Fix[] {
  const place = limitsPlace(scene.document, scene.start, limits);
  const made = place === undefined ? [] : edits(place);
  return made.length === 0 ? [] : [{ title, safe, edits: made }];
}

/** The limits that go with `names`: those, and all that would then lack its base. */
export function removalWithDependents(
  limits: Limits,
  names: readonly LimitName[],
): ReadonlyMap<LimitName, undefined> {
  const before = amountsOf(limits);
  const gone = new Map<LimitName, undefined>(names.map(name => [name, undefined]));
  for (let round = 0; round < LIMITS.length; round++) {
    const dependent = newFaults(before, changedAmounts(before, gone), limits.owner).filter(({ kind }) =>
      LACKS_BASE.includes(kind),
    );
    if (dependent.length === 0) break;
    for (const { name } of dependent) gone.set(name, undefined);
  }
  return gone;
}

/** Whether a change leaves the limits without a fault that they did not have, and not without any limit. */
export function bringsNoFault(limits: Limits, changes: AmountChanges): boolean {
  const before = amountsOf(limits);
  const after = changedAmounts(before, changes);
  if (
    hasAnyLimit(before) &&
    !hasAnyLimit(after) &&
    (limits.owner === 'group' || limits.groupName !== undefined)
  ) {
    return false;
  }
  return newFaults(before, after, limits.owner).length === 0;
}

const newFaults = (before: Amounts, after: Amounts, owner: Limits['owner']): LimitFault[] => {
  const old = new Set(faultsOf(before, owner).map(faultKey));
  return faultsOf(after, owner).filter(fault => !old.has(faultKey(fault)));
};

const faultKey = ({ kind, name }: LimitFault): string => `${kind} ${name}`;

const LACKS_BASE: readonly string[] = [
  'burst-without-rate',
  'burst-length-without-burst',
  'request-size-without-iops',
];
