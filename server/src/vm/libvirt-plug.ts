/** Plans that attach or detach one disk of a libvirt domain, by virsh, on each side that is asked for. Pure. */

import type {
  AttachWish,
  Consequence,
  GroupChange,
  Plan,
  PlanResult,
  PlugChange,
  PluggedDisk,
  Refusal,
  Step,
  VirshStep,
  VmDisk,
  VmState,
} from '../engine';
import {
  commandJson,
  diskTitleOf,
  groupNamed,
  groupObjectId,
  hashOf,
  identityOf,
  limitsNothing,
  listed,
  otherDomain,
  plainPath,
  refusalOfState,
  refusalOfValues,
  shown,
} from '../engine';
import type { Plane } from '../libvirt';
import { attachDevice, detachDisk } from '../libvirt';
import { libvirtWords } from './libvirt-consequences';
import { hashedSides, refusalOfSides, type LibvirtPlanOptions } from './libvirt-plan';
import { groupStep, namesOf, placeOf } from './libvirt-steps';

type Refused = Extract<PlanResult, { readonly kind: 'refusal' }>;

/** One side of the domain: what is changed there, and how. */
interface Side {
  readonly groups: readonly GroupChange[];
  readonly plug: PlugChange;
  readonly steps: readonly Step[];
}

/**
 * Attaches the document's disk as libvirt understands it, with groups that the document defines and a side lacks. A side
 * that has it just so already needs nothing.
 */
export function planLibvirtAttach(wish: AttachWish, state: VmState, options: LibvirtPlanOptions): PlanResult {
  const identity = identityOf(wish.identity, state.target);
  if (identity.other !== undefined && options.allow?.includes('other-domain') !== true) {
    return refused('other-domain', identity.other);
  }
  const refusal = refusalOf(state, options.planes, wish.filters.length > 0);
  if (refusal !== undefined) return { kind: 'refusal', refusal };
  const sides: Side[] = [];
  for (const plane of planesInOrder(options.planes)) {
    const side = attachedOn(plane, wish, state);
    if (side?.kind === 'refusal') return side;
    if (side !== undefined) sides.push(side.side);
  }
  return {
    kind: 'plan',
    plan: planOf(state, options, sides, {
      asked: ['attach', wish.target, wish.xml],
      notes: [
        ...identity.notes,
        ...(wish.filters.length === 0 && sides.length > 0
          ? [`${shown(wish.title)} has no filters: nothing limits it but an iotune.`]
          : []),
      ],
      consequences: otherDomain(identity.other),
    }),
  };
}

/** Detaches a disk by its target, where a side has it; on none that is refused. */
export function planLibvirtDetach(state: VmState, target: string, planes: readonly Plane[]): PlanResult {
  const refusal = refusalOf(state, planes, false);
  if (refusal !== undefined) return { kind: 'refusal', refusal };
  const sides: Side[] = [];
  const missing: string[] = [];
  for (const plane of planesInOrder(planes)) {
    const disk = diskOn(plane, state, target);
    if (disk === undefined) {
      missing.push(plane === 'live' ? 'the running VM' : 'the persistent definition');
      continue;
    }
    const why = plane === 'live' ? whyNotDetached(disk, state, target) : undefined;
    if (why !== undefined)
      return refused('disk', `${shown(target)} is not detached: ${why}. Nothing was sent.`);
    sides.push(detachedOn(plane, disk, target, state));
  }
  if (sides.length === 0) {
    return refused(
      'no-such-disk',
      `There is no disk ${shown(target)} in ${missing.join(' or ')}. Nothing was sent.`,
    );
  }
  return {
    kind: 'plan',
    plan: planOf(state, { planes }, sides, {
      asked: ['detach', target],
      notes: [
        ...missing.map(
          place => `There is no disk ${shown(target)} in ${place}: nothing is to be done there.`,
        ),
        ...(planes.includes('live')
          ? [
              `The guest is asked to let go of ${shown(target)}. Unmount what is on it in the guest first.`,
              ...(state.declared === undefined ? [UNSEEN] : []),
              ...backlogNotes(diskOn('live', state, target), target),
            ]
          : []),
      ],
      consequences: [],
    }),
  };
}

