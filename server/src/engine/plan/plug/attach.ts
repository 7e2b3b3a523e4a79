/** A disk and the state of a VM in; the plan that attaches it over QMP, or a refusal, out. Pure. */

import type { JsonValue } from '../../json-value';
import { limitsNothing } from '../../limits/values';
import { groupObjectId } from '../../limits/qemu';
import { freeNames } from '../chains/free-names';
import { NO_DISK_CHANGES } from '../disk-changes';
import { hasImage, matchDisk } from '../disks';
import { identityOf, otherDomain } from '../identity';
import { resolveNames } from '../names';
import { assemblePlan, type DesiredGroup, type PlanOptions } from '../plan';
import { refusalOfGroups, refusalOfState, refused } from '../refusals';
import { limitsJson } from '../state';
import { diskTitleOf } from '../steps';
import type { GroupChange, PlanResult, PlugChange, QmpStep, RefusedPlan } from '../types';
import type { DiskThread, Plugs, VmState } from '../vm-state';
import { chainWords, listed, shown } from '../words';
import type { AttachWish } from './attach-wish';
import type { DiskToAttach } from './disk-to-attach';
import type { PlannedPlug } from './planned-plug';
import { closeImage, iothreadId, nodesOf, openImage, plugIn, unplug } from './plug-commands';

/**
 * Attaches the disk with its chain of filters: groups that the document defines and the VM lacks first, then the image,
 * then the filters over it, and at last the device, so that the guest never sees the disk without its limits. A disk
 * that is there already, with the same image and the same filters, needs nothing.
 */
export function planAttach(wish: AttachWish, state: VmState, options: PlanOptions = {}): PlanResult {
  const identity = identityOf(wish.identity, state.target);
  if (identity.other !== undefined && options.allow?.includes('other-domain') !== true) {
    return refused('other-domain', identity.other);
  }
  const refusal = refusalOfState(state);
  if (refusal !== undefined) return { kind: 'refusal', refusal };
  const groups = groupsFor(wish, state);
  if (groups.kind === 'refusal') return groups;
  const there = isThere(wish, groups.objects, state);
  if (typeof there !== 'boolean') return there;
  const placed = there ? undefined : placeFor(wish, state);
  if (placed?.kind === 'refusal') return placed;
  const names = freeNames(state);
  const plug = placed && plugStep(wish, placed, groups, names);
  return assemblePlan({
    state,
    changes: plug === undefined ? [] : groups.created,
    disks: NO_DISK_CHANGES,
    plugs: plug === undefined ? [] : [plug],
    names,
    wanted: ['attach', wish.target, wish.xml, plugs(state), groups.created.map(createdJson)],
    notes: [...identity.notes, ...groups.notes, ...(plug === undefined ? [] : notesOn(wish))],
    consequences: otherDomain(identity.other),
    vmGroups: [],
    wantedGroups: groups.created.flatMap(({ name, after }) =>
      after === undefined ? [] : [{ name, limits: after }],
    ),
  });
}

interface GroupsForDisk {
  readonly kind: 'groups';
  /** Object of each filter's group, from the image up. */
  readonly objects: readonly string[];
  readonly created: readonly GroupChange[];
  readonly notes: readonly string[];
}

