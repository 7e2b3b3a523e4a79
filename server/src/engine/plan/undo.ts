/**
 * The way back: from what is on the VM now to what was there before the plan. Made from a reading, so that steps which
 * stopped half-way are taken back too; what is neither as before nor as the plan could have made it was changed by
 * somebody else, and is left to them. Pure.
 */

import { chainWay } from './chains/chain-way';
import { freeNames, isTemporaryGroup } from './chains/free-names';
import type { PlannedChain, PlannedIotune } from './disk-changes';
import { iotuneOf, NO_DISK_CHANGES, sameChain, sameIotune } from './disk-changes';
import { advance, chainIn, firstObjection, modelOf } from './guards';
import { groupKeys } from './names';
import { deleteGroup, deleteNode, devicePath } from './qmp-commands';
import { sameLimits } from '../limits/values';
import { stepsOf, wakeStep } from './steps';
import { shown } from './words';
import type { ChainChange, GroupChange, Plan, QmpCommand, QmpStep } from './types';
import type { FilterNode, VmState } from './vm-state';
import { wakesFor } from './wake';

export interface WayBack {
  /** In this order; none where all is as before, or as somebody else made it. */
  readonly steps: readonly QmpStep[];
  /** Sentences about what cannot be taken back now. */
  readonly held: readonly string[];
}

/** What to send to have the VM as it was before the plan. */
export function wayBack(plan: Plan, before: VmState, now: VmState): WayBack {
  const names = freeNames(now);
  const leftovers = leftoversOf(plan, before, now);
  const groups = plan.groupChanges.flatMap(change => groupBack(change, now));
  const chains = chainsBack(plan, before, now);
  const iotunes = plan.iotuneChanges.flatMap((change): PlannedIotune[] => {
    const disk = now.disks.find(({ qdev }) => qdev === change.qdev);
    const stands = disk !== undefined && sameIotune(iotuneOf(disk), change.after);
    return stands && !sameIotune(change.after, change.before)
      ? [{ disk, change: { ...change, before: change.after, after: change.before } }]
      : [];
  });
  const keys = groupKeys(before);
  const main = stepsOf({
    groups,
    disks: { chains: chains.planned, iotunes },
    nameOf: id => keys.get(id) ?? id,
    names,
    order: 'back',
  });
  const steps = [
    ...cleanup(leftovers.nodes.map(deleteNode)),
    ...main,
    ...cleanup(leftovers.groups.map(deleteGroup)),
  ];
  const model = modelOf(now);
  firstObjection(
    steps.flatMap(({ commands }) => commands),
    model,
  );
  const { wakes } = wakesFor(groups, { ...NO_DISK_CHANGES, chains: chains.planned }, now, model);
  return { steps: [...steps, ...wakes.map(wakeStep)], held: [...chains.held, ...plugsHeld(plan, now)] };
}

/** A disk is not torn away from a guest that may have begun to use it, and not given back to one that let go of it. */
const plugsHeld = (plan: Plan, now: VmState): readonly string[] =>
  plan.plugChanges.flatMap(({ title, alias, after }) => {
    const isThere = now.disks.some(disk => disk.alias === alias);
    if (isThere !== (after !== null)) return [];
    return [`${shown(title)} was ${after === null ? 'detached' : 'attached'}, and that is left so.`];
  });

export interface Leftovers {
  /** Nodes that the plan made, or took out of a chain, and that no device uses: in the order in which they can go. */
  readonly nodes: readonly string[];
  /** Groups that the plan made for a moment. */
  readonly groups: readonly string[];
}

/** What a step that stopped half-way has left behind, of the plan or of a way back from it. */
export function leftoversOf(plan: Plan, before: VmState, now: VmState): Leftovers {
  const there = new Set([...now.ownNodes, ...now.filters.map(({ node }) => node), ...(now.nodes ?? [])]);
  const attached = new Set(
    now.disks.flatMap(({ filters, nodes = [] }) => [...nodes, ...filters.map(({ node }) => node)]),
  );
  const commands = plan.steps.flatMap(step => (step.via === 'qmp' ? step.commands : []));
  const known = new Set([...before.ownNodes, ...before.filters.map(({ node }) => node)]);
  const old = new Set(before.groups.map(({ objectId }) => objectId));
  // QEMU lists the newest node first, and a newer one may stand on an older one.
  const made = now.ownNodes.filter(node => !known.has(node));
  const dropped = namesIn(commands, 'blockdev-del', 'node-name').filter(node => !made.includes(node));
  return {
    nodes: [...made, ...dropped].filter(node => there.has(node) && !attached.has(node)),
    groups: now.groups.map(({ objectId }) => objectId).filter(id => isTemporaryGroup(id) && !old.has(id)),
  };
}

