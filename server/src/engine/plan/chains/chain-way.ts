/** In which way the chain of a disk may be changed on this VM, or why it may not. */

import type { HeldDisk } from '../types';
import type { VmDisk, VmState } from '../vm-state';
import { shown } from '../words';

export type ChainWay =
  /** Filters straight over the base. */
  | { readonly kind: 'direct' }
  /** Each new filter over a placeholder of so many bytes first. */
  | { readonly kind: 'placeholder'; readonly size: bigint }
  /** As direct, while the guest is paused. */
  | { readonly kind: 'paused' }
  | { readonly kind: 'held'; readonly reason: HeldDisk['reason']; readonly why: string };

/** Fails closed: what facts/qemu.md does not cover is held, with words. */
export function chainWay(disk: VmDisk, state: VmState): ChainWay {
  return heldByDisk(disk) ?? wayOfThread(disk, state);
}

/** What speaks against changing the chain whatever thread serves the disk. */
function heldByDisk(disk: VmDisk): ChainWay | undefined {
  if (disk.shape === 'empty') {
    return held(
      'disk',
      'the drive is empty, and QEMU ends when an empty drive is given a filter; put a medium in first',
    );
  }
  if (disk.shape === 'unseen') {
    return held('unsupported', 'only what libvirt says of it was seen, not the block nodes that QEMU has');
  }
  if (disk.shape === 'mixed' || disk.base === null || disk.qdev === '') {
    return held(
      'disk',
      'its block nodes are not a device, filters and an image in this order, so what a change would do is not known',
    );
  }
  if (disk.readonly) {
    return held(
      'disk',
      'its image is read-only, and QEMU gives no filter to such a disk (Block node is read-only)',
    );
  }
  if (disk.job !== null) {
    return held('block-job', `block job ${shown(disk.job)} works on it; wait until that has ended`);
  }
  const groups = disk.filters.map(({ group }) => group);
  const twice = groups.find((group, index) => groups.indexOf(group) !== index);
  if (twice !== undefined) {
    return held(
      'disk',
      `the VM has group ${shown(twice)} twice in its chain, and changing such a chain can abort QEMU`,
    );
  }
  const unnamed = disk.filters.find(({ node }) => node.startsWith('#'));
  if (unnamed !== undefined) {
    return held(
      'disk',
      `its filter ${shown(unnamed.node)} was made without a name, so that it could not be made again`,
    );
  }
  return undefined;
}

/** Facts/qemu.md 3.4: measured with 7.2, 10.0 and 11.1. */
function wayOfThread({ thread, device, size }: VmDisk, state: VmState): ChainWay {
  if (thread.kind === 'main') return { kind: 'direct' };
  if (thread.kind === 'unreadable') {
    return held('iothread', `${thread.why}, and a filter over a node in an iothread would end QEMU`);
  }
  if (thread.kind === 'mapped') {
    return held(
      'iothread',
      'its queues are mapped to several iothreads (iothread-vq-mapping), for which changing the chain was not measured',
    );
  }
  const major = Number(/^\d+/.exec(state.target.qemu)?.[0] ?? 0);
  const served = `iothread ${shown(thread.name)} serves it`;
  if (major === 10 || major === 11) {
    return size === null
      ? held('iothread', `${served}, and the size of its image is not known, which a safe change needs`)
      : { kind: 'placeholder', size };
  }
  if (major !== 7) {
    return held(
      'iothread',
      `${served}, and what QEMU ${shown(state.target.qemu)} does then was not measured (7.2, 10.0 and 11.1 were)`,
    );
  }
  if (device !== 'virtio-blk') {
    return held(
      'iothread',
      `${served}, and QEMU 7 ends when the chain of a virtio-scsi disk in an iothread changes`,
    );
  }
  return state.runState === 'running' ? { kind: 'paused' } : { kind: 'direct' };
}

/**
 * Why the guest is not paused for a change: QEMU 7.2 checks in `stop` that no request of a filter waits for its time, and
 * in an iothread one may have begun to just then. It aborted so (throttle_group_restart_queue: !timer_pending) in 2 of
 * some 270 pauses under load. Undoing pauses all the same: the filters are milliseconds old then, and without it they
 * would stay.
 */
export function whyNotPaused({ disks }: VmState): string | undefined {
  const filtered = disks.find(({ thread, filters }) => thread.kind !== 'main' && filters.length > 0);
  return filtered === undefined
    ? undefined
    : `the guest would have to be paused, and pausing can abort QEMU 7 while a disk in an iothread has a filter (${shown(filtered.alias)} has)`;
}

const held = (reason: HeldDisk['reason'], why: string): ChainWay => ({ kind: 'held', reason, why });
