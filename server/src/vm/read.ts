/** Reading the state of a VM over QMP. Only queries: looking never marks a VM. */

import type { VmState } from '../engine';
import type { ExecuteOptions, JsonObject, JsonValue, Monitor } from '../qmp';
import { isJsonObject, jsonMember, QmpCommandError } from '../qmp';
import type { Ask } from './answers';
import { entries, optionalText } from './answers';
import { DeviceFacts } from './read-devices';
import { chainsInStats, readDisks, throttleNodes } from './read-disks';
import { chainsInGraph, readGraph } from './read-graph';
import { readGroups } from './read-groups';
import { readJobs } from './read-jobs';
import { readPlugs } from './read-plugs';

export interface ReadOptions extends ExecuteOptions {
  /** Where another disk can be plugged in is asked too: a command more for each root port and controller. */
  readonly plugs?: boolean;
}

/**
 * Who the VM is, its groups, and its disks with their chains. All queries are sent at once, then one per group and
 * per disk that is met for the first time, also at once: a round trip costs more than a reply, and QEMU reads its
 * monitor byte by byte (facts/qemu.md 8.1).
 * `devices` keeps what never changes of a device while it is plugged in; pass the same one for the same connection.
 * Throws what `execute` throws, and VmUnreadableError where an answer is not as every QEMU since 6.0 gives it.
 * A storage daemon lacks commands for name, CPUs and run state: there is then nothing to say about these.
 */
export async function readState(
  monitor: Monitor,
  { plugs: wantsPlugs = false, ...options }: ReadOptions = {},
  devices: DeviceFacts = new DeviceFacts(),
): Promise<VmState> {
  const ask: Ask = (command: string, args: JsonObject = {}): Promise<JsonValue> =>
    monitor.execute(command, args, options);
  const askIfKnown = (command: string): Promise<JsonValue> => ask(command).catch(ifUnknownCommand);
  const [
    name,
    uuid,
    status,
    migration,
    cpus,
    iothreads,
    jobs,
    objects,
    peripheral,
    machine,
    blocks,
    nodes,
    graph,
  ] = await Promise.all([
    askIfKnown('query-name'),
    askIfKnown('query-uuid'),
    askIfKnown('query-status'),
    askIfKnown('query-migrate'),
    askIfKnown('query-cpus-fast'),
    askIfKnown('query-iothreads'),
    askIfKnown('query-block-jobs'),
    ask('qom-list', { path: '/objects' }).catch(ifNoPath),
    ask('qom-list', { path: '/machine/peripheral' }).catch(ifNoPath),
    wantsPlugs ? ask('qom-get', { path: '/machine', property: 'type' }).catch(ifNoPath) : null,
    ask('query-block'),
    ask('query-named-block-nodes', { flat: true }),
    readGraph(ask),
  ]);
  const filters = throttleNodes(nodes);
  const threads = threadIds(iothreads);
  const { major, minor, micro } = monitor.qemu;
  const [groups, facts, chains, plugs] = await Promise.all([
    readGroups(ask, { objects, filters, qemu: monitor.qemu }),
    devices.of(ask, { blocks, peripheral, hasIothreads: threads.length > 0, qemu: monitor.qemu }),
    (graph && chainsInGraph(graph, blocks)) ?? ask('query-blockstats').then(chainsInStats),
    wantsPlugs
      ? readPlugs(ask, { peripheral, machine, hasIothreads: threads.length > 0, qemu: monitor.qemu })
      : undefined,
  ]);
  const blockJobs = readJobs(jobs, { graph, chains });
  return {
    target: {
      name: textOf(name, 'name'),
      uuid: realUuid(textOf(uuid, 'UUID')),
      qemu: `${major}.${minor}.${micro}`,
      libvirt: null,
      managedBy: isManagedByLibvirt(objects, nodes) ? 'libvirt' : null,
    },
    process: processOf(cpus, iothreads),
    migrating: isUnderWay(textOf(migration, 'status')),
    runState: textOf(status, 'status') ?? 'unknown',
    groups,
    disks: readDisks({ blocks, nodes, filters, chains, facts, jobs: blockJobs }),
    filters: [...filters].map(([node, group]) => ({ node, group })),
    nodes: nodeNames(nodes),
    ownNodes: nodeNames(nodes).filter(node => node.startsWith('domxml-')),
    jobs: blockJobs,
    iothreads: threads,
    ...(plugs !== undefined && { plugs }),
  };
}

function ifUnknownCommand(error: unknown): JsonValue {
  if (error instanceof QmpCommandError && error.errorClass === 'CommandNotFound') return null;
  throw error;
}

/** A storage daemon makes /objects with its first object (measured with 7.2), and never has devices. */
function ifNoPath(error: unknown): JsonValue {
  if (error instanceof QmpCommandError && error.errorClass === 'DeviceNotFound') return [];
  throw error;
}

const nodeNames = (nodes: JsonValue): readonly string[] =>
  entries(nodes, 'query-named-block-nodes').flatMap(node => optionalText(node, 'node-name') ?? []);

const threadIds = (iothreads: JsonValue): readonly string[] =>
  iothreads === null
    ? []
    : entries(iothreads, 'query-iothreads').map(thread => optionalText(thread, 'id') ?? '');

/** QEMU reports this uuid when it was given none. */
const realUuid = (uuid: string | null): string | null =>
  uuid === '00000000-0000-0000-0000-000000000000' ? null : uuid;

/** Libvirt names its nodes libvirt-N-..., and gives every VM a secret object masterKey0. */
const isManagedByLibvirt = (objects: JsonValue, nodes: JsonValue): boolean =>
  nodeNames(nodes).some(node => /^libvirt-(?:\d+-(?:format|storage|filter)|CoR-)/.test(node)) ||
  entries(objects, 'qom-list').some(object => jsonMember(object, 'name') === 'masterKey0');

/**
 * Thread ids are unique on a host, and the first CPU's thread lives as long as its QEMU: another id is another
 * process. Null for a VM without CPUs and iothreads.
 */
function processOf(cpus: JsonValue, iothreads: JsonValue): string | null {
  for (const [kind, list] of [
    ['cpu', cpus],
    ['iothread', iothreads],
  ] as const) {
    if (list === null) continue;
    for (const entry of entries(list, `query-${kind}`)) {
      const thread = jsonMember(entry, 'thread-id');
      if (typeof thread === 'number') return `${kind} thread ${thread}`;
    }
  }
  return null;
}

const isUnderWay = (status: string | null): boolean =>
  status !== null && !['none', 'completed', 'failed', 'cancelled'].includes(status);

function textOf(answer: JsonValue, key: string): string | null {
  const value = isJsonObject(answer) ? jsonMember(answer, key) : undefined;
  return typeof value === 'string' ? value : null;
}
