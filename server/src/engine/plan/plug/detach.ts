/** The state of a VM and the name of a disk in; the plan that detaches it over QMP, or a refusal, out. Pure. */

import { NO_LIMITS } from '../../limits/values';
import { chainWay } from '../chains/chain-way';
import { freeNames, type FreeNames } from '../chains/free-names';
import { isOurs } from '../chains/next-chain';
import { NO_DISK_CHANGES } from '../disk-changes';
import { derivedAlias } from '../disks';
import { stacked } from '../guards';
import { assemblePlan } from '../plan';
import { createGroup, deleteGroup, reopenFilters } from '../qmp-commands';
import { refusalOfState, refused } from '../refusals';
import { diskTitleOf } from '../steps';
import type { PlanResult, PlugChange, QmpStep } from '../types';
import type { FilterNode, VmDisk, VmState } from '../vm-state';
import { listed, shown } from '../words';
import { closeImage, unplug } from './plug-commands';

/**
 * Detaches a disk by its target (`vdb`) or alias: the guest is asked to let go of it, and when it has, its nodes are
 * closed from the top down, so that the image is free for others. Not undone: a disk that was taken from a guest is not
 * the same disk any more when it comes back.
 */
export function planDetach(state: VmState, name: string): PlanResult {
  const refusal = refusalOfState(state);
  if (refusal !== undefined) return { kind: 'refusal', refusal };
  const disk = diskNamed(state, name);
  const loose = looseNodes(state);
  if (disk === undefined && loose.length > 0) return planClosing(state, name, loose);
  if (disk === undefined) {
    const names = state.disks.map(({ alias }) => shown(alias));
    return refused(
      'no-such-disk',
      `The VM has no disk ${shown(name)}${names.length === 0 ? '' : `; it has ${listed(names)}`}. Nothing was sent.`,
    );
  }
  const why = whyNot(disk, state);
  if (why !== undefined) {
    return refused(
      disk.job === null ? 'disk' : 'block-job',
      `${shown(name)} is not detached: ${why}. Nothing was sent.`,
    );
  }
  const nodes = nodesToClose(disk, state);
  const change: PlugChange = {
    title: name,
    alias: disk.alias,
    before: { image: disk.sources[0] ?? null, filters: disk.filters, nodes },
    after: null,
  };
  const names = freeNames(state);
  const freed = freedFilters(disk, names);
  return assemblePlan({
    state,
    changes: [],
    disks: NO_DISK_CHANGES,
    plugs: [{ change, steps: stepsFor(change, freed, disk) }],
    names,
    wanted: ['detach', name, [...nodes]],
    notes: [
      ...(freed.length === 0
        ? []
        : [
            `What waits in the filters of ${shown(name)} is let through at once: else QEMU and the guest would stand still until it is through.`,
          ]),
      `The guest is asked to let go of ${shown(name)}. Unmount what is on it in the guest first: QEMU tears nothing away, but a guest may give it up with a file system still on it.`,
    ],
    consequences: [],
    vmGroups: [],
    wantedGroups: [],
  });
}

/**
 * Nodes of ours that no disk uses: what a disk has left that was detached and of which the guest let go only later. QEMU
 * lists the newest node first, and a newer one stands on an older one.
 */
function looseNodes({ ownNodes, disks }: VmState): readonly string[] {
  const used = new Set(disks.flatMap(({ nodes = [] }) => nodes));
  return ownNodes.filter(node => !used.has(node));
}

function planClosing(state: VmState, name: string, nodes: readonly string[]): PlanResult {
  const change: PlugChange = {
    title: name,
    alias: name,
    before: { image: null, filters: [], nodes },
    after: null,
  };
  return assemblePlan({
    state,
    changes: [],
    disks: NO_DISK_CHANGES,
    plugs: [{ change, steps: [closingStep(change)] }],
    names: freeNames(state),
    wanted: ['close', name, [...nodes]],
    notes: [
      `The VM has no disk ${shown(name)} any more, and ${nodes.length} of the block nodes that this product opens are used by no disk: a guest let go of their disk later. They are closed.`,
    ],
    consequences: [],
    vmGroups: [],
    wantedGroups: [],
  });
}

