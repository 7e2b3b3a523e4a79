/** Memory modules, shared memory, and the balloon. */

import type { ElementEntry } from '../entry';
import { SIZE_UNIT } from './sizes';

export const MEMORY_DEVICE_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain/devices/memory',
    summary:
      "A memory module beside the guest's base memory: for hotplug, or persistent memory. Needs maxMemory and, in QEMU, NUMA cells.",
    since: '1.2.14',
    example:
      "<memory model='virtio-mem'>\n  <target>\n    <size unit='GiB'>8</size>\n    <node>0</node>\n    <block unit='MiB'>2</block>\n    <requested unit='GiB'>2</requested>\n  </target>\n</memory>",
    chapter: 'memory-devices',
    attributes: {
      model: {
        summary: 'Kind of module.',
        values:
          '`dimm` (plugged as a whole), `virtio-mem` (grows and shrinks in small steps, since 7.9.0), `nvdimm` (persistent, since 3.2.0), `virtio-pmem` (persistent, paravirtual, since 7.1.0), `sgx-epc` (enclaves of Intel SGX, since 8.10.0).',
      },
      access: {
        summary:
          'Whether other processes may map the module. Must be shared for virtio-pmem and for real NVDIMMs.',
        values: '`shared` or `private`.',
        since: '3.2.0',
      },
      discard: {
        summary: 'With dimm: whether the content is thrown away when the module is unplugged.',
        values: '`yes` or `no`.',
        since: '4.4.0',
      },
    },
  },
  {
    path: 'domain/devices/memory/uuid',
    summary: 'With nvdimm on pSeries: identity of the module, by which the guest knows it again.',
    values: 'A UUID; made by libvirt if it is left out.',
    since: '6.2.0',
    chapter: 'memory-devices',
  },
  {
    path: 'domain/devices/memory/source',
    summary:
      'What stands behind the module on the host. Persistent ones need a path; others follow memoryBacking and numatune.',
    chapter: 'memory-devices',
  },
  {
    path: 'domain/devices/memory/source/path',
    summary: 'File or device that keeps the content of a persistent module.',
    values: 'An absolute path on the host, such as /dev/dax0.0.',
    chapter: 'memory-devices',
  },
  {
    path: 'domain/devices/memory/source/pagesize',
    summary:
      "Size of the host's pages behind this module, for instance huge ones although the rest has none.",
    chapter: 'memory-devices',
    attributes: { unit: SIZE_UNIT },
  },
  {
    path: 'domain/devices/memory/source/nodemask',
    summary: "Host nodes that the module's memory is taken from, instead of those of numatune.",
    values: 'Numbers, ranges and exceptions, like 1-3,^2.',
    chapter: 'memory-devices',
  },
  {
    path: 'domain/devices/memory/source/alignsize',
    summary:
      'Alignment for mapping an nvdimm. Real ones commonly need 2 MiB; the page size of the host otherwise.',
    since: '5.0.0',
    chapter: 'memory-devices',
    attributes: { unit: SIZE_UNIT },
  },
  {
    path: 'domain/devices/memory/source/pmem',
    summary:
      'Makes QEMU flush writes so that they survive a power cut; for nvdimm on real persistent memory.',
    since: '5.0.0',
    chapter: 'memory-devices',
  },
  {
    path: 'domain/devices/memory/target',
    summary: 'The module as the guest sees it: size and place.',
    chapter: 'memory-devices',
    attributes: {
      dynamicMemslots: {
        summary:
          'With virtio-mem: uses several small slots instead of one for the whole, which saves host memory. Old vhost-user devices (virtiofs) may refuse it.',
        values: "`yes` or `no`; QEMU's default is no.",
        since: '10.1.0',
      },
    },
  },
  {
    path: 'domain/devices/memory/target/size',
    summary: 'Size of the module; with virtio-mem the most that it can grow to.',
    chapter: 'memory-devices',
    attributes: { unit: SIZE_UNIT },
  },
  {
    path: 'domain/devices/memory/target/node',
    summary: 'NUMA cell of the guest that the module belongs to. Only where the guest has cells.',
    chapter: 'memory-devices',
  },
  {
    path: 'domain/devices/memory/target/block',
    summary: 'With virtio-mem: step in which it grows and shrinks. Fine steps are easier to free.',
    values: 'A power of two, at least a transparent huge page: 2 MiB on x86.',
    since: '7.9.0',
    chapter: 'memory-devices',
    attributes: { unit: SIZE_UNIT },
  },
  {
    path: 'domain/devices/memory/target/requested',
    summary:
      'With virtio-mem: how much the guest shall have now. Change it while the guest runs (virsh update-memory-device); it follows as it can.',
    values: 'A multiple of block, up to size.',
    since: '7.9.0',
    chapter: 'memory-devices',
    attributes: { unit: SIZE_UNIT },
  },
  {
    path: 'domain/devices/memory/target/current',
    summary: 'With virtio-mem: how much the guest took so far. Only output of a running guest.',
    chapter: 'memory-devices',
    attributes: { unit: SIZE_UNIT },
  },
  {
    path: 'domain/devices/memory/target/label',
    summary: 'Part of an nvdimm that is set aside for labels, by which the guest divides it into namespaces.',
    chapter: 'memory-devices',
  },
  {
    path: 'domain/devices/memory/target/label/size',
    summary: "Size of the label area, which is taken off the module's size.",
    values: 'At least 128 KiB in QEMU.',
    chapter: 'memory-devices',
    attributes: { unit: SIZE_UNIT },
  },
  {
    path: 'domain/devices/memory/target/readonly',
    summary:
      'The guest can only read the nvdimm. Set it when the backing is no real persistent memory, so that no write seems safe.',
    since: '5.0.0',
    chapter: 'memory-devices',
  },
  {
    path: 'domain/devices/memory/target/address',
    summary:
      "Where virtio-mem or virtio-pmem lies in the guest's memory. Libvirt chooses it; keep it for migration.",
    since: '9.4.0',
    chapter: 'memory-devices',
    attributes: {
      base: { summary: 'First physical address of the module.', values: 'Hexadecimal, like 0x140000000.' },
    },
  },
  {
    path: 'domain/devices/memballoon',
    summary:
      'Lets the host take memory back from the guest, and reports how much of it is in use. Added by libvirt in any case; model none keeps it away.',
    since: '0.8.3',
    example: "<memballoon model='virtio'>\n  <stats period='10'/>\n</memballoon>",
    chapter: 'memory-balloon-device',
    attributes: {
      model: {
        summary: 'Kind of balloon.',
        values:
          '`virtio` (QEMU), `virtio-transitional` and `virtio-non-transitional` (since 5.2.0), `xen`, `none` (no balloon, since 0.8.4).',
      },
      autodeflate: {
        summary:
          'Whether the guest takes memory back from the balloon before it kills processes for want of it.',
        values: '`on` or `off`.',
        since: '1.3.1',
      },
      freePageReporting: {
        summary: 'Whether the guest tells pages that it does not use, so that the host can use them at once.',
        values: '`on` or `off`.',
        since: '6.9.0',
      },
    },
  },
  {
    path: 'domain/devices/memballoon/stats',
    summary:
      'Makes the guest report its memory figures for virsh dommemstat and domstats; they are old or missing otherwise.',
    since: '1.1.1',
    chapter: 'memory-balloon-device',
    attributes: {
      period: { summary: 'Time between two reports.', unit: 'seconds', values: '0 switches them off.' },
    },
  },
  {
    path: 'domain/devices/shmem',
    summary:
      'Memory that several guests and the host share, seen as a PCI device (ivshmem); for very fast exchange between them.',
    since: '1.2.10',
    example:
      "<shmem name='looking-glass'>\n  <model type='ivshmem-plain'/>\n  <size unit='M'>64</size>\n</shmem>",
    chapter: 'shared-memory-device',
    attributes: {
      name: {
        summary: 'Name of the shared piece, under /dev/shm on the host; guests with the same name share it.',
        values: 'No slash; not . or ..',
      },
      role: {
        summary: 'Whether the content goes along when the guest is migrated.',
        values: '`master` (goes along; one guest at most) or `peer` (the device must be unplugged before).',
        since: '6.6.0',
      },
    },
  },
  {
    path: 'domain/devices/shmem/model',
    summary: 'Which device the guest sees.',
    chapter: 'shared-memory-device',
    attributes: {
      type: {
        summary: 'With or without interrupts between the guests.',
        values:
          '`ivshmem-plain` (memory alone), `ivshmem-doorbell` (interrupts through a server), `ivshmem` (both; gone from new QEMUs).',
      },
    },
  },
  {
    path: 'domain/devices/shmem/size',
    summary: 'Size of the shared piece; the same for all who share it.',
    values: 'A power of two, 1 MiB or more.',
    chapter: 'shared-memory-device',
    attributes: {
      unit: {
        summary: 'What the number counts; here a bare one is bytes.',
        values: 'As for memory, such as M.',
      },
    },
  },
  {
    path: 'domain/devices/shmem/server',
    summary: 'The ivshmem server that hands out memory and interrupts; you have to run it.',
    chapter: 'shared-memory-device',
    attributes: {
      path: {
        summary: 'Its Unix socket.',
        values: 'An absolute path; by default /var/lib/libvirt/shmem/shmem-NAME-sock.',
      },
    },
  },
  {
    path: 'domain/devices/shmem/msi',
    summary: 'Interrupts by which the guests wake each other; only with a server.',
    chapter: 'shared-memory-device',
    attributes: {
      vectors: { summary: 'How many different interrupts there are.', values: '1 and up.' },
      ioeventfd: {
        summary: 'Whether KVM delivers them past QEMU, which is faster.',
        values: '`on` or `off`.',
      },
    },
  },
];