/** The commands that take leftovers away, as one step. */
export const cleanupOf = ({ nodes, groups }: Leftovers): readonly QmpCommand[] => [
  ...nodes.map(deleteNode),
  ...groups.map(deleteGroup),
];

const cleanup = (commands: readonly QmpCommand[]): readonly QmpStep[] =>
  commands.length === 0
    ? []
    : [
        {
          kind: 'remove-filters',
          plane: 'live',
          via: 'qmp',
          object: 'leftovers',
          effect: { kind: 'none' },
          summary: 'Take away what a step that stopped half-way has left',
          commands,
          inverse: [],
          sources: ['qemu'],
        },
      ];

function namesIn(commands: readonly QmpCommand[], execute: string, key: string): string[] {
  const names = commands.flatMap(command => {
    const name = command.execute === execute ? command.arguments?.[key] : undefined;
    return typeof name === 'string' ? [name] : [];
  });
  return [...new Set(names)];
}

/** The change that takes a group back, where it is just as the plan made it. */
function groupBack(change: GroupChange, now: VmState): GroupChange[] {
  const limits = now.groups.find(({ objectId }) => objectId === change.objectId)?.limits;
  const isAfter = limits === undefined ? change.after === undefined : same(limits, change.after);
  const isBefore = limits === undefined ? change.before === undefined : same(limits, change.before);
  return isAfter && !isBefore ? [{ ...change, before: change.after, after: change.before }] : [];
}

const same = (limits: GroupChange['after'], other: GroupChange['after']): boolean =>
  limits !== undefined && other !== undefined && sameLimits(limits, other);

function chainsBack(
  plan: Plan,
  before: VmState,
  now: VmState,
): { readonly planned: readonly PlannedChain[]; readonly held: readonly string[] } {
  const possible = possibleChains(plan, before);
  const planned: PlannedChain[] = [];
  const held: string[] = [];
  for (const change of [...plan.chainChanges, ...chainsToUnplug(plan, before)]) {
    const disk = now.disks.find(({ qdev }) => qdev === change.qdev);
    if (disk === undefined || disk.base !== change.base || sameChain(disk.filters, change.before)) continue;
    // A way back that takes filters off gives them groups for a moment that are nobody else's.
    const isOurs =
      disk.filters.every(({ group }) => isTemporaryGroup(group)) ||
      possible(change).some(filters => sameChain(filters, disk.filters));
    if (!isOurs) continue;
    const way = chainWay(disk, now);
    if (way.kind === 'held') held.push(`The filters of ${change.title} cannot be taken back: ${way.why}.`);
    else planned.push({ change: { ...change, before: disk.filters, after: change.before }, disk, way });
  }
  return { planned, held };
}

/** Chains that were given groups without limits for a detach that then did not come about. */
const chainsToUnplug = (plan: Plan, before: VmState): readonly ChainChange[] =>
  plan.plugChanges.flatMap(({ title, alias, after }) => {
    const disk = before.disks.find(one => one.alias === alias);
    if (after !== null || disk?.base === undefined || disk.base === null) return [];
    return [{ title, qdev: disk.qdev, before: disk.filters, after: [], base: disk.base }];
  });

/** The chains that a disk goes through while the plan's commands are sent one by one. */
function possibleChains(
  plan: Plan,
  before: VmState,
): (change: ChainChange) => readonly (readonly FilterNode[])[] {
  const seen = new Map<string, (readonly FilterNode[])[]>(
    plan.chainChanges.map(({ qdev }) => [devicePath(qdev), []]),
  );
  const model = modelOf(before);
  for (const step of plan.steps) {
    for (const command of step.via === 'qmp' ? step.commands : []) {
      advance(model, command);
      if (command.execute !== 'blockdev-reopen' && command.execute !== 'qom-set') continue;
      for (const [path, chains] of seen) {
        const disk = model.disks.get(path);
        const filters = disk === undefined ? undefined : chainIn(model, disk).filters;
        const last = chains.at(-1);
        if (filters !== undefined && (last === undefined || !sameChain(last, filters))) chains.push(filters);
      }
    }
  }
  return ({ qdev }) => seen.get(devicePath(qdev)) ?? [];
}
