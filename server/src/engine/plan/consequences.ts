/** What a plan brings with it beside what it is for: said before anything is sent. */

import { usersOnVm } from './names';
import type { Consequence, GroupChange, VmState } from './types';
import { limitsGone, listed, listedBriefly, shown } from './words';

/** Consequences of changing groups over QMP. */
export function consequencesOf(changes: readonly GroupChange[], state: VmState): readonly Consequence[] {
  if (changes.length === 0) return [];
  return [
    ...refilledBursts(changes),
    ...unthrottled(changes, state),
    ...brokenLibvirt(changes, state),
    lostAtRestart(state),
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

function unthrottled(changes: readonly GroupChange[], state: VmState): readonly Consequence[] {
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

function brokenLibvirt(changes: readonly GroupChange[], state: VmState): readonly Consequence[] {
  const deleted = changes.filter(({ after }) => after === undefined).map(({ name }) => shown(name));
  if (state.target.managedBy !== 'libvirt' || deleted.length === 0) return [];
  return [
    {
      kind: 'breaks-libvirt',
      text: `Libvirt goes on believing in ${listedBriefly(deleted)}: changing or deleting it through libvirt fails until the VM is started anew.`,
    },
  ];
}

function lostAtRestart({ target }: VmState): Consequence {
  const next =
    target.managedBy === 'libvirt'
      ? "the domain's next start uses its own definition (virsh edit)"
      : 'the next start uses what its command line says';
  return { kind: 'lost-at-restart', text: `This lasts until the QEMU process ends: ${next}.` };
}
