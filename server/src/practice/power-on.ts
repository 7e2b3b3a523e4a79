/** From a domain to the VM that libvirt would have started of it. */

import type { LimitValues } from '../engine';
import { LIMITS } from '../engine';
import { idProblem } from './id';
import { checkLimits } from './limits';
import { plugIn } from './plug-in';
import { Refusal } from './refusal';
import type { BlockNode, PracticeDisk, PracticeDomain, PracticeState } from './state';
import { IMAGE_SIZE } from './state';

/** The domain cannot be played: libvirt or QEMU would refuse to start it. */
export class PracticeStartError extends Error {
  override readonly name = 'PracticeStartError';
}

/**
 * The state right after the start. Groups are objects `throttle-NAME` (libvirt 11.2 and later); a group without any
 * limit is not created, as in libvirt. Throws PracticeStartError with QEMU's words.
 */
export function powerOn(domain: PracticeDomain): PracticeState {
  const groups = new Map(
    domain.groups
      .filter(({ limits }) => LIMITS.some(field => limits[field.xml] !== BigInt(field.neutral)))
      .map(({ name, limits }) => [objectId(name), limits]),
  );
  for (const [id, limits] of groups) {
    refuseStart(`throttle group ${id}`, () => {
      const problem = idProblem(id);
      if (problem !== undefined) throw new Refusal(problem);
      checkLimits(limits);
    });
  }
  const nodes = new Map<string, BlockNode>();
  let number = 0;
  const disks = domain.disks.map(disk => ({ disk, drive: addChain(disk, groups, nodes, () => ++number) }));
  const devices = refuseStart('these disks', () => plugIn(disks, nodes.size + 1));
  const uuid = domain.uuid?.toLowerCase() ?? '00000000-0000-0000-0000-000000000000';
  return { name: domain.name, uuid, groups, nodes, ...devices, legacyGroups: new Map(), run: 'running' };
}

/** Adds the nodes of a disk, as libvirt numbers them: the image and each filter. Gives the name of the uppermost. */
function addChain(
  disk: PracticeDisk,
  groups: ReadonlyMap<string, LimitValues>,
  nodes: Map<string, BlockNode>,
  number: () => number,
): string {
  const add = (name: string, driver: string, file?: string, group?: string): string => {
    nodes.set(name, {
      name,
      driver,
      group,
      file,
      backing: undefined,
      readonly: disk.readonly ?? false,
      detectZeroes: 'off',
      cache: { direct: false, noFlush: false },
      source: disk.source ?? `/practice/${disk.alias}.raw`,
      size: IMAGE_SIZE,
      age: nodes.size + 1,
    });
    return name;
  };
  const image = `libvirt-${number()}`;
  let drive = add(`${image}-format`, disk.format ?? 'raw', add(`${image}-storage`, 'file'));
  for (const group of disk.filters) {
    if (!groups.has(objectId(group))) {
      throw new PracticeStartError(
        `The practice VM cannot start ${disk.alias}: Throttle group '${objectId(group)}' does not exist.`,
      );
    }
    drive = add(`libvirt-${number()}-filter`, 'throttle', drive, objectId(group));
  }
  return drive;
}

const objectId = (group: string): string => `throttle-${group}`;

function refuseStart<T>(what: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new PracticeStartError(`The practice VM cannot start with ${what}: ${error.message}.`);
  }
}
