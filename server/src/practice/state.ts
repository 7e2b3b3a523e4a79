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
  /** Names of the groups of its throttle filters: the first is nearest to the image. */
  readonly filters: readonly string[];
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
  readonly disks: readonly AttachedDisk[];
  /** Limits of groups of block_set_io_throttle that are no objects, by name. */
  readonly legacyGroups: ReadonlyMap<string, LimitValues>;
  readonly run: 'running' | 'paused' | 'ended';
}

/** A disk with the node that its device uses. */
export interface AttachedDisk {
  readonly alias: string;
  readonly serial: string;
  readonly source: string;
  readonly readonly: boolean;
  /** Name of the node. */
  readonly drive: string;
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
  /** Path of the image, or what QEMU writes for a node without one. */
  readonly source: string;
  /** Bytes. */
  readonly size: bigint;
}

/** A node and what it stands on, from the top down. */
export function chainFrom(state: PracticeState, name: string | undefined): readonly BlockNode[] {
  const chain: BlockNode[] = [];
  for (let node = state.nodes.get(name ?? ''); node !== undefined; node = state.nodes.get(node.file ?? '')) {
    chain.push(node);
  }
  return chain;
}