/** By alias, else by the alias that follows from the name as a target. */
function diskNamed(state: VmState, name: string): VmDisk | undefined {
  const derived = derivedAlias({ target: name, bus: undefined, address: undefined });
  return (
    state.disks.find(({ alias, target }) => alias === name || (target !== null && target === name)) ??
    state.disks.find(({ alias }) => alias === derived)
  );
}

/**
 * A SCSI disk goes at once, with what the guest has sent, and QEMU waits for that: with a backlog in a lower filter
 * monitor and guest stood still for 8.5 s (measured with 7.2, 10.0 and 11.1; F1). So from two filters on, each gets a
 * group without limits first. The driver of a virtio disk in the guest waits itself, before the device goes.
 */
const freedFilters = ({ device, filters }: VmDisk, names: FreeNames): readonly FilterNode[] =>
  device === 'virtio-blk' || filters.length < 2
    ? []
    : filters.map(({ node }) => ({ node, group: names.group() }));

function whyNot(disk: VmDisk, state: VmState): string | undefined {
  if (state.target.managedBy === 'libvirt' && (disk.nodes ?? []).some(node => !isOurs(node))) {
    return `libvirt attached it, and would not be asked; give the address libvirt:${shown(state.target.name ?? 'DOMAIN')}`;
  }
  if (disk.job !== null) return `block job ${shown(disk.job)} works on it`;
  const path = `/machine/peripheral/${disk.alias}`;
  if (disk.qdev !== disk.alias && disk.qdev !== path && disk.qdev !== `${path}/virtio-backend`) {
    return 'its device has no id by which it could be taken away';
  }
  if (disk.bus !== 'virtio' && disk.bus !== 'scsi') {
    return `a guest cannot let go of a disk on the bus ${shown(disk.bus ?? 'that it is on')} while it runs`;
  }
  if (disk.shape === 'mixed') return 'its block nodes are not as this product understands them';
  const way = disk.device !== 'virtio-blk' && disk.filters.length >= 2 ? chainWay(disk, state) : undefined;
  if (way?.kind === 'held') return `requests may wait in its filters, and ${way.why}`;
  const twin = state.disks.find(other => other !== disk && other.alias === disk.alias);
  return twin === undefined ? undefined : 'two disks of the VM have that alias';
}

/** Its nodes from the device down, but for those that QEMU named itself, which go with it, and those of other disks. */
function nodesToClose(disk: VmDisk, state: VmState): readonly string[] {
  const others = new Set(state.disks.filter(other => other !== disk).flatMap(({ nodes = [] }) => nodes));
  return (disk.nodes ?? []).filter(node => !node.startsWith('#') && !others.has(node));
}

const COMMON = { plane: 'live', via: 'qmp', inverse: [], sources: ['qemu'] } as const;

function stepsFor(change: PlugChange, freed: readonly FilterNode[], { base }: VmDisk): readonly QmpStep[] {
  const { title, alias, before } = change;
  const groups = freed.map(({ group }) => group);
  const detaching: QmpStep = {
    ...COMMON,
    kind: 'detach-disk',
    object: diskTitleOf(title),
    effect: { kind: 'plug', change },
    summary: `Detach ${shown(title)} (${shown(before?.image ?? alias)})`,
    commands: [
      ...groups.map(group => createGroup(group, NO_LIMITS)),
      ...(freed.length === 0 ? [] : [reopenFilters(stacked(freed, base ?? ''))]),
      unplug(alias),
    ],
  };
  return (before?.nodes ?? []).length === 0 ? [detaching] : [detaching, closingStep(change, groups)];
}

const closingStep = ({ title, before }: PlugChange, groups: readonly string[] = []): QmpStep => ({
  ...COMMON,
  kind: 'close-image',
  object: diskTitleOf(title),
  effect: { kind: 'none' },
  summary: `Close the image of ${shown(title)}`,
  commands: [...closeImage(before?.nodes ?? []), ...groups.map(deleteGroup)],
});
