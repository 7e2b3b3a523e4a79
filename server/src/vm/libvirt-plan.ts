/**
 * Plans for a domain of libvirt's. Groups and iotune go through virsh, so that libvirt's own definitions stay true;
 * filters of a running disk go to QEMU behind its back, since libvirt has no way; filters of the persistent definition
 * go as that one disk's XML. Pure: nothing is asked, nothing is sent.
 */

import type {
  Consequence,
  DesiredGroups,
  GivenLimits,
  HeldDisk,
  JsonValue,
  Plan,
  PlanOptions,
  PlanResult,
  Refusal,
  Step,
  VmState,
} from '../engine';
import {
  compareVersions,
  groupNamed,
  hashedState,
  hashOf,
  limitsJson,
  limitsNothing,
  makePlan,
  identityOf,
  isPruned,
  mergedLimits,
  NO_LIMITS,
  otherDomain,
  parseVersion,
  planDeleteGroup,
  planSetGroup,
  refused,
  shown,
} from '../engine';
import type { Plane } from '../libvirt';
import type { DefinitionChanges, Wanted, WantedDisk } from './libvirt-changes';
import { definitionChanges } from './libvirt-changes';
import { libvirtWords } from './libvirt-consequences';
import { OFF } from './libvirt-state';
import { definitionSteps } from './libvirt-steps';
import { liveSide, liveThroughLibvirt, unseenFilters } from './libvirt-live';

export interface LibvirtPlanOptions extends PlanOptions {
  /** What is to change: the running VM, the persistent definition, or both. It must be said. */
  readonly planes: readonly Plane[];
}

/** Whether a state came through libvirt, so that its plans are made here. */
export const isThroughLibvirt = (state: VmState): boolean => state.target.libvirt !== null;

/** The difference between a document and a domain of libvirt's as steps. */
export function planLibvirt(desired: DesiredGroups, state: VmState, options: LibvirtPlanOptions): PlanResult {
  const usesGroups = desired.groups.length > 0 || desired.disks.some(({ filters }) => filters?.length !== 0);
  const identity = identityOf(desired.identity, state.target);
  if (identity.other !== undefined && options.allow?.includes('other-domain') !== true) {
    return refused('other-domain', identity.other);
  }
  const seen = unseenFilters(desired.disks, state);
  return throughLibvirt(state, options.planes, {
    live: side => makePlan({ ...desired, disks: seen.disks }, side, options),
    held: seen.held,
    config: {
      groups: desired.groups,
      disks: desired.disks.map(disk => wantedDisk(disk, state.definition)),
      prune: isPruned(options) && !desired.namesUnknown,
    },
    usesGroups,
    consequences: otherDomain(identity.other),
    notes: identity.notes,
    asked: [
      'document',
      isPruned(options),
      desired.groups.map(({ name, limits }) => [name, limits === undefined ? null : limitsJson(limits)]),
    ],
  });
}

/** As `virsh domthrottlegroupset`: naming one limit of a family resets the others of it, on each side by its own values. */
export function planLibvirtSetGroup(
  state: VmState,
  name: string,
  given: GivenLimits,
  planes: readonly Plane[],
): PlanResult {
  const before = state.definition === undefined ? undefined : groupNamed(state.definition, name);
  const limits = mergedLimits(before?.limits ?? NO_LIMITS, given);
  if (planes.includes('config') && before === undefined && limitsNothing(limits)) {
    return refused(
      'limits',
      `There is no group ${shown(name)} in the persistent definition yet: give at least one limit to create it.`,
    );
  }
  return throughLibvirt(state, planes, {
    live: side => planSetGroup(side, name, given),
    config: { groups: [{ name, limits }], disks: [], prune: false },
    usesGroups: true,
    consequences: [],
    notes: [],
    asked: ['set', name, Object.entries(given)],
  });
}

