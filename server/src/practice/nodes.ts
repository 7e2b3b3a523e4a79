/** Commands that change block nodes: filters over nodes, and which node a device uses. With QEMU 7.2's words. */

import type { Arguments } from './arguments';
import { idProblem } from './id';
import { Refusal } from './refusal';
import type { AttachedDisk, BlockNode, PracticeState } from './state';
import { chainFrom } from './state';

/** blockdev-add of a throttle filter or a null node; a practice VM opens no files. */
export function blockdevAdd(args: Arguments, state: PracticeState): PracticeState {
  const driver = args.string('driver');
  const name = args.optionalString('node-name');
  const node = nodeOf(args, driver, name ?? '');
  if (name === undefined) throw new Refusal("'node-name' must be specified for the root node");
  checkFile(node, state);
  if (idProblem(name) !== undefined) throw new Refusal(`Invalid node-name: '${name}'`);
  if (state.nodes.has(name)) throw new Refusal(`Duplicate nodes with node-name='${name}'`);
  if (name.length > LONGEST_NAME) throw new Refusal('Node name too long');
  checkGroup(node, state);
  return { ...state, nodes: new Map([...state.nodes, [name, sized(node, state)]]) };
}

/** blockdev-reopen: all of the nodes, or none. */
export function blockdevReopen(args: Arguments, state: PracticeState): PracticeState {
  const given = args.objects('options').map(options => {
    const driver = options.string('driver');
    const name = options.optionalString('node-name');
    return nodeOf(options, driver, name ?? '', name === undefined);
  });
  args.done();
  let now = state;
  for (const node of given) {
    if (node.name === '') throw new Refusal('node-name not specified');
    const old = now.nodes.get(node.name);
    if (old === undefined) throw new Refusal(`Failed to find node with node-name='${node.name}'`);
    if (old.driver !== node.driver) throw new Refusal("Cannot change the option 'driver'");
    checkFile(node, state);
    if (chainFrom(now, node.file).some(({ name }) => name === node.name)) {
      throw new Refusal(`Making '${node.file ?? ''}' a file child of '${node.name}' would create a cycle`);
    }
    checkGroup(node, state);
    now = { ...now, nodes: new Map([...now.nodes, [node.name, sized(node, state)]]) };
  }
  return now;
}

export function blockdevDel(args: Arguments, state: PracticeState): PracticeState {
  const name = args.string('node-name');
  args.done();
  if (!state.nodes.has(name)) throw new Refusal(`Failed to find node with node-name='${name}'`);
  if (state.disks.some(({ drive }) => drive === name)) throw new Refusal(`Node ${name} is in use`);
  if ([...state.nodes.values()].some(({ file }) => file === name)) {
    throw new Refusal(`Block device ${name} is in use`);
  }
  return { ...state, nodes: new Map([...state.nodes].filter(([other]) => other !== name)) };
}

/** qom-set of a device's drive. Undefined: QEMU ends over it, for the device uses that node (K1). */
export function setDrive(disk: AttachedDisk, value: string, state: PracticeState): PracticeState | undefined {
  if (!state.nodes.has(value)) throw new Refusal(`Cannot find device='' nor node-name='${value}'`);
  if (disk.drive === value) return undefined;
  const disks = state.disks.map(other => (other === disk ? { ...disk, drive: value } : other));
  return { ...state, disks };
}

const LONGEST_NAME = 31;

function nodeOf(args: Arguments, driver: string, name: string, unnamed = false): BlockNode {
  args.optionalString('discard');
  switch (driver) {
    case 'throttle': {
      const group = args.string('throttle-group');
      const file = args.string('file');
      args.done();
      return { name: unnamed ? '' : name, driver, group, file, source: '', size: 0n };
    }
    case 'null-co': {
      const size = args.optionalInteger('size') ?? NULL_SIZE;
      args.optionalBoolean('read-zeroes');
      args.done();
      return { name, driver, group: undefined, file: undefined, source: 'null-co://', size };
    }
    default:
      throw new Refusal(`Parameter 'driver' does not accept value '${driver}'`);
  }
}

/** QEMU: block/null.c, bytes of a null node that was given no size. */
const NULL_SIZE = 1n << 30n;

function checkFile({ file }: BlockNode, state: PracticeState): void {
  if (file !== undefined && !state.nodes.has(file)) {
    throw new Refusal(`Cannot find device='${file}' nor node-name='${file}'`);
  }
}

function checkGroup({ group }: BlockNode, state: PracticeState): void {
  if (group !== undefined && !state.groups.has(group) && !state.legacyGroups.has(group)) {
    throw new Refusal(`Throttle group '${group}' does not exist`);
  }
}

/** A filter is as large as what it stands on, and has its image. */
function sized(node: BlockNode, state: PracticeState): BlockNode {
  const below = node.file === undefined ? undefined : state.nodes.get(node.file);
  return below === undefined ? node : { ...node, size: below.size, source: below.source };
}
