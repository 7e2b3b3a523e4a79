/** The plan that attaches one disk to a libvirt domain, by virsh, on each side that is asked for. Pure. */

import type {
  AttachWish,
  GroupChange,
  PlanResult,
  PlugChange,
  RefusedPlan,
  VirshStep,
  VmState,
} from '../engine';
import {
  groupNamed,
  groupObjectId,
  identityOf,
  limitsNothing,
  listed,
  otherDomain,
  hasImage,
  refusalOfValues,
  refused,
  sameNames,
  shown,
} from '../engine';
import type { Plane } from '../libvirt';
import { attachDevice, detachDisk } from '../libvirt';
import type { LibvirtPlanOptions } from './libvirt-plan';
import { stepOn, diskOn, planesInOrder, planOfSides, refusalOf, viewOf, type Side } from './libvirt-plug';
import { groupStep, namesOf, placeOf } from './libvirt-steps';

/**
 * Attaches the document's disk as libvirt understands it, with groups that the document defines and a side lacks. A side
 * that has it just so already needs nothing.
 */
export function planLibvirtAttach(wish: AttachWish, state: VmState, options: LibvirtPlanOptions): PlanResult {
  const identity = identityOf(wish.identity, state.target);
  if (identity.other !== undefined && options.allow?.includes('other-domain') !== true) {
    return refused('other-domain', identity.other);
  }
  const refusal = refusalOf(state, options.planes, wish.filters.length > 0);
  if (refusal !== undefined) return { kind: 'refusal', refusal };
  const sides: Side[] = [];
  for (const plane of planesInOrder(options.planes)) {
    const side = attachedOn(plane, wish, state);
    if (side?.kind === 'refusal') return side;
    if (side !== undefined) sides.push(side.side);
  }
  return {
    kind: 'plan',
    plan: planOfSides(state, options, sides, {
      asked: ['attach', wish.target, wish.xml],
      notes: [
        ...identity.notes,
        ...(wish.filters.length === 0 && sides.length > 0
          ? [`${shown(wish.title)} has no filters: nothing limits it but an iotune.`]
          : []),
      ],
      consequences: otherDomain(identity.other),
    }),
  };
}

function attachedOn(
  plane: Plane,
  wish: AttachWish,
  state: VmState,
): { readonly kind: 'side'; readonly side: Side } | RefusedPlan | undefined {
  const { target, title, filters, wanted } = wish;
  const view = viewOf(plane, state);
  const there = diskOn(plane, state, target);
  if (there !== undefined) {
    const isSame =
      sameNames(namesOf(there), filters) && wanted.source !== undefined && hasImage(there, wanted.source);
    if (isSame) return undefined;
    return refused(
      'disk-there',
      `${shown(title)} is there already${placeOf(plane)}${there.sources.length === 0 ? '' : `, with the image ${listed(there.sources.map(shown))}`}. To change its filters, apply the document; to put another disk there, detach this one first. Nothing was sent.`,
    );
  }
  const groups = view === undefined ? [] : missingGroups(plane, wish, view, state);
  if ('kind' in groups) return groups;
  const uuid = state.target.uuid ?? '';
  const plug: PlugChange = {
    title: target,
    alias: target,
    before: null,
    after: {
      image: wanted.source ?? null,
      filters: filters.map(name => ({ node: '', group: groupObjectId(name) })),
      nodes: [],
    },
  };
  const step: VirshStep = {
    ...stepOn(plane, plug),
    kind: 'attach-disk',
    summary: `Attach ${shown(title)} (${[wanted.source ?? 'no image', ...(filters.length === 0 ? [] : [`filters: ${filters.map(shown).join(', then ')}`])].map(shown).join(', ')})${placeOf(plane)}`,
    commands: [attachDevice(uuid, `${wish.xml}\n`, plane)],
    inverse: [detachDisk(uuid, target, plane)],
  };
  const steps = [...groups.map(change => groupStep(change, uuid, plane)), step];
  return { kind: 'side', side: { groups, plug, steps } };
}

/** Groups of the filters that this side lacks, with the document's limits; a group that is there is left as it is. */
function missingGroups(
  plane: Plane,
  { filters, groups, title }: AttachWish,
  view: VmState,
  state: VmState,
): GroupChange[] | RefusedPlan {
  const changes: GroupChange[] = [];
  for (const name of filters) {
    if (groupNamed(view, name) !== undefined) continue;
    const limits = groups.find(group => group.name === name)?.limits;
    if (limits === undefined || limitsNothing(limits)) {
      const why =
        limits === undefined ? 'no limits are known to create it with' : 'it has no limits to create it with';
      return refused(
        'no-such-group',
        `${shown(title)}: there is no group ${shown(name)}${plane === 'live' ? ' on the running VM' : ' in the persistent definition'}, and ${why}. Nothing was sent.`,
      );
    }
    if (plane === 'live' && view !== state && groupNamed(state, name) !== undefined) {
      return refused(
        'unsupported',
        `${shown(title)}: group ${shown(name)} is on the running VM and libvirt does not know it, so it was made behind its back, and libvirt can put no disk in it until the next start. Use a group of another name. Nothing was sent.`,
      );
    }
    const refusal = refusalOfValues(name, limits, undefined, view);
    if (refusal !== undefined) return { kind: 'refusal', refusal };
    changes.push({ name, objectId: groupObjectId(name), before: undefined, after: limits });
  }
  return changes;
}
