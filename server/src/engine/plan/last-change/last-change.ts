/** What an apply has changed, kept so that it can be taken back later: by then the VM may be another, or changed again. */

import type { LimitValues } from '../../limits/values';
import { groupKeys, namingOf } from '../names';
import type { Plan } from '../types';
import type { FilterNode, IotuneState, VmState } from '../vm-state';

export interface LastChange {
  readonly name: string | null;
  readonly uuid: string | null;
  /** The QEMU process whose running state was changed. */
  readonly process: string | null;
  readonly live: SideChange;
  readonly config: SideChange;
  /** A disk was attached or detached, which is not taken back. */
  readonly plugged: boolean;
}

/** Of the running VM, or of libvirt's persistent definition. */
export interface SideChange {
  readonly groups: readonly GroupBefore[];
  readonly disks: readonly DiskBefore[];
}

/** Null: not there. */
export interface GroupBefore {
  readonly name: string;
  readonly before: LimitValues | null;
  readonly after: LimitValues | null;
}

/** What was changed of a disk; absent is what was not. */
export interface DiskBefore {
  readonly title: string;
  /** Libvirt's target; null where only QEMU was asked, which does not know it. */
  readonly target: string | null;
  readonly alias: string;
  /** Names of groups from the image up. */
  readonly filters?: { readonly before: readonly string[]; readonly after: readonly string[] };
  readonly iotune?: { readonly before: IotuneState | null; readonly after: IotuneState | null };
}

/** What a plan that was carried out has changed. `state` is what it was made from. */
export const lastChangeOf = (plan: Plan, state: VmState): LastChange => ({
  name: plan.target.name,
  uuid: plan.target.uuid,
  process: state.process,
  live: sideOf(plan, 'live', state),
  config: sideOf(plan, 'config', state.definition),
  plugged: plan.plugChanges.length > 0,
});

function sideOf(plan: Plan, plane: 'live' | 'config', state: VmState | undefined): SideChange {
  const steps = plan.steps.filter(step => step.plane === plane);
  const keys = state === undefined ? new Map<string, string>() : groupKeys(state);
  const created = new Map(plan.groupChanges.map(({ objectId, name }) => [objectId, name]));
  const names = (filters: readonly FilterNode[]): readonly string[] =>
    filters.map(({ group }) => created.get(group) ?? keys.get(group) ?? namingOf(group).name);
  const groups: GroupBefore[] = [];
  const disks = new Map<string, DiskBefore>();
  const ofDisk = (title: string, qdev: string): DiskBefore => {
    const disk = state?.disks.find(one => one.qdev === qdev);
    return disks.get(qdev) ?? { title, target: disk?.target ?? null, alias: disk?.alias ?? qdev };
  };
  for (const { effect } of steps) {
    if (effect.kind === 'group') {
      const { name, before = null, after = null } = effect.change;
      groups.push({ name, before, after });
    } else if (effect.kind === 'chain') {
      const { title, qdev, before, after } = effect.change;
      disks.set(qdev, { ...ofDisk(title, qdev), filters: { before: names(before), after: names(after) } });
    } else if (effect.kind === 'iotune') {
      const { title, qdev, before, after } = effect.change;
      disks.set(qdev, { ...ofDisk(title, qdev), iotune: { before, after } });
    }
  }
  return { groups, disks: [...disks.values()] };
}

/** Whether there is anything on that side to take back. */
export const hasChanges = ({ groups, disks }: SideChange): boolean => groups.length + disks.length > 0;
