/** What somebody wants of a VM, and its plan: over QMP or through libvirt, as the state was read. */

import type {
  AttachWish,
  LastChange,
  DesiredGroups,
  GivenLimits,
  PlanOptions,
  PlanResult,
  Refusal,
  VmState,
} from '../engine';
import { makePlan, planAttach, planDeleteGroup, planDetach, planSetGroup, refused } from '../engine';
import type { Plane } from '../libvirt';
import { isThroughLibvirt, planLibvirt, planLibvirtDeleteGroup, planLibvirtSetGroup } from './libvirt-plan';
import { planLibvirtAttach } from './libvirt-attach';
import { planLibvirtDetach } from './libvirt-detach';
import { planReturn } from './libvirt-return';
import { planUndo } from './undo-plan';

export type VmWish =
  /** What a document describes. */
  | { readonly kind: 'document'; readonly desired: DesiredGroups }
  | { readonly kind: 'set-group'; readonly name: string; readonly limits: GivenLimits }
  | { readonly kind: 'delete-group'; readonly name: string }
  | { readonly kind: 'attach-disk'; readonly disk: AttachWish }
  /** By target (`vdb`) or alias. */
  | { readonly kind: 'detach-disk'; readonly disk: string }
  /** Takes back what was changed last. It says itself on which sides. */
  | { readonly kind: 'undo'; readonly change: LastChange }
  /** The filters of running disks as libvirt's live XML has them. */
  | { readonly kind: 'return' };

export interface WishOptions extends PlanOptions {
  /** The running VM, the persistent definition, or both. A QMP socket reaches the running VM only. */
  readonly planes: readonly Plane[];
}

/** Pure: the same state, wish and options give the same plan. */
export function planWish(state: VmState, wish: VmWish, options: WishOptions): PlanResult {
  const throughLibvirt = isThroughLibvirt(state);
  if (!throughLibvirt && options.planes.includes('config')) {
    return refused(
      'unsupported',
      'A QMP socket reaches the running VM only. To change the persistent definition, give the address libvirt:DOMAIN.',
    );
  }
  switch (wish.kind) {
    case 'document':
      return throughLibvirt
        ? planLibvirt(wish.desired, state, options)
        : makePlan(wish.desired, state, options);
    case 'set-group':
      return throughLibvirt
        ? planLibvirtSetGroup(state, wish.name, wish.limits, options.planes)
        : planSetGroup(state, wish.name, wish.limits);
    case 'delete-group':
      return throughLibvirt
        ? planLibvirtDeleteGroup(state, wish.name, options.planes)
        : planDeleteGroup(state, wish.name);
    case 'attach-disk':
      return throughLibvirt
        ? planLibvirtAttach(wish.disk, state, options)
        : planAttach(wish.disk, state, options);
    case 'detach-disk':
      return throughLibvirt
        ? planLibvirtDetach(state, wish.disk, options.planes)
        : planDetach(state, wish.disk);
    case 'undo':
      return planUndo(wish.change, state, options);
    case 'return':
      return throughLibvirt
        ? planReturn(state, options)
        : { kind: 'refusal', refusal: RETURN_WITHOUT_LIBVIRT };
  }
}

/** Known of a QMP socket before anybody connects to it. */
export const RETURN_WITHOUT_LIBVIRT: Refusal = {
  reason: 'unsupported',
  message:
    "What libvirt's chain is stands in libvirt's XML, which a QMP socket does not show. Give the address libvirt:DOMAIN.",
};
