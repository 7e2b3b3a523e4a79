/** Notes beside a plan: what is left as it is, and what should be known before saying yes. */

import { groupObjectId } from '../limits/qemu';
import { limitsNothing } from '../limits/values';
import type { ResolvedNames } from './names';
import { usersOnVm } from './names';
import type { PlannedChanges } from './consequences';
import type { DesiredGroups } from './plan';
import type { HeldDisk, IotuneChange } from './types';
import type { VmGroup, VmState } from './vm-state';
import { listed, listedBriefly, shown } from './words';

/** Groups of the VM that the document does not mean, and groups of the document that are not created. */
export function groupNotes(
  desired: DesiredGroups,
  names: ResolvedNames,
  state: VmState,
  pruned: readonly VmGroup[],
): string[] {
  const notes: string[] = [];
  const left = names.others.filter(group => !pruned.includes(group));
  if (left.length > 0) {
    const titles = left.map(group => {
      const users = usersOnVm(group, state);
      return users.length === 0
        ? shown(group.name)
        : `${shown(group.name)} (used by ${listed(users.map(shown))})`;
    });
    notes.push(
      `The document does not name these groups of the VM, so they are left as they are: ${listedBriefly(titles, 20)}.`,
    );
  }
  for (const group of names.shadowed) {
    notes.push(
      `The VM has both ${groupObjectId(shown(group.name))} and an object called plain ${shown(group.name)}: the first is the group, the plain one is not touched.`,
    );
  }
  const empty = desired.groups.filter(
    ({ name, limits }) => limits !== undefined && limitsNothing(limits) && !names.found.has(name),
  );
  if (empty.length > 0) {
    notes.push(
      `Without any limit, and so not created, as libvirt does: ${listedBriefly(empty.map(({ name }) => shown(name)))}.`,
    );
  }
  return notes;
}

/** What holds for every plan that changes something. */
export function notesOnChanges(
  { groups, chains, iotunes }: PlannedChanges,
  held: readonly HeldDisk[],
  state: VmState,
): string[] {
  const notes: string[] = held.map(({ message }) => message);
  for (const disk of state.disks) {
    const change = groups.find(({ objectId }) => objectId === disk.iotuneGroup);
    if (change !== undefined) {
      notes.push(
        `${shown(disk.alias)} uses ${shown(change.name)} also through iotune (group_name): the change holds for it too.`,
      );
    }
  }
  notes.push(...iotuneGroupNotes(iotunes, state));
  const isManaged = state.target.managedBy === 'libvirt';
  if (isManaged && groups.length + chains.length + iotunes.length > 0) {
    notes.push(
      'Libvirt manages this VM and does not see what is sent to QEMU behind its back: its XML keeps showing the old values.',
    );
  }
  const created = groups.filter(({ before }) => before === undefined).map(({ name }) => shown(name));
  if (isManaged && created.length > 0) {
    notes.push(
      `Libvirt does not learn of ${listedBriefly(created)}: virsh domthrottlegroupset --live of the same name fails until the VM is started anew (attempt to add duplicate property).`,
    );
  }
  if (chains.length > 0 && !MEASURED.test(state.target.qemu)) {
    notes.push(
      `Changing chains of running disks was measured with QEMU 7.2, 10 and 11, not with ${shown(state.target.qemu)}.`,
    );
  }
  return notes;
}

/** Versions whose behaviour facts/qemu.md describes. */
const MEASURED = /^(?:7\.2|10|11)(?:\.|$)/;

/** Limits of an iotune group hold for all of its disks, those too that the document does not name. */
function iotuneGroupNotes(changes: readonly IotuneChange[], state: VmState): string[] {
  const changed = new Set(changes.map(({ qdev }) => qdev));
  const groups = new Set(changes.flatMap(({ after }) => after?.group ?? []));
  return [...groups].flatMap(group => {
    const others = state.disks.filter(({ iotuneGroup, qdev }) => iotuneGroup === group && !changed.has(qdev));
    return others.length === 0
      ? []
      : [
          `The limits of iotune group ${shown(group)} hold for ${listed(others.map(({ alias }) => shown(alias)))} too.`,
        ];
  });
}
