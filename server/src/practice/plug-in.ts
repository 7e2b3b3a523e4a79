/** Where libvirt puts the devices of a domain on machine pc. */

import { OWN_SLOTS, SLOTS, whereNoPlaceIs } from './pci';
import { Refusal } from './refusal';
import { scsiBus } from './scsi';
import type { AttachedDisk, Controller, PciPlace, PracticeDisk, PracticeState, ScsiPlace } from './state';
import { DISK_DRIVERS, peripheralPath } from './state';

/** A disk of the domain with the node that it is to use. */
export interface DiskToPlug {
  readonly disk: PracticeDisk;
  readonly drive: string;
}

/**
 * The devices of a domain. Every practice VM has the SCSI controller `scsi0`, so that disks of either kind can be
 * attached, and those that its disks name. Where `pci.0` is too small there are bridges `pci.1`, ..., as libvirt adds
 * them. `age` is that of the first disk. Throws Refusal where QEMU would not start with these devices.
 */
export function plugIn(
  given: readonly DiskToPlug[],
  age: number,
): Pick<PracticeState, 'controllers' | 'disks'> {
  const indexes = new Set([0, ...given.flatMap(({ disk }) => disk.scsi?.controller ?? [])]);
  const others = indexes.size + given.filter(({ disk }) => disk.scsi === undefined).length;
  const bridges = Array.from({ length: bridgesFor(others) }, (_, index) => `pci.${index + 1}`);
  const places = ['pci.0', ...bridges].flatMap(placesOn);
  const next = (type: string): PciPlace => places.shift() ?? whereNoPlaceIs(type);
  const controller = (type: Controller['type'], id: string): Controller => ({ id, type, place: next(type) });
  const controllers = [
    ...bridges.map(id => controller('pci-bridge', id)),
    ...[...indexes].sort((a, b) => a - b).map(index => controller('virtio-scsi-pci', scsiId(index))),
  ];
  const disks = given.map(({ disk, drive }, index): AttachedDisk => ({
    alias: disk.alias,
    path: peripheralPath(disk.alias),
    place: disk.scsi === undefined ? next(DISK_DRIVERS.pci) : scsiPlace(disk.scsi),
    serial: disk.serial ?? '',
    shareRw: false,
    writeCache: 'auto',
    queues: 1n,
    drive,
    age: age + index,
    legacyGroup: undefined,
  }));
  checkLuns(disks);
  return { controllers, disks };
}

/** Each bridge takes a slot of `pci.0` and has as many as that bus. */
function bridgesFor(devices: number): number {
  const free = SLOTS - OWN_SLOTS;
  return Math.min(free, Math.max(0, Math.ceil((devices - free) / (SLOTS - 1))));
}

const placesOn = (bus: string): PciPlace[] =>
  Array.from({ length: SLOTS }, (_, slot): PciPlace => ({ kind: 'pci', bus, slot })).slice(
    bus === 'pci.0' ? OWN_SLOTS : 0,
  );

const scsiId = (index: number): string => `scsi${index}`;

const scsiPlace = ({ controller, target, lun }: NonNullable<PracticeDisk['scsi']>): ScsiPlace => ({
  kind: 'scsi',
  bus: scsiBus({ id: scsiId(controller) }),
  target,
  lun,
});

function checkLuns(disks: readonly AttachedDisk[]): void {
  const users = new Map<string, string>();
  for (const { alias = '', place } of disks) {
    if (place.kind !== 'scsi') continue;
    const key = `${place.bus} ${place.target} ${place.lun}`;
    const user = users.get(key);
    if (user !== undefined) throw new Refusal(`lun already used by '${user}'`);
    users.set(key, alias);
  }
}