/** The groups of the filters: on the VM, or in the document; a group on the VM is left as it is. */
function groupsFor({ filters, groups, title }: AttachWish, state: VmState): GroupsForDisk | RefusedPlan {
  const { found } = resolveNames(filters, state);
  const byName = new Map(groups.map(group => [group.name, group]));
  const missing = filters.filter(name => !found.has(name));
  const wanted = missing.flatMap(name => byName.get(name) ?? []);
  const unknown = missing.find(name => byName.get(name)?.limits === undefined);
  if (unknown !== undefined) {
    const names = state.groups.map(({ name }) => shown(name));
    return refused(
      'no-such-group',
      `${shown(title)}: there is no group ${shown(unknown)} on the VM${names.length === 0 ? '' : ` (it has ${listed(names)})`}, and no limits are known to create it with. Nothing was sent.`,
    );
  }
  const empty = wanted.find(({ limits }) => limits !== undefined && limitsNothing(limits));
  if (empty !== undefined) {
    return refused(
      'limits',
      `${shown(title)}: group ${shown(empty.name)} has no limit, so it is not created, as libvirt does, and a filter needs it. Nothing was sent.`,
    );
  }
  const refusal = refusalOfGroups(wanted, resolveNames([], state), state);
  if (refusal !== undefined) return { kind: 'refusal', refusal };
  return {
    kind: 'groups',
    objects: filters.map(name => found.get(name)?.objectId ?? groupObjectId(name)),
    created: wanted.map(({ name, limits }) => ({
      name,
      objectId: groupObjectId(name),
      before: undefined,
      after: limits,
    })),
    notes: leftGroups(groups, found),
  };
}

const leftGroups = (
  groups: readonly DesiredGroup[],
  found: ReturnType<typeof resolveNames>['found'],
): readonly string[] => {
  const names = groups.filter(({ name }) => found.has(name)).map(({ name }) => shown(name));
  return names.length === 0
    ? []
    : [
        `${listed(names)} ${names.length === 1 ? 'is' : 'are'} on the VM already, and left as the VM has ${names.length === 1 ? 'it' : 'them'}.`,
      ];
};

/** Whether the disk is there just as wanted; refused where another disk is in its place. */
function isThere(
  { wanted, title, read }: AttachWish,
  objects: readonly string[],
  state: VmState,
): boolean | RefusedPlan {
  const match = matchDisk({ ...wanted, source: undefined, serial: undefined }, state.disks);
  if (match.kind === 'none') return false;
  if (match.kind === 'unclear') {
    return refused('disk-match', `${shown(title)}: ${match.message}. Nothing was sent.`);
  }
  const { disk } = match;
  const isSame =
    read.kind === 'disk' &&
    hasImage(disk, read.disk.path) &&
    disk.filters.length === objects.length &&
    disk.filters.every(({ group }, index) => group === objects[index]);
  if (isSame) return true;
  const images = disk.sources.map(shown);
  return refused(
    'disk-there',
    `${shown(title)} is ${shown(disk.alias)} of the VM already${images.length === 0 ? '' : `, with the image ${listed(images)}`}. To change its filters, apply the document; to put another disk there, detach this one first. Nothing was sent.`,
  );
}

interface Place {
  readonly kind: 'place';
  readonly disk: DiskToAttach;
  readonly bus: string;
}

/** Where the device goes, if everything about the disk is understood and safe. */
function placeFor({ read, title, filters }: AttachWish, state: VmState): Place | RefusedPlan {
  const no = (why: string): RefusedPlan =>
    refused('disk', `${shown(title)} is not attached: ${why}. Nothing was sent.`);
  if (read.kind === 'unsupported') return no(read.why);
  const { disk } = read;
  const known = state.plugs;
  if (known === undefined) return no('it was not read where the VM has room for it');
  if (known.devices.includes(disk.alias)) {
    return no(`the VM has a device ${shown(disk.alias)} already, which is no disk or is still going`);
  }
  const sharing = state.disks.find(other => hasImage(other, disk.path));
  if (sharing !== undefined && !disk.shareable) {
    return no(`its image ${shown(disk.path)} is that of ${shown(sharing.alias)}`);
  }
  const room = disk.bus === 'scsi' ? scsiPlace(disk, known) : pciPlace(disk, known, state);
  if (typeof room === 'string') return no(room);
  if (room.thread.kind !== 'main' && filters.length > 0 && !SAFE_IN_IOTHREAD.test(state.target.qemu)) {
    return no(
      `an iothread would serve it, and QEMU ${shown(state.target.qemu)} can abort over filters there; attach it without filters, or on the main loop`,
    );
  }
  return { kind: 'place', disk, bus: room.bus };
}

