/** The commands of a practice VM: state and arguments in, new state, reply and events out. Pure. */

import type { JsonValue } from '../qmp';
import { Arguments } from './arguments';
import { queryBlock, queryBlockstats, queryNodes, queryNodestats } from './block';
import { deviceAdd, deviceDel } from './devices';
import { idProblem } from './id';
import { setIoThrottle } from './legacy';
import { checkLimits, NEUTRAL, readLimits, readOldLimits, updated, updatedByOld } from './limits';
import { blockdevAdd, blockdevDel, blockdevReopen, setDrive } from './nodes';
import { queryPci } from './pci';
import { resolveObject, type QomObject } from './qom';
import { Refusal } from './refusal';
import type { AttachedDisk, PracticeState } from './state';
import { backendPath } from './state';

export interface Answer {
  readonly value?: JsonValue;
  readonly state?: PracticeState;
  /** QEMU has ended over the command, and nothing is answered. */
  readonly silent?: true;
  /** Sent before the reply. */
  readonly events?: readonly Event[];
  /** Sent behind the reply: what comes of the command later. */
  readonly eventsAfter?: readonly Event[];
}

interface Event {
  readonly event: string;
  readonly data?: JsonValue;
}

type Command = (args: Arguments, state: PracticeState) => Answer;

/** The version that a practice VM says it has: the one whose replies were measured. */
export const VERSION: JsonValue = { qemu: { micro: 0, minor: 0, major: 10 }, package: 'practice VM' };

/** All commands but qmp_capabilities, by name. Each throws Refusal; then nothing has changed. */
export const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['query-version', query(() => VERSION)],
  ['query-name', query(({ name }) => (name === '' ? {} : { name }))],
  ['query-uuid', query(({ uuid }) => ({ UUID: uuid }))],
  ['query-status', query(({ run }) => ({ status: run, running: run === 'running' }))],
  ['query-commands', query(() => ['qmp_capabilities', ...COMMANDS.keys()].map(name => ({ name })))],
  ['query-block', query(queryBlock)],
  ['query-blockstats', blockstats],
  ['query-named-block-nodes', namedBlockNodes],
  ['query-block-jobs', query(() => [])],
  ['query-iothreads', query(() => [])],
  ['query-migrate', query(() => ({}))],
  ['query-pci', query(queryPci)],
  ['object-add', objectAdd],
  ['object-del', objectDel],
  ['qom-list', qomList],
  ['qom-get', qomGet],
  ['qom-set', qomSet],
  ['blockdev-add', changing(blockdevAdd)],
  ['blockdev-reopen', changing(blockdevReopen)],
  ['blockdev-del', changing(blockdevDel)],
  ['block_set_io_throttle', changing(setIoThrottle)],
  ['device_add', (args, state) => orEnded(state, deviceAdd(args, state))],
  ['device_del', releasing],
  ['stop', stop],
  ['cont', cont],
  ['quit', quit],
]);

function query(read: (state: PracticeState) => JsonValue): Command {
  return (args, state) => {
    args.done();
    return { value: read(state) };
  };
}

function changing(change: (args: Arguments, state: PracticeState) => PracticeState): Command {
  return (args, state) => ({ state: change(args, state) });
}

function blockstats(args: Arguments, state: PracticeState): Answer {
  const nodes = args.optionalBoolean('query-nodes');
  args.done();
  return { value: nodes === true ? queryNodestats(state) : queryBlockstats(state) };
}

function namedBlockNodes(args: Arguments, state: PracticeState): Answer {
  args.optionalBoolean('flat');
  args.done();
  return { value: queryNodes(state) };
}

/** Order of checks: arguments by schema, id, limits, taken id, a group of that name, the `x-` values together. */
function objectAdd(args: Arguments, state: PracticeState): Answer {
  const type = args.string('qom-type');
  if (type !== 'throttle-group') throw new Refusal(`Parameter 'qom-type' does not accept value '${type}'`);
  const id = args.string('id');
  const limits = args.optionalObject('limits');
  const given = limits === undefined ? undefined : readLimits(limits);
  const old = readOldLimits(args);
  args.done();
  const problem = idProblem(id);
  if (problem !== undefined) throw new Refusal(problem);
  const byOld = updatedByOld(NEUTRAL, old);
  const group = given === undefined ? byOld : updated(byOld, given);
  if (id === 'type' || state.groups.has(id)) {
    throw new Refusal(`attempt to add duplicate property '${id}' to object (type 'container')`);
  }
  if (state.legacyGroups.has(id)) throw new Refusal('A group with this name already exists');
  checkLimits(group);
  return { state: { ...state, groups: new Map([...state.groups, [id, group]]) } };
}

