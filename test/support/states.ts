/** States of VMs and groups for tests of plans, in few words. */

import type { GivenLimits, QmpCommand, Step, VmDisk, VmGroup, VmState } from '../../server/src/engine';
import { namingOf, normalised } from '../../server/src/engine';

export type Limited = { readonly [name: string]: GivenLimits };

/** A running VM `db01` with these objects; `users` says which groups the disk `virtio-disk0`, `virtio-disk1`, ... use. */
export function vmWith(
  objects: Limited,
  more: Partial<VmState> & { readonly users?: readonly string[][] } = {},
): VmState {
  const { users = [], ...state } = more;
  const disks = users.map((groups, index): VmDisk => {
    const filters = groups.map((group, place) => ({ node: `f${index}-${place}`, group }));
    return {
      qdev: `/machine/peripheral/virtio-disk${index}/virtio-backend`,
      alias: `virtio-disk${index}`,
      target: null,
      bus: 'virtio',
      serial: null,
      sources: [`/data/${index}.raw`],
      filters,
      iotuneGroup: null,
      iotune: null,
      base: `base${index}`,
      size: 67_108_864n,
      shape: 'plain',
      readonly: false,
      device: 'virtio-blk',
      thread: { kind: 'main' },
      job: null,
      source: 'qemu',
    };
  });
  const groups = Object.entries(objects).map(([objectId, limits]): VmGroup => ({
    ...namingOf(objectId),
    objectId,
    limits: normalised(limits),
    source: 'qemu',
    usedBy: disks.flatMap(disk =>
      disk.filters.filter(({ group }) => group === objectId).map(({ node }) => node),
    ),
  }));
  return {
    target: { name: 'db01', uuid: null, qemu: '7.2.22', libvirt: null, managedBy: null },
    process: 'cpu thread 100',
    migrating: false,
    runState: 'running',
    groups,
    disks,
    filters: disks.flatMap(disk => disk.filters),
    ownNodes: [],
    jobs: [],
    iothreads: [],
    ...state,
  };
}

/** The commands of a step that goes over QMP, forth or back. */
export function qmpOf(
  step: Step | undefined,
  which: 'commands' | 'inverse' = 'commands',
): readonly QmpCommand[] {
  if (step?.via !== 'qmp') throw new Error('There is no such step that goes over QMP.');
  return step[which];
}
