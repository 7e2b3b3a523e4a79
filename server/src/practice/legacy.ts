/** block_set_io_throttle: limits of a device itself, which libvirt's <iotune> makes. */

import type { LimitName, LimitValues } from '../engine';
import { LIMITS } from '../engine';
import type { Arguments } from './arguments';
import { qdevOf } from './block';
import { checkLimits } from './limits';
import { Refusal } from './refusal';
import type { AttachedDisk, PracticeState } from './state';

/** Six rates must be given; what else is left out is not set. Without any limit the device leaves its group. */
export function setIoThrottle(args: Arguments, state: PracticeState): PracticeState {
  args.optionalString('device');
  const id = args.optionalString('id');
  const given = new Map<LimitName, bigint>();
  for (const { xml, kind, blockThrottle, neutral } of LIMITS) {
    const value = kind === 'rate' ? args.requiredInteger(blockThrottle) : args.optionalInteger(blockThrottle);
    given.set(xml, value ?? BigInt(neutral));
  }
  const group = args.optionalString('group');
  args.done();
  const limits = Object.fromEntries(given) as LimitValues;
  const disk = diskNamed(state, id ?? '');
  checkLimits(limits);
  const isSet = LIMITS.some(({ xml, kind }) => kind === 'rate' && limits[xml] !== 0n);
  const name = isSet ? (group ?? disk.legacyGroup ?? id ?? '') : undefined;
  const disks = state.disks.map(other => (other === disk ? { ...disk, legacyGroup: name } : other));
  return withLimits({ ...state, disks }, name, limits);
}

function diskNamed(state: PracticeState, id: string): AttachedDisk {
  const disk = state.disks.find(other => [qdevOf(other), other.alias].includes(id));
  if (disk === undefined) throw new Refusal(`Device '${id}' not found`, 'DeviceNotFound');
  return disk;
}

/** A group that no device is in any more is gone. */
function withLimits(state: PracticeState, name: string | undefined, limits: LimitValues): PracticeState {
  const used = new Set(state.disks.flatMap(({ legacyGroup }) => legacyGroup ?? []));
  const kept = [...state.legacyGroups].filter(([other]) => used.has(other));
  if (name === undefined) return { ...state, legacyGroups: new Map(kept) };
  return state.groups.has(name)
    ? { ...state, groups: new Map([...state.groups, [name, limits]]), legacyGroups: new Map(kept) }
    : { ...state, legacyGroups: new Map([...kept, [name, limits]]) };
}
