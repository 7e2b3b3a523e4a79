/** NUMA: on which nodes of the host the memory lies, and which nodes the guest sees. */

import type { AttributeEntry, ElementEntry } from '../entry';
import { SIZE_UNIT } from './sizes';

const MODE: AttributeEntry = {
  summary: 'How binding the choice of nodes is.',
  values:
    '`strict` (no other nodes; the default), `preferred` (others when they are full), `interleave` (in turns), `restrictive` (only through cgroups, so that memory can be moved later).',
};

const NODESET: AttributeEntry = {
  summary: 'Host nodes that memory is taken from.',
  values: 'Numbers, ranges and exceptions, like 0-3,^2.',
};

const BETWEEN: Readonly<Record<string, AttributeEntry>> = {
  initiator: { summary: 'Guest cell whose CPUs access the memory.' },
  target: { summary: 'Guest cell whose memory is accessed.' },
  type: {
    summary: 'Which accesses the number is about.',
    values: '`access` (reads and writes alike), `read` or `write`.',
  },
  cache: { summary: "Level of the target's memory-side cache that is meant, instead of the memory itself." },
};

const CACHE_SIZE: Readonly<Record<string, AttributeEntry>> = {
  value: { summary: 'The amount, counted in the unit beside it.' },
  unit: { summary: 'What the amount counts; has to be given here.', values: 'B, `KiB`, MiB and the like.' },
};