/** As QEMU's own way would be; libvirt sends its device_del and nothing before it. */
const backlogNotes = (disk: VmDisk | undefined, target: string): readonly string[] =>
  disk === undefined || disk.bus !== 'scsi' || disk.filters.length < 2
    ? []
    : [
        `${shown(target)} has ${disk.filters.length} filters: where requests wait in a lower one, QEMU and the guest stand still until they are through. Raise the limits of ${listed(namesOf(disk).slice(0, -1).map(shown))} first.`,
      ];

const UNSEEN =
  "If filters of this disk were changed in QEMU behind libvirt's back, give it libvirt's own back first (--return): libvirt would leave its image open.";

const refused = (reason: Refusal['reason'], message: string): Refused => ({
  kind: 'refusal',
  refusal: { reason, message },
});

const refusalOf = (state: VmState, planes: readonly Plane[], usesGroups: boolean): Refusal | undefined =>
  refusalOfSides(state, planes, usesGroups) ?? (planes.includes('live') ? refusalOfState(state) : undefined);

/** The definition first: libvirt refuses there what it would refuse on the running VM too, and nothing is felt of it. */
const planesInOrder = (planes: readonly Plane[]): readonly Plane[] =>
  (['config', 'live'] as const).filter(plane => planes.includes(plane));

/** What libvirt knows of that side. */
const viewOf = (plane: Plane, state: VmState): VmState | undefined =>
  plane === 'config' ? state.definition : (state.declared ?? state);

const diskOn = (plane: Plane, state: VmState, target: string): VmDisk | undefined =>
  viewOf(plane, state)?.disks.find(disk => disk.target === target);

function attachedOn(
  plane: Plane,
  wish: AttachWish,
  state: VmState,
): { readonly kind: 'side'; readonly side: Side } | Refused | undefined {
  const { target, title, filters, wanted } = wish;
  const view = viewOf(plane, state);
  const there = diskOn(plane, state, target);
  if (there !== undefined) {
    const names = namesOf(there);
    const isSame =
      names.length === filters.length &&
      names.every((name, index) => name === filters[index]) &&
      wanted.source !== undefined &&
      there.sources.map(plainPath).includes(plainPath(wanted.source));
    if (isSame) return undefined;
    return refused(
      'disk-there',
      `${shown(title)} is there already${placeOf(plane)}${there.sources.length === 0 ? '' : `, with the image ${listed(there.sources.map(shown))}`}. To change its filters, apply the document; to put another disk there, detach this one first. Nothing was sent.`,
    );
  }
  const groups = view === undefined ? [] : missingGroups(plane, wish, view, state);
  if ('kind' in groups) return groups;
  const uuid = state.target.uuid ?? '';
  const plug: PlugChange = {
    title: target,
    alias: target,
    before: null,
    after: {
      image: wanted.source ?? null,
      filters: filters.map(name => ({ node: '', group: groupObjectId(name) })),
      nodes: [],
    },
  };
  const step: VirshStep = {
    ...common(plane, plug),
    kind: 'attach-disk',
    summary: `Attach ${shown(title)} (${[wanted.source ?? 'no image', ...(filters.length === 0 ? [] : [`filters: ${filters.map(shown).join(', then ')}`])].map(shown).join(', ')})${placeOf(plane)}`,
    commands: [attachDevice(uuid, `${wish.xml}\n`, plane)],
    inverse: [detachDisk(uuid, target, plane)],
  };
  const steps = [...groups.map(change => groupStep(change, uuid, plane)), step];
  return { kind: 'side', side: { groups, plug, steps } };
}

/** Groups of the filters that this side lacks, with the document's limits; a group that is there is left as it is. */
function missingGroups(
  plane: Plane,
  { filters, groups, title }: AttachWish,
  view: VmState,
  state: VmState,
): GroupChange[] | Refused {
  const changes: GroupChange[] = [];
  for (const name of filters) {
    if (groupNamed(view, name) !== undefined) continue;
    const limits = groups.find(group => group.name === name)?.limits;
    if (limits === undefined || limitsNothing(limits)) {
      const why =
        limits === undefined ? 'no limits are known to create it with' : 'it has no limits to create it with';
      return refused(
        'no-such-group',
        `${shown(title)}: there is no group ${shown(name)}${plane === 'live' ? ' on the running VM' : ' in the persistent definition'}, and ${why}. Nothing was sent.`,
      );
    }
    if (plane === 'live' && view !== state && groupNamed(state, name) !== undefined) {
      return refused(
        'unsupported',
        `${shown(title)}: group ${shown(name)} is on the running VM and libvirt does not know it, so it was made behind its back, and libvirt can put no disk in it until the next start. Use a group of another name. Nothing was sent.`,
      );
    }
    const refusal = refusalOfValues(name, limits, undefined, view);
    if (refusal !== undefined) return { kind: 'refusal', refusal };
    changes.push({ name, objectId: groupObjectId(name), before: undefined, after: limits });
  }
  return changes;
}

