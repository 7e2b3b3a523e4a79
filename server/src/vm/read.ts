/** Reading the state of a VM over QMP. Only queries: looking never marks a VM. */

import type { LimitValues, VmGroup, VmState } from '../engine';
import { limitsFromQmp, namingOf } from '../engine';
import type { ExecuteOptions, JsonObject, JsonValue, Monitor } from '../qmp';
import { isJsonObject, jsonMember, QmpCommandError } from '../qmp';
import type { Ask } from './answers';
import { entries, optionalText, requiredText } from './answers';
import { VmUnreadableError } from './errors';
import { readDisks, throttleNodes } from './read-disks';

/**
 * Who the VM is, its groups, and its disks with their chains. All queries are sent at once, then one per group and
 * disk, also at once: a round trip costs more than a reply.
 * Throws what `execute` throws, and VmUnreadableError where an answer is not as every QEMU since 6.0 gives it.
 * A storage daemon lacks commands for name, CPUs and run state: there is then nothing to say about these.
 */
export async function readState(monitor: Monitor, options: ExecuteOptions = {}): Promise<VmState> {
  const ask = (command: string, args: JsonObject = {}): Promise<JsonValue> =>
    monitor.execute(command, args, options);
  const askIfKnown = (command: string): Promise<JsonValue> => ask(command).catch(ifUnknownCommand);
  const [name, uuid, status, migration, cpus, iothreads, objects, blocks, stats, nodes] = await Promise.all([
    askIfKnown('query-name'),
    askIfKnown('query-uuid'),
    askIfKnown('query-status'),
    askIfKnown('query-migrate'),
    askIfKnown('query-cpus-fast'),
    askIfKnown('query-iothreads'),
    ask('qom-list', { path: '/objects' }).catch(ifNoObjects),
    ask('query-block'),
    ask('query-blockstats'),
    ask('query-named-block-nodes', { flat: true }),
  ]);
  const filters = throttleNodes(nodes);
  const [groups, disks] = await Promise.all([
    readGroups(ask, objects, filters),
    readDisks(ask, { blocks, stats, nodes, filters }),
  ]);
  const { major, minor, micro } = monitor.qemu;
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
    disks,
    filters: [...filters].map(([node, group]) => ({ node, group })),
    ownNodes: [],
    jobs: [],
    iothreads: [],
  };
}

function ifUnknownCommand(error: unknown): JsonValue {
  if (error instanceof QmpCommandError && error.errorClass === 'CommandNotFound') return null;
  throw error;
}

/** A storage daemon makes /objects with its first object (measured with 7.2). */
function ifNoObjects(error: unknown): JsonValue {
  if (error instanceof QmpCommandError && error.errorClass === 'DeviceNotFound') return [];
  throw error;
}

/** Objects of type throttle-group, with their limits; one that is deleted while we look is left out. */
async function readGroups(
  ask: Ask,
  objects: JsonValue,
  filters: ReadonlyMap<string, string>,
): Promise<readonly VmGroup[]> {
  const ids = entries(objects, 'qom-list')
    .filter(object => jsonMember(object, 'type') === 'child<throttle-group>')
    .map(object => requiredText(object, 'name', 'qom-list'));
  const groups = await Promise.all(
    ids.map(async (objectId): Promise<VmGroup | undefined> => {
      const limits = await readLimits(ask, objectId);
      if (limits === undefined) return undefined;
      const usedBy = [...filters].filter(([, group]) => group === objectId).map(([node]) => node);
      return { ...namingOf(objectId), objectId, limits, usedBy, source: 'qemu' };
    }),
  );
  return groups.filter(group => group !== undefined);
}

async function readLimits(ask: Ask, objectId: string): Promise<LimitValues | undefined> {
  try {
    const answer = await ask('qom-get', { path: `/objects/${objectId}`, property: 'limits' });
    const limits = limitsFromQmp(answer);
    if (limits === undefined) {
      throw new VmUnreadableError(`The VM's answer about the limits of object ${objectId} cannot be read.`);
    }
    return limits;
  } catch (error) {
    if (error instanceof QmpCommandError && error.errorClass === 'DeviceNotFound') return undefined;
    throw error;
  }
}

/** QEMU reports this uuid when it was given none. */
const realUuid = (uuid: string | null): string | null =>
  uuid === '00000000-0000-0000-0000-000000000000' ? null : uuid;

/** Libvirt names its nodes libvirt-N-..., and gives every VM a secret object masterKey0. */
const isManagedByLibvirt = (objects: JsonValue, nodes: JsonValue): boolean =>
  entries(nodes, 'query-named-block-nodes').some(node =>
    /^libvirt-(?:\d+-(?:format|storage|filter)|CoR-)/.test(optionalText(node, 'node-name') ?? ''),
  ) || entries(objects, 'qom-list').some(object => jsonMember(object, 'name') === 'masterKey0');

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
