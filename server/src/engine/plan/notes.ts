/** Notes beside a plan: what is left as it is, and what should be known before saying yes. */

import { groupObjectId } from '../limits/qemu';
import { limitsNothing } from '../limits/values';
import type { ResolvedNames } from './names';
import { usersOnVm } from './names';
import type { DesiredGroups } from './plan';
import type { GroupChange, VmGroup, VmState } from './types';
import { listed, listedBriefly, raisesARate, shown } from './words';

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

/** What holds for every plan that changes groups. */
export function notesOnChanges(changes: readonly GroupChange[], state: VmState): string[] {
  const notes: string[] = [];
  const groupOf = new Map(state.groups.map(group => [group.objectId, group]));
  const raised = changes.filter(({ objectId, before, after }) => {
    const group = groupOf.get(objectId);
    return (
      before !== undefined &&
      after !== undefined &&
      group !== undefined &&
      raisesARate(before, after) &&
      usersOnVm(group, state).length > 0
    );
  });
  if (changes.length > 0 && raised.length > 0) {
    notes.push(
      `Requests that already wait under ${listedBriefly(raised.map(({ name }) => shown(name)))} still wait as long as the old limit makes them; requests that come later go by the new one.`,
    );
  }
  for (const disk of state.disks) {
    const change = changes.find(({ objectId }) => objectId === disk.iotuneGroup);
    if (change !== undefined) {
      notes.push(
        `${shown(disk.alias)} uses ${shown(change.name)} also through iotune (group_name): the change holds for it too.`,
      );
    }
  }
  if (state.target.managedBy === 'libvirt' && changes.length > 0) {
    notes.push(
      'Libvirt manages this VM and does not see what is sent to QEMU behind its back: its XML keeps showing the old values.',
    );
  }
  return notes;
}