/** Deletes a group where nothing uses it. On a side that has none, nothing is to be done; on neither, that is refused. */
export function planLibvirtDeleteGroup(state: VmState, name: string, planes: readonly Plane[]): PlanResult {
  const { definition } = state;
  const isThere = definition !== undefined && groupNamed(definition, name) !== undefined;
  const isLive = state.runState !== OFF && groupNamed(liveSide(state), name) !== undefined;
  const chosen = planes.filter(plane => (plane === 'live' ? isLive : isThere));
  if (chosen.length === 0 && planes.length > 0) {
    return refused('no-such-group', `There is no group ${shown(name)} where it should be deleted.`);
  }
  const names = definition?.groups.map(group => group.name).filter(other => other !== name) ?? [];
  const inUse = definition?.disks.find(({ filters }) =>
    filters.some(({ group }) => group === `throttle-${name}`),
  );
  if (chosen.includes('config') && inUse !== undefined) {
    return refused(
      'in-use',
      `Group ${shown(name)} is used by ${shown(inUse.target ?? inUse.alias)} in the persistent definition and cannot be deleted there. Take it out of the filters first.`,
    );
  }
  return throughLibvirt(state, chosen, {
    live: side => planDeleteGroup(side, name),
    config: { groups: names.map(other => ({ name: other, limits: undefined })), disks: [], prune: true },
    usesGroups: true,
    consequences: [],
    notes: [],
    asked: ['delete', name],
  });
}

/** What a plan through libvirt is made of. */
export interface Sides {
  /** What of the running VM cannot be changed because it was not seen. */
  readonly held?: readonly HeldDisk[];
  /** Makes the plan of the running VM, as if all went over QMP. */
  readonly live: (side: VmState) => PlanResult;
  readonly config: Wanted;
  /** Whether groups or filters are wanted, which libvirt knows since 11.2. */
  readonly usesGroups: boolean;
  readonly consequences: readonly Consequence[];
  readonly notes: readonly string[];
  /** For the hash. */
  readonly asked: Parameters<typeof hashOf>[0];
}

/** Puts the plans of both sides together, or says why there is none. */
export function throughLibvirt(state: VmState, planes: readonly Plane[], sides: Sides): PlanResult {
  const refusal = refusalOfSides(state, planes, sides.usesGroups);
  if (refusal !== undefined) return { kind: 'refusal', refusal };
  let live: Plan | undefined;
  if (planes.includes('live')) {
    const result = sides.live(liveSide(state));
    if (result.kind === 'refusal') return result;
    const through = liveThroughLibvirt(result.plan, state, sides.held ?? []);
    if (through.kind === 'refusal') return through;
    live = through.plan;
  }
  let config: DefinitionChanges | undefined;
  if (planes.includes('config') && state.definition !== undefined) {
    const result = definitionChanges(sides.config, state.definition, groupsRunning(state, live));
    if (result.kind === 'refusal') return result;
    config = result.changes;
  }
  const plan = together(state, planes, sides, live, config);
  const [first] = plan.held;
  if (first === undefined || plan.steps.length > 0) return { kind: 'plan', plan };
  const words = plan.held.map(({ message }) => message).join(' ');
  return refused(first.reason, `${words} Nothing else differs, and nothing was sent.`);
}

/** Names of the groups that libvirt will know on the running VM; undefined where none runs. */
function groupsRunning(state: VmState, live: Plan | undefined): ReadonlySet<string> | undefined {
  if (state.runState === OFF) return undefined;
  const created = createdFirst(live?.steps ?? [])[0].flatMap(({ effect }) =>
    effect.kind === 'group' ? [effect.change.name] : [],
  );
  return new Set([...(state.declared ?? state).groups.map(({ name }) => name), ...created]);
}

/** Groups that libvirt creates on the running VM come before the definition's disks that name them; then the rest. */
const createdFirst = (steps: readonly Step[]): readonly [readonly Step[], readonly Step[]] => {
  const isFirst = ({ kind, via }: Step): boolean => kind === 'create-group' && via === 'virsh';
  return [steps.filter(isFirst), steps.filter(step => !isFirst(step))];
};

/** All that was read of a domain, for the hash of a plan. */
export const hashedSides = ({ declared, definition, ...state }: VmState): JsonValue => [
  hashedState(state),
  declared === undefined ? null : hashedState(declared),
  definition === undefined ? null : hashedState(definition),
  definition?.disks.map(({ xml }) => xml ?? null) ?? null,
];