function objectDel(args: Arguments, state: PracticeState): Answer {
  const id = args.string('id');
  args.done();
  if (!state.groups.has(id)) throw new Refusal(`object '${id}' not found`);
  const isUsed =
    [...state.nodes.values()].some(({ group }) => group === id) ||
    state.disks.some(({ legacyGroup }) => legacyGroup === id);
  if (isUsed) {
    throw new Refusal(`object '${id}' is in use, can not be deleted`);
  }
  return { state: { ...state, groups: new Map([...state.groups].filter(([other]) => other !== id)) } };
}

function qomList(args: Arguments, state: PracticeState): Answer {
  const path = args.string('path');
  args.done();
  const { properties } = resolveObject(state, path);
  return { value: [...properties].map(([name, { type }]) => ({ name, type })) };
}

function qomGet(args: Arguments, state: PracticeState): Answer {
  const path = args.string('path');
  const name = args.string('property');
  args.done();
  const { type, properties } = resolveObject(state, path);
  const property = properties.get(name);
  if (property === undefined) throw new Refusal(`Property '${type}.${name}' not found`);
  return { value: property.value };
}

function qomSet(args: Arguments, state: PracticeState): Answer {
  const path = args.string('path');
  const name = args.string('property');
  const value = args.any('value');
  args.done();
  const object = resolveObject(state, path);
  const { type, properties, path: full } = object;
  if (!properties.has(name)) throw new Refusal(`Property '${type}.${name}' not found`);
  const disk = name === 'drive' ? diskAt(state, full) : undefined;
  if (disk !== undefined) return driveSet(disk, value, state);
  refuseRealized(object, name);
  const id = full.slice(full.lastIndexOf('/') + 1);
  const current = type === 'throttle-group' ? state.groups.get(id) : undefined;
  if (current === undefined || name === 'type') {
    throw new Refusal(`Property '${type}.${name}' is not writable`);
  }
  if (name !== 'limits') throw new Refusal('Property cannot be set after initialization');
  const limits = new Arguments({ limits: value }).optionalObject('limits');
  if (limits === undefined) return {};
  const group = updated(current, readLimits(limits));
  return { state: { ...state, groups: new Map([...state.groups, [id, group]]) } };
}

/** What a device was plugged in with stays; of a virtio device QEMU names the backend, which has no id. */
function refuseRealized({ isDevice, path, type, properties, children }: QomObject, name: string): void {
  const isOwn = !/^(?:string$|child<|link<)/.test(properties.get(name)?.type ?? '');
  if (!isDevice || !isOwn) return;
  const backend = children.get('virtio-backend')?.type;
  const isNamed = backend === undefined && !path.endsWith('/virtio-backend');
  const device = isNamed ? `device '${path.slice(path.lastIndexOf('/') + 1)}'` : 'anonymous device';
  throw new Refusal(
    `Attempt to set property '${name}' on ${device} (type '${backend ?? type}') after it was realized`,
  );
}

const diskAt = (state: PracticeState, path: string): AttachedDisk | undefined =>
  state.disks.find(disk => [backendPath(disk), disk.path].includes(path));

function driveSet(disk: AttachedDisk, value: JsonValue, state: PracticeState): Answer {
  if (typeof value !== 'string') throw new Refusal("Invalid parameter type for 'drive', expected: string");
  return orEnded(state, setDrive(disk, value, state));
}

/** Undefined: QEMU ends over the command. */
function orEnded(state: PracticeState, next: PracticeState | undefined): Answer {
  return next === undefined ? { state: { ...state, run: 'ended' }, silent: true } : { state: next };
}

function releasing(args: Arguments, state: PracticeState): Answer {
  const { state: next, deleted } = deviceDel(args, state);
  return { state: next, eventsAfter: deleted.map(data => ({ event: 'DEVICE_DELETED', data })) };
}

function stop(args: Arguments, state: PracticeState): Answer {
  args.done();
  return state.run === 'running' ? { state: { ...state, run: 'paused' }, events: [{ event: 'STOP' }] } : {};
}

function cont(args: Arguments, state: PracticeState): Answer {
  args.done();
  return state.run === 'paused' ? { state: { ...state, run: 'running' }, events: [{ event: 'RESUME' }] } : {};
}

function quit(args: Arguments, state: PracticeState): Answer {
  args.done();
  const data = { guest: false, reason: 'host-qmp-quit' };
  return { state: { ...state, run: 'ended' }, events: [{ event: 'SHUTDOWN', data }] };
}
