/** The document's disks and the VM's: which chains and iotunes differ, and which of them can be changed here and now. */

import { limitsNothing, NO_LIMITS, sameLimits } from '../limits/values';
import { chainWay, whyNotPaused, type ChainWay } from './chains/chain-way';
import type { FreeNames } from './chains/free-names';
import { nextChain } from './chains/next-chain';
import type { DesiredDisk } from './disks';
import { matchDisk } from './disks';
import { devicePath } from './qmp-commands';
import type { ChainChange, HeldDisk, IotuneChange, NamedDisk, Refusal } from './types';
import type { FilterNode, IotuneState, VmDisk, VmState } from './vm-state';
import { listed, shown } from './words';

/** A chain that is to change, with its disk and the way to go. */
export interface PlannedChain {
  readonly change: ChainChange;
  readonly disk: VmDisk;
  readonly way: Exclude<ChainWay, { readonly kind: 'held' }>;
}

export interface PlannedIotune {
  readonly change: IotuneChange;
  readonly disk: VmDisk;
}

export interface DiskChanges {
  readonly chains: readonly PlannedChain[];
  readonly iotunes: readonly PlannedIotune[];
  readonly held: readonly HeldDisk[];
  readonly notes: readonly string[];
  /** What the document calls the disk of each qdev. */
  readonly titles: ReadonlyMap<string, string>;
  readonly vmDisks: readonly NamedDisk[];
  readonly wantedDisks: readonly NamedDisk[];
}

/** What the document's groups are on the VM, before and after the plan. */
export interface GroupIds {
  /** Object of a group that there is or will be; undefined where the plan creates none. */
  objectOf(name: string): string | undefined;
  /** The document's name for an object. */
  nameOf(objectId: string): string;
  /** Whether an object of this id is there or will be. */
  isObject(objectId: string): boolean;
}

/** Compares each disk that the document and the VM both have. Keys that disagree are an error, not a choice. */
export function diskChanges(
  wanted: readonly DesiredDisk[],
  state: VmState,
  groups: GroupIds,
  names: FreeNames,
):
  | { readonly kind: 'changes'; readonly changes: DiskChanges }
  | { readonly kind: 'refusal'; readonly refusal: Refusal } {
  const changes = new Changes(state, groups, names);
  const matched = new Map<VmDisk, DesiredDisk>();
  for (const disk of wanted) {
    const match = matchDisk(disk, state.disks);
    if (match.kind === 'none') {
      if (!isPlain(disk))
        changes.notes.push(
          `${shown(disk.title)}: not found on the VM, so its filters were not compared. It can be attached (attach-disk).`,
        );
      continue;
    }
    if (match.kind === 'unclear') {
      if (match.cause === 'several' && isPlain(disk)) continue;
      return mismatch(`${shown(disk.title)}: ${match.message}.`);
    }
    const other = matched.get(match.disk);
    if (other !== undefined) {
      return mismatch(
        `${shown(other.title)} and ${shown(disk.title)} are both disk ${shown(match.disk.alias)} of the VM.`,
      );
    }
    matched.set(match.disk, disk);
    changes.compare(disk, match.disk);
  }
  return { kind: 'changes', changes };
}

const mismatch = (words: string): { readonly kind: 'refusal'; readonly refusal: Refusal } => ({
  kind: 'refusal',
  refusal: {
    reason: 'disk-match',
    message: `It is not clear which disk of the VM is which: ${words} Nothing was sent. Check that document and VM belong together, or give the disks of the document their aliases.`,
  },
});

/** A disk that the document wants nothing of. */
const isPlain = ({ filters, iotune }: DesiredDisk): boolean =>
  filters?.length === 0 && iotune !== undefined && sameLimits(iotune, NO_LIMITS);

/** Where a plan is about groups alone. */
export const NO_DISK_CHANGES: DiskChanges = {
  chains: [],
  iotunes: [],
  held: [],
  notes: [],
  titles: new Map(),
  vmDisks: [],
  wantedDisks: [],
};

class Changes implements DiskChanges {
  readonly chains: PlannedChain[] = [];
  readonly iotunes: PlannedIotune[] = [];
  readonly held: HeldDisk[] = [];
  readonly notes: string[] = [];
  readonly titles = new Map<string, string>();
  readonly vmDisks: NamedDisk[] = [];
  readonly wantedDisks: NamedDisk[] = [];

  constructor(
    private readonly state: VmState,
    private readonly groups: GroupIds,
    private readonly names: FreeNames,
  ) {}

  compare(wanted: DesiredDisk, disk: VmDisk): void {
    this.titles.set(disk.qdev, wanted.title);
    const before = this.held.length + this.chains.length + this.iotunes.length;
    const iotune = wantedIotune(wanted);
    this.compareChain(wanted, disk);
    this.compareIotune(wanted, disk, iotune);
    if (this.held.length + this.chains.length + this.iotunes.length === before) return;
    const { title } = wanted;
    const now = iotuneOf(disk);
    const filters = disk.filters.map(({ group }) => this.groups.nameOf(group));
    this.vmDisks.push({ title, filters, iotune: now });
    this.wantedDisks.push({
      title,
      filters: wanted.filters ?? filters,
      iotune: iotune === undefined ? now : iotune,
    });
  }

