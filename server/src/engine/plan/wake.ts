/**
 * F5: a raised limit does nothing for requests that wait already: their timer was armed by the old one (52 s were
 * measured, 1048 s are possible). A reopen of all filters of a disk that changes nothing lets them look again at once.
 * QEMU's own set of a group, and so libvirt's too, does not do that.
 */

import { wakeCommand } from './chains/chain-commands';
import type { DiskChanges } from './disk-changes';
import { objectionTo, type MovingModel } from './guards';
import { usersOnVm } from './names';
import type { GroupChange, QmpCommand } from './types';
import type { FilterNode, VmState } from './vm-state';
import { changeDirection, listed, shown } from './words';

export interface Wake {
  readonly title: string;
  /** Names of the groups whose limits were raised. */
  readonly groups: readonly string[];
  readonly command: QmpCommand;
}

/** Wakes for each disk that uses a group that lets more through, and words for what cannot be woken. */
export function wakesFor(
  groups: readonly GroupChange[],
  disks: Pick<DiskChanges, 'chains' | 'titles'>,
  state: VmState,
  model: MovingModel,
): { readonly wakes: readonly Wake[]; readonly notes: readonly string[] } {
  const raised = new Map(groups.filter(letsMoreThrough).map(change => [change.objectId, change.name]));
  const wakes: Wake[] = [];
  const asleep: string[] = [];
  if (raised.size === 0) return { wakes, notes: [] };
  const chains = new Map(disks.chains.map(({ change }) => [change.qdev, change]));
  for (const disk of state.disks) {
    const chain = chains.get(disk.qdev);
    const filters: readonly FilterNode[] = chain?.after ?? disk.filters;
    const names = filters.flatMap(({ group }) => raised.get(group) ?? []);
    // A chain that changes is drained by that, and nothing waits in it any more.
    if (names.length === 0 || chain !== undefined) continue;
    const title = disks.titles.get(disk.qdev) ?? disk.target ?? disk.alias;
    const command = disk.base === null ? undefined : wakeCommand(filters, disk.base);
    const canWake = command !== undefined && disk.shape === 'plain' && disk.job === null;
    if (canWake && objectionTo(command, model) === undefined) wakes.push({ title, groups: names, command });
    else asleep.push(`${shown(title)} (${names.map(shown).join(', ')})`);
  }
  const loose = looseUsers(raised, state);
  return { wakes, notes: [...sleepNotes(asleep), ...loose] };
}

/** Whether requests that wait could go sooner by the new limits. */
export const letsMoreThrough = ({ before, after }: GroupChange): boolean =>
  before !== undefined && after !== undefined && changeDirection(before, after) !== 'down';

const sleepNotes = (asleep: readonly string[]): readonly string[] =>
  asleep.length === 0
    ? []
    : [
        `Requests that wait already cannot be woken safely on ${listed(asleep)}: they still wait as long as the old limit makes them; requests that come later go by the new one.`,
      ];

/** Filters that belong to no disk (an export), and disks that use a group through iotune. */
function looseUsers(raised: ReadonlyMap<string, string>, state: VmState): readonly string[] {
  const users = state.groups.flatMap(group =>
    raised.has(group.objectId) ? usersOnVm(group, state).filter(user => user.startsWith('node ')) : [],
  );
  return users.length === 0
    ? []
    : [
        `${listed(users.map(shown))} ${users.length === 1 ? 'belongs' : 'belong'} to no disk: requests that wait there already still wait as long as the old limit makes them.`,
      ];
}
