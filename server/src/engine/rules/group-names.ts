/** What the rules about groups share: valid and free names, who uses a group. */

import type { Domain, Group, Placed } from '../domain/model';
import { groupsByName } from '../domain/references';
import { amountsOf, hasAnyLimit } from './limit-faults';

export { firstOfEachName } from '../domain/references';
export { isValidGroupName } from '../limits/qemu';

/** A valid name as like the given one as can be: blanks around it go, accents too, what else QEMU refuses is a dash. */
export function validGroupName(name: string): string {
  const plain = name
    .trim()
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, LONGEST_MADE);
  return plain === '' ? 'group' : plain;
}

const LONGEST_MADE = 200;

/** `wish`, or `wish-2`, `wish-3`, ... : the first that `isFree` takes. */
export function freeName(wish: string, isFree: (name: string) => boolean): string {
  let name = wish;
  for (let number = 2; !isFree(name); number++) name = `${wish}-${String(number)}`;
  return name;
}

/** The groups whose name no other group has. */
export const groupsAlone = (domain: Domain): readonly Placed<Group>[] =>
  [...groupsByName(domain).values()].flatMap(([group, other]) =>
    group === undefined || other !== undefined ? [] : [group],
  );

/** Names of all groups. */
export const groupNames = (domain: Domain): ReadonlySet<string> =>
  new Set(domain.groups.flatMap(({ of }) => of.name?.value ?? []));

/** Whether a template fills in names of filters: then any group may be used. */
export const hasTemplateFilters = (domain: Domain): boolean =>
  domain.disks.some(({ of }) => of.filters.some(filter => filter.group?.template === true));

/** Whether libvirt creates an object for the group: not for one without any limit. */
export const isCreated = (group: Group): boolean => hasAnyLimit(amountsOf(group.limits));
