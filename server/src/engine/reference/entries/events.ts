/** What happens at the end of the guest, in sleep, and what is counted. */

import type { ElementEntry } from '../entry';

const ACTIONS =
  '`destroy` (the guest ends and frees all it had), `restart` (it starts anew), `preserve` (it stays, stopped, for a look; not in QEMU for all events), `rename-restart` (Xen only).';

export const EVENT_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain/on_poweroff',
    summary:
      'What follows when the guest switches itself off. QEMU refuses restart here together with destroy in on_reboot.',
    values: `${ACTIONS} The default is destroy.`,
    chapter: 'events-configuration',
  },
  {
    path: 'domain/on_reboot',
    summary:
      'What follows when the guest reboots. Installers set destroy for the first run, so that the next start takes the final configuration.',
    values: `${ACTIONS} The default is restart.`,
    chapter: 'events-configuration',
  },
  {
    path: 'domain/on_crash',
    summary:
      "What follows when the guest's kernel panics. Libvirt learns of it only through a panic device, or where the machine reports crashes by itself (s390, pSeries).",
    values: `${ACTIONS} Also coredump-destroy and coredump-restart, which save a dump first (auto_dump_path in qemu.conf), and preserve-running (goes on, so that the guest can save a dump by itself, since 12.6.0). The default is destroy.`,
    chapter: 'events-configuration',
  },
  {
    path: 'domain/on_lockfailure',
    summary:
      "What follows when the lock manager (sanlock, lockd) loses the leases of the guest's disks. Without it the lock manager does as it is used to.",
    values:
      '`poweroff` (at once), `restart` (off and on, to get the locks back), `pause` (until somebody resumes it), `ignore` (dangerous: two hosts may write to one disk).',
    since: '1.0.0',
    chapter: 'events-configuration',
  },
  {
    path: 'domain/pm',
    summary:
      'Whether the firmware offers sleep states. It cannot force a guest: one may still hibernate by switching itself off.',
    since: '0.10.2',
    example: "<pm>\n  <suspend-to-mem enabled='no'/>\n  <suspend-to-disk enabled='no'/>\n</pm>",
    chapter: 'power-management',
  },
  {
    path: 'domain/pm/suspend-to-mem',
    summary:
      'Sleep state S3. Servers are better off without: a guest that fell asleep hangs until virsh dompmwakeup.',
    since: '0.10.2',
    chapter: 'power-management',
    attributes: {
      enabled: {
        summary: 'Whether S3 is offered to the guest.',
        values: '`yes` or `no`; otherwise QEMU decides.',
      },
    },
  },
  {
    path: 'domain/pm/suspend-to-disk',
    summary: 'Sleep state S4, hibernation: the guest writes its memory to its own disk and switches off.',
    since: '0.10.2',
    chapter: 'power-management',
    attributes: {
      enabled: {
        summary: 'Whether S4 is offered to the guest.',
        values: '`yes` or `no`; otherwise QEMU decides.',
      },
    },
  },
  {
    path: 'domain/perf',
    summary:
      "Counters of the host's kernel that are kept for this guest from its start; virsh domstats --perf shows them, virsh perf switches them while it runs.",
    since: '2.0.0',
    example: "<perf>\n  <event name='cpu_cycles' enabled='yes'/>\n</perf>",
    chapter: 'performance-monitoring-events',
  },
  {
    path: 'domain/perf/event',
    summary: "One counter. Each that is on costs a little on every switch of the guest's threads.",
    since: '2.0.0',
    chapter: 'performance-monitoring-events',
    attributes: {
      name: {
        summary: 'What is counted.',
        values:
          '`cmt`, `mbmt`, `mbml` (cache and memory traffic of Intel, old kernels only); `cpu_cycles`, `ref_cpu_cycles`, `instructions`, `bus_cycles`, `stalled_cycles_frontend`, `stalled_cycles_backend`; `cache_references`, `cache_misses`; `branch_instructions`, `branch_misses`; `cpu_clock`, `task_clock`, `context_switches`, `cpu_migrations`; `page_faults`, `page_faults_min`, `page_faults_maj`, `alignment_faults`, `emulation_faults`.',
      },
      enabled: { summary: 'Whether it is counted.', values: '`yes` or `no`.' },
    },
  },
];
