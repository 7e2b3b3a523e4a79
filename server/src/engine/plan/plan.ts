/** Desired groups and the state of a VM in; a plan or a refusal out. Pure: nothing is asked, nothing is sent. */

import type { JsonValue } from '../json-value';
import { groupObjectId } from '../limits/qemu';
import type { LimitValues } from '../limits/values';
import { limitsNothing, sameLimits } from '../limits/values';
import { freeNames, type FreeNames } from './chains/free-names';
import { consequencesOf, type PlannedChanges } from './consequences';
import { diskChanges, type DiskChanges, type GroupIds } from './disk-changes';
import type { DesiredDisk } from './disks';
import { firstObjection, modelOf } from './guards';
import { hashOf } from './hash';
import type { DocumentIdentity } from './identity';
import { identityOf, otherDomain } from './identity';
import type { ResolvedNames } from './names';
import { groupKeys, resolveNames, usersOnVm } from './names';
import { groupNotes, notesOnChanges } from './notes';
import { refusalOfGroups, refusalOfState, refused } from './refusals';
import type { PlannedPlug } from './plug/planned-plug';
import { hashedState, limitsJson } from './state';
import { stepsOf, wakeStep } from './steps';
import type {
  Consequence,
  ConsequenceKind,
  GroupChange,
  HeldDisk,
  NamedDisk,
  NamedLimits,
  Plan,
  PlanResult,
  PlugChange,
} from './types';
import type { VmGroup, VmState } from './vm-state';
import { wakesFor } from './wake';

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
  /** Delete groups that the document does not name and nothing uses; of these names only, where they are given. */
  readonly prune?: boolean | readonly string[];
  /** What is wanted is about these groups and disks alone, and nothing is said of others. */
  readonly partial?: boolean;
  readonly allow?: readonly ConsequenceKind[];
}

/** The difference between document and VM as steps. What is as wanted is in no step: a set refills buckets. */
export function makePlan(desired: DesiredGroups, state: VmState, options: PlanOptions = {}): PlanResult {
  const identity = identityOf(desired.identity, state.target);
  if (identity.other !== undefined && options.allow?.includes('other-domain') !== true) {
    return refused('other-domain', identity.other);
  }
  const resolved = resolveNames(
    desired.groups.map(group => group.name),
    state,
  );
  const refusal = refusalOfState(state) ?? refusalOfGroups(desired.groups, resolved, state);
  if (refusal !== undefined) return { kind: 'refusal', refusal };
  const wanted = wantedChanges(desired.groups, resolved);
  const names = freeNames(state);
  const compared = diskChanges(desired.disks, state, groupIds(wanted, resolved, state), names);
  if (compared.kind === 'refusal') return compared;
  const disks = compared.changes;
  const pruned =
    isPruned(options) && !desired.namesUnknown
      ? resolved.others.filter(({ name }) => isPruned(options, name)).filter(isUnusedAfter(state, disks))
      : [];
  return assemblePlan({
    state,
    changes: [...wanted, ...pruned.map(deletion)],
    disks,
    names,
    wanted: desiredJson(desired, options),
    notes: [
      ...identity.notes,
      ...desired.notes,
      ...(options.partial === true ? [] : groupNotes(desired, resolved, state, pruned)),
      ...disks.notes,
    ],
    consequences: otherDomain(identity.other),
    vmGroups: sidesOfVm(desired.groups, resolved, pruned),
    wantedGroups: desired.groups.flatMap(({ name, limits }) =>
      limits === undefined ? [] : [{ name, limits }],
    ),
  });
}

/** Whether groups that nobody wants are deleted at all, or this one is. */
export const isPruned = ({ prune = false }: PlanOptions, name?: string): boolean =>
  typeof prune === 'boolean' ? prune : name === undefined || prune.includes(name);

/** A disk that is left as it is counts too: it differs. */
export const changeCount = (plan: Plan): number =>
  plan.groupChanges.length +
  new Set([
    ...[...plan.chainChanges, ...plan.iotuneChanges, ...plan.plugChanges].map(({ title }) => title),
    ...plan.held.map(({ title }) => title),
  ]).size;

export interface PlanParts {
  readonly state: VmState;
  readonly changes: readonly GroupChange[];
  readonly disks: DiskChanges;
  /** Disks that come or go. */
  readonly plugs?: readonly PlannedPlug[];
  readonly names: FreeNames;
  /** What is wanted, for the hash. */
  readonly wanted: JsonValue;
  readonly notes: readonly string[];
  readonly consequences: readonly Consequence[];
  readonly vmGroups: readonly NamedLimits[];
  readonly wantedGroups: readonly NamedLimits[];
}

