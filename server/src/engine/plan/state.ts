/** The state of a VM as JSON: for the hash, and for people's scripts. */

import type { JsonValue } from '../json-value';
import { LIMITS } from '../limits/table';
import { exactNumber, limitsThatAreSet } from '../limits/qemu';
import type { LimitValues } from '../limits/values';
import type { DiskThread, VmState } from './vm-state';

/**
 * What of a VM's state a plan rests on: who it is, which process, its groups and the disks' throttling. Whether the
 * guest runs or is paused is left out: it changes by itself, and no step depends on it.
 */
export function hashedState(state: VmState): JsonValue {
  const { name, uuid, qemu, libvirt, managedBy } = state.target;
  return {
    target: [name, uuid, qemu, libvirt, managedBy],
    process: state.process,
    ownNodes: [...state.ownNodes].sort(),
    groups: sorted(
      state.groups.map(group => [group.objectId, setLimitsJson(group.limits), [...group.usedBy].sort()]),
    ),
    disks: sorted(
      state.disks.map(disk => [
        disk.qdev,
        disk.serial,
        disk.sources,
        disk.filters.map(({ node, group }) => [node, group]),
        [disk.base, disk.shape, disk.readonly, disk.job, threadJson(disk.thread)],
        disk.iotuneGroup,
        disk.iotune === null ? null : setLimitsJson(disk.iotune),
      ]),
    ),
  };
}

const threadJson = (thread: DiskThread): JsonValue =>
  thread.kind === 'iothread' ? [thread.kind, thread.name] : [thread.kind];

/** All 19 limits by XML name, exact. */
export const limitsJson = (values: LimitValues): { readonly [key: string]: JsonValue } =>
  Object.fromEntries(LIMITS.map(({ xml }) => [xml, exactNumber(values[xml])]));

/** Only what is set, to hash less. */
const setLimitsJson = (values: LimitValues): JsonValue =>
  Object.entries(limitsThatAreSet(values)).map(([name, value]) => [name, exactNumber(value)]);

/** In the order of the first member, the object's id. */
const sorted = (rows: readonly (readonly [string, ...JsonValue[]])[]): JsonValue =>
  [...rows].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
