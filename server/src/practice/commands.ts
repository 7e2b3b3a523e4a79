/** The commands of a practice VM: state and arguments in, new state, reply and events out. Pure. */

import type { JsonValue } from '../qmp';
import { Arguments } from './arguments';
import { qdevOf, queryBlock, queryBlockstats, queryNodes, queryNodestats } from './block';
import { idProblem } from './id';
import { setIoThrottle } from './legacy';
import { checkLimits, NEUTRAL, readLimits, readOldLimits, updated, updatedByOld } from './limits';
import { blockdevAdd, blockdevDel, blockdevReopen, setDrive } from './nodes';
import { resolveObject } from './qom';
import { Refusal } from './refusal';
import type { AttachedDisk, PracticeState } from './state';

export interface Answer {
  readonly value?: JsonValue;
  readonly state?: PracticeState;
  /** QEMU has ended over the command, and nothing is answered. */
  readonly silent?: true;
  /** Sent before the reply. */
  readonly events?: readonly { readonly event: string; readonly data?: JsonValue }[];
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
  ['object-add', objectAdd],
  ['object-del', objectDel],
  ['qom-list', qomList],
  ['qom-get', qomGet],
  ['qom-set', qomSet],
  ['blockdev-add', changing(blockdevAdd)],
  ['blockdev-reopen', changing(blockdevReopen)],
  ['blockdev-del', changing(blockdevDel)],
  ['block_set_io_throttle', changing(setIoThrottle)],
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

/** Order of checks: arguments by schema, id, limits, taken id, the `x-` values together. */
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
  const { type, properties, path: full } = resolveObject(state, path);
  if (!properties.has(name)) throw new Refusal(`Property '${type}.${name}' not found`);
  const disk = name === 'drive' ? diskAt(state, full) : undefined;
  if (disk !== undefined) return driveSet(disk, value, state);
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

const diskAt = (state: PracticeState, path: string): AttachedDisk | undefined =>
  state.disks.find(disk => [qdevOf(disk), `/machine/peripheral/${disk.alias}`].includes(path));

function driveSet(disk: AttachedDisk, value: JsonValue, state: PracticeState): Answer {
  if (typeof value !== 'string') throw new Refusal("Invalid parameter type for 'drive', expected: string");
  const next = setDrive(disk, value, state);
  return next === undefined ? { state: { ...state, run: 'ended' }, silent: true } : { state: next };
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
