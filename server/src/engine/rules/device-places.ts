/** Places on the guest's buses as keys: two devices of one key are at the same place, which libvirt refuses. */

import { devicesNamed } from '../domain/cross-references';
import type { Device, DeviceAddress } from '../domain/device';
import { drivePlace, freeDiskName } from '../domain/disk-names';
import type { Domain, Placed } from '../domain/model';
import { decimalOf, numberOf } from '../domain/numbers';

export interface TakenPlace {
  readonly key: string;
  /** For people: "PCI address 0000:00:05.0". */
  readonly words: string;
}

/** The place of a device; undefined where it has none, leaves it to libvirt, or it cannot be told. */
export function placeOf(device: Device, runByQemu: boolean): TakenPlace | undefined {
  // A device is immutable, and asked for at each keystroke.
  const kept = runByQemu ? placesByQemu : placesElsewhere;
  const known = kept.get(device);
  if (known !== undefined) return known.place;
  const place = readPlace(device, runByQemu);
  kept.set(device, place === undefined ? NOWHERE : { place });
  return place;
}

interface Kept {
  readonly place: TakenPlace | undefined;
}

const NOWHERE: Kept = { place: undefined };
const placesByQemu = new WeakMap<Device, Kept>();
const placesElsewhere = new WeakMap<Device, Kept>();

function readPlace(device: Device, runByQemu: boolean): TakenPlace | undefined {
  if (device.element.name === 'disk' && DRIVE_BUSES.has(device.bus ?? '')) {
    // Where a name leads other hypervisors is not known here.
    return device.address === undefined && !runByQemu ? undefined : placeOfDrive(device);
  }
  const { address } = device;
  if (address === undefined || address.template) return undefined;
  if (address.type === 'drive' && device.element.name === 'hostdev' && device.type === 'scsi') {
    return placeOfDrive({ ...device, bus: 'scsi' });
  }
  return runByQemu ? placeAt(address) : undefined;
}

/** The first name with this prefix that no disk has; where it decides the place, one whose place is free. */
export function freeTarget(domain: Domain, disk: Placed<Device>, prefix: string): string {
  const names = targetNames(domain);
  // Each disk takes one place at most, so one name more than there are devices is enough.
  for (let tries = domain.allDevices.length; tries > 0; tries--) {
    const name = freeDiskName(prefix, names);
    if (placeIsFreeAs(domain, disk, name)) return name;
    names.add(name);
  }
  return freeDiskName(prefix, names);
}

/** Whether no disk has the name, nor any device the place that the disk would have by it. */
export const isFreeTarget = (domain: Domain, disk: Placed<Device>, name: string): boolean =>
  !targetNames(domain).has(name) && placeIsFreeAs(domain, disk, name);

const targetNames = (domain: Domain): Set<string> =>
  new Set(devicesNamed(domain, 'disk').map(({ of }) => of.target?.dev?.value ?? ''));

function placeIsFreeAs(domain: Domain, disk: Placed<Device>, name: string): boolean {
  const { target, address } = disk.of;
  if (target === undefined || address !== undefined) return true;
  const dev = { value: name, template: false, start: 0, end: 0 };
  return isFree(domain, disk, { ...disk.of, target: { ...target, dev } });
}

/** Whether no device but this one is at the place that it would have so. */
export function isFree(domain: Domain, device: Placed<Device>, changed: Device): boolean {
  const place = readPlace(changed, true);
  return (
    place === undefined ||
    !domain.allDevices.some(other => other !== device && placeOf(other.of, true)?.key === place.key)
  );
}

const DRIVE_BUSES: ReadonlySet<string> = new Set(['scsi', 'sata', 'ide', 'fdc']);

function placeOfDrive(device: Device): TakenPlace | undefined {
  const place = drivePlace(device);
  if (place === undefined) return undefined;
  const { controller, bus, target, unit } = place;
  const numbers = [controller, bus, target, unit].join(':');
  return {
    key: `drive ${device.bus ?? ''} ${numbers}`,
    words: `${device.bus ?? ''} address controller ${String(controller)}, bus ${String(bus)}, target ${String(target)}, unit ${String(unit)}`,
  };
}

function placeAt(address: DeviceAddress): TakenPlace | undefined {
  switch (address.type) {
    case 'pci':
      return pciPlace(address);
    case 'usb': {
      const { bus = '0', port } = address.values;
      if (port === undefined || port === '' || decimalOf(bus) === undefined) return undefined;
      return { key: `usb ${bus}:${port}`, words: `USB bus ${bus}, port ${port}` };
    }
    case 'virtio-serial': {
      const { controller = '0', port } = address.values;
      // Port 0 is the first console's; for all others it means that libvirt takes a free one.
      if (decimalOf(port) === undefined || Number(port) === 0) return undefined;
      return {
        key: `virtio-serial ${controller}:${String(port)}`,
        words: `port ${String(port)} of virtio-serial controller ${controller}`,
      };
    }
    case 'ccw': {
      const { cssid = '', ssid = '', devno } = address.values;
      const numbers = [cssid, ssid, devno ?? ''].map(numberOf);
      if (numbers.includes(undefined)) return undefined;
      return { key: `ccw ${numbers.join(':')}`, words: `CCW address ${cssid}.${ssid}.${String(devno)}` };
    }
    case 'spapr-vio': {
      const { reg } = address.values;
      const number = reg === undefined ? undefined : numberOf(reg);
      return number === undefined
        ? undefined
        : { key: `spapr-vio ${String(number)}`, words: `spapr-vio address ${String(reg)}` };
    }
    case 'dimm': {
      const slot = decimalOf(address.values['slot']);
      if (slot === undefined) return undefined;
      return { key: `dimm ${String(slot)}`, words: `memory slot ${String(slot)}` };
    }
    default:
      return undefined;
  }
}

/** All zero, or nothing given, means that libvirt takes a free one. */
function pciPlace(address: DeviceAddress): TakenPlace | undefined {
  const numbers = ['domain', 'bus', 'slot', 'function'].map(name =>
    address.values[name] === undefined ? 0 : numberOf(address.values[name]),
  );
  const [domain, bus, slot, fn] = numbers;
  if (domain === undefined || bus === undefined || slot === undefined || fn === undefined) return undefined;
  if (domain + bus + slot + fn === 0) return undefined;
  const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
  const written = `${hex(domain, 4)}:${hex(bus, 2)}:${hex(slot, 2)}.${hex(fn, 1)}`;
  return { key: `pci ${written}`, words: `PCI address ${written}` };
}
