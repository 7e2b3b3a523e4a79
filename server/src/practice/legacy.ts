/** block_set_io_throttle: limits of a device itself, which libvirt's <iotune> makes. */

import type { LimitName, LimitValues } from '../engine';
import { LIMITS } from '../engine';
import type { Arguments } from './arguments';
import { checkLimits } from './limits';
import { deviceNamed } from './qom';
import { Refusal } from './refusal';
import type { AttachedDisk, PracticeState } from './state';
import { backendPath } from './state';

/** Six rates must be given; what else is left out is not set. Without any limit the device leaves its group. */
export function setIoThrottle(args: Arguments, state: PracticeState): PracticeState {
  const device = args.optionalString('device');
  const id = args.optionalString('id');
  const given = new Map<LimitName, bigint>();
  for (const { xml, kind, blockThrottle, neutral } of LIMITS) {
    const value = kind === 'rate' ? args.requiredInteger(blockThrottle) : args.optionalInteger(blockThrottle);
    given.set(xml, value ?? BigInt(neutral));
  }
  const group = args.optionalString('group');
  args.done();
  const limits = Object.fromEntries(given) as LimitValues;
  const disk = diskNamed(state, device, id);
  checkLimits(limits);
  const isSet = LIMITS.some(({ xml, kind }) => kind === 'rate' && limits[xml] !== 0n);
  const name = isSet ? (group ?? disk.legacyGroup ?? id ?? '') : undefined;
  const disks = state.disks.map(other => (other === disk ? { ...disk, legacyGroup: name } : other));
  return withLimits({ ...state, disks }, name, limits);
}

/** Disks of a practice VM have an id or a path; `device` is the name of a drive as -drive makes it. */
function diskNamed(state: PracticeState, device: string | undefined, id: string | undefined): AttachedDisk {
  if ((device === undefined) === (id === undefined)) {
    throw new Refusal("Need exactly one of 'device' and 'id'");
  }
  if (id === undefined) throw new Refusal(`Device '${device ?? ''}' not found`, 'DeviceNotFound');
  const { path } = deviceNamed(state, id);
  const disk = state.disks.find(other => backendPath(other) === path);
  if (disk === undefined) throw new Refusal('Device does not have a block device backend');
  return disk;
}

/** The state without the groups that no device is in any more. */
export function withUsedGroups(state: PracticeState): PracticeState {
  const used = new Set(state.disks.flatMap(({ legacyGroup }) => legacyGroup ?? []));
  return { ...state, legacyGroups: new Map([...state.legacyGroups].filter(([name]) => used.has(name))) };
}

function withLimits(state: PracticeState, name: string | undefined, limits: LimitValues): PracticeState {
  const kept = withUsedGroups(state);
  if (name === undefined) return kept;
  return state.groups.has(name)
    ? { ...kept, groups: new Map([...state.groups, [name, limits]]) }
    : { ...kept, legacyGroups: new Map([...kept.legacyGroups, [name, limits]]) };
}
