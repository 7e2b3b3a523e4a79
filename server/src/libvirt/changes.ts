/** Commands of virsh that change throttling, as data: what a plan shows and what is sent. */

import type { IotuneState, LimitValues, VirshCommand } from '../engine';
import { LIMITS } from '../engine';
import { option } from './quote';

export type Plane = 'live' | 'config';

/**
 * Gives a group these limits, all of them, zeroes too: what is not named would keep its old value or be reset, by what
 * family it is of (facts of real runs: naming one limit of a family resets the others).
 * A burst length that is to go is set to 1: for 0 libvirt sends nothing, and QEMU keeps the old length and refuses it
 * without its burst (measured with 11.3 and 12.8).
 */
export const setGroup = (
  uuid: string,
  name: string,
  before: LimitValues | undefined,
  after: LimitValues,
  plane: Plane,
): VirshCommand => ({
  argv: [
    'domthrottlegroupset',
    option('--domain', uuid),
    option('--group-name', name),
    ...limitOptions(after, before),
    `--${plane}`,
  ],
});

export const deleteGroup = (uuid: string, name: string, plane: Plane): VirshCommand => ({
  argv: ['domthrottlegroupdel', option('--domain', uuid), option('--group-name', name), `--${plane}`],
});

/**
 * Gives a disk these legacy limits. A group of iotune can be left only by clearing everything first (measured with
 * 11.3: `--group-name` takes no empty name, and without it the old group stays).
 */
export function setIotune(
  uuid: string,
  target: string,
  before: IotuneState | null,
  after: IotuneState | null,
  plane: Plane,
): readonly VirshCommand[] {
  const command = (group: string | null, limits: LimitValues | null): VirshCommand => ({
    argv: [
      'blkdeviotune',
      option('--domain', uuid),
      option('--device', target),
      ...(group === null ? [] : [option('--group-name', group)]),
      ...limitOptions(limits),
      `--${plane}`,
    ],
  });
  if (after === null) return [command(null, null)];
  const leaves = before !== null && before.group !== null && before.group !== after.group;
  return [...(leaves ? [command(null, null)] : []), command(after.group, after.limits)];
}

/** Gives a disk of the persistent definition this XML, which stands on virsh's standard input. */
export const updateDisk = (uuid: string, xml: string): VirshCommand => ({
  argv: ['update-device', option('--domain', uuid), '--file=/dev/stdin', '--config'],
  input: xml,
});

/** Attaches the device of this XML, which stands on virsh's standard input. */
export const attachDevice = (uuid: string, xml: string, plane: Plane): VirshCommand => ({
  argv: ['attach-device', option('--domain', uuid), '--file=/dev/stdin', `--${plane}`],
  input: xml,
});

/** On the running VM virsh waits some seconds for the guest, and then reports success whatever became of it. */
export const detachDisk = (uuid: string, target: string, plane: Plane): VirshCommand => ({
  argv: ['detach-disk', option('--domain', uuid), option('--target', target), `--${plane}`],
});

/** All 19. A burst length that is not set goes as 0, which libvirt keeps as not set, unless it was set before. */
const limitOptions = (after: LimitValues | null, before?: LimitValues): readonly string[] =>
  LIMITS.map(({ xml, virsh, neutral }) => {
    const isUnset = after === null || after[xml] === BigInt(neutral);
    const wasSet = before !== undefined && before[xml] !== BigInt(neutral);
    if (!isUnset) return option(virsh, String(after[xml]));
    return option(virsh, wasSet ? String(neutral) : '0');
  });
