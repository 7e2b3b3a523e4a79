/** device_add and device_del of disks, with QEMU 7.2's words. The guest of a practice VM releases a device at once. */

import type { JsonObject } from '../qmp';
import type { Arguments } from './arguments';
import type { DeviceOptions } from './device-options';
import { readOnOffAuto, readSwitch, readUnsigned } from './device-options';
import { idProblem } from './id';
import { withUsedGroups } from './legacy';
import { freePlace, pciBuses } from './pci';
import { checkPermissions } from './permissions';
import { deviceNamed, resolveObject } from './qom';
import { Refusal } from './refusal';
import { freeScsiPlace, scsiBus, scsiBuses } from './scsi';
import type { AttachedDisk, Controller, PracticeState } from './state';
import { backendPath, DISK_DRIVERS, nextAge, peripheralPath } from './state';

/**
 * device_add of a disk. Undefined: QEMU ends over it, for it can give no device that many queues (measured with 7.2:
 * it aborts from 1025 on). Throws Refusal.
 */
export function deviceAdd(args: Arguments, state: PracticeState): PracticeState | undefined {
  const options = args.options();
  const id = options.get('id');
  const problem = id === undefined ? undefined : idProblem(id);
  if (problem !== undefined) throw new Refusal(problem);
  const driver = options.get('driver');
  if (driver === undefined) throw new Refusal("Parameter 'driver' is missing");
  const model = MODELS.find(other => other.driver === driver);
  if (model === undefined) throw new Refusal(`'${driver}' is not a valid device model name`);
  const bus = busOf(model, options.get('bus'), state);
  if (id !== undefined && isTaken(id, state)) throw new Refusal(`Duplicate device ID '${id}'`);
  const drive = readDrive(model, options, state);
  const device = {
    ...readProperties(options, state),
    path: id === undefined ? freePath(state) : peripheralPath(id),
  };
  const place = model.kind === 'pci' ? freePlace(state, bus, driver) : freeScsiPlace(state, bus, options);
  if (drive === '') throw new Refusal('drive property not set');
  if (device.queues === 0n) throw new Refusal('num-queues property must be larger than 0');
  const disk = { ...device, alias: id, place, drive, age: nextAge(state), legacyGroup: undefined };
  const next = { ...state, disks: [...state.disks, disk] };
  checkPermissions(next, drive);
  return device.queues > MOST_QUEUES ? undefined : next;
}

/** What a device is gone with. */
export interface Released {
  readonly state: PracticeState;
  /** Data of the events DEVICE_DELETED, in their order: QEMU sends them behind the reply. */
  readonly deleted: readonly JsonObject[];
}

/** device_del of a disk, or of a SCSI controller with all disks on it. Throws Refusal. */
export function deviceDel(args: Arguments, state: PracticeState): Released {
  const id = args.string('id');
  args.done();
  const { path, type } = deviceNamed(state, id);
  const disk = state.disks.find(other => other.path === path);
  if (disk !== undefined) return released(state, [disk]);
  const controller = state.controllers.find(other => peripheralPath(other.id) === path);
  if (controller === undefined) throw new Refusal("Bus 'virtio-bus' does not support hotplugging");
  // A bridge is asked to leave, too, but stays (measured with a reset of the guest).
  if (type === 'pci-bridge') return { state, deleted: [] };
  return withoutController(state, controller);
}

function withoutController(state: PracticeState, controller: Controller): Released {
  const disks = state.disks.filter(({ place }) => place.bus === scsiBus(controller)).reverse();
  const { state: rest, deleted } = released(state, disks);
  const path = peripheralPath(controller.id);
  return {
    state: { ...rest, controllers: rest.controllers.filter(other => other !== controller) },
    deleted: [...deleted, { path: `${path}/virtio-backend` }, { device: controller.id, path }],
  };
}

