/** Features of machine and hypervisor, but for those of Hyper-V. */

import type { AttributeEntry, ElementEntry } from '../entry';

const STATE: AttributeEntry = { summary: 'Whether the guest has the feature.', values: '`on` or `off`.' };

/** One switch among the features. */
const feature = (
  name: string,
  since: string | undefined,
  summary: string,
  attributes: Readonly<Record<string, AttributeEntry>> = { state: STATE },
): ElementEntry => ({
  path: `domain/features/${name}`,
  summary,
  ...(since === undefined ? {} : { since }),
  chapter: 'hypervisor-features',
  attributes,
});

const MITIGATION =
  '`broken` (unprotected), `workaround` (done by software), `fixed` (done by the hardware); otherwise QEMU decides.';

export const FEATURE_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain/features',
    summary:
      "Switches of the virtual machine. Classic ones such as acpi are off when they are left out; those with a state follow the hypervisor's default then.",
    example: '<features>\n  <acpi/>\n  <apic/>\n</features>',
    chapter: 'hypervisor-features',
  },
  feature(
    'acpi',
    undefined,
    'Gives the guest ACPI, which it needs for virsh shutdown, hotplug, and UEFI on ARM. Practically every x86 guest wants it.',
    {},
  ),
  feature(
    'apic',
    undefined,
    'Programmable interrupt controller of x86, needed for more than one CPU and by every modern system.',
    {
      eoi: {
        summary: 'Paravirtual end-of-interrupt, which saves exits to the host on each interrupt.',
        values: '`on` or `off`; otherwise the hypervisor decides.',
        since: '0.10.2',
      },
    },
  ),
  feature(
    'pae',
    undefined,
    'Lets 32-bit guests use more than 4 GiB of memory. Of no matter for 64-bit ones.',
    {},
  ),
  feature(
    'hap',
    undefined,
    'Nested page tables of the CPU (EPT, NPT) for Xen guests. Off only to hunt for faults, since it costs much speed.',
  ),
  feature(
    'viridian',
    undefined,
    'Hyper-V interfaces of Xen for Windows guests; hyperv is its successor.',
    {},
  ),
  feature(
    'pvspinlock',
    undefined,
    'Tells the guest that it may hand over to the host when it waits for a lock, so that CPU time is not spun away while the holder is not running.',
  ),
  feature(
    'pmu',
    '1.2.12',
    'Hardware performance counters in the guest, for perf and profilers there. On by default; off helps guests to migrate between unlike CPUs.',
  ),
  feature(
    'vmport',
    '1.2.16',
    "The I/O port of VMware by which some guests' mouse drivers find the pointer. On by default; recent guests may misread it as being on VMware.",
  ),
  feature('gic', '1.2.16', 'Interrupt controller of ARM guests; libvirt adds it when it is missing.', {
    version: {
      summary: 'Version of the controller; 2 is limited to 8 CPUs.',
      values: '2, 3 or `host` (the one that the host has).',
    },
  }),
  feature(
    'smm',
    '2.1.0',
    'System Management Mode of x86, which guards the variable store of UEFI. Secure Boot needs it, on q35.',
  ),
  {
    path: 'domain/features/smm/tseg',
    summary:
      'Memory set aside for System Management Mode. Leave it alone unless a guest with very many CPUs or terabytes of memory hangs in its firmware; 48 MiB does for about 240 CPUs and 4 TB.',
    values: 'q35 from 2.10 on has 16 MiB; 0 hides the extended size.',
    since: '4.5.0',
    chapter: 'hypervisor-features',
    attributes: {
      unit: { summary: 'What the number counts.', values: 'As for memory, but MiB when left out.' },
    },
  },
  feature('ioapic', '3.4.0', 'Who emulates the I/O interrupt controller of x86.', {
    driver: {
      summary:
        'Place of the emulation. A split one is needed for interrupt remapping by iommu and for more than 255 CPUs.',
      values: '`kvm` (in the kernel; the default for KVM) or `qemu` (split: partly in QEMU).',
    },
  }),
  feature('hpt', '3.10.0', 'Hash page table of pSeries guests.', {
    resizing: {
      summary: 'Whether the table can grow with hotplugged memory.',
      values: '`enabled` (where both sides can), `disabled`, `required` (no start otherwise).',
    },
  }),
  {
    path: 'domain/features/hpt/maxpagesize',
    summary: 'Largest page that a pSeries guest may use. Large ones need huge pages on the host behind them.',
    values: 'Commonly 64 KiB, 16 MiB or 16 GiB.',
    since: '4.5.0',
    chapter: 'hypervisor-features',
    attributes: { unit: { summary: 'What the number counts.', values: 'As for memory.' } },
  },
  feature(
    'vmcoreinfo',
    '4.4.0',
    'Lets a Linux guest leave what crash tools need, so that virsh dump yields an analysable dump even with KASLR.',
  ),
  feature('htm', '4.6.0', 'Hardware transactional memory in pSeries guests.'),
  feature(
    'nested-hv',
    '4.10.0',
    'Lets a pSeries guest run guests of its own at near full speed; the host must allow it too.',
  ),
  feature(
    'msrs',
    '5.1.0',
    'What happens when a bhyve guest touches a model specific register that bhyve does not know.',
    {
      unknown: {
        summary: 'Reaction to such an access.',
        values: '`fault` (an exception; the default) or `ignore`.',
      },
    },
  ),
  feature(
    'ccf-assist',
    '5.9.0',
    'Help of the POWER CPU for flushing its count cache, against Spectre, in pSeries guests.',
  ),
  feature(
    'cfpc',
    '6.3.0',
    'Whether the L1 cache of POWER is flushed on changes of privilege, against Meltdown.',
    {
      value: { summary: 'Protection that the guest is told about.', values: MITIGATION },
    },
  ),
  feature('sbbc', '6.3.0', 'Speculation barriers for bounds checks of POWER, against Spectre variant 1.', {
    value: { summary: 'Protection that the guest is told about.', values: MITIGATION },
  }),
  feature('ibs', '6.3.0', 'How POWER keeps indirect branches from being misled, against Spectre variant 2.', {
    value: {
      summary: 'Protection that the guest is told about.',
      values:
        '`broken` (unprotected), `workaround` (the count cache is flushed), `fixed-ibs` (branches are serialised), `fixed-ccd` (that cache is off), `fixed-na` (not needed on this hardware).',
    },
  }),
  feature('tcg', '8.0.0', "Settings of QEMU's own emulation, for guests of type qemu.", {}),
  {
    path: 'domain/features/tcg/tb-cache',
    summary:
      'Room for translated code. More of it speeds up large guests under emulation, and counts for the memory of the process.',
    values: 'Whole MiB.',
    since: '8.0.0',
    chapter: 'hypervisor-features',
    attributes: { unit: { summary: 'What the number counts.', values: 'As for memory, such as MiB.' } },
  },
  feature(
    'async-teardown',
    '9.6.0',
    'Frees the memory of a guest in the background, so that QEMU ends at once; meant for huge guests.',
    { enabled: { summary: 'Whether memory is freed that way.', values: '`yes` or `no`.' } },
  ),
  feature(
    'ras',
    '10.4.0',
    'Reports memory errors of the host to an ARM guest, which can then end the one process instead of all.',
  ),
  feature(
    'ps2',
    '10.7.0',
    'The old keyboard and mouse controller. Off it saves some emulation; then the guest needs USB or virtio input.',
  ),
  {
    path: 'domain/features/virtualization',
    summary: 'Lets an ARM guest run guests of its own. Needs a host CPU and kernel that can nest.',
    since: '12.1.0',
    chapter: 'hypervisor-features',
  },
  feature('aia', '11.1.0', 'Advanced interrupt controller of RISC-V virt guests.', {
    value: {
      summary: 'Which parts the guest gets.',
      values:
        '`none`, `aplic` (wired interrupts, one for each socket) or `aplic-imsic` (messages to each core as well).',
    },
  }),
  {
    path: 'domain/features/xen',
    summary: 'Switches that only guests of type xen have.',
    since: '6.3.0',
    chapter: 'hypervisor-features',
  },
  feature(
    'xen/e820_host',
    '6.3.0',
    'Shows a paravirtualized guest the memory map of the host, which passing PCI devices through may need.',
  ),
  feature(
    'xen/passthrough',
    '6.3.0',
    'Sets up IOMMU mappings from the start, so that PCI devices can be passed through later.',
    {
      state: STATE,
      mode: {
        summary: 'How the page tables of the IOMMU are kept.',
        values: "share_pt (the CPU's tables are used) or sync_pt (tables of their own, kept in step).",
      },
    },
  ),
  {
    path: 'domain/features/kvm',
    summary: 'Switches of KVM itself: what the guest sees of it, and helpers for fast or dedicated guests.',
    example: "<kvm>\n  <hidden state='on'/>\n</kvm>",
    chapter: 'hypervisor-features',
  },
  feature(
    'kvm/hidden',
    '1.2.8',
    "Does not tell the guest that KVM runs it, for drivers that refuse to work in a VM. The guest loses KVM's paravirtual helpers by it.",
  ),
  feature(
    'kvm/hint-dedicated',
    '5.7.0',
    'Promises the guest that its virtual CPUs have host CPUs for themselves, so that it may spin instead of yielding. True only with one-to-one pinning.',
  ),
  feature(
    'kvm/poll-control',
    '6.10.0',
    'Lets the guest poll for a moment before it halts, and keeps the host from doing so too: shorter waits for I/O at the price of CPU time.',
  ),
  feature(
    'kvm/pv-ipi',
    '7.10.0',
    'Sends an interrupt to several virtual CPUs by a single call to the host; helps guests with many CPUs where the hardware does not virtualize interrupts.',
  ),
  feature(
    'kvm/dirty-ring',
    '8.0.0',
    'Tracks changed pages in a ring for each CPU instead of a bitmap: smoother migration of guests with much memory.',
    {
      state: STATE,
      size: {
        summary: 'Entries of the ring of each virtual CPU; more suit guests that write much.',
        values: 'A power of two from 1024 to 65536.',
      },
    },
  ),
];
