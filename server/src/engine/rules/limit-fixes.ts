/** Fixes of limits: changes that bring no new fault, made by `edit/`. */

import type { LimitEntry, Limits } from '../domain/model';
import { changeLimits, limitsPlace, setText, type LimitsPlace } from '../edit';
import { LIMITS, type LimitName } from '../limits/table';
import type { TextEdit } from '../text';
import { isValidGroupName } from './group-names';
import { differingLimits, iotuneUsers, type IotuneUser } from './iotune-groups';
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
export const changeFix = (
  scene: FixScene,
  limits: Limits,
  title: string,
  changes: AmountChanges,
  safe: Fix['safe'] = false,
): Fix[] =>
  changedFix(scene, limits, title, safe, changes, place => changeLimits(scene.source, place, changes));

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
export const textFix = (
  scene: FixScene,
  limits: Limits,
  entry: LimitEntry,
  text: string,
  value: bigint,
  title: string,
  safe: Fix['safe'] = false,
): Fix[] =>
  changedFix(scene, limits, title, safe, new Map([[entry.field.xml, value]]), place =>
    setText(scene.source, place, entry, text),
  );

/**
 * A fix from edits that have the effect of `changes`, where those bring no new fault. Disks that share an iotune group
 * must have the same limits, so the change is made on all of them that are alike.
 */
export function changedFix(
  scene: FixScene,
  limits: Limits,
  title: string,
  safe: Fix['safe'],
  changes: AmountChanges,
  edits: (place: LimitsPlace) => readonly TextEdit[],
): Fix[] {
  const sharing = bringsNoFault(limits, changes) ? sharingDisks(scene, limits, changes) : undefined;
  if (sharing === undefined) return [];
  const where = sharing.length > 0 ? `${title}, on all disks of the iotune group` : title;
  return madeOf(scene, limits, where, safe, place => [
    ...edits(place),
    ...sharing.flatMap(({ disk, iotune }) => {
      const other = limitsPlace(scene.document, disk.start, iotune.limits);
      return other === undefined ? [] : changeLimits(scene.source, other, changes);
    }),
  ]);
}

/** A fix from edits that change no limit in force. */
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

/**
 * Whether a change leaves the limits without a fault that they did not have, does not take the last limit away, and
 * does not bring a group into being whose name QEMU refuses.
 */
export function bringsNoFault(limits: Limits, changes: AmountChanges): boolean {
  const before = amountsOf(limits);
  const after = changedAmounts(before, changes);
  const { owner, groupName } = limits;
  if (hasAnyLimit(before) && !hasAnyLimit(after) && (owner === 'group' || groupName !== undefined))
    return false;
  const created = owner === 'group' && !hasAnyLimit(before) && hasAnyLimit(after);
  if (created && groupName !== undefined && !isValidGroupName(groupName.value)) return false;
  return newFaults(before, after, owner).length === 0;
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

/** The other disks to change along; undefined where disks of one iotune group would come to differ either way. */
function sharingDisks(
  { domain, start }: FixScene,
  limits: Limits,
  changes: AmountChanges,
): readonly IotuneUser[] | undefined {
  const users = domain === undefined || limits.owner === 'group' ? [] : iotuneUsers(domain);
  const own = users.find(({ disk, iotune }) => disk.start === start && iotune.limits === limits);
  const group = users.filter(({ name }) => name.value === own?.name.value);
  const alike = group.filter(
    user => user !== own && differingLimits(amountsOf(user.iotune.limits), amountsOf(limits)).length === 0,
  );
  const changing = (changed: readonly (IotuneUser | undefined)[]): number =>
    differingUsers(
      group.map(user => {
        const amounts = amountsOf(user.iotune.limits);
        return changed.includes(user) ? changedAmounts(amounts, changes) : amounts;
      }),
    );
  const now = changing([]);
  const along = alike.filter(({ iotune }) => bringsNoFault(iotune.limits, changes));
  return [along, []].find(others => changing([own, ...others]) <= now);
}

/** How many differ from the first. */
const differingUsers = ([first, ...others]: readonly Amounts[]): number =>
  first === undefined ? 0 : others.filter(other => differingLimits(first, other).length > 0).length;
