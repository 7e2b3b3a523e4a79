/** Names of disks in the guest (`vda`, `sdaa`, `nvme0n1`) and the addresses that libvirt derives from them. */

import type { Device } from './device';
import { decimalOf } from './numbers';

/** Prefixes before letters that libvirt knows (virDiskNameParse), the usual one of each bus first. */
const PREFIXES = ['vd', 'sd', 'hd', 'fd', 'xvd', 'ubd'] as const;

export interface DiskName {
  readonly prefix: string;
  /** 0 for `vda`, 26 for `vdaa`, 1 for `nvme0n2`. */
  readonly index: number;
  /** A number behind the letters: libvirt takes it for a partition, and 0 for none. */
  readonly partition: boolean;
}

/** Undefined where libvirt does not know the name (case counts). Names of NVMe disks it knows since 11.5. */
export function diskName(text: string): DiskName | undefined {
  return text.startsWith(NVME) ? nvmeName(text) : letteredName(text);
}

/** Controller and namespace, which counts from 1. A partition of it is no mistake to libvirt (measured with 12.8). */
function nvmeName(text: string): DiskName | undefined {
  const namespace = /^nvme\d{1,9}n(0*[1-9]\d{0,8})(p\d+)?$/.exec(text)?.[1];
  return namespace === undefined
    ? undefined
    : { prefix: NVME, index: Number(namespace) - 1, partition: false };
}

function letteredName(text: string): DiskName | undefined {
  const prefix = PREFIXES.find(candidate => text.startsWith(candidate));
  const rest = prefix === undefined ? null : /^([a-z]{1,6})(0|[1-9]\d*)?$/.exec(text.slice(prefix.length));
  if (prefix === undefined || rest === null) return undefined;
  let index = 0;
  for (const letter of rest[1] ?? '') index = index * 26 + (letter.charCodeAt(0) - LETTER_A + 1);
  return { prefix, index: index - 1, partition: rest[2] !== undefined && rest[2] !== '0' };
}

/** Prefix of the names of NVMe disks, and name of their bus. */
export const NVME = 'nvme';

const LETTER_A = 'a'.charCodeAt(0);

/** The prefix that disks of a bus have by custom; libvirt derives addresses from the letters behind it. */
export function prefixOfBus(bus: string | undefined): string {
  switch (bus) {
    case 'ide':
      return 'hd';
    case 'fdc':
      return 'fd';
    case 'xen':
      return 'xvd';
    case 'uml':
      return 'ubd';
    case NVME:
      return NVME;
    case 'scsi':
    case 'sata':
    case 'usb':
      return 'sd';
    case 'virtio':
    case undefined:
    default:
      return 'vd';
  }
}

/** The first name with this prefix that is not taken. */
export function freeDiskName(prefix: string, taken: ReadonlySet<string>): string {
  for (let index = 0; ; index++) {
    const name = prefix === NVME ? `${NVME}0n${index + 1}` : prefix + lettersOf(index);
    if (!taken.has(name)) return name;
  }
}

function lettersOf(index: number): string {
  let letters = '';
  for (let rest = index; rest >= 0; rest = Math.floor(rest / 26) - 1) {
    letters = String.fromCharCode(LETTER_A + (rest % 26)) + letters;
  }
  return letters;
}

/** A disk's place on its bus. */
export interface DrivePlace {
  readonly controller: number;
  readonly bus: number;
  readonly target: number;
  readonly unit: number;
}

/**
 * Where a disk stands by its own `<address>`, else by its name: libvirt counts 7 disks to a SCSI controller, 6 to a SATA
 * one, 4 to IDE (2 a bus), 2 to a floppy controller (virDomainDiskDefAssignAddress; measured with 11.3). Undefined
 * where it stands on no drive bus, or that cannot be told.
 */
export function drivePlace(disk: Device): DrivePlace | undefined {
  const { address, bus } = disk;
  if (bus === undefined || !DRIVE_BUSES.has(bus)) return undefined;
  if (address !== undefined) {
    if (address.type !== 'drive' || address.template) return undefined;
    const [controller, busNumber, target, unit] = ['controller', 'bus', 'target', 'unit'].map(name =>
      address.values[name] === undefined ? 0 : decimalOf(address.values[name]),
    );
    if (controller === undefined || busNumber === undefined || target === undefined || unit === undefined) {
      return undefined;
    }
    return { controller, bus: busNumber, target, unit };
  }
  const dev = disk.target?.dev;
  const name = dev === undefined || dev.template ? undefined : diskName(dev.value);
  return name === undefined ? undefined : impliedPlace(bus, name.index);
}

const DRIVE_BUSES: ReadonlySet<string> = new Set(['scsi', 'sata', 'ide', 'fdc']);

function impliedPlace(bus: string, index: number): DrivePlace {
  const on = (perController: number): DrivePlace => ({
    controller: Math.floor(index / perController),
    bus: 0,
    target: 0,
    unit: index % perController,
  });
  switch (bus) {
    case 'scsi':
      return on(7);
    case 'sata':
      return on(6);
    case 'ide':
      return { ...on(4), bus: Math.floor((index % 4) / 2), unit: index % 2 };
    default:
      return on(2);
  }
}
