/**
 * What QEMU would have after each command of a plan, as far as the guards must know it: groups, block nodes of disks,
 * and which node each device uses. Made from a fresh reading and moved on in place, command by command: a plan may have
 * a thousand of them.
 */

import type { JsonValue } from '../../json-value';
import { limitOfQmp } from '../../limits/table';
import { limitsNothing, limitValues, NO_LIMITS } from '../../limits/values';
import { devicePath } from '../qmp-commands';
import type { QmpCommand } from '../types';
import type { DiskThread, FilterNode, VmDisk, VmState } from '../vm-state';

export interface ModelNode {
  readonly driver: 'throttle' | 'placeholder' | 'base';
  readonly group?: string;
  /** The node that it stands on; undefined where there is none, or none that matters. */
  readonly file?: string;
}

export interface ModelDisk {
  readonly path: string;
  /** The node that the device uses; null for an empty drive and a disk whose nodes are not as they should be. */
  readonly root: string | null;
  readonly base: string | null;
  readonly readonly: boolean;
  readonly device: VmDisk['device'];
  readonly thread: DiskThread;
  readonly job: string | null;
}

export interface Model {
  /** QEMU's major version. */
  readonly major: number;
  readonly running: boolean;
  /** Object id -> whether it limits anything. */
  readonly groups: ReadonlyMap<string, boolean>;
  readonly nodes: ReadonlyMap<string, ModelNode>;
  /** By the path of the device. */
  readonly disks: ReadonlyMap<string, ModelDisk>;
}

/** A model that `advance` moves on. */
export interface MovingModel extends Model {
  running: boolean;
  readonly groups: Map<string, boolean>;
  readonly nodes: Map<string, ModelNode>;
  readonly disks: Map<string, ModelDisk>;
}

export function modelOf(state: VmState): MovingModel {
  const nodes = new Map<string, ModelNode>(
    state.ownNodes.map(node => [node, { driver: 'placeholder' }] as const),
  );
  for (const { node, group } of state.filters) nodes.set(node, { driver: 'throttle', group });
  for (const disk of state.disks) {
    if (disk.shape !== 'plain' || disk.base === null) continue;
    nodes.set(disk.base, { driver: 'base' });
    stacked(disk.filters, disk.base).forEach(({ node, group, file }) =>
      nodes.set(node, { driver: 'throttle', group, file }),
    );
  }
  return {
    major: Number(/^\d+/.exec(state.target.qemu)?.[0] ?? 0),
    running: state.runState === 'running',
    groups: new Map(state.groups.map(({ objectId, limits }) => [objectId, !limitsNothing(limits)])),
    nodes,
    disks: new Map(
      state.disks.filter(({ qdev }) => qdev !== '').map(disk => [devicePath(disk.qdev), modelDisk(disk)]),
    ),
  };
}

/** A model of its own, to see what a command would make of it. */
export const copied = (model: Model): MovingModel => ({
  ...model,
  groups: new Map(model.groups),
  nodes: new Map(model.nodes),
  disks: new Map(model.disks),
});

/** The filters of a chain, each with what it stands on. */
export const stacked = (
  filters: readonly FilterNode[],
  base: string,
): readonly (FilterNode & { readonly file: string })[] =>
  filters.map((filter, index) => ({ ...filter, file: filters[index - 1]?.node ?? base }));

/** The filters that the device's requests go through, from the image up, and the node below them. */
export function chainIn(
  model: Model,
  disk: ModelDisk,
): { readonly filters: readonly FilterNode[]; readonly base: string | null } {
  const filters: FilterNode[] = [];
  let at = disk.root;
  for (
    let node = at === null ? undefined : model.nodes.get(at);
    at !== null && node?.driver === 'throttle';
  ) {
    filters.push({ node: at, group: node.group ?? '' });
    at = node.file ?? null;
    node = at === null ? undefined : model.nodes.get(at);
    if (filters.length > model.nodes.size) break;
  }
  return { filters: filters.reverse(), base: at };
}

