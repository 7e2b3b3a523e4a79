/** The tree of QEMU's objects, as far as a practice VM has them, and its paths (qom/object.c). */

import type { LimitValues } from '../engine';
import type { JsonValue } from '../qmp';
import { limitsReply, oldLimitNames } from './limits';
import { Refusal } from './refusal';
import type { AttachedDisk, Controller, PciPlace, PracticeState, ScsiPlace } from './state';
import { DISK_DRIVERS, peripheralPath } from './state';

export interface QomObject {
  readonly type: string;
  readonly path: string;
  /** Whether it is a device, not one of the containers, buses and other objects. */
  readonly isDevice: boolean;
  readonly properties: ReadonlyMap<string, QomProperty>;
  readonly children: ReadonlyMap<string, QomObject>;
}

export interface QomProperty {
  readonly type: string;
  readonly value: JsonValue;
}

/** The object of an absolute path, or the only one that ends in a relative path. Throws Refusal. */
export function resolveObject(state: PracticeState, path: string): QomObject {
  const parts = partsOf(path);
  const root = objectTree(state);
  const found = path.startsWith('/') ? [walk(root, parts)] : path === '' ? [] : everywhere(root, parts);
  const objects = found.filter(object => object !== undefined);
  if (objects.length > 1) throw new Refusal(`Path '${path}' does not uniquely identify an object`);
  const [object] = objects;
  if (object === undefined) throw new Refusal(`Device '${path}' not found`, 'DeviceNotFound');
  return object;
}

/** The device of an id or an absolute path (QEMU: softmmu/qdev-monitor.c, find_device_state). Throws Refusal. */
export function deviceNamed(state: PracticeState, id: string): QomObject {
  const object = walk(objectTree(state), partsOf(id.startsWith('/') ? id : peripheralPath(id)));
  if (object === undefined) throw new Refusal(`Device '${id}' not found`, 'DeviceNotFound');
  if (!object.isDevice) throw new Refusal(`${id} is not a hotpluggable device`);
  return object;
}

const partsOf = (path: string): readonly string[] => path.split('/').filter(part => part !== '');

function objectTree(state: PracticeState): QomObject {
  const groups = [...state.groups].map(([id, limits]) => group(`/objects/${id}`, limits));
  const named = state.disks.filter(({ alias }) => alias !== undefined).map(diskDevice);
  const anonymous = state.disks.filter(({ alias }) => alias === undefined).map(diskDevice);
  return object('/', 'container', [
    object('/objects', 'container', groups),
    // The machine whose PCI devices can be plugged in and out without ports that were made for it.
    object('/machine', 'pc-i440fx-10.0-machine', [
      object('/machine/i440fx', 'i440FX-pcihost', [object('/machine/i440fx/pci.0', 'PCI', [])]),
      object('/machine/peripheral', 'container', [...state.controllers.map(controller), ...named]),
      object('/machine/peripheral-anon', 'container', anonymous),
    ]),
  ]);
}

const group = (path: string, limits: LimitValues): QomObject =>
  object(
    path,
    'throttle-group',
    [],
    [
      ['limits', { type: 'ThrottleLimits', value: limitsReply(limits) }],
      ...oldLimitNames().map(({ property, limit }): [string, QomProperty] => [
        property,
        { type: 'int', value: limits[limit] },
      ]),
    ],
  );

function controller({ id, type, place }: Controller): QomObject {
  const path = peripheralPath(id);
  if (type === 'pci-bridge') return device(path, type, [object(busPath(id), 'PCI', [])], [onBus(place)]);
  const iothread = property('iothread', 'link<iothread>', '');
  const bus = object(busPath(`${id}.0`), 'SCSI', []);
  return virtioDevice(path, { proxy: type, backend: 'virtio-scsi-device' }, place, [iothread], [bus]);
}

function diskDevice({ path, place, ...disk }: AttachedDisk): QomObject {
  const own = [
    property('drive', 'str', disk.drive),
    property('serial', 'str', disk.serial),
    property('share-rw', 'bool', disk.shareRw),
    property('write-cache', 'OnOffAuto', disk.writeCache),
  ];
  if (place.kind === 'pci') {
    const virtio = [
      ...own,
      property('num-queues', 'uint16', disk.queues),
      property('iothread', 'link<iothread>', ''),
    ];
    return virtioDevice(path, { proxy: DISK_DRIVERS.pci, backend: 'virtio-blk-device' }, place, virtio);
  }
  const address = [
    property('channel', 'uint32', 0),
    property('scsi-id', 'uint32', place.target),
    property('lun', 'uint32', place.lun),
  ];
  return device(path, DISK_DRIVERS.scsi, [], [onBus(place), ...own, ...address]);
}

/** A PCI device and the virtio device behind it: what is set of the one is set of the other. */
function virtioDevice(
  path: string,
  types: { readonly proxy: string; readonly backend: string },
  place: PciPlace,
  own: readonly Named[],
  buses: readonly QomObject[] = [],
): QomObject {
  const onProxy = property('parent_bus', 'link<bus>', `${path}/virtio-bus`);
  const backend = device(`${path}/virtio-backend`, types.backend, buses, [onProxy, ...own]);
  const bus = object(`${path}/virtio-bus`, 'virtio-pci-bus', []);
  return device(path, types.proxy, [backend, bus], [onBus(place), ...own]);
}

const onBus = ({ bus }: PciPlace | ScsiPlace): Named => property('parent_bus', 'link<bus>', busPath(bus));

/** Where a bus is: `pci.0` at the machine, `scsi0.0` behind its controller, the bus of a bridge below the bridge. */
function busPath(bus: string): string {
  if (bus === 'pci.0') return '/machine/i440fx/pci.0';
  return bus.startsWith('pci.')
    ? `${peripheralPath(bus)}/${bus}`
    : `${peripheralPath(bus.slice(0, bus.lastIndexOf('.')))}/virtio-backend/${bus}`;
}

type Named = readonly [string, QomProperty];

const property = (name: string, type: string, value: JsonValue): Named => [name, { type, value }];

const device = (
  path: string,
  type: string,
  children: readonly QomObject[],
  properties: readonly Named[],
): QomObject => ({ ...object(path, type, children, properties), isDevice: true });

function object(
  path: string,
  type: string,
  children: readonly QomObject[],
  properties: readonly Named[] = [],
): QomObject {
  const named = children.map((child): [string, QomObject] => [nameOf(child), child]);
  return {
    type,
    path,
    isDevice: false,
    children: new Map(named),
    properties: new Map<string, QomProperty>([
      ['type', { type: 'string', value: type }],
      ...properties,
      // A child is a property too, whose value is its path.
      ...named.map(([name, child]): [string, QomProperty] => [
        name,
        { type: `child<${child.type}>`, value: child.path },
      ]),
    ]),
  };
}

const nameOf = (child: QomObject): string => child.path.slice(child.path.lastIndexOf('/') + 1);

function walk(from: QomObject, parts: readonly string[]): QomObject | undefined {
  let at: QomObject | undefined = from;
  for (const part of parts) at = at?.children.get(part);
  return at;
}

function everywhere(from: QomObject, parts: readonly string[]): readonly QomObject[] {
  const here = walk(from, parts);
  return [
    ...(here === undefined ? [] : [here]),
    ...[...from.children.values()].flatMap(child => everywhere(child, parts)),
  ];
}
