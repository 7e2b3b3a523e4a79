/** The QMP commands of plans, each made in one place, with the options that must not be forgotten. */

import { limitsToSet, valuesToCreate, exactNumber } from '../limits/qemu';
import { LIMITS } from '../limits/table';
import type { LimitValues } from '../limits/values';
import { NO_LIMITS } from '../limits/values';
import type { QmpCommand } from './types';
import type { IotuneState } from './vm-state';

/** As libvirt creates a group (facts of real runs: `object-add` with all rates). */
export const createGroup = (objectId: string, limits: LimitValues): QmpCommand => ({
  execute: 'object-add',
  arguments: { 'qom-type': 'throttle-group', id: objectId, limits: valuesToCreate(limits) },
});

/** By the absolute path: a bare id, as libvirt uses it, is searched for in the whole machine. */
export const setGroup = (objectId: string, limits: LimitValues): QmpCommand => ({
  execute: 'qom-set',
  arguments: { path: `/objects/${objectId}`, property: 'limits', value: limitsToSet(limits) },
});

export const deleteGroup = (objectId: string): QmpCommand => ({
  execute: 'object-del',
  arguments: { id: objectId },
});

/** A filter with what it stands on. */
export interface FilterOptions {
  readonly node: string;
  readonly group: string;
  readonly file: string;
}

/**
 * `discard` lets discards through to the node below, which decides: without it a filter swallows them (measured:
 * facts/libvirt.md 7), and a reopen that leaves it out takes it away from a node that had it.
 */
const filterOptions = ({ node, group, file }: FilterOptions) =>
  ({ driver: 'throttle', 'node-name': node, 'throttle-group': group, file, discard: 'unmap' }) as const;

export const addFilter = (filter: FilterOptions): QmpCommand => ({
  execute: 'blockdev-add',
  arguments: filterOptions(filter),
});

/** All or nothing; every throttle node of the disk, from the image up (F2). */
export const reopenFilters = (filters: readonly FilterOptions[]): QmpCommand => ({
  execute: 'blockdev-reopen',
  arguments: { options: filters.map(filterOptions) },
});

/** A node without a thread of its own to put a filter over first (facts/qemu.md 3.4). */
export const addPlaceholder = (node: string, size: bigint): QmpCommand => ({
  execute: 'blockdev-add',
  arguments: { driver: 'null-co', 'node-name': node, size: exactNumber(size), 'read-zeroes': true },
});

export const deleteNode = (node: string): QmpCommand => ({
  execute: 'blockdev-del',
  arguments: { 'node-name': node },
});

/** Makes the node the root of the device. */
export const setDrive = (qdev: string, node: string): QmpCommand => ({
  execute: 'qom-set',
  arguments: { path: devicePath(qdev), property: 'drive', value: node },
});

/** The QOM path of a device as query-block names it: some devices by their id alone (W1: any other path misleads). */
export const devicePath = (qdev: string): string =>
  qdev.startsWith('/') ? qdev : `/machine/peripheral/${qdev}`;

/**
 * All 19 legacy limits, and always the group: where it is left out, QEMU keeps the disk in the group that it is in
 * (blockdev.c: qmp_block_set_io_throttle). A group of its own has the device's path as its name. Null: no limits.
 */
export const setIotune = (qdev: string, iotune: IotuneState | null): QmpCommand => {
  const limits = iotune?.limits ?? NO_LIMITS;
  return {
    execute: 'block_set_io_throttle',
    arguments: {
      id: devicePath(qdev),
      ...Object.fromEntries(
        LIMITS.map(({ xml, blockThrottle }) => [blockThrottle, exactNumber(limits[xml])]),
      ),
      ...(iotune === null ? {} : { group: iotune.group ?? devicePath(qdev) }),
    },
  };
};

export const pauseGuest: QmpCommand = { execute: 'stop' };

export const resumeGuest: QmpCommand = { execute: 'cont' };