export const NUMA_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain/numatune',
    summary:
      "From which nodes of the host the guest's memory comes. Memory on the node of the pinned CPUs avoids detours over the interconnect.",
    since: '0.9.3',
    example: "<numatune>\n  <memory mode='strict' nodeset='0'/>\n</numatune>",
    chapter: 'numa-node-tuning',
  },
  {
    path: 'domain/numatune/memory',
    summary:
      'Policy for all memory of the process, but for cells that have a memnode. virsh numatune changes it while the guest runs, within limits.',
    since: '0.9.3',
    chapter: 'numa-node-tuning',
    attributes: {
      mode: MODE,
      nodeset: NODESET,
      placement: {
        summary: 'Who chooses the nodes.',
        values:
          '`static` (nodeset) or `auto` (numad is asked at each start). Without nodeset it follows that of vcpu.',
        since: '0.9.12',
      },
    },
  },
  {
    path: 'domain/numatune/memnode',
    summary:
      'Policy for the memory of one guest cell, so that cells of the guest lie on nodes of the host. Not with automatic placement.',
    since: '1.2.7',
    example: "<memnode cellid='0' mode='strict' nodeset='1'/>",
    chapter: 'numa-node-tuning',
    attributes: {
      cellid: { summary: 'Guest cell that it is for, as numbered in the numa element of cpu.' },
      mode: MODE,
      nodeset: NODESET,
    },
  },
  {
    path: 'domain/cpu/numa',
    summary:
      'NUMA nodes that the guest sees. Wanted for guests larger than one node of the host, together with pinning, and needed for memory hotplug.',
    since: '0.9.8',
    example:
      "<numa>\n  <cell id='0' cpus='0-3' memory='4' unit='GiB'/>\n  <cell id='1' cpus='4-7' memory='4' unit='GiB'/>\n</numa>",
    chapter: 'cpu-model-and-topology',
  },
  {
    path: 'domain/cpu/numa/cell',
    summary:
      'One node of the guest: its CPUs and its memory. All CPUs of the guest should be given out to cells; QEMU puts what is left over into the first one.',
    since: '0.9.8',
    chapter: 'cpu-model-and-topology',
    attributes: {
      id: {
        summary:
          'Number of the cell, by which memnode and devices refer to it. Give it to all cells or to none.',
        values: '0 and up; otherwise they are numbered as they stand.',
        since: '1.2.7',
      },
      cpus: {
        summary: 'Virtual CPUs of the cell. Without it the cell has memory only.',
        values: 'Numbers, ranges and exceptions, like 0-3,8.',
      },
      memory: { summary: "Memory of the cell; all cells together make up the guest's." },
      unit: { ...SIZE_UNIT, since: '1.2.11' },
      memAccess: {
        summary: 'Overrides for this cell whether other processes may map its memory.',
        values: '`shared` or `private`.',
        since: '1.2.9',
      },
      discard: {
        summary: 'Overrides for this cell whether its content is thrown away at the end.',
        values: '`yes` or `no`.',
        since: '4.4.0',
      },
    },
  },
  {
    path: 'domain/cpu/numa/cell/distances',
    summary:
      "How far other cells are from this one, as the guest's scheduler reads it in the ACPI SLIT table.",
    since: '3.10.0',
    example: "<distances>\n  <sibling id='0' value='10'/>\n  <sibling id='1' value='21'/>\n</distances>",
    chapter: 'cpu-model-and-topology',
  },
  {
    path: 'domain/cpu/numa/cell/distances/sibling',
    summary: 'The distance from this cell to one other.',
    since: '3.10.0',
    chapter: 'cpu-model-and-topology',
    attributes: {
      id: { summary: 'Number of the other cell, or of this one itself.' },
      value: {
        summary: 'Relative cost of reaching it: 20 is twice as slow as local memory.',
        values: '10 for the cell itself, 20 for others by default; up to 254, and 255 is unreachable.',
      },
    },
  },
  {
    path: 'domain/cpu/numa/cell/cache',
    summary:
      "A cache on the memory's side that the guest learns about through the ACPI HMAT table, such as fast memory in front of slow.",
    since: '6.6.0',
    chapter: 'acpi-heterogeneous-memory-attribute-table',
    attributes: {
      level: { summary: 'Which level this cache is; repeat the element for more.', values: '1 and up.' },
      associativity: { summary: 'How addresses map to lines of it.', values: '`none`, `direct` or `full`.' },
      policy: {
        summary: 'When writes reach the memory behind.',
        values: '`none`, `writeback` or `writethrough`.',
      },
    },
  },
  {
    path: 'domain/cpu/numa/cell/cache/size',
    summary: 'Capacity of the memory-side cache, as told to the guest.',
    since: '6.6.0',
    chapter: 'acpi-heterogeneous-memory-attribute-table',
    attributes: CACHE_SIZE,
  },
  {
    path: 'domain/cpu/numa/cell/cache/line',
    summary: 'Length of one line of the memory-side cache, as told to the guest.',
    since: '6.6.0',
    chapter: 'acpi-heterogeneous-memory-attribute-table',
    attributes: CACHE_SIZE,
  },
  {
    path: 'domain/cpu/numa/interconnects',
    summary:
      'Latency and bandwidth between cells in real numbers, told to the guest through ACPI HMAT. Only a description: nothing is slowed down by it.',
    since: '6.6.0',
    example:
      "<interconnects>\n  <latency initiator='0' target='1' type='access' value='20'/>\n  <bandwidth initiator='0' target='1' type='access' value='204800' unit='KiB'/>\n</interconnects>",
    chapter: 'acpi-heterogeneous-memory-attribute-table',
  },
  {
    path: 'domain/cpu/numa/interconnects/latency',
    summary: 'How long an access from one cell to the memory of another takes.',
    since: '6.6.0',
    chapter: 'acpi-heterogeneous-memory-attribute-table',
    attributes: { ...BETWEEN, value: { summary: 'Time of one access.', unit: 'nanoseconds' } },
  },
  {
    path: 'domain/cpu/numa/interconnects/bandwidth',
    summary: 'How much per second can go between one cell and the memory of another.',
    since: '6.6.0',
    chapter: 'acpi-heterogeneous-memory-attribute-table',
    attributes: {
      ...BETWEEN,
      value: { summary: 'Amount per second.', unit: 'KiB per second, unless unit says otherwise' },
      unit: SIZE_UNIT,
    },
  },
];
