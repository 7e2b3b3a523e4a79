/** How much memory the guest has, and what stands behind it. */

import type { ElementEntry } from '../entry';
import { SIZE_UNIT } from './sizes';

export const MEMORY_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain/memory',
    summary:
      'Memory of the guest at boot, memory modules among the devices included. Rounded up to whole KiB. May be left out where NUMA cells say it.',
    example: "<memory unit='GiB'>8</memory>",
    chapter: 'memory-allocation',
    attributes: {
      unit: { ...SIZE_UNIT, since: '0.9.11' },
      dumpCore: {
        summary:
          "Whether a core dump of QEMU holds the guest's memory. Off keeps dumps small and secrets of the guest out of them.",
        values: '`on` or `off`.',
        since: '0.10.2',
      },
    },
  },
  {
    path: 'domain/currentMemory',
    summary:
      'What the guest has at the moment: the balloon takes the difference to memory away, and gives it back on demand (virsh setmem). Without a balloon driver in the guest it has no effect.',
    values: 'Up to memory, which is the default.',
    chapter: 'memory-allocation',
    attributes: { unit: SIZE_UNIT },
  },
  {
    path: 'domain/maxMemory',
    summary:
      'Ceiling for memory that is plugged in while the guest runs. QEMU wants at least one NUMA cell in cpu for that. Not all of it may be reachable, since modules are aligned.',
    since: '1.2.14',
    example: "<maxMemory slots='16' unit='GiB'>64</maxMemory>",
    chapter: 'memory-allocation',
    attributes: {
      slots: {
        summary: 'How many memory modules can be plugged in at most.',
        values: 'QEMU takes up to 256.',
      },
      unit: SIZE_UNIT,
    },
  },
  {
    path: 'domain/memoryBacking',
    summary:
      "What kind of host memory stands behind the guest's: huge pages, locked, or shared with other processes.",
    example: "<memoryBacking>\n  <source type='memfd'/>\n  <access mode='shared'/>\n</memoryBacking>",
    chapter: 'memory-backing',
  },
  {
    path: 'domain/memoryBacking/hugepages',
    summary:
      'Uses huge pages of the host, which saves page table work in guests with much memory. They must be reserved beforehand (vm.nr_hugepages); the guest does not start when too few are free.',
    example: "<hugepages>\n  <page size='1' unit='GiB'/>\n</hugepages>",
    chapter: 'memory-backing',
  },
  {
    path: 'domain/memoryBacking/hugepages/page',
    summary:
      "A size of page, and which cells of the guest it is for. Without it the host's default size is used.",
    since: '1.2.5',
    chapter: 'memory-backing',
    attributes: {
      size: { summary: 'Size of the pages; the host must have such.', values: 'On x86 2 MiB or 1 GiB.' },
      unit: SIZE_UNIT,
      nodeset: {
        summary: 'Guest NUMA cells that get pages of this size; without it all that no other page names.',
        values: 'Numbers, ranges and exceptions, like 0-3,^2.',
      },
    },
  },
  {
    path: 'domain/memoryBacking/nosharepages',
    summary:
      "Keeps the kernel (KSM) from merging equal pages of this guest with others': steadier speed and no side channel between guests, at the price of more memory.",
    since: '1.0.6',
    chapter: 'memory-backing',
  },
  {
    path: 'domain/memoryBacking/locked',
    summary:
      "Keeps all of the guest's memory from being swapped out, for real-time guests. It lifts the limit on locked memory of QEMU, so that a hostile guest could starve the host: set hard_limit in memtune beside it.",
    since: '1.0.6',
    chapter: 'memory-backing',
  },
  {
    path: 'domain/memoryBacking/source',
    summary:
      'What the memory is made of. virtiofs, vhost-user and ivshmem need memory that other processes can map: memfd or file, with access shared.',
    chapter: 'memory-backing',
    attributes: {
      type: {
        summary: 'Kind of memory on the host.',
        values:
          '`anonymous` (ordinary process memory; the default), `memfd` (without a file in any directory, since 4.10.0), `file` (files in memory_backing_dir of qemu.conf).',
      },
    },
  },
  {
    path: 'domain/memoryBacking/access',
    summary: "Whether other processes may see the guest's memory. Each NUMA cell can differ (memAccess).",
    chapter: 'memory-backing',
    attributes: {
      mode: {
        summary: 'How the memory is mapped.',
        values: '`shared` (needed by virtiofs and vhost-user devices) or `private`.',
      },
    },
  },
  {
    path: 'domain/memoryBacking/allocation',
    summary:
      'When the host hands out the memory. At once makes starts slower, but finds out then, and not in the middle of work, that there is too little.',
    chapter: 'memory-backing',
    attributes: {
      mode: {
        summary: 'Time of allocation.',
        values: '`immediate` (all before the guest runs) or `ondemand` (page by page, as they are touched).',
      },
      threads: {
        summary:
          'Threads that touch the memory at the start; several shorten the start of large guests. They run where emulatorpin allows.',
        since: '8.2.0',
      },
    },
  },
  {
    path: 'domain/memoryBacking/discard',
    summary:
      'Throws the content away when the guest ends or a module is unplugged, instead of writing it back to a backing file. Only a saving: nothing is promised after a crash.',
    since: '4.4.0',
    chapter: 'memory-backing',
  },
  {
    path: 'domain/memtune',
    summary:
      "Limits of the host's memory for the whole QEMU process: guest memory, video memory and QEMU's own needs, which nobody can tell exactly.",
    since: '0.9.0',
    chapter: 'memory-tuning',
  },
  {
    path: 'domain/memtune/hard_limit',
    summary:
      "Most memory that the process may use; beyond it the kernel kills the guest. Leave it alone, unless memory is locked or many devices are passed through: then keep well above the guest's memory.",
    chapter: 'memory-tuning',
    attributes: { unit: SIZE_UNIT },
  },
  {
    path: 'domain/memtune/soft_limit',
    summary: 'What the process is pushed back to when the host runs short of memory.',
    chapter: 'memory-tuning',
    attributes: { unit: SIZE_UNIT },
  },
  {
    path: 'domain/memtune/swap_hard_limit',
    summary: 'Most memory and swap together that the process may use; must not be lower than hard_limit.',
    chapter: 'memory-tuning',
    attributes: { unit: SIZE_UNIT },
  },
  {
    path: 'domain/memtune/min_guarantee',
    summary:
      'Memory that the guest is promised in any case. Only VMware ESX and OpenVZ know it; QEMU refuses it.',
    chapter: 'memory-tuning',
    attributes: { unit: SIZE_UNIT },
  },
];
