/** How many virtual CPUs and I/O threads there are. */

import type { AttributeEntry, ElementEntry } from '../entry';

const POOL: Readonly<Record<string, AttributeEntry>> = {
  thread_pool_min: {
    summary:
      'Worker threads that are kept ready, so that no request waits for one to be made. Worth setting for real-time loads only.',
    values: "0 or more; QEMU's default is 0.",
    since: '8.5.0',
  },
  thread_pool_max: {
    summary: 'Greatest number of worker threads that may be made.',
    values: "1 or more; QEMU's default is 64.",
    since: '8.5.0',
  },
};

export const VCPU_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain/vcpu',
    summary:
      'Greatest number of virtual CPUs that the guest can have. With a topology in cpu it must equal the product of its numbers.',
    values: 'From 1 to what the machine type allows.',
    example: "<vcpu placement='static' current='2'>8</vcpu>",
    chapter: 'cpu-allocation',
    attributes: {
      placement: {
        summary: 'Who says on which host CPUs the guest runs.',
        values:
          '`static` (cpuset, or all CPUs; the default) or `auto` (numad is asked at each start, and cpuset is passed over).',
        since: '0.9.11',
      },
      cpuset: {
        summary:
          'Host CPUs on which all threads of the guest may run, unless vcpupin, emulatorpin or iothreadpin say otherwise for theirs.',
        values: 'Numbers, ranges and exceptions, like 1-4,^3,6.',
        since: '0.4.4',
      },
      current: {
        summary:
          'How many CPUs are there at the start; the others can be added while the guest runs (virsh setvcpus).',
        values: '1 up to the content of the element, which is the default.',
        since: '0.8.5',
      },
    },
  },
  {
    path: 'domain/vcpus',
    summary:
      'State of each single virtual CPU, for hotplug of chosen ones. Then every CPU has to be listed; the plain count is enough otherwise.',
    since: '2.2.0',
    example:
      "<vcpus>\n  <vcpu id='0' enabled='yes' hotpluggable='no'/>\n  <vcpu id='1' enabled='no' hotpluggable='yes'/>\n</vcpus>",
    chapter: 'cpu-allocation',
  },
  {
    path: 'domain/vcpus/vcpu',
    summary:
      'One virtual CPU. In QEMU number 0 must be there and not be pluggable, and the other fixed ones must follow it directly.',
    since: '2.2.0',
    chapter: 'cpu-allocation',
    attributes: {
      id: {
        summary: "Libvirt's number of the CPU, as vcpupin uses it. The guest may count otherwise.",
        values: '0 up to the maximum minus 1.',
      },
      enabled: { summary: 'Whether it is plugged in when the guest starts.', values: '`yes` or `no`.' },
      hotpluggable: {
        summary: 'Whether it can be unplugged while the guest runs. One that is not enabled must be.',
        values: '`yes` or `no`.',
      },
      order: {
        summary: 'Its turn when CPUs are plugged in; give it to all that are enabled or to none.',
        values: '1 or more.',
      },
    },
  },
  {
    path: 'domain/iothreads',
    summary:
      "Number of threads that do disk I/O apart from QEMU's main loop. A disk or controller uses one only when its driver names it. One for each busy disk helps; far more than host CPUs does not.",
    values: '0 or more; 0 and absent mean that the main loop does all I/O.',
    since: '1.2.8',
    chapter: 'iothreads-allocation',
  },
  {
    path: 'domain/iothreadids',
    summary:
      'Numbers and properties of I/O threads. Without it they are numbered from 1; listing more than the count in iothreads raises that count.',
    since: '1.2.15',
    example: "<iothreadids>\n  <iothread id='1'/>\n  <iothread id='2'/>\n</iothreadids>",
    chapter: 'iothreads-allocation',
  },
  {
    path: 'domain/iothreadids/iothread',
    summary: "One I/O thread, which a disk's driver, iothreadpin and iothreadsched refer to by its number.",
    since: '1.2.15',
    chapter: 'iothreads-allocation',
    attributes: {
      id: { summary: 'Number by which the thread is referred to.', values: '1 or more, each once.' },
      ...POOL,
    },
  },
  {
    path: 'domain/iothreadids/iothread/poll',
    summary:
      'How long the thread keeps asking for new requests before it sleeps. Polling shortens waits of fast storage and burns CPU time meanwhile.',
    since: '9.4.0',
    chapter: 'iothreads-allocation',
    attributes: {
      max: {
        summary: 'Longest time of polling in one go.',
        unit: 'nanoseconds',
        values: "0 switches polling off; QEMU's default is 32768.",
      },
      grow: {
        summary: 'By how much the time is raised when it turned out too short.',
        values: '0 leaves the step to QEMU.',
      },
      shrink: {
        summary: 'By how much the time is lowered when it turned out too long.',
        values: '0 stops polling at once then.',
      },
      weight: {
        summary:
          'How little the latest wait counts for the next time of polling: larger numbers adapt more slowly.',
        values: '1 to 63; 0 leaves it to QEMU.',
        since: '12.7.0',
      },
    },
  },
  {
    path: 'domain/defaultiothread',
    summary:
      "Worker threads of QEMU's main loop, which serves all devices without an I/O thread of their own. Leave it alone but for real-time guests.",
    since: '8.5.0',
    chapter: 'iothreads-allocation',
    attributes: POOL,
  },
];