/** The backend of a virtio device goes first, and has no id. */
function released(state: PracticeState, disks: readonly AttachedDisk[]): Released {
  const deleted = disks.flatMap((disk): JsonObject[] => [
    ...(disk.place.kind === 'pci' ? [{ path: backendPath(disk) }] : []),
    { ...(disk.alias !== undefined && { device: disk.alias }), path: disk.path },
  ]);
  return {
    state: withUsedGroups({ ...state, disks: state.disks.filter(disk => !disks.includes(disk)) }),
    deleted,
  };
}

interface Model {
  readonly kind: 'pci' | 'scsi';
  readonly driver: string;
  /** The device that has the drive. */
  readonly backend: string;
  /** QEMU's word for the buses that it goes on. */
  readonly busType: string;
  readonly properties: readonly string[];
}

const COMMON = ['drive', 'serial', 'share-rw', 'write-cache'];

/** The disks that a practice VM knows, with those of their properties that it knows. */
const MODELS: readonly Model[] = [
  {
    kind: 'pci',
    driver: DISK_DRIVERS.pci,
    backend: 'virtio-blk-device',
    busType: 'PCI',
    properties: [...COMMON, 'iothread', 'num-queues'],
  },
  {
    kind: 'scsi',
    driver: DISK_DRIVERS.scsi,
    backend: 'scsi-hd',
    busType: 'SCSI',
    properties: [...COMMON, 'channel', 'scsi-id', 'lun'],
  },
];

/** QEMU: include/hw/virtio/virtio.h, VIRTIO_QUEUE_MAX. */
const MOST_QUEUES = 1024n;

/** The bus by its name, or the one that QEMU finds first: of SCSI buses the one that was plugged in last. */
function busOf(model: Model, name: string | undefined, state: PracticeState): string {
  const buses = { pci: pciBuses(state), scsi: scsiBuses(state) };
  if (name === undefined) {
    const bus = model.kind === 'pci' ? buses.pci[0] : buses.scsi.at(-1);
    if (bus !== undefined) return bus;
    throw new Refusal(`No '${model.busType}' bus found for device '${model.driver}'`);
  }
  if (buses[model.kind].includes(name)) return name;
  const other = MODELS.find(({ kind }) => buses[kind].includes(name));
  if (other === undefined) throw new Refusal(`Bus '${name}' not found`);
  throw new Refusal(`Device '${model.driver}' can't go on ${other.busType} bus`);
}

/** `type` is a property of the container that holds the devices. */
const isTaken = (id: string, { disks, controllers }: PracticeState): boolean =>
  id === 'type' || disks.some(({ alias }) => alias === id) || controllers.some(other => other.id === id);

/** Devices without an id are numbered. */
function freePath({ disks }: PracticeState): string {
  const taken = new Set(disks.map(({ path }) => path));
  for (let number = 0; ; number++) {
    const path = `/machine/peripheral-anon/device[${number}]`;
    if (!taken.has(path)) return path;
  }
}

/** The node's name; empty where none is set. */
function readDrive(model: Model, options: DeviceOptions, state: PracticeState): string {
  const unknown = [...options.keys()].find(
    name => !['driver', 'id', 'bus', ...model.properties].includes(name),
  );
  if (unknown !== undefined) throw new Refusal(`Property '${model.driver}.${unknown}' not found`);
  const drive = options.get('drive') ?? '';
  if (drive !== '' && !state.nodes.has(drive)) {
    throw new Refusal(`Property '${model.backend}.drive' can't find value '${drive}'`);
  }
  return drive;
}

function readProperties(
  options: DeviceOptions,
  state: PracticeState,
): Pick<AttachedDisk, 'serial' | 'shareRw' | 'writeCache' | 'queues'> {
  const iothread = options.get('iothread') ?? '';
  if (iothread !== '') {
    resolveObject(state, iothread);
    // A practice VM has no iothreads, so that whatever is there is something else.
    throw new Refusal("Invalid parameter type for 'iothread', expected: iothread");
  }
  return {
    serial: options.get('serial') ?? '',
    shareRw: readSwitch(options, 'share-rw'),
    writeCache: readOnOffAuto(options, 'write-cache'),
    queues: readUnsigned(options, 'num-queues', 16) ?? 1n,
  };
}
