/** What never changes of a block device while it is plugged in: serial, bus, and the thread that serves it. */

import type { DiskThread } from '../engine';
import { devicePath } from '../engine';
import type { JsonValue, QemuVersion } from '../qmp';
import { QmpCommandError } from '../qmp';
import type { Ask } from './answers';
import { entries, optionalText } from './answers';

export interface DeviceFact {
  readonly serial: string | null;
  /** Libvirt's word for the bus: virtio, scsi, ide, sata, nvme, usb, fdc; null where it cannot be told. */
  readonly bus: string | null;
  readonly thread: DiskThread;
}

export interface DeviceAnswers {
  /** Of `query-block`. */
  readonly blocks: JsonValue;
  /** Of `qom-list /machine/peripheral`. */
  readonly peripheral: JsonValue;
  readonly hasIothreads: boolean;
  readonly qemu: QemuVersion;
}

/**
 * The facts about the devices of one connection. None of these properties can be set once a device is there, so each
 * is asked once; `forget` when QEMU tells that a device is gone, for another one may come with the same id.
 */
export class DeviceFacts {
  private known = new Map<string, DeviceFact>();

  /** The facts about all devices in `blocks`, by qdev. Throws what `ask` throws. */
  async of(ask: Ask, answers: DeviceAnswers): Promise<ReadonlyMap<string, DeviceFact>> {
    const { known } = this;
    const types = typesOf(answers.peripheral);
    const controllers = new Map<string, Promise<DiskThread>>();
    const qdevs = entries(answers.blocks, 'query-block').flatMap(block => optionalText(block, 'qdev') ?? []);
    await Promise.all(
      qdevs.map(async qdev => {
        if (known.has(qdev)) return;
        const [serial, thread] = await Promise.all([
          readSerial(ask, qdev),
          answers.hasIothreads ? readThread(ask, qdev, answers.qemu, controllers) : MAIN,
        ]);
        known.set(qdev, { serial, bus: busOf(qdev, types), thread });
      }),
    );
    return known;
  }

  forget(): void {
    this.known = new Map();
  }
}

const MAIN: DiskThread = { kind: 'main' };

/** Type of each device with an id. */
const typesOf = (peripheral: JsonValue): ReadonlyMap<string, string> =>
  new Map(
    entries(peripheral, 'qom-list').map(entry => [
      optionalText(entry, 'name') ?? '',
      /^child<(.*)>$/.exec(optionalText(entry, 'type') ?? '')?.[1] ?? '',
    ]),
  );

function busOf(qdev: string, types: ReadonlyMap<string, string>): string | null {
  if (qdev.endsWith('/virtio-backend')) return 'virtio';
  if (qdev.endsWith('/legacy[0]')) return 'usb';
  const id = /^(?:\/machine\/peripheral\/)?([^/]+)$/.exec(qdev)?.[1] ?? '';
  const type = types.get(id) ?? '';
  if (type.startsWith('ide-')) return id.startsWith('sata') ? 'sata' : 'ide';
  const [, bus] = /^(scsi|nvme|usb|floppy|virtio)/.exec(type) ?? [];
  return bus === 'floppy' ? 'fdc' : (bus ?? null);
}

/** Null for devices that have no serial, or none set. By the outer device's path, which is shorter. */
async function readSerial(ask: Ask, qdev: string): Promise<string | null> {
  const path = devicePath(qdev).replace(/(?<=^\/machine\/peripheral\/[^/]+)\/virtio-backend$/, '');
  const serial = await readProperty(ask, path, 'serial');
  return typeof serial === 'string' && serial !== '' ? serial : null;
}

/** The device's own iothread (virtio-blk), else that of the controller it hangs on (virtio-scsi). */
async function readThread(
  ask: Ask,
  qdev: string,
  qemu: QemuVersion,
  controllers: Map<string, Promise<DiskThread>>,
): Promise<DiskThread> {
  const own = await readThreadOf(ask, devicePath(qdev), qemu);
  if (own.kind !== 'main' || qdev.endsWith('/virtio-backend')) return own;
  const bus = await readProperty(ask, devicePath(qdev), 'parent_bus');
  if (typeof bus !== 'string' || !bus.startsWith('/')) {
    return { kind: 'unreadable', why: 'the VM does not say on which controller the disk hangs' };
  }
  const controller = bus.slice(0, bus.lastIndexOf('/'));
  const known = controllers.get(controller) ?? readThreadOf(ask, controller, qemu);
  controllers.set(controller, known);
  return known;
}

/** The thread of one device by its properties; a device without them is served by the main loop. */
export async function readThreadOf(ask: Ask, path: string, { major }: QemuVersion): Promise<DiskThread> {
  const [iothread, mapping] = await Promise.all([
    readProperty(ask, path, 'iothread'),
    // Since QEMU 9.0 for virtio-blk, 10.0 for virtio-scsi.
    major < 9 ? undefined : readProperty(ask, path, 'iothread-vq-mapping'),
  ]);
  if (mapping !== undefined && mapping !== null && !(Array.isArray(mapping) && mapping.length === 0)) {
    return { kind: 'mapped' };
  }
  if (iothread === undefined || iothread === '') return MAIN;
  if (typeof iothread !== 'string') {
    return { kind: 'unreadable', why: 'the VM does not say readably which iothread serves the disk' };
  }
  return { kind: 'iothread', name: iothread.slice(iothread.lastIndexOf('/') + 1) };
}

/** Undefined where the device has no such property. */
async function readProperty(ask: Ask, path: string, property: string): Promise<JsonValue | undefined> {
  try {
    return await ask('qom-get', { path, property });
  } catch (error) {
    const isAbsent =
      error instanceof QmpCommandError &&
      (error.errorClass === 'DeviceNotFound' || / not found$/.test(error.desc));
    if (isAbsent) return undefined;
    throw error;
  }
}

/** Whether an event tells that what is known of a device may no longer be so. */
export const isDeviceGone = (event: string): boolean => event === 'DEVICE_DELETED';
