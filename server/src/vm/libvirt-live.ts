/** The plan of a running VM, turned from QMP to virsh where libvirt itself can do what it does. */

import type {
  ChainChange,
  Consequence,
  DesiredDisk,
  HeldDisk,
  Plan,
  PlanResult,
  Refusal,
  Step,
  VmGroup,
  VmState,
} from '../engine';
import { groupObjectId, libvirtConsequences, limitsNothing, sameNames, shown, usersOnVm } from '../engine';
import { groupStep, iotuneStep, namesOf } from './libvirt-steps';

/**
 * The running VM as a plan over QMP sees it. That libvirt manages it is left out: what that means is told here, for
 * each step by the way it goes.
 */
export const liveSide = (state: VmState): VmState => ({
  ...state,
  target: { ...state.target, managedBy: null },
});

/**
 * Steps on groups and iotune become virsh's; those on filters stay QEMU's. Where only libvirt's XML was read there are
 * none of the latter: a disk whose filters differ is held, with the reason.
 */
export function liveThroughLibvirt(plan: Plan, state: VmState, unseen: readonly HeldDisk[]): PlanResult {
  const uuid = state.target.uuid ?? '';
  const isRead = state.declared !== undefined;
  const refusal = refusalOfGroups(plan, state);
  if (refusal !== undefined) return { kind: 'refusal', refusal };
  const held = [...unseen, ...plan.held, ...heldIotunes(plan, state)];
  const isHeld = (title: string): boolean => held.some(one => one.what === 'iotune' && one.title === title);
  const steps = plan.steps.flatMap((step): readonly Step[] => {
    const { effect } = step;
    switch (effect.kind) {
      case 'group':
        return isQemusOwn(effect.change.name, state) ? [step] : [groupStep(effect.change, uuid, 'live')];
      case 'iotune': {
        const disk = state.disks.find(({ qdev }) => qdev === effect.change.qdev);
        if (disk === undefined || isHeld(effect.change.title)) return [];
        return [iotuneStep(effect.change, disk, uuid, 'live')];
      }
      case 'plug':
        return [];
      case 'chain':
      case 'none':
        return isRead ? [step] : [];
    }
  });
  return {
    kind: 'plan',
    plan: {
      ...plan,
      target: state.target,
      held,
      iotuneChanges: plan.iotuneChanges.filter(({ title }) => !isHeld(title)),
      steps,
      notes: [
        ...plan.notes,
        ...held.map(({ message }) => message).filter(message => !plan.notes.includes(message)),
      ],
      consequences: [
        ...plan.consequences.filter(isNotAboutRestart),
        ...libvirtConsequences({ groups: [], chains: plan.chainChanges.filter(isNotReturned(state)) }, state),
      ],
    },
  };
}

/** Made behind libvirt's back: it is there, and libvirt's live XML does not know it (N6 of the facts). */
const isQemusOwn = (name: string, state: VmState): boolean =>
  state.declared !== undefined &&
  groupOf(state, name) !== undefined &&
  groupOf(state.declared, name) === undefined;

const groupOf = (state: VmState, name: string): VmGroup | undefined =>
  state.groups.find(({ objectId }) => objectId === groupObjectId(name));

/** What will hold after a restart depends on the persistent definition, which the QMP plan knows nothing of. */
const isNotAboutRestart = ({ kind }: Consequence): boolean => kind !== 'lost-at-restart';

/** A disk that gets the filters of libvirt's XML back does nothing that libvirt does not know of. */
const isNotReturned =
  (state: VmState) =>
  ({ qdev, after }: ChainChange): boolean => {
    const target = state.disks.find(disk => disk.qdev === qdev)?.target;
    const declared = state.declared?.disks.find(disk => disk.target === target);
    const groups = declared?.filters.map(({ group }) => group);
    return (
      groups === undefined ||
      !sameNames(
        groups,
        after.map(({ group }) => group),
      )
    );
  };

/** Libvirt does not create a group without limits, and can then neither change nor delete it until the next start. */
function refusalOfGroups(plan: Plan, state: VmState): Refusal | undefined {
  const view = state.declared ?? state;
  const used = plan.groupChanges.find(({ name, after }) => {
    const declared = groupOf(view, name);
    return after === undefined && declared !== undefined && usersOnVm(declared, view).length > 0;
  });
  if (used !== undefined) {
    return {
      reason: 'in-use',
      message: `Group ${shown(used.name)} is used in libvirt's live XML of the VM, though not in QEMU any more, so libvirt does not delete it. Return to libvirt's filters first, or wait for the next start.`,
    };
  }
  const stuck = plan.groupChanges.find(({ name }) => {
    const declared = groupOf(view, name);
    if (declared === undefined) return false;
    return state.declared === undefined ? limitsNothing(declared.limits) : groupOf(state, name) === undefined;
  });
  if (stuck === undefined) return undefined;
  return {
    reason: 'unsupported',
    message: `Libvirt did not create group ${shown(stuck.name)} in the running VM, because it had no limits when the VM started, and can neither change nor delete it until the VM is started anew. Change the persistent definition (config), or use a group of another name.`,
  };
}

/**
 * Where only libvirt's XML was read, filters that differ cannot be changed: the disks as they can be wanted then, and
 * what is held.
 */
export function unseenFilters(
  disks: readonly DesiredDisk[],
  state: VmState,
): { readonly disks: readonly DesiredDisk[]; readonly held: readonly HeldDisk[] } {
  if (state.declared !== undefined) return { disks, held: [] };
  const held: HeldDisk[] = [];
  const wanted = disks.map(disk => {
    const onVm = state.disks.find(({ target }) => target !== null && target === disk.target);
    if (onVm === undefined || disk.filters === undefined) return disk;
    const names = namesOf(onVm);
    if (sameNames(names, disk.filters)) return disk;
    held.push({
      title: disk.title,
      what: 'filters',
      reason: 'taint',
      message: `${shown(disk.title)}: its filters are left as they are on the running VM. Libvirt cannot change them there (it answers success and does nothing); only QEMU itself can, which marks the domain as tainted. Allow taint for this domain to do it, or change the persistent definition (config) for the next start.`,
    });
    return { ...disk, filters: names };
  });
  return { disks: wanted, held };
}

/** Libvirt refuses iotune on a disk whose live XML has filters, whatever QEMU has. */
function heldIotunes(plan: Plan, state: VmState): readonly HeldDisk[] {
  const view = state.declared ?? state;
  return plan.iotuneChanges.flatMap(({ title, qdev }): readonly HeldDisk[] => {
    const disk = state.disks.find(candidate => candidate.qdev === qdev);
    const declared = view.disks.find(({ target }) => target !== null && target === disk?.target);
    if (declared !== undefined && declared.filters.length === 0) return [];
    return [
      {
        title,
        what: 'iotune',
        reason: 'unsupported',
        message: `${shown(title)}: its iotune is left as it is, because libvirt refuses iotune on a disk that has filters in its live XML. It is possible after the next start without filters.`,
      },
    ];
  });
}