/** Versions for which filters in an iothread were measured and stood (facts/qemu.md 3.4). */
const SAFE_IN_IOTHREAD = /^1[01]\./;

type Room = { readonly bus: string; readonly thread: DiskThread } | string;

function scsiPlace({ address, iothread }: DiskToAttach, { scsi }: Plugs): Room {
  const [controller, unit] = [address?.controller ?? '', address?.unit ?? 0];
  // A VM that was started by hand may call its only controller as it likes.
  const only = scsi.length === 1 && address?.isSaid === false ? scsi[0] : undefined;
  const found = scsi.find(({ id }) => id === `scsi${controller}`) ?? only;
  if (iothread !== undefined) return 'a SCSI disk has the iothread of its controller and none of its own';
  if (found === undefined) {
    const others = scsi.map(({ id }) => shown(id));
    return `the VM has no virtio-scsi controller scsi${controller} to hang it on${others.length === 0 ? '' : ` (it has ${listed(others)})`}`;
  }
  if (unit > 16383) return `unit ${unit} is more than a virtio-scsi controller has`;
  return { bus: `${found.id}.0`, thread: found.thread };
}

function pciPlace({ iothread }: DiskToAttach, { pci }: Plugs, state: VmState): Room {
  const [bus] = pci;
  if (bus === undefined) {
    return 'the VM has no free PCI place that takes a device while it runs; start it with more pcie-root-port devices, or use a SCSI disk';
  }
  if (iothread === undefined) return { bus, thread: { kind: 'main' } };
  const name = iothreadId(iothread);
  if (!state.iothreads.includes(name)) {
    const others = state.iothreads.map(shown);
    return `the VM has no iothread ${shown(name)}${others.length === 0 ? '' : ` (it has ${listed(others)})`}`;
  }
  return { bus, thread: { kind: 'iothread', name } };
}

/** The one step: what it opens, and the device over it. */
function plugStep(
  { title, filters }: AttachWish,
  { disk, bus }: Place,
  { objects }: GroupsForDisk,
  names: ReturnType<typeof freeNames>,
): PlannedPlug {
  const { storage, format } = names.image();
  const made = {
    storage,
    format: disk.format === 'raw' ? undefined : format,
    filters: objects.map(group => ({ node: names.filter(), group })),
  };
  const nodes = nodesOf(made);
  const change: PlugChange = {
    title,
    alias: disk.alias,
    before: null,
    after: { image: disk.path, filters: made.filters, nodes },
  };
  const nameOf = (id: string): string => filters[objects.indexOf(id)] ?? id;
  const withFilters = filters.length === 0 ? '' : `, filters: ${chainWords(made.filters, nameOf)}`;
  const step: QmpStep = {
    kind: 'attach-disk',
    plane: 'live',
    via: 'qmp',
    object: diskTitleOf(title),
    effect: { kind: 'plug', change },
    summary: `Attach ${shown(title)} (${shown(disk.path)}${withFilters})`,
    commands: [...openImage(disk, made), plugIn(disk, nodes[0] ?? storage, bus)],
    inverse: [unplug(disk.alias), ...closeImage(nodes)],
    sources: ['qemu'],
  };
  return { change, steps: [step] };
}

const notesOn = ({ title, filters }: AttachWish): readonly string[] => [
  ...(filters.length === 0 ? [`${shown(title)} has no filters: nothing limits it.`] : []),
];

const createdJson = ({ name, after }: GroupChange): JsonValue => [
  name,
  after === undefined ? null : limitsJson(after),
];

/** Where there is room decides on the plan. */
const plugs = (state: VmState): JsonValue =>
  state.plugs === undefined
    ? null
    : [[...state.plugs.pci], state.plugs.scsi.map(({ id }) => id), [...state.plugs.devices].sort()];
