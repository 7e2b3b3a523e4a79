/** Comparing a VM with what was there before a plan and what it wanted. */

import type {
  ChainChange,
  Difference,
  Effect,
  GroupChange,
  IotuneChange,
  Plan,
  PlugChange,
  PluggedDisk,
  VmDisk,
  VmState,
} from '../engine';
import { diskTitleOf, groupTitle, iotuneOf, leftoversOf, sameChain, sameIotune, sameLimits } from '../engine';

/** All that a plan changes and that can be read back. */
export const effectsOf = (plan: Plan): readonly Effect[] => [
  ...plan.groupChanges.map(change => ({ kind: 'group', change }) as const),
  ...plan.chainChanges.map(change => ({ kind: 'chain', change }) as const),
  ...plan.iotuneChanges.map(change => ({ kind: 'iotune', change }) as const),
  ...plan.plugChanges.map(change => ({ kind: 'plug', change }) as const),
];

/** Whether the VM is as before the effect; true for what cannot be read back. */
export const isBefore = (state: VmState, effect: Effect): boolean => isAs(state, effect, 'before');

/** Whether the VM is as the effect wants it; true for what cannot be read back. */
export const isAfter = (state: VmState, effect: Effect): boolean => isAs(state, effect, 'after');

/** The objects that are not as before the plan, or not as wanted; what a half-done step left behind too. */
export function differences(
  plan: Plan,
  start: VmState,
  now: VmState,
  from: 'before' | 'after',
): readonly Difference[] {
  const objects = effectsOf(plan)
    .filter(effect => !isAs(now, effect, from))
    .flatMap(effect => differenceOf(effect, now));
  const { nodes, groups } = leftoversOf(plan, start, now);
  const left = [...nodes, ...groups];
  return left.length === 0
    ? objects
    : [
        ...objects,
        { kind: 'leftover', object: `left behind: ${left.join(', ')}`, before: undefined, now: left },
      ];
}

function isAs(state: VmState, effect: Effect, when: 'before' | 'after'): boolean {
  switch (effect.kind) {
    case 'group':
      return isGroupAs(state, effect.change, when);
    case 'chain':
      return isChainAs(diskOf(state, effect.change), effect.change, when);
    case 'iotune':
      return isIotuneAs(diskOf(state, effect.change), effect.change, when);
    case 'plug':
      return isPluggedAs(state, effect.change, when);
    case 'none':
      return true;
  }
}

function isGroupAs(state: VmState, change: GroupChange, when: 'before' | 'after'): boolean {
  const [limits, wanted] = [limitsNow(state, change), change[when]];
  return limits === undefined || wanted === undefined ? limits === wanted : sameLimits(limits, wanted);
}

/** The same nodes with the same groups, over the same base node (W2). */
const isChainAs = (disk: VmDisk | undefined, change: ChainChange, when: 'before' | 'after'): boolean =>
  disk?.shape === 'plain' && disk.base === change.base && sameChain(disk.filters, change[when]);

const isIotuneAs = (disk: VmDisk | undefined, change: IotuneChange, when: 'before' | 'after'): boolean =>
  disk !== undefined && sameIotune(iotuneOf(disk), change[when]);

/** A disk that should be there has its nodes and filters. Nodes of one that should not are told among the leftovers. */
function isPluggedAs(state: VmState, change: PlugChange, when: 'before' | 'after'): boolean {
  const disk = state.disks.find(({ alias }) => alias === change.alias);
  const wanted = change[when];
  if (wanted === null || disk === undefined) return wanted === null && disk === undefined;
  return sameChain(disk.filters, wanted.filters) && wanted.nodes.every(node => disk.nodes?.includes(node));
}

function differenceOf(effect: Effect, now: VmState): Difference[] {
  switch (effect.kind) {
    case 'group': {
      const { change } = effect;
      const object = groupTitle(change.name);
      return [{ kind: 'group', object, before: change.before, now: limitsNow(now, change) }];
    }
    case 'chain': {
      const { change } = effect;
      const filters = diskOf(now, change)?.filters;
      return [{ kind: 'chain', object: diskTitleOf(change.title), before: change.before, now: filters }];
    }
    case 'iotune': {
      const { change } = effect;
      const disk = diskOf(now, change);
      const iotune = disk === undefined ? undefined : iotuneOf(disk);
      return [{ kind: 'iotune', object: `iotune of ${change.title}`, before: change.before, now: iotune }];
    }
    case 'plug': {
      const { title, alias, before } = effect.change;
      const disk = now.disks.find(one => one.alias === alias);
      return [{ kind: 'plug', object: diskTitleOf(title), before, now: pluggedDisk(disk) }];
    }
    case 'none':
      return [];
  }
}

/** What is told of a disk that comes or goes; null: not there. */
export const pluggedDisk = (disk: VmDisk | undefined): PluggedDisk | null =>
  disk === undefined
    ? null
    : { image: disk.sources[0] ?? null, filters: disk.filters, nodes: disk.nodes ?? [] };

const limitsNow = (state: VmState, change: GroupChange): GroupChange['before'] =>
  state.groups.find(group => group.objectId === change.objectId)?.limits;

const diskOf = (state: VmState, { qdev }: { readonly qdev: string }): VmDisk | undefined =>
  state.disks.find(disk => disk.qdev === qdev);
