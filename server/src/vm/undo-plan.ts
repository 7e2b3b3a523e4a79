/** The way back from a change that was carried out earlier, over QMP or through libvirt. Pure. */

import type { LastChange, PlanOptions, PlanResult, UndoWish, VmState } from '../engine';
import { hasChanges, lastChangeText, makePlan, refused, sameUuid, shown, undoWish } from '../engine';
import type { Plane } from '../libvirt';
import { isThroughLibvirt, throughLibvirt, wantedDisk } from './libvirt-plan';
import { unseenFilters } from './libvirt-live';

/** Takes back what of the change is still as it left the VM; what was changed again since is left, with words. */
export function planUndo(change: LastChange, state: VmState, options: PlanOptions): PlanResult {
  const other = otherVm(change, state);
  if (other !== undefined) return refused('other-domain', other);
  if (!hasChanges(change.live) && !hasChanges(change.config)) {
    return refused(
      'unsupported',
      `The last change of this VM ${change.plugged ? 'attached or detached a disk, which undo does not take back: detach-disk and attach-disk do' : 'has nothing that could be taken back'}. Nothing was sent.`,
    );
  }
  const isSameProcess = change.process === state.process;
  if (!isSameProcess && !hasChanges(change.config)) {
    return refused(
      'unsupported',
      'The VM was started anew since the last change, which was on its former process and has ended with that. Nothing was sent.',
    );
  }
  if (!isThroughLibvirt(state)) return liveUndo(undoWish(change.live, state), state, options);
  return undoThroughLibvirt(change, state, options, isSameProcess);
}

function undoThroughLibvirt(
  change: LastChange,
  state: VmState,
  options: PlanOptions,
  isSameProcess: boolean,
): PlanResult {
  const live = undoWish(change.live, state);
  const definition = state.definition ?? state;
  const config = undoWish(change.config, definition);
  const planes: readonly Plane[] = [
    ...(hasChanges(change.config) ? (['config'] as const) : []),
    ...(hasChanges(change.live) && isSameProcess ? (['live'] as const) : []),
  ];
  const seen = unseenFilters(live.desired.disks, state);
  const wanted = new Set(config.desired.groups.map(({ name }) => name));
  return throughLibvirt(state, planes, {
    live: side => liveUndo({ ...live, desired: { ...live.desired, disks: seen.disks } }, side, options),
    held: seen.held,
    config: {
      // All that stay are named; whoever is not goes.
      groups: [
        ...definition.groups
          .filter(({ name }) => !config.created.includes(name) && !wanted.has(name))
          .map(({ name }) => ({ name, limits: undefined })),
        ...config.desired.groups,
      ],
      disks: config.desired.disks.map(disk => wantedDisk(disk, definition)),
      prune: config.created.length > 0,
    },
    usesGroups: true,
    consequences: [],
    notes: [
      ...config.desired.notes,
      ...(isSameProcess || !hasChanges(change.live)
        ? []
        : ['The VM was started anew since: of its running state nothing is to be taken back.']),
    ],
    asked: ['undo', lastChangeText(change)],
  });
}

function liveUndo({ desired, created }: UndoWish, state: VmState, { allow = [] }: PlanOptions): PlanResult {
  const { name, uuid } = state.target;
  const identity = { name: name ?? undefined, uuid: uuid ?? undefined };
  return makePlan({ ...desired, identity }, state, { prune: created, partial: true, allow });
}

/** Whether it is another VM that now answers at the address, in words. */
function otherVm({ name, uuid }: LastChange, { target }: VmState): string | undefined {
  const isOther =
    uuid !== null && target.uuid !== null
      ? !sameUuid(uuid, target.uuid)
      : name !== null && target.name !== null && name !== target.name;
  return isOther
    ? `The last change at this address was on ${shown(name ?? uuid ?? 'another VM')}, and now ${shown(target.name ?? target.uuid ?? 'another one')} answers there. Nothing was sent.`
    : undefined;
}
