/** Whether what a step through libvirt changed stands, on each side that should show it. */

import type { Difference, Effect, FilterNode, LimitValues, Step, VmDisk, VmState } from '../engine';
import { groupTitle, iotuneOf, sameIotune, sameLimits, shown } from '../engine';
import { pluggedDisk } from './compare';

/** Whether the effect of a step is as it was `before` it, or as it should be `after` it, wherever it can be read. */
export function isAs(when: 'before' | 'after', step: Step, now: VmState, then: VmState): boolean {
  return sidesOf(step, now).every(side => holds(when, step.effect, side, targetOf(step, then)));
}

/** What is not as it was before the plan, one entry an object. */
export function libvirtDifferences(
  steps: readonly Step[],
  now: VmState,
  then: VmState,
): readonly Difference[] {
  return steps.flatMap((step): readonly Difference[] => {
    const side = sidesOf(step, now).find(one => !holds('before', step.effect, one, targetOf(step, then)));
    if (side === undefined) return [];
    const { effect } = step;
    const object = `${step.object}${step.plane === 'config' ? ' (persistent definition)' : ''}`;
    switch (effect.kind) {
      case 'none':
        return [];
      case 'group': {
        const { before, objectId, name } = effect.change;
        const title = step.plane === 'config' ? object : groupTitle(name);
        return [{ kind: 'group', object: title, before, now: limitsNow(side, objectId) }];
      }
      case 'chain': {
        const filters = diskIn(side, targetOf(step, then))?.filters;
        return [{ kind: 'chain', object: shown(object), before: effect.change.before, now: filters }];
      }
      case 'plug': {
        const now = pluggedDisk(diskIn(side, effect.change.title));
        return [{ kind: 'plug', object: shown(object), before: effect.change.before, now }];
      }
      case 'iotune': {
        const disk = diskIn(side, targetOf(step, then));
        const iotune = disk === undefined ? undefined : iotuneOf(disk);
        return [{ kind: 'iotune', object: shown(object), before: effect.change.before, now: iotune }];
      }
    }
  });
}

/** What virsh changes on the running VM must show both in QEMU, where that was read, and in libvirt's live XML. */
function sidesOf(step: Step, state: VmState): readonly VmState[] {
  if (step.plane === 'config') return state.definition === undefined ? [] : [state.definition];
  return step.via === 'virsh' && state.declared !== undefined ? [state, state.declared] : [state];
}

function holds(when: 'before' | 'after', effect: Effect, side: VmState, target: string | undefined): boolean {
  switch (effect.kind) {
    case 'none':
      return when === 'after';
    case 'group':
      return equal(limitsNow(side, effect.change.objectId), effect.change[when]);
    case 'chain': {
      const disk = diskIn(side, target);
      return disk !== undefined && sameGroups(disk, effect.change[when]);
    }
    case 'plug': {
      const disk = diskIn(side, effect.change.title);
      const wanted = effect.change[when];
      if (wanted === null || disk === undefined) return wanted === null && disk === undefined;
      return sameGroups(disk, wanted.filters);
    }
    case 'iotune': {
      const disk = diskIn(side, target);
      return disk !== undefined && sameIotune(iotuneOf(disk), effect.change[when]);
    }
  }
}

/** Nodes have other names on each side, or none. */
const sameGroups = ({ filters }: VmDisk, wanted: readonly FilterNode[]): boolean =>
  filters.length === wanted.length && filters.every(({ group }, index) => group === wanted[index]?.group);

/** The disk's target, by which every side knows it; its qdev is another on each. */
function targetOf({ effect, plane }: Step, then: VmState): string | undefined {
  if (effect.kind !== 'chain' && effect.kind !== 'iotune') return undefined;
  const side = plane === 'config' ? then.definition : then;
  return side?.disks.find(({ qdev }) => qdev === effect.change.qdev)?.target ?? undefined;
}

const diskIn = (side: VmState, target: string | undefined): VmDisk | undefined =>
  side.disks.find(disk => disk.target !== null && disk.target === target);

const limitsNow = (side: VmState, objectId: string): LimitValues | undefined =>
  side.groups.find(group => group.objectId === objectId)?.limits;

const equal = (a: LimitValues | undefined, b: LimitValues | undefined): boolean =>
  a === undefined || b === undefined ? a === b : sameLimits(a, b);