/** Puts a plan together; also for the commands that set or delete one group, attach or detach one disk. */
export function assemblePlan(parts: PlanParts): PlanResult {
  const { state, changes, disks, plugs = [] } = parts;
  const nameOf = namesOfObjects(changes, state);
  const main = [
    ...stepsOf({ groups: changes, disks, nameOf, names: parts.names }),
    ...plugs.flatMap(({ steps }) => steps),
  ];
  const model = modelOf(state);
  const objection = firstObjection(
    main.flatMap(({ commands }) => commands),
    model,
  );
  if (objection !== undefined) {
    return refused(
      'unsupported',
      `${objection.message} The plan as a whole is not safe, and nothing was sent.`,
    );
  }
  if (main.length === 0 && disks.held.length > 0) return refusedForHeld(disks.held);
  const { wakes, notes } = wakesFor(changes, disks, state, model);
  const planned: PlannedChanges = {
    groups: changes,
    chains: disks.chains.map(({ change }) => change),
    iotunes: disks.iotunes.map(({ change }) => change),
    plugs: plugs.map(({ change }) => change),
    paused: disks.chains.filter(({ way }) => way.kind === 'paused').map(({ change }) => change.title),
  };
  const plan: Plan = {
    target: state.target,
    hash: hashOf({
      read: hashedState(state),
      wanted: parts.wanted,
      running: runningWhereItMatters(disks, state),
    }),
    groupChanges: planned.groups,
    chainChanges: planned.chains,
    iotuneChanges: planned.iotunes,
    plugChanges: planned.plugs,
    held: disks.held,
    vmGroups: parts.vmGroups,
    wantedGroups: parts.wantedGroups,
    vmDisks: [...disks.vmDisks, ...pluggedDisks(planned.plugs, 'before', nameOf)],
    wantedDisks: [...disks.wantedDisks, ...pluggedDisks(planned.plugs, 'after', nameOf)],
    notes: [...parts.notes, ...notesOnChanges(planned, disks.held, state), ...notes],
    consequences: [...parts.consequences, ...consequencesOf(planned, state)],
    steps: [...main, ...wakes.map(wakeStep)],
  };
  return { kind: 'plan', plan };
}

const pluggedDisks = (
  plugs: readonly PlugChange[],
  when: 'before' | 'after',
  nameOf: (objectId: string) => string,
): readonly NamedDisk[] =>
  plugs.flatMap(change => {
    const disk = change[when];
    return disk === null
      ? []
      : [{ title: change.title, filters: disk.filters.map(({ group }) => nameOf(group)), iotune: null }];
  });

/** The way of a disk in an iothread depends on whether the guest runs; of nothing else a plan depends on that. */
const runningWhereItMatters = (disks: DiskChanges, state: VmState): JsonValue =>
  disks.chains.some(({ disk }) => disk.thread.kind !== 'main') ? state.runState === 'running' : null;

function refusedForHeld(held: readonly HeldDisk[]): PlanResult {
  const [first] = held;
  const words = held.map(({ message }) => message).join(' ');
  return refused(first?.reason ?? 'disk', `${words} Nothing else differs, and nothing was sent.`);
}

function groupIds(wanted: readonly GroupChange[], resolved: ResolvedNames, state: VmState): GroupIds {
  const created = new Map(wanted.map(({ name, objectId }) => [name, objectId]));
  const ids = new Set([...state.groups, ...wanted].map(({ objectId }) => objectId));
  return {
    objectOf: name => resolved.found.get(name)?.objectId ?? created.get(name),
    nameOf: namesOfObjects(wanted, state, resolved),
    isObject: id => ids.has(id),
  };
}

/** What people call an object: the document's name, else the VM's, else its id. */
function namesOfObjects(
  changes: readonly GroupChange[],
  state: VmState,
  resolved?: ResolvedNames,
): (objectId: string) => string {
  const names = new Map<string, string>(groupKeys(state));
  for (const [name, { objectId }] of resolved?.found ?? []) names.set(objectId, name);
  for (const { objectId, name } of changes) names.set(objectId, name);
  return id => names.get(id) ?? id;
}

const isUnusedAfter = (state: VmState, { chains }: DiskChanges): ((group: VmGroup) => boolean) => {
  const after = new Map(chains.map(({ change }) => [change.qdev, change.after]));
  const then: VmState = {
    ...state,
    disks: state.disks.map(disk => ({ ...disk, filters: after.get(disk.qdev) ?? disk.filters })),
  };
  const going = new Set(state.disks.flatMap(({ filters }) => filters.map(({ node }) => node)));
  return group =>
    usersOnVm({ ...group, usedBy: group.usedBy.filter(node => !going.has(node)) }, then).length === 0;
};

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
  prune:
    options.prune === undefined || typeof options.prune === 'boolean'
      ? options.prune === true
      : [...options.prune],
  groups: desired.groups.map(({ name, limits }) => [name, limits === undefined ? null : limitsJson(limits)]),
  disks: desired.disks.map(disk => [
    disk.title,
    disk.filters ?? null,
    disk.iotune === undefined ? null : limitsJson(disk.iotune),
    disk.iotuneGroup ?? null,
  ]),
});
