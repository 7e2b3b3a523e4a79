/** Who names whom: groups by name, users of a group, names for people. */

import type { Disk, Domain, Filter, Group, Placed } from './model';

export interface GroupUser {
  readonly disk: Placed<Disk>;
  readonly filter: Filter;
}

/** All groups with a name (template text left out), in document order; more than one where a name is taken twice. */
export const groupsByName = keptWithDomain(collectGroups);

/** The filters of all disks by the group that they name, known or not, in document order. */
export const usersByGroup = keptWithDomain(collectUsers);

/** The names of groups that filters give, known or not: far cheaper than who gives them, and mostly as before. */
export function usedGroupNames({ bareDisks }: Domain): ReadonlySet<string> {
  let names = namesUsed.get(bareDisks);
  if (names === undefined) namesUsed.set(bareDisks, (names = namesIn(bareDisks)));
  return names;
}

const namesUsed = new WeakMap<readonly Disk[], ReadonlySet<string>>();

function namesIn(disks: readonly Disk[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { filters } of disks) {
    for (const { group } of filters) {
      if (group !== undefined && !group.template) names.add(group.value);
    }
  }
  return names;
}

/** The groups that libvirt would see: the first of each name. */
export const firstOfEachName = (domain: Domain): readonly Placed<Group>[] =>
  [...groupsByName(domain).values()].flatMap(([group]) => group ?? []);

function collectGroups(domain: Domain): ReadonlyMap<string, readonly Placed<Group>[]> {
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

/** A domain is immutable: what is made of it is made once, however many ask. */
export function keptWithDomain<T>(make: (domain: Domain) => T): (domain: Domain) => T {
  const kept = new WeakMap<Domain, { readonly made: T }>();
  return domain => {
    let entry = kept.get(domain);
    if (entry === undefined) {
      entry = { made: make(domain) };
      kept.set(domain, entry);
    }
    return entry.made;
  };
}
