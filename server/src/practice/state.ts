/** What a practice VM is and has: plain data. */

import type { LimitValues } from '../engine';

/** A disk as its domain document has it. */
export interface PracticeDisk {
  /** Libvirt's alias, which is the device's id: `virtio-disk0`. */
  readonly alias: string;
  /** Path or URL of the image. */
  readonly source?: string;
  /** Image format; raw where absent. */
  readonly format?: string;
  readonly serial?: string;
  readonly readonly?: boolean;
  /** Its place behind a SCSI controller, where it is on one; a disk of any other bus is played on virtio. */
  readonly scsi?: ScsiAddress;
  /** Names of the groups of its throttle filters: the first is nearest to the image. */
  readonly filters: readonly string[];
}

/** Libvirt's `<address type='drive'>` of a disk on SCSI; a virtio-scsi controller has one channel only. */
export interface ScsiAddress {
  /** Index of the controller. */
  readonly controller: number;
  readonly target: number;
  readonly lun: number;
}

/** A domain to play. */
export interface PracticeDomain {
  readonly name: string;
  /** Undefined: QEMU's zeroes. */
  readonly uuid: string | undefined;
  readonly groups: readonly { readonly name: string; readonly limits: LimitValues }[];
  readonly disks: readonly PracticeDisk[];
}

export interface PracticeState {
  readonly name: string;
  readonly uuid: string;
  /** By object id, in the order of creation. */
  readonly groups: ReadonlyMap<string, LimitValues>;
  /** Block nodes by name, in the order of creation. */
  readonly nodes: ReadonlyMap<string, BlockNode>;
  readonly controllers: readonly Controller[];
  readonly disks: readonly AttachedDisk[];
  /** Limits of groups of block_set_io_throttle that are no objects, by name. */
  readonly legacyGroups: ReadonlyMap<string, LimitValues>;
  readonly run: 'running' | 'paused' | 'ended';
}

/** A device on which other devices are plugged in; its bus is named after its id. */
export interface Controller {
  readonly id: string;
  readonly type: 'virtio-scsi-pci' | 'pci-bridge';
  readonly place: PciPlace;
}

export interface PciPlace {
  readonly kind: 'pci';
  /** Name of the bus: `pci.0`, or the id of a bridge. */
  readonly bus: string;
  readonly slot: number;
}

export interface ScsiPlace {
  readonly kind: 'scsi';
  /** Name of the bus: `scsi0.0`. */
  readonly bus: string;
  readonly target: number;
  readonly lun: number;
}

/** A disk's device with the node that it uses: virtio-blk-pci on a PCI bus, scsi-hd on a SCSI bus. */
export interface AttachedDisk {
  /** The device's id, libvirt's alias; undefined where it was plugged in without one. */
  readonly alias: string | undefined;
  /** In the tree of QEMU's objects: `/machine/peripheral/virtio-disk0`. */
  readonly path: string;
  readonly place: PciPlace | ScsiPlace;
  readonly serial: string;
  /** Whether others may write to its node too. */
  readonly shareRw: boolean;
  readonly writeCache: 'auto' | 'on' | 'off';
  /** Queues of a virtio disk. */
  readonly queues: bigint;
  /** Name of the node. */
  readonly drive: string;
  /** When it took its node, see `nextAge`. */
  readonly age: number;
  /** Group of block_set_io_throttle; undefined where the device is not limited so. */
  readonly legacyGroup: string | undefined;
}

export interface BlockNode {
  readonly name: string;
  readonly driver: string;
  /** Object id of a throttle filter's group. */
  readonly group: string | undefined;
  /** Name of the node below; undefined at the bottom. */
  readonly file: string | undefined;
  /** Name of the node of the image that a qcow2 image stands on; undefined where it stands on none. */
  readonly backing: string | undefined;
  readonly readonly: boolean;
  readonly detectZeroes: DetectZeroes;
  readonly cache: { readonly direct: boolean; readonly noFlush: boolean };
  /** Path of the image, or what QEMU writes for a node without one. */
  readonly source: string;
  /** Bytes. */
  readonly size: bigint;
  /** When it was made, see `nextAge`. */
  readonly age: number;
}

export type DetectZeroes = 'off' | 'on' | 'unmap';

/**
 * Bytes of every image of a practice VM. It opens no file, so that nobody's image is touched and a document can be
 * played where its images are not: what it cannot know is made up.
 */
export const IMAGE_SIZE = 10n * 1024n ** 3n;

/** The drivers of devices that are disks, by the bus that they are plugged into. */
export const DISK_DRIVERS = { pci: 'virtio-blk-pci', scsi: 'scsi-hd' } as const;

/** Where the part of the device is that uses the node: a virtio device has a backend of its own. */
export const backendPath = ({ path, place }: AttachedDisk): string =>
  place.kind === 'pci' ? `${path}/virtio-backend` : path;

/** The name by which QEMU's block layer knows the device: an id, or the path where that part has none. */
export const qdevOf = (disk: AttachedDisk): string =>
  disk.place.kind === 'scsi' && disk.alias !== undefined ? disk.alias : backendPath(disk);

/** Where the device of this id is in the tree of objects. */
export const peripheralPath = (id: string): string => `/machine/peripheral/${id}`;

/** Greater than that of any node and disk so far: of two that want the same node, QEMU first looks at the younger. */
export const nextAge = ({ nodes, disks }: PracticeState): number =>
  [...nodes.values(), ...disks].reduce((oldest, { age }) => Math.max(oldest, age), 0) + 1;

/** A node and what it stands on, from the top down. */
export function chainFrom(state: PracticeState, name: string | undefined): readonly BlockNode[] {
  const chain: BlockNode[] = [];
  for (let node = state.nodes.get(name ?? ''); node !== undefined; node = state.nodes.get(node.file ?? '')) {
    chain.push(node);
  }
  return chain;
}
