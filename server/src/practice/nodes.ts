/** Commands that change block nodes: images, filters over them, and which node a device uses. With QEMU 7.2's words. */

import type { Arguments } from './arguments';
import { idProblem } from './id';
import type { DescribedNode, NewNode } from './node-options';
import { isProtocol, readNode } from './node-options';
import { checkPermissions } from './permissions';
import { Refusal } from './refusal';
import type { AttachedDisk, BlockNode, PracticeState } from './state';
import { nextAge } from './state';

/**
 * blockdev-add of a filter, a format, a file or a null node. A practice VM opens no files: any file name is one of an
 * image, which has the format that is asked for and stands on no other image.
 */
export function blockdevAdd(args: Arguments, state: PracticeState): PracticeState {
  const described = readNode(args);
  const { name, node } = described;
  if (name === undefined) throw new Refusal("'node-name' must be specified for the root node");
  checkFile(node, state);
  checkOptions(described);
  if (idProblem(name) !== undefined) throw new Refusal(`Invalid node-name: '${name}'`);
  if (state.nodes.has(name)) throw new Refusal(`Duplicate nodes with node-name='${name}'`);
  if (name.length > LONGEST_NAME) throw new Refusal('Node name too long');
  checkAio(described);
  checkGroup(node, state);
  const next = withNode(state, { ...node, name, age: nextAge(state) });
  if (node.driver === 'qcow2') checkPermissions(next, node.file);
  if (node.backing !== undefined && !state.nodes.has(node.backing)) {
    throw new Refusal(`Could not open backing file: ${notFound(node.backing)}`);
  }
  return next;
}

/** blockdev-reopen: all of the nodes, or none. */
export function blockdevReopen(args: Arguments, state: PracticeState): PracticeState {
  const given = args.objects('options').map(options => readNode(options));
  args.done();
  let now = state;
  for (const { name, node } of given) {
    if (name === undefined) throw new Refusal('node-name not specified');
    const old = now.nodes.get(name);
    if (old === undefined) throw new Refusal(`Failed to find node with node-name='${name}'`);
    if (old.driver !== node.driver) throw new Refusal("Cannot change the option 'driver'");
    if (isProtocol(old.driver) && old.source !== node.source) {
      throw new Refusal("Cannot change the option 'filename'");
    }
    for (const part of ['backing', 'file'] as const) checkChild(now, name, part, node[part]);
    checkGroup(node, state);
    now = withNode(now, { ...node, name, age: old.age });
  }
  return now;
}

export function blockdevDel(args: Arguments, state: PracticeState): PracticeState {
  const name = args.string('node-name');
  args.done();
  if (!state.nodes.has(name)) throw new Refusal(`Failed to find node with node-name='${name}'`);
  if (state.disks.some(({ drive }) => drive === name)) throw new Refusal(`Node ${name} is in use`);
  if ([...state.nodes.values()].some(({ file, backing }) => file === name || backing === name)) {
    throw new Refusal(`Block device ${name} is in use`);
  }
  return { ...state, nodes: new Map([...state.nodes].filter(([other]) => other !== name)) };
}

/** qom-set of a device's drive. Undefined: QEMU ends over it, for the device uses that node (K1). */
export function setDrive(disk: AttachedDisk, value: string, state: PracticeState): PracticeState | undefined {
  if (!state.nodes.has(value)) throw new Refusal(`Cannot find device='' nor node-name='${value}'`);
  if (disk.drive === value) return undefined;
  const moved = { ...disk, drive: value, age: nextAge(state) };
  const next = { ...state, disks: state.disks.map(other => (other === disk ? moved : other)) };
  checkPermissions(next, value);
  return next;
}

const LONGEST_NAME = 31;

const notFound = (name: string): string => `Cannot find device='${name}' nor node-name='${name}'`;

/** A filter or format is as large as what it stands on, and has its image. */
function withNode(state: PracticeState, node: BlockNode): PracticeState {
  const below = node.file === undefined ? undefined : state.nodes.get(node.file);
  const sized = below === undefined ? node : { ...node, size: below.size, source: below.source };
  return { ...state, nodes: new Map([...state.nodes, [node.name, sized]]) };
}

function checkFile({ file }: NewNode, state: PracticeState): void {
  if (file !== undefined && !state.nodes.has(file)) throw new Refusal(notFound(file));
}

/** Refuses what blockdev-reopen may not put below a node. */
function checkChild(
  state: PracticeState,
  name: string,
  part: 'backing' | 'file',
  child: string | undefined,
): void {
  if (child === undefined) return;
  if (!state.nodes.has(child)) throw new Refusal(`Cannot find device='' nor node-name='${child}'`);
  if (standsOn(state, child, name)) {
    throw new Refusal(`Making '${child}' a ${part} child of '${name}' would create a cycle`);
  }
}

/** Whether a node is another one, or has it anywhere below. */
function standsOn(state: PracticeState, node: string, other: string): boolean {
  if (node === other) return true;
  const { file, backing } = state.nodes.get(node) ?? {};
  return [file, backing].some(below => below !== undefined && standsOn(state, below, other));
}

function checkOptions({ node, forceShare, discard }: DescribedNode): void {
  const { driver, source, detectZeroes } = node;
  if (forceShare && !node.readonly)
    throw new Refusal('force-share=on can only be used with read-only images');
  if (isProtocol(driver) && source === '') {
    throw new Refusal(`The '${driver}' block driver requires a file name`);
  }
  if (detectZeroes === 'unmap' && discard !== 'unmap') {
    throw new Refusal(
      'setting detect-zeroes to unmap is not allowed without setting discard operation to unmap',
    );
  }
}

function checkAio({ aio, node }: DescribedNode): void {
  if (aio === 'native' && !node.cache.direct) {
    throw new Refusal('aio=native was specified, but it requires cache.direct=on, which was not specified.');
  }
}

function checkGroup({ group }: NewNode, state: PracticeState): void {
  if (group !== undefined && !state.groups.has(group) && !state.legacyGroups.has(group)) {
    throw new Refusal(`Throttle group '${group}' does not exist`);
  }
}
