/** Desired groups and the state of a VM in; a plan or a refusal out. Pure: nothing is asked, nothing is sent. */

import { groupObjectId } from '../limits/qemu';
import { limitsNothing, sameLimits } from '../limits/values';
import { consequencesOf } from './consequences';
import type { DesiredDisk } from './disks';
import { diskNotes } from './disks';
import { hashOf } from './hash';
import type { DocumentIdentity } from './identity';
import { matchIdentity } from './identity';
import type { ResolvedNames } from './names';
import { resolveNames, usersOnVm } from './names';
import { groupNotes, notesOnChanges } from './notes';
import { refusalOfGroups, refusalOfState, refused } from './refusals';
import { hashedState, limitsJson } from './state';
import { stepsOf } from './steps';
import type {
  Consequence,
  ConsequenceKind,
  GroupChange,
  JsonValue,
  LimitValues,
  NamedLimits,
  Plan,
  PlanResult,
  VmGroup,
  VmState,
} from './types';

/** A group as the document wants it. */
export interface DesiredGroup {
  readonly name: string;
  /** Undefined where a value is template text: the group is known by name, and left as it is. */
  readonly limits: LimitValues | undefined;
  /** Titles of the document's disks with a filter of this group. */
  readonly usedBy: readonly string[];
}

/** What a document wants of a VM's throttling. */
export interface DesiredGroups {
  readonly identity: DocumentIdentity;
  readonly groups: readonly DesiredGroup[];
  readonly disks: readonly DesiredDisk[];
  /** A group's name is template text: then nothing is pruned, since any group may be the one. */
  readonly namesUnknown: boolean;
  readonly notes: readonly string[];
}

export interface PlanOptions {
  /** Delete groups that the document does not name and nothing uses. */
  readonly prune?: boolean;
  readonly allow?: readonly ConsequenceKind[];
}

/** The difference between document and VM as steps. Groups that are as wanted are in no step: a set refills buckets. */
export function makePlan(desired: DesiredGroups, state: VmState, options: PlanOptions = {}): PlanResult {
  const identity = matchIdentity(desired.identity, state.target);
  const other = identity.kind === 'other' ? identity.message : undefined;
  if (other !== undefined && options.allow?.includes('other-domain') !== true) {
    return refused('other-domain', other);
  }
  const names = resolveNames(
    desired.groups.map(group => group.name),
    state,
  );
  const refusal = refusalOfState(state) ?? refusalOfGroups(desired.groups, names, state);
  if (refusal !== undefined) return { kind: 'refusal', refusal };
  const pruned = options.prune === true && !desired.namesUnknown ? names.others.filter(isUnused(state)) : [];
  const changes = [...wantedChanges(desired.groups, names), ...pruned.map(deletion)];
  return assemblePlan({
    state,
    changes,
    wanted: desiredJson(desired, options),
    notes: [
      ...(identity.kind !== 'other' && identity.note !== undefined ? [identity.note] : []),
      ...desired.notes,
      ...groupNotes(desired, names, state, pruned),
      ...diskNotes(desired.disks, state, names),
    ],
    consequences:
      other === undefined ? [] : [{ kind: 'other-domain', text: other.replace(/ Nothing was sent.*/s, '') }],
    vmGroups: sidesOfVm(desired.groups, names, pruned),
    wantedGroups: desired.groups.flatMap(({ name, limits }) =>
      limits === undefined ? [] : [{ name, limits }],
    ),
  });
}

export interface PlanParts {
  readonly state: VmState;
  readonly changes: readonly GroupChange[];
  /** What is wanted, for the hash. */
  readonly wanted: JsonValue;
  readonly notes: readonly string[];
  readonly consequences: readonly Consequence[];
  readonly vmGroups: readonly NamedLimits[];
  readonly wantedGroups: readonly NamedLimits[];
}

/** Puts a plan together; also for the commands that set or delete one group. */
export function assemblePlan(parts: PlanParts): PlanResult {
  const { state, changes } = parts;
  const plan: Plan = {
    target: state.target,
    hash: hashOf({ read: hashedState(state), wanted: parts.wanted }),
    groupChanges: changes,
    chainChanges: [],
    iotuneChanges: [],
    held: [],
    vmGroups: parts.vmGroups,
    wantedGroups: parts.wantedGroups,
    vmDisks: [],
    wantedDisks: [],
    notes: [...parts.notes, ...notesOnChanges(changes, state)],
    consequences: [...parts.consequences, ...consequencesOf(changes, state)],
    steps: stepsOf(changes),
  };
  return { kind: 'plan', plan };
}

const isUnused =
  (state: VmState) =>
  (group: VmGroup): boolean =>
    usersOnVm(group, state).length === 0;

const deletion = (group: VmGroup): GroupChange => ({
  name: group.name,
  objectId: group.objectId,
  before: group.limits,
  after: undefined,
});

function wantedChanges(groups: readonly DesiredGroup[], names: ResolvedNames): GroupChange[] {
  return groups.flatMap(({ name, limits }): GroupChange[] => {
    const group = names.found.get(name);
    if (limits === undefined) return [];
    if (group === undefined) {
      // Libvirt does not create a group without limits either; a note says so.
      return limitsNothing(limits)
        ? []
        : [{ name, objectId: groupObjectId(name), before: undefined, after: limits }];
    }
    if (sameLimits(group.limits, limits)) return [];
    return [{ name, objectId: group.objectId, before: group.limits, after: limits }];
  });
}

function sidesOfVm(
  groups: readonly DesiredGroup[],
  names: ResolvedNames,
  pruned: readonly VmGroup[],
): NamedLimits[] {
  const named = groups.flatMap(({ name, limits }) => {
    const group = names.found.get(name);
    return group === undefined || limits === undefined ? [] : [{ name, limits: group.limits }];
  });
  return [...named, ...pruned.map(({ name, limits }) => ({ name, limits }))];
}

const desiredJson = (desired: DesiredGroups, options: PlanOptions): JsonValue => ({
  name: desired.identity.name ?? null,
  uuid: desired.identity.uuid ?? null,
  prune: options.prune === true,
  groups: desired.groups.map(({ name, limits }) => [name, limits === undefined ? null : limitsJson(limits)]),
  disks: desired.disks.map(disk => [
    disk.title,
    disk.filters ?? null,
    disk.iotune === undefined ? null : limitsJson(disk.iotune),
  ]),
});
