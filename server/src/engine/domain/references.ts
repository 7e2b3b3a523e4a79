/** Who names whom: groups by name, users of a group, names for people. */

import type { Disk, Domain, Filter, Group, Placed } from './model';

export interface GroupUser {
  readonly disk: Placed<Disk>;
  readonly filter: Filter;
}

/** All groups with a name (template text left out), in document order; more than one where a name is taken twice. */
export const groupsByName = keptWithDomain(collectGroups);

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

/** The disks whose filters name the group, each once, in document order; the first `most` of them. */
export const disksOf = (domain: Domain, groupName: string, most?: number): readonly Placed<Disk>[] =>
  domain.filterUses
    .of(groupName)
    .slice(0, most)
    .flatMap(place => domain.disks[place] ?? []);

/** The filters that name the group, in document order. */
export const usersOf = (domain: Domain, groupName: string): readonly GroupUser[] =>
  disksOf(domain, groupName).flatMap(disk =>
    disk.of.filters
      .filter(({ group }) => group?.template === false && group.value === groupName)
      .map(filter => ({ disk, filter })),
  );

/** The names that filters give and that are wanted, known or not, each once, in document order. */
export function usedNames(domain: Domain, wanted: (name: string) => boolean): readonly string[] {
  const { filterUses, disks } = domain;
  const first = (name: string): number => filterUses.of(name)[0] ?? 0;
  const within = (name: string): number =>
    disks[first(name)]?.of.filters.findIndex(({ group }) => group?.value === name) ?? 0;
  return [...filterUses.names()].filter(wanted).sort((a, b) => first(a) - first(b) || within(a) - within(b));
}

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
