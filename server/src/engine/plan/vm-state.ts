/** The state of a VM as data: what was read of it, and where that was seen. */

import type { LimitValues } from '../limits/values';

/** Where a value was seen. */
export type Source = 'qemu' | 'libvirt-live' | 'libvirt-config';

/** Who the VM is. */
export interface Target {
  readonly name: string | null;
  readonly uuid: string | null;
  /** QEMU's version, "10.0.13". */
  readonly qemu: string;
  /** Libvirt's version where libvirt is the peer. */
  readonly libvirt: string | null;
  readonly managedBy: 'libvirt' | null;
}

/** A throttle group as the VM has it. */
export interface VmGroup {
  /** Name in the document's sense: the object id without `throttle-`, or a plain object's id. */
  readonly name: string;
  /** QOM id. */
  readonly objectId: string;
  /** `prefixed`: `throttle-NAME`, as libvirt makes it; `plain`: made by hand. */
  readonly naming: 'prefixed' | 'plain';
  readonly limits: LimitValues;
  /** Filter nodes that use it. */
  readonly usedBy: readonly string[];
  /** Where the limits were seen. */
  readonly source: Source;
}

/** A throttle filter: a block node that asks a group before it lets a request through. */
export interface FilterNode {
  /** Name of the block node; empty where only libvirt's XML was seen, which does not tell it. */
  readonly node: string;
  /** Id of the QOM object (or of the legacy group) that the filter uses. */
  readonly group: string;
}

/**
 * How a disk's nodes stand, as far as a chain can be put on them or taken away:
 * `plain`: filters and nothing else between device and base; `empty`: a drive without a medium; `mixed`: throttle
 * filters below other nodes, or a top that is not what the device was found to use; `unseen`: only libvirt's XML was seen.
 */
export type ChainShape = 'plain' | 'empty' | 'mixed' | 'unseen';

/** The thread that a disk's requests are served in. */
export type DiskThread =
  /** QEMU's main loop. */
  | { readonly kind: 'main' }
  | { readonly kind: 'iothread'; readonly name: string }
  /** Several, by virtio's iothread-vq-mapping. */
  | { readonly kind: 'mapped' }
  /** It could not be read, so it could be anything. */
  | { readonly kind: 'unreadable'; readonly why: string };

/** What sits in front of the chain, as far as a guard must tell devices apart. */
export type DeviceKind = 'virtio-blk' | 'other';

/** Legacy throttling of a device (`block_set_io_throttle`, `-drive throttling.*`, libvirt's `<iotune>`). */
export interface IotuneState {
  readonly limits: LimitValues;
  /** Name of the group that other disks may share; null where the disk has its own. */
  readonly group: string | null;
}

/** A disk as the VM has it; chains are from the image up, as in the document. */
export interface VmDisk {
  /** QOM path of the device, as query-block names it. */
  readonly qdev: string;
  /** Last part of the path: libvirt's alias, or the id given by hand. */
  readonly alias: string;
  /** Libvirt's target (`vda`); null on a raw socket, where QEMU does not know it. */
  readonly target: string | null;
  /** Libvirt's word for the bus: virtio, scsi, ide, sata, nvme, usb, fdc; null where it cannot be told. */
  readonly bus: string | null;
  readonly serial: string | null;
  /** Image file, device or name of every layer that has one, the top layer's first. */
  readonly sources: readonly string[];
  /** The throttle filters between device and base; where `shape` is mixed, all that were found. */
  readonly filters: readonly FilterNode[];
  /** The node that the filters stand on: the device's own node where there is none. Null where there is none or it was not seen. */
  readonly base: string | null;
  /** Bytes of the base; null where not seen. */
  readonly size: bigint | null;
  readonly shape: ChainShape;
  readonly readonly: boolean;
  readonly device: DeviceKind;
  readonly thread: DiskThread;
  /** Id of a block job that works on the disk's nodes. */
  readonly job: string | null;
  /** Legacy throttling of the device (block_set_io_throttle, -drive throttling.*): its group's name, the device's own included. */
  readonly iotuneGroup: string | null;
  /** Legacy limits; null where nothing is limited so. */
  readonly iotune: LimitValues | null;
  /** Where chain and legacy limits were seen. */
  readonly source: Source;
  /** All nodes that its requests go through, from the device down; absent where only libvirt's XML was seen. */
  readonly nodes?: readonly string[];
  /** The disk's XML in libvirt's persistent definition; absent elsewhere, and where libvirt hides a part of it. */
  readonly xml?: string;
}

/** A long-running operation on block nodes: mirror, commit, stream, backup. */
export interface BlockJob {
  readonly id: string;
  /** QEMU's word: mirror, commit, stream, backup. */
  readonly type: string;
  /** qdev of the disks that it works on; null where that cannot be told, so that it could be any. */
  readonly disks: readonly string[] | null;
}

/** Where a disk can be plugged in while the VM runs. */
export interface Plugs {
  /** Buses with a free place for a PCI device. */
  readonly pci: readonly string[];
  readonly scsi: readonly ScsiController[];
  /** Ids of all devices that have one. */
  readonly devices: readonly string[];
}

/** A virtio-scsi controller, which disks can be hung on. */
export interface ScsiController {
  readonly id: string;
  readonly thread: DiskThread;
}

export interface VmState {
  readonly target: Target;
  /** Tells one QEMU process from the next at the same address; null where the VM has no thread that could tell. */
  readonly process: string | null;
  /** A migration or a save is under way. */
  readonly migrating: boolean;
  /** QEMU's run state: running, paused, ... */
  readonly runState: string;
  readonly groups: readonly VmGroup[];
  readonly disks: readonly VmDisk[];
  /** All throttle filters, also those that no disk uses. */
  readonly filters: readonly FilterNode[];
  /** Names of all block nodes that begin with `domxml-`: ours. */
  readonly ownNodes: readonly string[];
  readonly jobs: readonly BlockJob[];
  /** Ids of the iothreads. */
  readonly iothreads: readonly string[];
  /** Names of all block nodes; absent where only libvirt's XML was seen. */
  readonly nodes?: readonly string[];
  /** Where another disk can be plugged in; absent where that was not asked. */
  readonly plugs?: Plugs;
  /** Where libvirt is the peer: the persistent definition, which the next start uses. Absent for transient domains. */
  readonly definition?: VmState;
  /** Where libvirt is the peer and the rest was read from QEMU itself: what libvirt's live XML says. */
  readonly declared?: VmState;
}