/** N2 and N4: libvirt reports success, and QEMU keeps the image open with its lock. */
function whyNotDetached(declared: VmDisk, state: VmState, target: string): string | undefined {
  if (state.declared === undefined) return undefined;
  const disk = state.disks.find(one => one.target === target);
  if (disk === undefined) return 'libvirt shows it on the running VM and QEMU does not have it';
  if (disk.job !== null) return `block job ${shown(disk.job)} works on it`;
  const isLibvirts =
    disk.filters.length === declared.filters.length &&
    disk.filters.every(
      ({ node, group }, index) => !node.startsWith('domxml-') && group === declared.filters[index]?.group,
    );
  return isLibvirts
    ? undefined
    : "its filters in QEMU are not those that libvirt put there, and libvirt would leave its image open; give it libvirt's filters back first (--return)";
}

function detachedOn(plane: Plane, disk: VmDisk, target: string, state: VmState): Side {
  const uuid = state.target.uuid ?? '';
  const before: PluggedDisk = { image: disk.sources[0] ?? null, filters: disk.filters, nodes: [] };
  const plug: PlugChange = { title: target, alias: target, before, after: null };
  const step: VirshStep = {
    ...common(plane, plug),
    kind: 'detach-disk',
    summary: `Detach ${shown(target)} (${shown(before.image ?? 'no image')})${placeOf(plane)}`,
    commands: [detachDisk(uuid, target, plane)],
    // A disk that a guest let go of is not given back unasked; the definition can be as it was.
    inverse: plane === 'config' && disk.xml !== undefined ? [attachDevice(uuid, `${disk.xml}\n`, plane)] : [],
  };
  return { groups: [], plug, steps: [step] };
}

const common = (plane: Plane, change: PlugChange) =>
  ({
    plane,
    via: 'virsh',
    object: diskTitleOf(change.title),
    effect: { kind: 'plug', change },
    sources: [plane === 'live' ? 'libvirt-live' : 'libvirt-config'],
  }) as const;

interface Around {
  readonly asked: Parameters<typeof hashOf>[0];
  readonly notes: readonly string[];
  readonly consequences: readonly Consequence[];
}

function planOf(
  state: VmState,
  { planes }: LibvirtPlanOptions,
  sides: readonly Side[],
  { asked, notes, consequences }: Around,
): Plan {
  const steps = sides.flatMap(side => side.steps);
  const words = libvirtWords(state, planes, steps);
  // What both sides get is told once; the steps tell the sides apart.
  const [side] = sides;
  const groups = side?.groups ?? [];
  const namedDisk = (disk: PluggedDisk | null | undefined) =>
    disk === null || disk === undefined || side === undefined
      ? []
      : [
          {
            title: side.plug.title,
            filters: disk.filters.map(({ group }) => group.replace(/^throttle-/, '')),
            iotune: null,
          },
        ];
  return {
    target: state.target,
    hash: hashOf({
      read: hashedSides(state),
      wanted: [asked, [...planes], steps.flatMap(({ commands }) => commands.map(commandJson))],
    }),
    groupChanges: groups,
    chainChanges: [],
    iotuneChanges: [],
    plugChanges: side === undefined ? [] : [side.plug],
    held: [],
    vmGroups: [],
    wantedGroups: groups.flatMap(({ name, after }) => (after === undefined ? [] : [{ name, limits: after }])),
    vmDisks: namedDisk(side?.plug.before),
    wantedDisks: namedDisk(side?.plug.after),
    notes: [...notes, ...words.notes],
    consequences: [...consequences, ...words.consequences],
    steps,
  };
}
