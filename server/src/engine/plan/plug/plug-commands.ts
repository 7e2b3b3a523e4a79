/** The QMP commands that open an image, plug a disk in, and take both back: as libvirt sends them (facts/libvirt.md 2). */

import type { JsonValue } from '../../json-value';
import { addFilter, deleteNode } from '../qmp-commands';
import { stacked } from '../guards';
import type { QmpCommand } from '../types';
import type { FilterNode } from '../vm-state';
import type { CacheMode, DiskToAttach } from './disk-to-attach';

/** Names of the nodes that are made for a disk. */
export interface PlugNodes {
  readonly storage: string;
  /** Undefined for a raw image, which needs no node of its own for the format. */
  readonly format: string | undefined;
  readonly filters: readonly FilterNode[];
}

/** All nodes, from the device down. */
export const nodesOf = ({ storage, format, filters }: PlugNodes): readonly string[] => [
  ...filters.map(({ node }) => node).reverse(),
  ...(format === undefined ? [] : [format]),
  storage,
];

/** The nodes from the image up, each over what is there by then. Nobody uses them yet. */
export function openImage(disk: DiskToAttach, nodes: PlugNodes): readonly QmpCommand[] {
  const { storage, format, filters } = nodes;
  const common = {
    'read-only': disk.readonly,
    ...(disk.discard !== undefined && { discard: disk.discard }),
    ...(disk.detectZeroes !== undefined && { 'detect-zeroes': detectZeroes(disk) }),
    ...(disk.cache !== undefined && { cache: CACHE[disk.cache] }),
  };
  const protocol = {
    driver: disk.opens,
    'node-name': storage,
    filename: disk.path,
    ...(disk.io !== undefined && { aio: disk.io }),
  };
  const add = (options: { readonly [key: string]: JsonValue }): QmpCommand => ({
    execute: 'blockdev-add',
    arguments: options,
  });
  const images =
    format === undefined
      ? [add({ ...protocol, ...common })]
      : [
          add({
            ...protocol,
            'auto-read-only': true,
            discard: 'unmap',
            ...(disk.cache !== undefined && { cache: CACHE[disk.cache] }),
          }),
          add({
            driver: disk.format,
            'node-name': format,
            file: storage,
            ...common,
            ...(disk.isAlone && { backing: null }),
          }),
        ];
  return [...images, ...stacked(filters, format ?? storage).map(addFilter)];
}

/** The device, over the top node. `bus` is where it goes: of a PCI device, or the SCSI controller's. */
export function plugIn(disk: DiskToAttach, drive: string, bus: string): QmpCommand {
  const place =
    disk.address === undefined
      ? { driver: 'virtio-blk-pci', bus }
      : {
          driver: 'scsi-hd',
          bus,
          channel: 0,
          'scsi-id': disk.address.target,
          lun: disk.address.unit,
        };
  return {
    execute: 'device_add',
    arguments: {
      ...place,
      id: disk.alias,
      drive,
      ...(disk.serial !== undefined && { serial: disk.serial }),
      ...(disk.shareable && { 'share-rw': true }),
      ...(disk.cache !== undefined && { 'write-cache': WRITE_CACHE.has(disk.cache) ? 'on' : 'off' }),
      ...(disk.iothread !== undefined && { iothread: iothreadId(disk.iothread) }),
      ...(disk.queues !== undefined && { 'num-queues': disk.queues }),
    },
  };
}

/** Asks the guest to let go of the device; QEMU tells by an event when it has. */
export const unplug = (device: string): QmpCommand => ({ execute: 'device_del', arguments: { id: device } });

/** From the top down: a node can go when nothing stands on it. */
export const closeImage = (nodes: readonly string[]): readonly QmpCommand[] => nodes.map(deleteNode);

/** The object that libvirt makes for `<iothread id='N'/>`. */
export const iothreadId = (number: string): string => `iothread${number}`;

/** What libvirt makes of its cache modes (qemuDomainDiskCachemodeFlags). */
const CACHE: Readonly<Record<CacheMode, { readonly direct: boolean; readonly 'no-flush': boolean }>> = {
  none: { direct: true, 'no-flush': false },
  writeback: { direct: false, 'no-flush': false },
  writethrough: { direct: false, 'no-flush': false },
  directsync: { direct: true, 'no-flush': false },
  unsafe: { direct: false, 'no-flush': true },
};

const WRITE_CACHE: ReadonlySet<CacheMode> = new Set(['none', 'writeback', 'unsafe']);

/** QEMU refuses `unmap` where discards are ignored; libvirt then says `on` (virDomainDiskGetDetectZeroesMode). */
const detectZeroes = ({ detectZeroes: mode, discard }: DiskToAttach): string =>
  mode === 'unmap' && discard !== 'unmap' ? 'on' : (mode ?? 'off');