  private compareChain(wanted: DesiredDisk, disk: VmDisk): void {
    const { title, filters } = wanted;
    if (filters === undefined) {
      this.notes.push(`${shown(title)}: its filters are template text, so the VM's are left as they are.`);
      return;
    }
    const objects = filters.map(name => this.groups.objectOf(name) ?? '');
    const have = disk.filters.map(({ group }) => group);
    const isSame = objects.length === have.length && objects.every((id, index) => id === have[index]);
    if (isSame) return;
    const hold = (reason: HeldDisk['reason'], why: string): void => {
      const message = `${shown(title)}: its filters are left as they are (VM: ${this.chainWords(have)}; document: ${listed(filters.map(shown)) || 'none'}): ${why}.`;
      this.held.push({ title, what: 'filters', reason, message });
    };
    const unknown = filters.find((_, index) => objects[index] === '');
    if (unknown !== undefined) {
      hold('no-such-group', `there is no group ${shown(unknown)} on the VM, and this plan creates none`);
      return;
    }
    const twice = filters.find((name, index) => filters.indexOf(name) !== index);
    if (twice !== undefined) {
      hold('disk', `group ${shown(twice)} stands twice in the document's chain, which can abort QEMU`);
      return;
    }
    const way = chainWay(disk, this.state);
    if (way.kind === 'held') {
      hold(way.reason, way.why);
      return;
    }
    const whyNot = way.kind === 'paused' ? whyNotPaused(this.state) : undefined;
    if (whyNot !== undefined) {
      hold('iothread', whyNot);
      return;
    }
    const after = nextChain(disk.filters, objects, this.names);
    const change = { title, qdev: disk.qdev, before: disk.filters, after, base: disk.base ?? '' };
    this.chains.push({ change, disk, way });
  }

  private compareIotune(wanted: DesiredDisk, disk: VmDisk, after: IotuneState | null | undefined): void {
    const { title } = wanted;
    if (after === undefined) {
      this.notes.push(`${shown(title)}: its iotune is template text, so the VM's is left as it is.`);
      return;
    }
    const before = iotuneOf(disk);
    if (sameIotune(before, after) || this.isOwnByAnotherName(disk, before, after)) return;
    const why = this.whyIotuneHeld(disk, before, after);
    if (why === undefined) {
      this.iotunes.push({ change: { title, qdev: disk.qdev, before, after }, disk });
      return;
    }
    const message = `${shown(title)}: its iotune is left as it is: ${why}.`;
    this.held.push({ title, what: 'iotune', reason: 'disk', message });
  }

  /** A drive of -drive has a group of its own under the drive's name; the document, which names none, means just that. */
  private isOwnByAnotherName(disk: VmDisk, before: IotuneState | null, after: IotuneState | null): boolean {
    if (before === null || after === null || after.group !== null || before.group === null) return false;
    const isShared = this.state.disks.some(other => other !== disk && other.iotuneGroup === before.group);
    return !isShared && !this.groups.isObject(before.group) && sameLimits(before.limits, after.limits);
  }

  private whyIotuneHeld(
    disk: VmDisk,
    before: IotuneState | null,
    after: IotuneState | null,
  ): string | undefined {
    if (disk.qdev === '') return 'the drive has no device that could be addressed';
    if (disk.shape === 'empty') return 'the drive is empty';
    const object = [after?.group, before?.group].find(
      group => group !== undefined && group !== null && this.groups.isObject(group),
    );
    if (object !== undefined && object !== null) {
      return `${shown(object)} is the object of a throttle group, and QEMU would overwrite that group's limits with those of the iotune; give the iotune another group_name`;
    }
    const chain = this.chains.find(({ change }) => change.qdev === disk.qdev)?.change;
    const most = Math.min(disk.filters.length, (chain?.after ?? disk.filters).length);
    return drains(before, after) && most >= 2
      ? 'it goes away or changes its group, and with two filters or more below it QEMU can freeze over that; take the disk down to one filter first'
      : undefined;
  }

  private chainWords(objects: readonly string[]): string {
    return listed(objects.map(object => shown(this.groups.nameOf(object)))) || 'none';
  }
}

/** Undefined where the document's is template text. */
export function wantedIotune({ iotune, iotuneGroup }: DesiredDisk): IotuneState | null | undefined {
  if (iotune === undefined || iotuneGroup === undefined) return undefined;
  return limitsNothing(iotune) ? null : { limits: iotune, group: iotuneGroup };
}

/** The legacy limits of a disk; a group that is called like its device is the disk's own. */
export function iotuneOf({ qdev, iotune, iotuneGroup: group }: VmDisk): IotuneState | null {
  if (iotune === null) return null;
  const isOwn = group === null || group === qdev || group === devicePath(qdev);
  return { limits: iotune, group: isOwn ? null : group };
}

/** Whether taking the limits away or to another group drains the disk, as block_set_io_throttle then does. */
export const drains = (before: IotuneState | null, after: IotuneState | null): boolean =>
  before !== null && (after === null || after.group !== before.group);

export const sameIotune = (a: IotuneState | null, b: IotuneState | null): boolean =>
  a === null || b === null ? a === b : a.group === b.group && sameLimits(a.limits, b.limits);

export const sameChain = (a: readonly FilterNode[], b: readonly FilterNode[]): boolean =>
  a.length === b.length &&
  a.every(({ node, group }, index) => {
    const other = b[index];
    return node === other?.node && group === other.group;
  });
