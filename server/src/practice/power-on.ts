/** From a domain to the VM that libvirt would have started of it. */

import { LIMITS } from '../engine';
import { idProblem } from './id';
import { checkLimits } from './limits';
import { Refusal } from './refusal';
import type { AttachedDisk, BlockNode, PracticeDomain, PracticeState } from './state';

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
  let number = 0;
  const nodes = new Map<string, BlockNode>();
  const disks = domain.disks.map((disk): AttachedDisk => {
    const source = disk.source ?? `/practice/${disk.alias}.raw`;
    const add = (name: string, driver: string, file?: string, group?: string): string => {
      nodes.set(name, { name, driver, group, file, source, size: DISK_SIZE });
      return name;
    };
    const image = `libvirt-${++number}`;
    let drive = add(`${image}-format`, disk.format ?? 'raw', add(`${image}-storage`, 'file'));
    for (const group of disk.filters) {
      if (!groups.has(objectId(group))) {
        throw new PracticeStartError(
          `The practice VM cannot start ${disk.alias}: Throttle group '${objectId(group)}' does not exist.`,
        );
      }
      drive = add(`libvirt-${++number}-filter`, 'throttle', drive, objectId(group));
    }
    return {
      alias: disk.alias,
      serial: disk.serial ?? '',
      source,
      readonly: disk.readonly ?? false,
      drive,
      legacyGroup: undefined,
    };
  });
  const uuid = domain.uuid?.toLowerCase() ?? '00000000-0000-0000-0000-000000000000';
  return { name: domain.name, uuid, groups, nodes, disks, legacyGroups: new Map(), run: 'running' };
}

/** Bytes that every practice disk has. */
const DISK_SIZE = 10n * 1024n ** 3n;

const objectId = (group: string): string => `throttle-${group}`;

function refuseStart(what: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new PracticeStartError(`The practice VM cannot start with ${what}: ${error.message}.`);
  }
}
