/** Interfaces of Hyper-V that make Windows guests faster. */

import type { AttributeEntry, ElementEntry } from '../entry';

const STATE: AttributeEntry = {
  summary: 'Whether the guest is offered this interface.',
  values: '`on` or `off`.',
};

/** One interface of Hyper-V. */
const interfaceOf = (
  name: string,
  since: string,
  summary: string,
  more: Readonly<Record<string, AttributeEntry>> = {},
): ElementEntry => ({
  path: `domain/features/hyperv/${name}`,
  summary,
  since,
  chapter: 'hypervisor-features',
  attributes: { state: STATE, ...more },
});

export const HYPERV_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain/features/hyperv',
    summary:
      "Interfaces of Microsoft's hypervisor, which Windows uses when it finds them: far fewer exits, less idle load, calmer clocks. Without them Windows under KVM is slow. Since 11.3.0 Xen has part of them.",
    since: '1.0.0',
    example:
      "<hyperv mode='custom'>\n  <relaxed state='on'/>\n  <vapic state='on'/>\n  <spinlocks state='on' retries='8191'/>\n  <vpindex state='on'/>\n  <synic state='on'/>\n  <stimer state='on'/>\n</hyperv>",
    chapter: 'hypervisor-features',
    attributes: {
      mode: {
        summary: 'Which of the interfaces are on.',
        values:
          '`custom` (those listed; the default), `passthrough` (all that the host has: migration only between equal hosts), `host-model` (all that libvirt knows and the host has, written out at the start, since 11.9.0).',
        since: '8.0.0',
      },
    },
  },
  interfaceOf(
    'relaxed',
    '1.0.0',
    'Keeps Windows from crashing with a watchdog error when the host was too busy to run it for a while. Every Windows guest wants it.',
  ),
  interfaceOf(
    'vapic',
    '1.1.0',
    "Shortcut to the interrupt controller's busiest registers; saves exits where the CPU does not virtualize them itself.",
  ),
  interfaceOf(
    'spinlocks',
    '1.1.0',
    'Lets Windows tell the host that it spins on a lock, so that the holder is run first. Matters on overbooked hosts.',
    {
      retries: {
        summary: 'How often the guest tries for a lock before it calls the host.',
        values: '4095 or more; 8191 is usual. 4294967295 means that it never calls.',
      },
    },
  ),
  interfaceOf(
    'vpindex',
    '1.3.3',
    'Lets each CPU read its own number cheaply; synic, ipi and tlbflush build on it.',
  ),
  interfaceOf('runtime', '1.3.3', 'Tells the guest how much CPU time it really got, for its own accounting.'),
  interfaceOf(
    'synic',
    '1.3.3',
    'Interrupt controller for messages of the hypervisor, which stimer needs. Needs vpindex.',
  ),
  interfaceOf(
    'stimer',
    '1.3.3',
    'Timers of the hypervisor for each CPU, which Windows prefers to the emulated clock: much less load of idle guests. Needs synic and the hypervclock timer.',
  ),
  interfaceOf(
    'stimer/direct',
    '5.7.0',
    'Delivers these timers as plain interrupts instead of messages, which is cheaper and needed for Hyper-V inside the guest.',
  ),
  interfaceOf(
    'reset',
    '1.3.3',
    'Lets the guest reset the machine through the hypervisor. Hardly any guest uses it.',
  ),
  interfaceOf(
    'vendor_id',
    '1.3.3',
    'Name under which the hypervisor presents itself, for drivers that turn certain ones down.',
    {
      value: { summary: 'The name that the guest reads.', values: 'Up to 12 characters.' },
    },
  ),
  interfaceOf(
    'frequencies',
    '4.7.0',
    'Tells the guest the frequencies of its clocks, so that it need not measure them.',
  ),
  interfaceOf(
    'reenlightenment',
    '4.7.0',
    'Tells nested Hyper-V after a migration that the clock frequency changed. Hosts of a migration must scale the clock, or have it at the same frequency.',
  ),
  interfaceOf(
    'tlbflush',
    '4.7.0',
    'Flushes address caches of other virtual CPUs with one call to the host; pays on hosts with more virtual than real CPUs. Needs vpindex.',
  ),
  interfaceOf(
    'tlbflush/direct',
    '11.0.0',
    'Handles flushes of guests inside a nested Hyper-V right on the host, past that Hyper-V.',
  ),
  interfaceOf(
    'tlbflush/extended',
    '11.0.0',
    'Lets a flush name ranges of addresses, instead of dropping everything.',
  ),
  interfaceOf(
    'ipi',
    '4.10.0',
    'Sends an interrupt to several CPUs with one call to the host; pays with many CPUs. Needs vpindex.',
  ),
  interfaceOf(
    'evmcs',
    '4.10.0',
    'Faster way for Hyper-V inside the guest to switch its own guests, on Intel CPUs only.',
  ),
  interfaceOf(
    'avic',
    '8.10.0',
    "Uses the CPU's virtual interrupt controller (AVIC, APICv) together with synic; before, synic kept it switched off.",
  ),
  interfaceOf(
    'emsr_bitmap',
    '10.7.0',
    'Spares Hyper-V inside the guest re-reading an unchanged bitmap of registers at each switch. For nested virtualization.',
  ),
  interfaceOf(
    'xmm_input',
    '10.7.0',
    'Passes parameters of calls to the hypervisor in XMM registers, which is faster than through memory.',
  ),
];
