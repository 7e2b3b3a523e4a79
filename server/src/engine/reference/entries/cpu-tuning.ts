/** Where the guest's threads run on the host, and how much of it they get. */

import type { AttributeEntry, ElementEntry } from '../entry';
import { BYTES_UNIT } from './sizes';

const CPUSET: AttributeEntry = {
  summary: 'Host CPUs that may be used.',
  values: 'Numbers, ranges and exceptions, like 1-4,^3,6.',
};

const SCHEDULER: Readonly<Record<string, AttributeEntry>> = {
  scheduler: {
    summary: 'Scheduling policy of the Linux kernel for these threads.',
    values:
      '`batch` and `idle` (yield to others), `fifo` and `rr` (real time; a spinning guest can lock up the host CPU it runs on).',
  },
  priority: {
    summary: 'Rank among real-time threads; needed for fifo and rr, passed over otherwise.',
    values: 'Usually 1 (lowest) to 99.',
  },
};

const PERIOD_VALUES = "1000 to 1000000; 0 means not set. The kernel's default is 100000.";
const QUOTA_VALUES = '1000 to 17592186044415; negative for no limit; 0 means not set.';

/** A pair of period and quota for some of the threads. */
const bandwidth = (
  names: { readonly period: string; readonly quota: string },
  threads: string,
  since: string,
): readonly ElementEntry[] => [
  {
    path: `domain/cputune/${names.period}`,
    summary: `Length of the interval over which the CPU time of ${threads} is measured; ${names.quota} says how much of it may be used.`,
    unit: 'microseconds',
    values: PERIOD_VALUES,
    since,
    chapter: 'cpu-tuning',
  },
  {
    path: `domain/cputune/${names.quota}`,
    summary: `CPU time that ${threads} may use in each ${names.period}; then the kernel stops until the next one. As much as the interval is one full host CPU.`,
    unit: 'microseconds',
    values: QUOTA_VALUES,
    since,
    chapter: 'cpu-tuning',
  },
];

