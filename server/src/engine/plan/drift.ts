/** In which ways a VM's throttling, and the disks it has, are not as a document says. Pure; nothing is to be changed. */

import { LIMITS } from '../limits/table';
import { formatLimit, limitsText } from '../limits/units';
import { limitsNothing, sameLimits, type LimitValues } from '../limits/values';
import { iotuneOf, sameIotune, wantedIotune } from './disk-changes';
import type { DesiredDisk } from './disks';
import { matchDisk } from './disks';
import { groupKeys, resolveNames, sameNames } from './names';
import type { DesiredGroups } from './plan';
import { diskTitleOf, groupTitle } from './steps';
import type { VmDisk, VmState } from './vm-state';
import { iotuneWords, shown } from './words';

/** One thing that is not as the document says, in words: "group gold", "total_iops_sec 500 IOPS". */
export interface Drift {
  readonly object: string;
  readonly vm: string;
  readonly document: string;
}

/**
 * All differences, groups first, in the document's order; what the document does not have comes behind. Template text is
 * an unknown value and differs from nothing. A group without limits, which libvirt does not create, may be missing.
 */
export function driftOf(desired: DesiredGroups, side: VmState): readonly Drift[] {
  return [...groupDrift(desired, side), ...diskDrift(desired, side)];
}

const ABSENT = 'not there';

function groupDrift({ groups, namesUnknown }: DesiredGroups, side: VmState): readonly Drift[] {
  const { found, others } = resolveNames(
    groups.map(({ name }) => name),
    side,
  );
  const named = groups.flatMap(({ name, limits }): Drift[] => {
    const group = found.get(name);
    const object = groupTitle(name);
    if (limits === undefined) return [];
    if (group === undefined) {
      return limitsNothing(limits) ? [] : [{ object, vm: ABSENT, document: limitsText(limits) }];
    }
    return sameLimits(group.limits, limits)
      ? []
      : [{ object, vm: otherLimits(group.limits, limits), document: otherLimits(limits, group.limits) }];
  });
  // A group whose name is template text could be any of them.
  const more = namesUnknown ? [] : others;
  return [
    ...named,
    ...more.map(({ name, limits }) => ({
      object: groupTitle(name),
      vm: limitsText(limits),
      document: ABSENT,
    })),
  ];
}

/** The limits that are not the other's, by name: rounded sums could read alike. */
const otherLimits = (limits: LimitValues, other: LimitValues): string =>
  LIMITS.filter(({ xml }) => limits[xml] !== other[xml])
    .map(field => `${field.xml} ${formatLimit(field, limits[field.xml])}`)
    .join(', ');

function diskDrift({ disks }: DesiredGroups, side: VmState): readonly Drift[] {
  const keys = groupKeys(side);
  const matched = new Set<VmDisk>();
  const named = disks.flatMap((wanted): readonly Drift[] => {
    const match = matchDisk(wanted, side.disks);
    const object = diskTitleOf(wanted.title);
    if (match.kind === 'none') return [{ object, vm: ABSENT, document: filterWords(wanted.filters ?? []) }];
    if (match.kind === 'unclear') return [{ object, vm: match.message, document: 'one disk' }];
    matched.add(match.disk);
    return ofDisk(wanted, match.disk, id => keys.get(id) ?? id);
  });
  const more = side.disks
    .filter(disk => !matched.has(disk))
    .map(({ target, alias, filters }) => ({
      object: diskTitleOf(target ?? alias),
      vm: filterWords(filters.map(({ group }) => keys.get(group) ?? group)),
      document: ABSENT,
    }));
  return [...named, ...more];
}

function ofDisk(wanted: DesiredDisk, disk: VmDisk, nameOf: (id: string) => string): readonly Drift[] {
  const drift: Drift[] = [];
  const names = disk.filters.map(({ group }) => nameOf(group));
  const { title, filters } = wanted;
  if (filters !== undefined && !sameNames(filters, names)) {
    drift.push({ object: diskTitleOf(title), vm: filterWords(names), document: filterWords(filters) });
  }
  const [iotune, now] = [wantedIotune(wanted), iotuneOf(disk)];
  if (iotune !== undefined && !sameIotune(iotune, now)) {
    drift.push({
      object: `iotune of ${shown(title)}`,
      vm: iotuneWords(now),
      document: iotuneWords(iotune),
    });
  }
  return drift;
}

const filterWords = (names: readonly string[]): string =>
  names.length === 0 ? 'no filters' : `filters ${names.map(shown).join(', then ')}`;
