/** What a plan brings with it beside what it is for: said before anything is sent. */

import type { LimitValues } from '../limits/values';
import { libvirtConsequences } from './libvirt-consequences';
import { usersOnVm } from './names';
import type { ChainChange, Consequence, GroupChange, IotuneChange, PlugChange } from './types';
import type { VmDisk, VmState } from './vm-state';
import { limitsGone, limitsGoneOf, listed, listedBriefly, shown } from './words';

/** All that a plan changes. */
export interface PlannedChanges {
  readonly groups: readonly GroupChange[];
  readonly chains: readonly ChainChange[];
  readonly iotunes: readonly IotuneChange[];
  readonly plugs: readonly PlugChange[];
  /** Titles of the disks for whose change the guest is paused. */
  readonly paused: readonly string[];
}

/** Consequences of changing a VM over QMP; none where nothing changes. */
export function consequencesOf(changes: PlannedChanges, state: VmState): readonly Consequence[] {
  const { groups, chains, iotunes, plugs } = changes;
  if (groups.length + chains.length + iotunes.length + plugs.length === 0) return [];
  return [
    ...pausedGuest(changes.paused),
    ...refilledBursts(changes.groups),
    ...passedAtOnce(changes),
    ...unthrottledGroups(changes.groups, state),
    ...unthrottledDisks(changes, state),
    ...libvirtConsequences(changes, state),
    lostAtRestart(state),
  ];
}

function pausedGuest(titles: readonly string[]): readonly Consequence[] {
  if (titles.length === 0) return [];
  return [
    {
      kind: 'pause',
      text: `The guest is paused for some milliseconds while the filters of ${listedBriefly(titles.map(shown))} change: an iothread serves ${titles.length === 1 ? 'it' : 'them'}, and this QEMU ends when that is done while the guest runs. Do not pause, save or migrate this guest as long as it has them: with a filter in an iothread QEMU 7 was seen to abort in a pause, in 2 of some 270 under load.`,
    },
  ];
}

/** QEMU empties the buckets of a group on every set, also of equal values (measured). */
function refilledBursts(changes: readonly GroupChange[]): readonly Consequence[] {
  const names = changes
    .filter(({ before, after }) => before !== undefined && after !== undefined)
    .map(({ name }) => shown(name));
  if (names.length === 0) return [];
  return [
    {
      kind: 'refills-burst',
      text: `Setting limits refills the burst credit of ${listedBriefly(names)}: for a moment the disks may go at the burst limit again.`,
    },
  ];
}

/** A change of a chain drains it: all that waits goes through (facts/qemu.md 3.2). */
function passedAtOnce({ chains, iotunes }: PlannedChanges): readonly Consequence[] {
  const titles = [
    ...chains.filter(({ before }) => before.length > 0),
    ...iotunes.filter(({ before }) => before !== null),
  ].map(({ title }) => shown(title));
  if (titles.length === 0) return [];
  return [
    {
      kind: 'refills-burst',
      text: `Requests that wait on ${listedBriefly([...new Set(titles)])} when the change comes are let through at once.`,
    },
  ];
}

function unthrottledGroups(changes: readonly GroupChange[], state: VmState): readonly Consequence[] {
  return changes.flatMap(({ name, objectId, before, after }) => {
    const group = state.groups.find(candidate => candidate.objectId === objectId);
    if (before === undefined || after === undefined || group === undefined) return [];
    const users = usersOnVm(group, state).map(shown);
    const gone = limitsGone(before, after);
    if (users.length === 0 || gone.length === 0) return [];
    return [
      {
        kind: 'unthrottles' as const,
        text: `${shown(name)} no longer limits ${listed(gone)} of ${listedBriefly(users)}.`,
      },
    ];
  });
}

/** Disks whose filters or iotune change, by all that held them back before and after. */
function unthrottledDisks(changes: PlannedChanges, state: VmState): readonly Consequence[] {
  const now = new Map(state.groups.map(({ objectId, limits }) => [objectId, limits]));
  const then = new Map(now);
  for (const { objectId, after } of changes.groups) if (after !== undefined) then.set(objectId, after);
  return state.disks.flatMap(disk => {
    const chain = changes.chains.find(({ qdev }) => qdev === disk.qdev);
    const iotune = changes.iotunes.find(({ qdev }) => qdev === disk.qdev);
    const title = (chain ?? iotune)?.title;
    if (title === undefined) return [];
    const before = limitsOn(disk.filters, disk.iotune, now);
    const after = limitsOn(
      chain?.after ?? disk.filters,
      iotune === undefined ? disk.iotune : (iotune.after?.limits ?? null),
      then,
    );
    const gone = limitsGoneOf(before, after);
    return gone.length === 0
      ? []
      : [{ kind: 'unthrottles' as const, text: `${shown(title)} is no longer limited: ${listed(gone)}.` }];
  });
}

const limitsOn = (
  filters: VmDisk['filters'],
  iotune: LimitValues | null,
  groups: ReadonlyMap<string, LimitValues>,
): readonly LimitValues[] => [
  ...filters.flatMap(({ group }) => groups.get(group) ?? []),
  ...(iotune === null ? [] : [iotune]),
];

function lostAtRestart({ target }: VmState): Consequence {
  const next =
    target.managedBy === 'libvirt'
      ? "the domain's next start uses its own definition (virsh edit)"
      : 'the next start uses what its command line says';
  return { kind: 'lost-at-restart', text: `This lasts until the QEMU process ends: ${next}.` };
}