export const CPU_TUNING_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain/cputune',
    summary:
      "Ties the guest's threads to host CPUs and limits the time they get. Pinning takes hold only once QEMU has started, so that other CPUs are used briefly.",
    since: '0.9.0',
    example:
      "<cputune>\n  <vcpupin vcpu='0' cpuset='2'/>\n  <vcpupin vcpu='1' cpuset='3'/>\n  <emulatorpin cpuset='0-1'/>\n</cputune>",
    chapter: 'cpu-tuning',
  },
  {
    path: 'domain/cputune/vcpupin',
    summary:
      'Keeps one virtual CPU on given host CPUs. One to one, on cores of one NUMA node and kept free of other work, it gives steady latency. Without it the cpuset of vcpu holds, else all CPUs.',
    since: '0.9.0',
    example: "<vcpupin vcpu='0' cpuset='4'/>",
    chapter: 'cpu-tuning',
    attributes: {
      vcpu: { summary: 'Which virtual CPU is pinned.', values: '0 up to the maximum minus 1.' },
      cpuset: CPUSET,
    },
  },
  {
    path: 'domain/cputune/emulatorpin',
    summary:
      "Keeps QEMU's own threads (main loop, I/O without iothread, migration) on given host CPUs. Put them beside the pinned virtual CPUs, not on them.",
    chapter: 'cpu-tuning',
    attributes: { cpuset: CPUSET },
  },
  {
    path: 'domain/cputune/iothreadpin',
    summary:
      'Keeps one I/O thread on given host CPUs, best on the NUMA node of the storage adapter it works for.',
    since: '1.2.9',
    chapter: 'cpu-tuning',
    attributes: {
      iothread: { summary: 'Number of the I/O thread, as in iothreadids; they count from 1.' },
      cpuset: CPUSET,
    },
  },
  {
    path: 'domain/cputune/shares',
    summary:
      'Weight against other guests when CPUs are short: twice the number gets twice the time. Without contention it changes nothing.',
    values: "1 to 10000 with cgroups v2, 2 to 262144 with v1; the system's default is 100 or 1024.",
    since: '0.9.0',
    chapter: 'cpu-tuning',
  },
  ...bandwidth({ period: 'period', quota: 'quota' }, 'each virtual CPU', '0.9.4'),
  ...bandwidth({ period: 'global_period', quota: 'global_quota' }, 'the whole guest', '1.3.3'),
  ...bandwidth(
    { period: 'emulator_period', quota: 'emulator_quota' },
    "QEMU's own threads, without virtual CPUs,",
    '0.10.0',
  ),
  ...bandwidth({ period: 'iothread_period', quota: 'iothread_quota' }, 'each I/O thread', '2.1.0'),
  {
    path: 'domain/cputune/vcpusched',
    summary: 'Scheduling policy for virtual CPUs, for real-time guests on isolated host CPUs.',
    since: '1.2.13',
    example: "<vcpusched vcpus='2-3' scheduler='fifo' priority='1'/>",
    chapter: 'cpu-tuning',
    attributes: {
      vcpus: {
        summary: 'Virtual CPUs that it is for; each may be named by one of these elements only.',
        values: 'Numbers, ranges and exceptions, like 0-3,^2; without it, all that no other names.',
      },
      ...SCHEDULER,
    },
  },
  {
    path: 'domain/cputune/iothreadsched',
    summary: 'Scheduling policy for I/O threads, so that disk requests are not kept waiting by other work.',
    since: '1.2.13',
    chapter: 'cpu-tuning',
    attributes: {
      iothreads: {
        summary: 'Numbers of the I/O threads that it is for.',
        values: 'Numbers and ranges, counted from 1; without it, all that no other names.',
      },
      ...SCHEDULER,
    },
  },
  {
    path: 'domain/cputune/emulatorsched',
    summary:
      "Scheduling policy for QEMU's own threads. In a real-time guest they must not rank below the virtual CPUs that wait for them.",
    since: '5.3.0',
    chapter: 'cpu-tuning',
    attributes: SCHEDULER,
  },
  {
    path: 'domain/cputune/cachetune',
    summary:
      "Reserves part of the host's CPU cache for some virtual CPUs, against noisy neighbours. Needs resctrl (Intel CAT or AMD QoS) mounted; virsh capabilities shows sizes and steps.",
    since: '4.1.0',
    example:
      "<cachetune vcpus='0-3'>\n  <cache id='0' level='3' type='both' size='3' unit='MiB'/>\n</cachetune>",
    chapter: 'cpu-tuning',
    attributes: {
      vcpus: {
        summary:
          'Virtual CPUs that share the reserved part; each belongs to one cachetune at most. New releases let it be left out, for the whole process.',
        values: 'Numbers, ranges and exceptions, like 0-3,^2.',
      },
      id: { summary: 'Name that libvirt gives the allocation while the guest runs; only output.' },
    },
  },
  {
    path: 'domain/cputune/cachetune/cache',
    summary: 'A piece of one host cache, taken away from everybody else.',
    since: '4.1.0',
    chapter: 'cpu-tuning',
    attributes: {
      level: { summary: 'Which level of cache is divided.', values: '3 on nearly all hosts.' },
      id: { summary: 'Which cache of that level, usually the number of the socket (virsh capabilities).' },
      type: {
        summary: 'For what the piece is used; the host must divide its cache the same way.',
        values: '`both`, or, where the host keeps them apart, `code` (instructions) and `data`.',
      },
      size: { summary: 'Size of the piece, in steps that the host allows.' },
      unit: BYTES_UNIT,
    },
  },
  {
    path: 'domain/cputune/cachetune/monitor',
    summary: 'Counts how much cache these virtual CPUs occupy (virsh domstats --cpu-total).',
    since: '4.10.0',
    chapter: 'cpu-tuning',
    attributes: {
      level: { summary: 'Level of the cache that is watched.', values: '3 on nearly all hosts.' },
      vcpus: {
        summary: 'Virtual CPUs to watch: all of the surrounding cachetune, or parts that do not overlap.',
      },
    },
  },
  {
    path: 'domain/cputune/memorytune',
    summary:
      'Limits how much memory bandwidth some virtual CPUs take. Needs resctrl on the host (Intel MBA or AMD QoS).',
    since: '4.7.0',
    example: "<memorytune vcpus='0-3'>\n  <node id='0' bandwidth='60'/>\n</memorytune>",
    chapter: 'cpu-tuning',
    attributes: {
      vcpus: {
        summary:
          'Virtual CPUs that it is for: each in one memorytune at most, and the set equal to that of a cachetune or apart from it.',
      },
    },
  },
  {
    path: 'domain/cputune/memorytune/node',
    summary: 'The limit towards the memory of one host node.',
    since: '4.7.0',
    chapter: 'cpu-tuning',
    attributes: {
      id: { summary: 'Number of the host node (virsh capabilities).' },
      bandwidth: {
        summary: 'How much is allowed; libvirt does not check whether the number makes sense on the host.',
        values: 'Percent on Intel, MB/s with the mba_MBps mount option, eighths of GB/s on AMD.',
      },
    },
  },
  {
    path: 'domain/cputune/memorytune/monitor',
    summary: 'Counts the memory traffic that these virtual CPUs cause.',
    chapter: 'cpu-tuning',
    attributes: { vcpus: { summary: 'Virtual CPUs whose traffic is counted together.' } },
  },
  {
    path: 'domain/cputune/energytune',
    summary:
      'Virtual CPUs whose use of energy is measured together. Needs resctrl with energy counters on the host.',
    since: '12.4.0',
    chapter: 'cpu-tuning',
    attributes: {
      vcpus: {
        summary:
          'The virtual CPUs; each in one such group at most. Without it the whole process is measured.',
      },
      id: { summary: 'Name that libvirt gives the group while the guest runs; only output.' },
    },
  },
  {
    path: 'domain/cputune/energytune/monitor',
    summary: 'Reads the counter for the group around it.',
    since: '12.4.0',
    chapter: 'cpu-tuning',
    attributes: { vcpus: { summary: 'Part of the group to measure apart; all of it otherwise.' } },
  },
];
