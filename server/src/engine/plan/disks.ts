/** The document's disks beside the VM's: which is which, and what differs. Nothing of it is changed by this version. */

import { NO_LIMITS, sameLimits } from '../limits/values';
import type { ResolvedNames } from './names';
import type { LimitValues, VmDisk, VmState } from './types';
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
  /** Group names from the image up; undefined where one is template text. */
  readonly filters: readonly string[] | undefined;
  /** Values of `<iotune>`; undefined where one is template text or unreadable. */
  readonly iotune: LimitValues | undefined;
}

/** Notes on chains and iotune that differ, and on disks that are not found. */
export function diskNotes(disks: readonly DesiredDisk[], state: VmState, names: ResolvedNames): string[] {
  return disks.flatMap(disk => {
    const match = matchDisk(disk, state.disks);
    if (match.kind === 'found') return differences(disk, match.disk, names);
    const plain =
      disk.filters?.length === 0 && disk.iotune !== undefined && sameLimits(disk.iotune, NO_LIMITS);
    if (plain) return [];
    if (match.kind === 'none')
      return [`${shown(disk.title)}: not found on the VM, so its filters were not compared.`];
    return [`${shown(disk.title)}: ${match.message}, so its filters were not compared.`];
  });
}

export type DiskMatch =
  | { readonly kind: 'found'; readonly disk: VmDisk }
  | { readonly kind: 'none' }
  | { readonly kind: 'unclear'; readonly message: string };

/**
 * By alias, else by the alias that libvirt derives from target and bus, else by serial, else by the image at any layer.
 * A key that fits two disks, or two keys that name different disks, is no match.
 */
export function matchDisk(wanted: DesiredDisk, disks: readonly VmDisk[]): DiskMatch {
  const keys: readonly (readonly [string, string | undefined, (disk: VmDisk, key: string) => boolean])[] = [
    ['alias', wanted.alias, (disk, key) => disk.alias === key],
    ['alias', derivedAlias(wanted), (disk, key) => disk.alias === key],
    ['serial', wanted.serial, (disk, key) => disk.serial === key],
    ['image', wanted.source, (disk, key) => disk.sources.includes(key)],
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
      return { kind: 'unclear', message: `its ${by} fits ${listed(fitting.map(disk => shown(disk.alias)))}` };
    }
    if (found !== undefined && found.disk !== first) {
      return {
        kind: 'unclear',
        message: `its ${found.by} says ${shown(found.disk.alias)}, its ${by} says ${shown(first.alias)}`,
      };
    }
    found ??= { by, disk: first };
  }
  return found === undefined ? { kind: 'none' } : { kind: 'found', disk: found.disk };
}

/**
 * The alias that libvirt gives a disk without an `<address>` (libvirt: virDiskNameParse, virDomainDiskDefAssignAddress
 * and qemuAssignDeviceDiskAlias; SCSI as on a controller that is not lsilogic, with 7 units).
 */
export function derivedAlias({ target, bus }: Pick<DesiredDisk, 'target' | 'bus'>): string | undefined {
  const match = /^(?:fd|hd|vd|sd|xvd|ubd)([a-z]+)$/.exec(target ?? '');
  if (match === null) return undefined;
  const index =
    Array.from(match[1] ?? '').reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 96, 0) - 1;
  const part = (size: number): string => String(Math.floor(index / size));
  switch (bus ?? defaultBus(target ?? '') ?? '') {
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

function differences(wanted: DesiredDisk, disk: VmDisk, names: ResolvedNames): string[] {
  const notes: string[] = [];
  const title = shown(wanted.title);
  if (wanted.filters !== undefined) {
    const objects = wanted.filters.map(name => names.found.get(name)?.objectId ?? `throttle-${name}`);
    const have = disk.filters.map(filter => filter.group);
    if (objects.join('\0') !== have.join('\0')) {
      notes.push(
        `${title}: filters differ, not applied by this version (VM: ${chain(disk.filters.map(filter => nameOf(filter.group, names)))}; document: ${chain(wanted.filters)}).`,
      );
    }
  }
  if (wanted.iotune !== undefined && !sameLimits(wanted.iotune, disk.iotune ?? NO_LIMITS)) {
    notes.push(`${title}: iotune differs, not applied by this version.`);
  }
  return notes;
}

const chain = (groups: readonly string[]): string =>
  groups.length === 0 ? 'none' : groups.map(shown).join(', ');

function nameOf(objectId: string, names: ResolvedNames): string {
  for (const [name, group] of names.found) if (group.objectId === objectId) return name;
  return names.others.find(group => group.objectId === objectId)?.name ?? objectId;
}