function together(
  state: VmState,
  planes: readonly Plane[],
  sides: Sides,
  live: Plan | undefined,
  config: DefinitionChanges | undefined,
): Plan {
  const uuid = state.target.uuid ?? '';
  const configSteps = config === undefined ? [] : definitionSteps(config, uuid);
  const [created, others] = createdFirst(live?.steps ?? []);
  const steps: readonly Step[] = [...created, ...configSteps, ...others];
  const held: readonly HeldDisk[] = [...(live?.held ?? []), ...(config?.held ?? [])];
  const words = libvirtWords(state, planes, steps);
  const groups = config === undefined ? [] : [...config.groups, ...config.deleted];
  const only = live === undefined;
  return {
    target: state.target,
    hash: hashOf({
      read: hashedSides(state),
      wanted: [sides.asked, [...planes], steps.map(({ summary }) => summary)],
    }),
    groupChanges: live?.groupChanges ?? groups,
    chainChanges: live?.chainChanges ?? [],
    iotuneChanges: live?.iotuneChanges ?? [],
    plugChanges: [],
    held,
    vmGroups: only
      ? groups.flatMap(({ name, before }) => (before === undefined ? [] : [{ name, limits: before }]))
      : live.vmGroups,
    wantedGroups: only
      ? groups.flatMap(({ name, after }) => (after === undefined ? [] : [{ name, limits: after }]))
      : live.wantedGroups,
    vmDisks: live?.vmDisks ?? [],
    wantedDisks: live?.wantedDisks ?? [],
    notes: [
      ...(only ? sides.notes : sides.notes.filter(note => !live.notes.includes(note))),
      ...(live?.notes ?? []),
      ...(config?.notes ?? []),
      ...(config?.held.map(({ message }) => message) ?? []),
      ...words.notes,
    ],
    consequences: [...(only ? sides.consequences : []), ...(live?.consequences ?? []), ...words.consequences],
    steps,
  };
}

/** Libvirt's throttle groups came with 11.2: before, it drops both elements without a word (measured with 9.0). */
const SINCE = { major: 11, minor: 2, micro: 0 };

/** Why nothing can be changed on these sides at all. */
export function refusalOfSides(
  state: VmState,
  planes: readonly Plane[],
  usesGroups: boolean,
): Refusal | undefined {
  const version = parseVersion(state.target.libvirt ?? '');
  if (usesGroups && version !== undefined && compareVersions(version, SINCE) < 0) {
    return {
      reason: 'unsupported',
      message: `Libvirt ${shown(state.target.libvirt ?? '')} does not know throttle groups and filters: it drops both from a definition without a word, and the disks run without limits. They need libvirt 11.2 or later; until then use the disks' iotune.`,
    };
  }
  if (planes.length === 0) {
    return {
      reason: 'unsupported',
      message: 'Say what is to change: the running VM (live), its persistent definition (config), or both.',
    };
  }
  if (planes.includes('live') && state.runState === OFF) {
    return {
      reason: 'run-state',
      message: `${shown(state.target.name ?? 'The domain')} is not running, so only its persistent definition (config) can be changed.`,
    };
  }
  if (planes.includes('config') && state.definition === undefined) {
    return {
      reason: 'unsupported',
      message: `${shown(state.target.name ?? 'The domain')} is transient: it has no persistent definition. Only the running VM (live) can be changed.`,
    };
  }
  return undefined;
}

/** A disk as the definition should have it; a document's template text leaves it as it is. */
export function wantedDisk(
  disk: DesiredGroups['disks'][number],
  definition: VmState | undefined,
): WantedDisk {
  const { title, target, alias, filters, iotune, iotuneGroup } = disk;
  const known = definition?.disks.some(candidate => candidate.alias === alias) === true;
  return {
    title,
    target,
    alias: known ? alias : undefined,
    filters,
    iotune:
      iotune === undefined || iotuneGroup === undefined
        ? undefined
        : limitsNothing(iotune)
          ? null
          : { limits: iotune, group: iotuneGroup },
  };
}
