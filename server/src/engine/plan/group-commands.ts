/** Plans for one group at a time: `domxml groups set | delete`, and the editor's commands. */

import type { JsonValue } from '../json-value';
import type { GivenLimits } from '../limits/qemu';
import { groupObjectId, normalised } from '../limits/qemu';
import type { LimitValues } from '../limits/values';
import { NO_LIMITS, limitsNothing, sameLimits } from '../limits/values';
import { LIMITS } from '../limits/table';
import { resolveNames, usersOnVm } from './names';
import { freeNames } from './chains/free-names';
import { NO_DISK_CHANGES } from './disk-changes';
import { assemblePlan, type PlanParts } from './plan';
import { refusalOfState, refusalOfValues, refused } from './refusals';
import { limitsJson } from './state';
import type { PlanResult } from './types';
import type { VmGroup, VmState } from './vm-state';
import { listed, shown } from './words';

/**
 * Sets limits of a group, or creates it. Naming one limit of a family resets the others of that family; families that
 * are not named keep their values (as virsh domthrottlegroupset does; facts/libvirt.md 3). The values that come of it
 * are judged before anything is sent.
 */
export function planSetGroup(state: VmState, name: string, given: GivenLimits): PlanResult {
  const group = groupNamed(state, name);
  const after = mergedLimits(group?.limits ?? NO_LIMITS, given);
  const refusal = refusalOfState(state) ?? refusalOfValues(name, after, group, state);
  if (refusal !== undefined) return { kind: 'refusal', refusal };
  if (group === undefined && limitsNothing(after)) {
    return refused(
      'limits',
      `There is no group ${shown(name)} on the VM yet: give at least one limit to create it. A group without limits holds nothing back.`,
    );
  }
  const before = group?.limits;
  const unchanged = before !== undefined && sameLimits(before, after);
  const objectId = group?.objectId ?? groupObjectId(name);
  return assemblePlan({
    state,
    ...groupsAlone(state),
    changes: unchanged ? [] : [{ name, objectId, before, after }],
    wanted: ['set', name, limitsJson(after)],
    notes: shadowNotes(state, name),
    consequences: [],
    vmGroups: before === undefined ? [] : [{ name, limits: before }],
    wantedGroups: [{ name, limits: after }],
  });
}

/** Deletes a group that nothing uses. */
export function planDeleteGroup(state: VmState, name: string): PlanResult {
  const group = groupNamed(state, name);
  const stateRefusal = refusalOfState(state);
  if (stateRefusal !== undefined) return { kind: 'refusal', refusal: stateRefusal };
  if (group === undefined) {
    return refused('no-such-group', `The VM has no group ${shown(name)}.${namesOnVm(state)}`);
  }
  const users = usersOnVm(group, state).map(shown);
  if (users.length > 0) {
    return refused(
      'in-use',
      `Group ${shown(name)} is used by ${listed(users)} and cannot be deleted. Take it out of the filters there first.`,
    );
  }
  const wanted: JsonValue = ['delete', name];
  return assemblePlan({
    state,
    ...groupsAlone(state),
    changes: [{ name, objectId: group.objectId, before: group.limits, after: undefined }],
    wanted,
    notes: shadowNotes(state, name),
    consequences: [],
    vmGroups: [{ name, limits: group.limits }],
    wantedGroups: [],
  });
}

/** Such a plan changes no disk. */
const groupsAlone = (state: VmState): Pick<PlanParts, 'disks' | 'names'> => ({
  disks: NO_DISK_CHANGES,
  names: freeNames(state),
});

/** The group of that name on the VM: the prefixed object, else a plain one. */
export const groupNamed = (state: VmState, name: string): VmGroup | undefined =>
  resolveNames([name], state).found.get(name);

/** Old values with the given ones over them, by libvirt's reset rule. */
export function mergedLimits(old: LimitValues, given: GivenLimits): LimitValues {
  const named = new Set(LIMITS.filter(({ xml }) => given[xml] !== undefined).map(({ family }) => family));
  const entries = LIMITS.map(({ xml, family }) => [xml, named.has(family) ? given[xml] : old[xml]] as const);
  return normalised(Object.fromEntries(entries.filter(([, value]) => value !== undefined)));
}

const shadowNotes = (state: VmState, name: string): readonly string[] =>
  resolveNames([name], state).shadowed.some(group => group.name === name)
    ? [
        `The VM also has an object called plain ${shown(name)}: ${groupObjectId(shown(name))} is the group, the plain one is not touched.`,
      ]
    : [];

function namesOnVm(state: VmState): string {
  const names = state.groups.map(group => shown(group.name));
  return names.length === 0 ? ' It has no throttle groups at all.' : ` It has ${listed(names)}.`;
}
