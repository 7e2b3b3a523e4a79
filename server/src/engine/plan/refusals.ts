/** Why no plan is made. */

import { isValidGroupName, refusalOfLimits } from '../limits/qemu';
import type { LimitValues } from '../limits/values';
import { limitsNothing } from '../limits/values';
import type { ResolvedNames } from './names';
import { usersOnVm } from './names';
import type { DesiredGroup } from './plan';
import type { Refusal, RefusedPlan } from './types';
import type { VmGroup, VmState } from './vm-state';
import { listedBriefly, shown } from './words';

export const refused = (reason: Refusal['reason'], message: string): RefusedPlan => ({
  kind: 'refusal',
  refusal: { reason, message },
});

/**
 * A VM on the move takes nothing: what is sent to it may reach the one side and not the other. Nor does a VM that
 * neither runs nor is paused: what its requests do then was not measured.
 */
export function refusalOfState(state: VmState): Refusal | undefined {
  if (state.migrating || MOVING.has(state.runState)) {
    return {
      reason: 'migration',
      message: `The VM is being migrated or saved (${shown(state.runState)}): what is changed now could be lost on the way. Wait until that has ended.`,
    };
  }
  if (STEADY.has(state.runState)) return undefined;
  return {
    reason: 'run-state',
    message: `The VM is neither running nor paused (${shown(state.runState)}), and nothing is changed on it in that state. Bring it back to running or paused first.`,
  };
}

const MOVING: ReadonlySet<string> = new Set([
  'inmigrate',
  'postmigrate',
  'finish-migrate',
  'save-vm',
  'restore-vm',
  'colo',
]);

/** `prelaunch` is how QEMU calls a VM that was started paused; a storage daemon has no run state at all. */
const STEADY: ReadonlySet<string> = new Set(['running', 'paused', 'prelaunch', 'unknown']);

/** Why these values must not be set for a group that is in use, or not at all; undefined where they may. */
export function refusalOfValues(
  name: string,
  limits: LimitValues,
  onVm: VmGroup | undefined,
  state: VmState,
): Refusal | undefined {
  const words = refusalOfLimits(limits);
  if (words !== undefined) return { reason: 'limits', message: `Group ${shown(name)}: ${words}` };
  if (!isValidGroupName(name)) {
    return {
      reason: 'group-name',
      message: `"${shown(name)}" cannot be a group's name: QEMU takes letters, digits, "-", "." and "_".`,
    };
  }
  const users = onVm === undefined ? [] : usersOnVm(onVm, state);
  if (onVm === undefined || users.length === 0 || !limitsNothing(limits) || limitsNothing(onVm.limits))
    return undefined;
  return {
    reason: 'unthrottles',
    message: `Group ${shown(name)} would lose all its limits while ${listedBriefly(users.map(shown))} ${users.length === 1 ? 'uses' : 'use'} it. Libvirt does not create a group without limits, so a saved image of this VM could not be restored. To let everything through, set a limit of 1000000000000000 (1e15) instead.`,
  };
}

/** The first refusal among the groups that would be sent. */
export function refusalOfGroups(
  groups: readonly DesiredGroup[],
  names: ResolvedNames,
  state: VmState,
): Refusal | undefined {
  for (const { name, limits } of groups) {
    const refusal = limits && refusalOfValues(name, limits, names.found.get(name), state);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
