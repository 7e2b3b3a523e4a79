/** What of a last change is still as it was left, as something to be wanted: the state before it. Pure. */

import { NO_LIMITS, sameLimits } from '../../limits/values';
import { iotuneOf, sameIotune } from '../disk-changes';
import type { DesiredDisk } from '../disks';
import { groupKeys, resolveNames, sameNames } from '../names';
import type { DesiredGroups } from '../plan';
import type { VmDisk, VmState } from '../vm-state';
import { shown } from '../words';
import type { DiskBefore, SideChange } from './last-change';

export interface UndoWish {
  /** As it was before. What was changed again since is left out, and told among the notes. */
  readonly desired: DesiredGroups;
  /** Groups that the change created: they go where nothing uses them. */
  readonly created: readonly string[];
}

/** The way back on one side of a VM that is as `side` says now. */
export function undoWish({ groups, disks }: SideChange, side: VmState): UndoWish {
  const notes: string[] = [];
  const created: string[] = [];
  const wanted: DesiredGroups['groups'][number][] = [];
  const { found } = resolveNames(
    groups.map(({ name }) => name),
    side,
  );
  for (const { name, before, after } of groups) {
    const now = found.get(name)?.limits ?? null;
    const isAsLeft = now === null || after === null ? now === after : sameLimits(now, after);
    if (!isAsLeft) notes.push(`Group ${shown(name)} was changed again since, and is left as it is.`);
    else if (before === null) created.push(name);
    else wanted.push({ name, limits: before, usedBy: [] });
  }
  const keys = groupKeys(side);
  const back = disks.flatMap(disk => {
    const now = diskNow(disk, side);
    const wish = now && diskBack(disk, now, namesOf(now, keys));
    if (wish === undefined) notes.push(`${shown(disk.title)} was changed again since, and is left as it is.`);
    return wish ?? [];
  });
  const named = new Set(wanted.map(({ name }) => name));
  const used = new Set(back.flatMap(({ filters }) => filters ?? []));
  return {
    desired: {
      identity: { name: undefined, uuid: undefined },
      groups: [
        ...wanted,
        ...[...used].filter(name => !named.has(name)).map(name => ({ name, limits: undefined, usedBy: [] })),
      ],
      disks: back,
      namesUnknown: false,
      notes,
    },
    created,
  };
}

const namesOf = ({ filters }: VmDisk, keys: ReadonlyMap<string, string>): readonly string[] =>
  filters.map(({ group }) => keys.get(group) ?? group);

const diskNow = ({ target, alias }: DiskBefore, side: VmState): VmDisk | undefined =>
  side.disks.find(disk =>
    target !== null && disk.target !== null ? disk.target === target : disk.alias === alias,
  );

/** Undefined: it is not as it was left. What was not changed is wanted as it is. */
function diskBack(
  { title, target, alias, filters, iotune }: DiskBefore,
  now: VmDisk,
  names: readonly string[],
): DesiredDisk | undefined {
  const [chain, legacy] = [filters ?? { before: names, after: names }, iotuneOf(now)];
  const limits = iotune ?? { before: legacy, after: legacy };
  if (!sameNames(chain.after, names) || !sameIotune(limits.after, legacy)) return undefined;
  return {
    title,
    target: target ?? undefined,
    bus: undefined,
    alias,
    serial: undefined,
    source: undefined,
    filters: chain.before,
    iotune: limits.before?.limits ?? NO_LIMITS,
    iotuneGroup: limits.before?.group ?? null,
  };
}
