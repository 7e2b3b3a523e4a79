/** The document's disks beside the VM's: which is which (DESIGN 4.3). */

import type { Disk, Placed } from '../domain/model';
import { attributeText } from '../domain/pieces';
import { plainPath } from '../domain/plain-path';
import type { LimitValues } from '../limits/values';
import { childElements } from '../xml/navigate';
import type { VmDisk } from './vm-state';
import { listed, shown } from './words';

/** A disk as the document wants it. Template text is undefined: it could be anything. */
export interface DesiredDisk {
  /** "vda", or "disk 3". */
  readonly title: string;
  readonly target: string | undefined;
  readonly bus: string | undefined;
  readonly alias: string | undefined;
  readonly serial: string | undefined;
  readonly source: string | undefined;
  /** `<address type='drive'>`, from which libvirt makes the alias of a disk on a controller; undefined without one. */
  readonly address?: DriveAddress | undefined;
  /** Group names from the image up; undefined where one is template text. */
  readonly filters: readonly string[] | undefined;
  /** Values of `<iotune>`; undefined where one is template text or unreadable. */
  readonly iotune: LimitValues | undefined;
  /** `<group_name>` of `<iotune>`; null where the disk has none, undefined where it is template text. */
  readonly iotuneGroup: string | null | undefined;
}

export interface DriveAddress {
  readonly controller: string;
  readonly bus: string;
  readonly target: string;
  readonly unit: string;
}

/** Whether the disk has that image at any layer of its backing chain, however the path is spelled. */
export const hasImage = ({ sources }: VmDisk, path: string): boolean =>
  sources.some(source => plainPath(source) === plainPath(path));

export type DiskMatch =
  | { readonly kind: 'found'; readonly disk: VmDisk }
  | { readonly kind: 'none' }
  /** `several`: a key fits more than one disk. `disagree`: two keys fit different disks. */
  | { readonly kind: 'unclear'; readonly cause: 'several' | 'disagree'; readonly message: string };

/**
 * By target where libvirt told it, by alias, else by the alias that libvirt derives from target and bus, else by serial,
 * else by the image at any layer, however its path is spelled. A key that fits two disks, or two keys that name
 * different disks, is no match.
 */
export function matchDisk(wanted: DesiredDisk, disks: readonly VmDisk[]): DiskMatch {
  const isKnownByAlias = disks.some(
    ({ target, alias }) =>
      (target !== null && target === wanted.target) || (wanted.alias !== undefined && alias === wanted.alias),
  );
  const keys: readonly (readonly [string, string | undefined, (disk: VmDisk, key: string) => boolean])[] = [
    ['target', wanted.target, (disk, key) => disk.target === key],
    ['alias', wanted.alias, (disk, key) => disk.alias === key],
    ['target', isKnownByAlias ? undefined : derivedAlias(wanted), (disk, key) => disk.alias === key],
    ['serial', wanted.serial, (disk, key) => disk.serial === key],
    ['image', wanted.source, hasImage],
  ];
  let found: { readonly by: string; readonly disk: VmDisk } | undefined;
  for (const [by, key, fits] of keys) {
    if (key === undefined || key === '') continue;
    const fitting = disks.filter(disk => fits(disk, key));
    const [first] = fitting;
    if (first === undefined) continue;
    // Images may be shared between disks; that says nothing against a match by another key.
    if (fitting.length > 1) {
      if (found !== undefined && fitting.includes(found.disk)) continue;
      return {
        kind: 'unclear',
        cause: 'several',
        message: `its ${by} fits ${listed(fitting.map(disk => shown(disk.alias)))}`,
      };
    }
    if (found !== undefined && found.disk !== first) {
      return {
        kind: 'unclear',
        cause: 'disagree',
        message: `its ${found.by} says ${shown(found.disk.alias)}, its ${by} says ${shown(first.alias)}`,
      };
    }
    found ??= { by, disk: first };
  }
  if (found === undefined) return { kind: 'none' };
  const { by, disk } = found;
  // A serial that no disk has is another disk's that is not there; a disk without one says nothing.
  if (wanted.serial !== undefined && disk.serial !== null && disk.serial !== wanted.serial) {
    const message = `its ${by} says ${shown(disk.alias)}, whose serial is ${shown(disk.serial)}, not ${shown(wanted.serial)}`;
    return { kind: 'unclear', cause: 'disagree', message };
  }
  return { kind: 'found', disk };
}

/**
 * The alias that libvirt gives a disk, from its drive address or, without one, from its target (libvirt:
 * virDiskNameParse, virDomainDiskDefAssignAddress and qemuAssignDeviceDiskAlias; SCSI as on a controller that is not
 * lsilogic, with 7 units).
 */
export function derivedAlias({
  target,
  bus,
  address,
}: Pick<DesiredDisk, 'target' | 'bus' | 'address'>): string | undefined {
  const onController = bus ?? defaultBus(target ?? '');
  if (address !== undefined && ['ide', 'sata', 'scsi', 'fdc'].includes(onController ?? '')) {
    const place = [
      address.controller,
      address.bus,
      ...(onController === 'scsi' ? [address.target] : []),
      address.unit,
    ];
    return `${onController ?? ''}${place.join('-')}`;
  }
  const match = /^(?:fd|hd|vd|sd|xvd|ubd)([a-z]+)$/.exec(target ?? '');
  if (match === null) return undefined;
  const index =
    Array.from(match[1] ?? '').reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 96, 0) - 1;
  const part = (size: number): string => String(Math.floor(index / size));
  switch (onController ?? '') {
    case 'virtio':
      return `virtio-disk${index}`;
    case 'usb':
      return `usb-disk${index}`;
    case 'ide':
      return `ide${part(4)}-${Math.floor((index % 4) / 2)}-${index % 2}`;
    case 'sata':
      return `sata${part(6)}-0-${index % 6}`;
    case 'scsi':
      return `scsi${part(7)}-0-0-${index % 7}`;
    case 'fdc':
      return `fdc${part(2)}-0-${index % 2}`;
    default:
      return undefined;
  }
}

/** Libvirt guesses the bus from the target's name (virDomainDiskDefPostParse). */
const defaultBus = (target: string): string | undefined =>
  new Map([
    ['vd', 'virtio'],
    ['hd', 'ide'],
    ['sd', 'scsi'],
    ['fd', 'fdc'],
  ]).get(target.slice(0, 2));

/** The place on a controller, as libvirt wrote it; what is left out there is 0 (virDomainDeviceDriveAddressParseXML). */
export function driveAddress(text: string, { of, start }: Placed<Disk>): DriveAddress | undefined {
  const disk = { node: of.element, start, parent: undefined };
  const address = childElements(disk, 'address').find(
    child => attributeText(text, child, 'type')?.value === 'drive',
  );
  if (address === undefined) return undefined;
  const part = (name: string): string => attributeText(text, address, name)?.value ?? '0';
  return { controller: part('controller'), bus: part('bus'), target: part('target'), unit: part('unit') };
}