/** Moves the model on by a command. One that changes nothing the guards look at changes nothing. */
export function advance(model: MovingModel, command: QmpCommand): void {
  const given = command.arguments ?? {};
  switch (command.execute) {
    case 'object-add':
      model.groups.set(textOf(given['id']), limitsSomething(given['limits']));
      break;
    case 'object-del':
      model.groups.delete(textOf(given['id']));
      break;
    case 'qom-set':
      advanceSet(model, given);
      break;
    case 'blockdev-add':
      model.nodes.set(textOf(given['node-name']), nodeOf(given));
      break;
    case 'blockdev-reopen':
      for (const options of optionsOf(command))
        model.nodes.set(textOf(options['node-name']), nodeOf(options));
      break;
    case 'blockdev-del':
      model.nodes.delete(textOf(given['node-name']));
      break;
    case 'device_add':
      model.disks.set(...pluggedIn(given));
      break;
    case 'device_del':
      for (const path of pathsOf(textOf(given['id']))) model.disks.delete(path);
      break;
    case 'stop':
      model.running = false;
      break;
    case 'cont':
      model.running = true;
      break;
    default:
      break;
  }
}

/** The nodes of a blockdev-reopen. */
export function optionsOf(command: QmpCommand): readonly { readonly [key: string]: JsonValue }[] {
  const options = command.arguments?.['options'];
  return Array.isArray(options) ? options.filter(isObject) : [];
}

/** The path of the device whose drive the command sets, and the node; undefined for other commands. */
export function driveOf(command: QmpCommand): { readonly path: string; readonly node: string } | undefined {
  const given = command.arguments ?? {};
  return command.execute === 'qom-set' && given['property'] === 'drive'
    ? { path: textOf(given['path']), node: textOf(given['value']) }
    : undefined;
}

/** The paths by which a device of that id may be known as a disk. */
export const pathsOf = (id: string): readonly string[] => [
  devicePath(id),
  `${devicePath(id)}/virtio-backend`,
];

export const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

function advanceSet(model: MovingModel, given: { readonly [key: string]: JsonValue }): void {
  const path = textOf(given['path']);
  if (given['property'] === 'limits') {
    model.groups.set(path.slice(path.lastIndexOf('/') + 1), limitsSomething(given['value']));
    return;
  }
  const disk = model.disks.get(path);
  if (disk !== undefined) model.disks.set(path, { ...disk, root: textOf(given['value']) });
}

function pluggedIn(given: { readonly [key: string]: JsonValue }): readonly [string, ModelDisk] {
  const [plain = '', virtio = ''] = pathsOf(textOf(given['id']));
  const isVirtio = textOf(given['driver']).startsWith('virtio-blk');
  const path = isVirtio ? virtio : plain;
  const root = textOf(given['drive']);
  const disk: ModelDisk = {
    path,
    root,
    base: null,
    readonly: false,
    device: isVirtio ? 'virtio-blk' : 'other',
    thread: { kind: 'main' },
    job: null,
  };
  return [path, disk];
}

/** Whether `limits` as plans send them hold anything back: plans always send all that is set. */
function limitsSomething(value: JsonValue | undefined): boolean {
  const given = new Map(
    Object.entries(isObject(value) ? value : {}).flatMap(([key, number]) => {
      const field = limitOfQmp(key);
      const isNumber = typeof number === 'bigint' || typeof number === 'number';
      return field === undefined || !isNumber ? [] : [[field.xml, BigInt(number)] as const];
    }),
  );
  return !limitsNothing(limitValues(name => given.get(name) ?? NO_LIMITS[name]));
}

const nodeOf = (options: { readonly [key: string]: JsonValue }): ModelNode =>
  options['driver'] === 'throttle'
    ? { driver: 'throttle', group: textOf(options['throttle-group']), file: textOf(options['file']) }
    : { driver: 'placeholder' };

const modelDisk = (disk: VmDisk): ModelDisk => ({
  path: devicePath(disk.qdev),
  root: disk.shape === 'plain' ? (disk.filters.at(-1)?.node ?? disk.base) : null,
  base: disk.base,
  readonly: disk.readonly,
  device: disk.device,
  thread: disk.thread,
  job: disk.job,
});

const isObject = (value: JsonValue | undefined): value is { readonly [key: string]: JsonValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
