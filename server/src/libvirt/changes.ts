/** Commands of virsh that change throttling, as data: what a plan shows and what is sent. */

import type { IotuneState, LimitValues, VirshCommand } from '../engine';
import { LIMITS } from '../engine';
import { option } from './quote';

export type Plane = 'live' | 'config';

/**
 * Gives a group these limits, all of them, zeroes too: what is not named would keep its old value or be reset, by what
 * family it is of (facts of real runs: naming one limit of a family resets the others).
 */
export const setGroup = (uuid: string, name: string, limits: LimitValues, plane: Plane): VirshCommand => ({
  argv: [
    'domthrottlegroupset',
    option('--domain', uuid),
    option('--group-name', name),
    ...limitOptions(limits),
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

/** All 19; a burst length that is not set goes as 0, which libvirt keeps as not set. */
const limitOptions = (limits: LimitValues | null): readonly string[] =>
  LIMITS.map(({ xml, virsh, neutral }) => {
    const value = limits === null ? 0n : limits[xml];
    return option(virsh, value === BigInt(neutral) ? '0' : String(value));
  });
