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
  readonly disks: readonly AttachedDisk[];
  readonly run: 'running' | 'paused' | 'ended';
}

/** A disk with its block nodes. */
export interface AttachedDisk {
  readonly alias: string;
  readonly serial: string;
  readonly source: string;
  readonly readonly: boolean;
  /** From the top (the device's drive) down to the storage. */
  readonly nodes: readonly BlockNode[];
}

export interface BlockNode {
  readonly name: string;
  readonly driver: string;
  /** Object id of a throttle filter's group. */
  readonly group: string | undefined;
}
