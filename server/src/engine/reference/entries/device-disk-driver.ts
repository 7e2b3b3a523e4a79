/** How QEMU does the I/O of a disk: cache, threads, queues, discard and what is counted. */

import type { ElementEntry } from '../entry';
import { eventIdx, ioeventfd, iothreadMapping } from './device-virtio';

const chapter = 'hard-drives-floppy-disks-cdroms';

export const DISK_DRIVER_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain/devices/disk/driver',
    summary:
      'How QEMU reads and writes the image. The usual choice for a tuned disk is no host cache, native or io_uring I/O, discard passed on, and an iothread.',
    example: "<driver name='qemu' type='raw' cache='none' io='native' discard='unmap' iothread='1'/>",
    chapter,
    attributes: {
      name: {
        summary: 'The backend that serves the disk.',
        values: '`qemu` for QEMU and KVM; `phy`, `file`, `tap`, `tap2` or `qemu` on Xen.',
      },
      type: {
        summary:
          'Format of the image. Without it libvirt takes `raw`: it does not guess, since a guest could write a qcow2 header into a raw disk and so reach other files.',
        values: '`raw`, `qcow2`; for foreign images also `vmdk`, `vdi`, `vpc`, `vhdx`, `qed` and others.',
      },
      cache: {
        summary:
          'Whether the page cache of the host is used and when a write counts as done. `none` is usual for tuned hosts and safe to migrate; `unsafe` loses data when the host fails.',
        values:
          "`none` (no host cache, guest flushes are kept), `writeback` (host cache, guest flushes are kept; QEMU's default), `writethrough` (each write waits for the medium), `directsync` (`writethrough` without host cache), `unsafe` (flushes ignored), `default`.",
        since: '0.6.0',
      },
      io: {
        summary:
          'How requests reach the host kernel. `native` (Linux AIO) needs cache `none` or `directsync`; `threads` works everywhere but costs more switches between threads.',
        values: '`threads` (default), `native`, `io_uring` (since 6.3.0).',
        since: '0.8.8',
      },
      discard: {
        summary:
          'Whether trimming by the guest frees space in the image and below. Set to `unmap` on thin or solid state storage.',
        values: '`unmap` (passed on) or `ignore`; QEMU ignores them when it is left out.',
        since: '1.0.6',
      },
      detect_zeroes: {
        summary:
          'Looks for writes full of zeros and makes cheap ones of them. Saves space at the price of processor time for each write.',
        values:
          '`off` (default), `on`, or `unmap`, which frees the space; it acts like `on` where `discard` is not `unmap`.',
        since: '2.0.0',
      },
      discard_no_unref: {
        summary:
          'Of a qcow2 image: a trimmed cluster keeps its place in the file, which stops the image from getting scattered; the discard still goes down to the storage.',
        values: '`on` or `off` (default).',
        since: '9.5.0',
      },
      error_policy: {
        summary:
          'What happens when the storage fails. Pausing the guest gives time to mend the storage; it goes on with `virsh resume`.',
        values:
          '`stop` (pauses the guest), `report` (the guest gets an I/O error), `ignore`, `enospace` (pauses only when the storage is full, reports otherwise). QEMU acts like the last one when it is left out.',
        since: '0.8.0',
      },
      rerror_policy: {
        summary: 'What happens on a failed read, where it should differ from `error_policy`.',
        values: '`stop`, `report` or `ignore`.',
        since: '0.9.7',
      },
      iothread: {
        summary:
          "Moves the I/O of a virtio disk from QEMU's main loop to this iothread, which can be pinned with `<iothreadpin>`. Disks on one thread share one processor. SCSI disks take it from their controller.",
        values: 'Number of an iothread of the domain, from 1.',
        since: '1.2.8',
      },
      queues: {
        summary:
          'Number of request queues of a virtio or vhost-user disk. QEMU makes one for each vCPU on PCI, so it is set mostly to hold the number down or for a mapping to iothreads.',
        since: '3.9.0',
      },
      queue_size: {
        summary:
          'How many entries each queue of a virtio or vhost-user disk has, and so how many requests may wait in it.',
        values: "A power of two; QEMU's default is 256.",
        since: '7.8.0',
      },
      copy_on_read: {
        summary:
          'Copies what is read from a backing file into the image, so that slow storage is read once. The image grows by reading.',
        values: '`on` or `off` (default).',
        since: '0.9.10',
      },
      ioeventfd: { ...ioeventfd, since: '0.9.3' },
      event_idx: eventIdx,
    },
  },
  {
    path: 'domain/devices/disk/driver/iothreads',
    summary: iothreadMapping.iothreads,
    example:
      "<iothreads>\n  <iothread id='1'>\n    <queue id='0'/>\n  </iothread>\n  <iothread id='2'>\n    <queue id='1'/>\n  </iothread>\n</iothreads>",
    chapter,
    since: '10.0.0',
  },
  {
    path: 'domain/devices/disk/driver/iothreads/iothread',
    summary: iothreadMapping.iothread,
    chapter,
    since: '10.0.0',
    attributes: { id: { summary: 'Number of the iothread, each once on a disk.', values: 'From 1.' } },
  },
  {
    path: 'domain/devices/disk/driver/iothreads/iothread/queue',
    summary: iothreadMapping.queue,
    chapter,
    since: '10.0.0',
    attributes: { id: { summary: 'Number of the queue.', values: '0 up to `queues` less one.' } },
  },
  {
    path: 'domain/devices/disk/driver/metadata_cache',
    summary:
      "Memory for the tables of a qcow2 image. QEMU's 32 MiB cover 256 GiB of disk with clusters of 64 KiB; a larger disk with random access reads tables from storage again and again unless there is more.",
    chapter,
    since: '7.0.0',
  },
  {
    path: 'domain/devices/disk/driver/metadata_cache/max_size',
    summary: 'Upper bound of the cache; unused parts are given back.',
    unit: 'bytes, or what `unit` says',
    example: "<max_size unit='MiB'>64</max_size>",
    chapter,
    since: '7.0.0',
    attributes: {
      unit: { summary: 'Unit of the number.', values: '`bytes` (default), `KiB`, `MiB`, `GiB`.' },
    },
  },
  {
    path: 'domain/devices/disk/driver/statistics',
    summary:
      'What QEMU counts about this disk beyond its totals: figures over periods and histograms of latency, read with `virsh domstats --block`.',
    chapter,
    since: '11.9.0',
  },
  {
    path: 'domain/devices/disk/driver/statistics/statistic',
    summary:
      'One period over which minimum, maximum and mean latencies and queue depths are kept. May be repeated.',
    chapter,
    since: '11.9.0',
    attributes: {
      interval: { summary: 'How long one period lasts before counting begins anew.', unit: 'seconds' },
    },
  },
  {
    path: 'domain/devices/disk/driver/statistics/latency-histogram',
    summary:
      'Counts requests by how long they took, from start of the guest on. Applying the same configuration again to the running guest starts the count anew.',
    chapter,
    since: '12.1.0',
    attributes: {
      type: {
        summary: 'The kind of request counted; without it the bins hold for all kinds.',
        values: '`read`, `write`, `zone` or `flush`.',
      },
    },
  },
  {
    path: 'domain/devices/disk/driver/statistics/latency-histogram/bin',
    summary: 'One class of the histogram, which reaches to the start of the next one.',
    chapter,
    since: '12.1.0',
    attributes: {
      start: { summary: 'Lower bound; the bounds rise from bin to bin.', unit: 'nanoseconds' },
    },
  },
];
