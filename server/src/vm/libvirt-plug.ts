/** What plans that attach and that detach a disk of a libvirt domain have in common. Pure. */

import type {
  Consequence,
  GroupChange,
  Plan,
  PlugChange,
  PluggedDisk,
  Refusal,
  Step,
  VmDisk,
  VmState,
} from '../engine';
import { commandJson, diskTitleOf, hashOf, refusalOfState } from '../engine';
import type { Plane } from '../libvirt';
import { libvirtWords } from './libvirt-consequences';
import { hashedSides, refusalOfSides, type LibvirtPlanOptions } from './libvirt-plan';

/** One side of the domain: what is changed there, and how. */
export interface Side {
  readonly groups: readonly GroupChange[];
  readonly plug: PlugChange;
  readonly steps: readonly Step[];
}

/** Why nothing can be attached or detached on these sides at all. */
export const refusalOf = (
  state: VmState,
  planes: readonly Plane[],
  usesGroups: boolean,
): Refusal | undefined =>
  refusalOfSides(state, planes, usesGroups) ?? (planes.includes('live') ? refusalOfState(state) : undefined);

/** The definition first: libvirt refuses there what it would refuse on the running VM too, and nothing is felt of it. */
export const planesInOrder = (planes: readonly Plane[]): readonly Plane[] =>
  (['config', 'live'] as const).filter(plane => planes.includes(plane));

/** What libvirt knows of that side. */
export const viewOf = (plane: Plane, state: VmState): VmState | undefined =>
  plane === 'config' ? state.definition : (state.declared ?? state);

export const diskOn = (plane: Plane, state: VmState, target: string): VmDisk | undefined =>
  viewOf(plane, state)?.disks.find(disk => disk.target === target);

/** What the steps of a side have in common. */
export const stepOn = (plane: Plane, change: PlugChange) =>
  ({
    plane,
    via: 'virsh',
    object: diskTitleOf(change.title),
    effect: { kind: 'plug', change },
    sources: [plane === 'live' ? 'libvirt-live' : 'libvirt-config'],
  }) as const;

/** What a plan says beside its steps. */
interface Around {
  readonly asked: Parameters<typeof hashOf>[0];
  readonly notes: readonly string[];
  readonly consequences: readonly Consequence[];
}

/** The plan of the sides that are changed. */
export function planOfSides(
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
