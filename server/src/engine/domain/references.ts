/** Who names whom: groups by name, users of a group, names for people. */

import type { Disk, Domain, Filter, Group, Placed } from './model';

/** All groups with a name (template text left out), in document order; more than one where a name is taken twice. */
export function groupsByName(domain: Domain): ReadonlyMap<string, readonly Placed<Group>[]> {
  const byName = new Map<string, Placed<Group>[]>();
  for (const group of domain.groups) {
    const { name } = group.of;
    if (name === undefined || name.template || name.value === '') continue;
    const others = byName.get(name.value);
    if (others === undefined) byName.set(name.value, [group]);
    else others.push(group);
  }
  return byName;
}

export interface GroupUser {
  readonly disk: Placed<Disk>;
  readonly filter: Filter;
}

const knownUsers = new WeakMap<Domain, ReadonlyMap<string, readonly GroupUser[]>>();

/** The filters of all disks by the group that they name, known or not, in document order. Made once a domain. */
export function usersByGroup(domain: Domain): ReadonlyMap<string, readonly GroupUser[]> {
  let users = knownUsers.get(domain);
  if (users === undefined) {
    users = collectUsers(domain);
    knownUsers.set(domain, users);
  }
  return users;
}

function collectUsers(domain: Domain): ReadonlyMap<string, readonly GroupUser[]> {
  const users = new Map<string, GroupUser[]>();
  for (const disk of domain.disks) {
    for (const filter of disk.of.filters) {
      const name = filter.group;
      if (name === undefined || name.template) continue;
      const others = users.get(name.value);
      if (others === undefined) users.set(name.value, [{ disk, filter }]);
      else others.push({ disk, filter });
    }
  }
  return users;
}

/** The filters that name one group. */
export const usersOf = (domain: Domain, groupName: string): readonly GroupUser[] =>
  usersByGroup(domain).get(groupName) ?? [];

/** A disk's name for people: its target ("vda"), else its alias, else its place ("disk 3"). */
export function diskTitle(domain: Domain, disk: Placed<Disk>): string {
  const named = disk.of.target?.value ?? disk.of.alias?.value;
  if (named !== undefined && named !== '') return named;
  return `disk ${String(domain.disks.indexOf(disk) + 1)}`;
}
