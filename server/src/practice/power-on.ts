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
  const disks = domain.disks.map((disk): AttachedDisk => {
    const image = `libvirt-${++number}`;
    const filters = disk.filters.map((group): BlockNode => {
      if (!groups.has(objectId(group))) {
        throw new PracticeStartError(
          `The practice VM cannot start ${disk.alias}: Throttle group '${objectId(group)}' does not exist.`,
        );
      }
      return { name: `libvirt-${++number}-filter`, driver: 'throttle', group: objectId(group) };
    });
    return {
      alias: disk.alias,
      serial: disk.serial ?? '',
      source: disk.source ?? `/practice/${disk.alias}.raw`,
      readonly: disk.readonly ?? false,
      nodes: [
        ...filters.reverse(),
        { name: `${image}-format`, driver: disk.format ?? 'raw', group: undefined },
        { name: `${image}-storage`, driver: 'file', group: undefined },
      ],
    };
  });
  const uuid = domain.uuid?.toLowerCase() ?? '00000000-0000-0000-0000-000000000000';
  return { name: domain.name, uuid, groups, disks, run: 'running' };
}

const objectId = (group: string): string => `throttle-${group}`;

function refuseStart(what: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new PracticeStartError(`The practice VM cannot start with ${what}: ${error.message}.`);
  }
}
