/** The CPU that the guest sees. */

import type { ElementEntry } from '../entry';

export const CPU_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain/cpu',
    summary:
      'Model, features and layout of the virtual CPU. Without it x86 guests get a generic old model (qemu64): slow, and without many instructions.',
    since: '0.7.5',
    example: "<cpu mode='host-model'/>",
    chapter: 'cpu-model-and-topology',
    attributes: {
      mode: {
        summary:
          'How the model is chosen: the closer to the host, the faster, and the fewer other hosts the guest can be migrated to.',
        values:
          '`custom` (the model named inside; the default), `host-model` (the named model nearest to the host, written out at each start; can be migrated), `host-passthrough` (the host itself; only between equal hosts), `maximum` (all that the accelerator can do, since 7.1.0).',
        since: '0.9.10',
      },
      match: {
        summary: 'How the guest CPU has to relate to model and features, with mode custom.',
        values:
          '`exact` (as described; the default), `minimum` (that or more, as the host has), `strict` (the host has to be exactly so; hardly of use).',
      },
      check: {
        summary:
          'How carefully it is verified that the guest gets the CPU that was asked for. Libvirt raises it by itself once the guest runs.',
        values:
          '`none` (not at all: QEMU only warns), `partial` (the description, before the start), `full` (the CPU that QEMU made; no start when it differs).',
        since: '3.2.0',
      },
      migratable: {
        summary:
          'With host-passthrough or maximum: whether features that stand in the way of migration are taken out. The hosts must be equal all the same.',
        values: '`on` or `off`.',
        since: '6.5.0',
      },
      deprecated_features: {
        summary:
          'On s390: whether features that newer machines are about to lose stay in a CPU taken from the host. Off keeps the guest able to migrate to them.',
        values: '`on` or `off`.',
        since: '11.0.0',
      },
    },
  },
  {
    path: 'domain/cpu/model',
    summary:
      'Name of the CPU model, with mode custom. The oldest model in a pool of hosts lets guests migrate between all of them (virsh cpu-models and hypervisor-cpu-baseline help).',
    values: "For instance `EPYC-Milan`, `Icelake-Server`, `qemu64`. Names of the host's architecture only.",
    chapter: 'cpu-model-and-topology',
    attributes: {
      fallback: {
        summary: 'What happens when the hypervisor does not know the model.',
        values:
          '`allow` (the nearest one with the same features is taken; the default) or `forbid` (no start).',
        since: '0.9.10',
      },
      vendor_id: {
        summary: 'Vendor string that the CPUID instruction reports, if not that of the host.',
        values: 'Exactly 12 characters, such as `GenuineIntel` or `AuthenticAMD`.',
        since: '0.10.0',
      },
    },
  },
  {
    path: 'domain/cpu/vendor',
    summary:
      'Demands a host CPU of this maker; the guest does not start on others. Rarely wanted, since the model implies it mostly.',
    values: '`Intel`, `AMD` or Hygon on x86.',
    since: '0.8.3',
    chapter: 'cpu-model-and-topology',
  },
  {
    path: 'domain/cpu/topology',
    summary:
      'How the virtual CPUs are laid out, which scheduling and licences by socket in the guest go by. The product of all numbers must be the maximum of vcpu. Without it each CPU is a socket of its own.',
    example: "<topology sockets='1' dies='1' cores='4' threads='2'/>",
    chapter: 'cpu-model-and-topology',
    attributes: {
      sockets: { summary: 'CPU packages in the machine.', values: '1 or more.' },
      dies: {
        summary: 'Dies in each package; they matter for which cores share a cache.',
        values: '1 or more; 1 is the default.',
        since: '6.1.0',
      },
      clusters: {
        summary: 'Groups of cores on each die, for machine types that have them (ARM).',
        values: '1 or more; 1 is the default.',
        since: '10.1.0',
      },
      cores: {
        summary: 'Cores in each cluster, or in each die where there are no clusters.',
        values: '1 or more.',
      },
      threads: {
        summary:
          'Hardware threads of each core. Use 2 only when pairs of virtual CPUs are pinned to real sibling threads.',
        values: '1 or more.',
      },
    },
  },
  {
    path: 'domain/cpu/feature',
    summary:
      'Adds one CPU flag to the model, or takes it away: nested virtualization (vmx, svm), mitigations, or a flag that another host lacks.',
    example: "<feature policy='disable' name='vmx'/>",
    chapter: 'cpu-model-and-topology',
    attributes: {
      name: {
        summary:
          "Libvirt's name of the flag, mostly that of /proc/cpuinfo (virsh hypervisor-cpu-baseline and domcapabilities show them).",
      },
      policy: {
        summary: 'What is done about the flag.',
        values:
          '`require` (there, or no start; the default), `optional` (there if the host has it), `disable` (taken away), `force` (claimed even where the host lacks it), `forbid` (no start on hosts that have it).',
      },
    },
  },
  {
    path: 'domain/cpu/cache',
    summary:
      'What the guest is told about CPU caches. Schedulers and databases in the guest use it; passthrough needs mode host-passthrough or maximum.',
    since: '3.3.0',
    example: "<cache mode='passthrough'/>",
    chapter: 'cpu-model-and-topology',
    attributes: {
      level: {
        summary: 'The one level that is meant; with it, all cache elements need one.',
        values: 'A number, like 3. Without it all levels are meant.',
      },
      mode: {
        summary: 'Where the data comes from.',
        values:
          "`passthrough` (the host's real caches), `emulate` (made up), `disable` (no cache is reported).",
      },
    },
  },
  {
    path: 'domain/cpu/maxphysaddr',
    summary:
      'Width of physical addresses in the guest, which bounds memory plus PCI windows. Guests with terabytes of memory or large GPUs need more than the default; all hosts of a migration must have it.',
    since: '8.7.0',
    example: "<maxphysaddr mode='passthrough' limit='46'/>",
    chapter: 'cpu-model-and-topology',
    attributes: {
      mode: {
        summary: 'Where the width comes from.',
        values: '`passthrough` (as on the host) or `emulate` (the number in bits).',
      },
      bits: {
        summary: 'The width, with mode emulate. Not more than the host has.',
        unit: 'bits',
      },
      limit: {
        summary:
          'With passthrough: no more than this on hosts that have more, so that hosts of several kinds match.',
        unit: 'bits',
        since: '9.3.0',
      },
    },
  },
];
