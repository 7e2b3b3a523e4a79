/** Which object on the VM is which group of the document (DESIGN 4.3). */

import { groupObjectId, OBJECT_PREFIX } from '../limits/qemu';
import type { VmGroup, VmState } from './vm-state';

export interface ResolvedNames {
  /** Group on the VM by the document's name; names that are not there are absent. */
  readonly found: ReadonlyMap<string, VmGroup>;
  /** Plain objects beside a prefixed one of the same name: not the group, not touched. */
  readonly shadowed: readonly VmGroup[];
  /** Groups of the VM that none of the names means. */
  readonly others: readonly VmGroup[];
}

/**
 * Finds each name's object: `throttle-NAME`, as libvirt makes it; else an object called plain `NAME`, which a VM
 * started by hand may have, unless another of the names means that object.
 */
export function resolveNames(names: readonly string[], state: VmState): ResolvedNames {
  const byId = new Map(state.groups.map(group => [group.objectId, group]));
  const found = new Map<string, VmGroup>();
  const claimed = new Set<string>();
  const claim = (name: string, group: VmGroup | undefined): void => {
    if (group === undefined || found.has(name) || claimed.has(group.objectId)) return;
    found.set(name, group);
    claimed.add(group.objectId);
  };
  for (const name of names) claim(name, byId.get(groupObjectId(name)));
  for (const name of names) claim(name, byId.get(name));
  const rest = state.groups.filter(group => !claimed.has(group.objectId));
  const shadowed = rest.filter(group => group.naming === 'plain' && byId.has(groupObjectId(group.name)));
  return { found, shadowed, others: rest.filter(group => !shadowed.includes(group)) };
}

/** The same names in the same order. */
export const sameNames = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name, index) => name === b[index]);

/** Name and naming of an object id, as far as the id alone tells. */
export const namingOf = (objectId: string): Pick<VmGroup, 'name' | 'naming'> =>
  objectId.startsWith(OBJECT_PREFIX) && objectId.length > OBJECT_PREFIX.length
    ? { name: objectId.slice(OBJECT_PREFIX.length), naming: 'prefixed' }
    : { name: objectId, naming: 'plain' };

/** One name for each object of the VM: the group's; a plain object beside a prefixed one is called by both. */
export const groupKeys = (state: VmState): ReadonlyMap<string, string> => {
  const prefixed = new Set(
    state.groups.filter(group => group.naming === 'prefixed').map(group => group.name),
  );
  return new Map(
    state.groups.map(({ objectId, name, naming }) => [
      objectId,
      naming === 'plain' && prefixed.has(name) ? `${name} (plain object)` : name,
    ]),
  );
};

/** Disks that use a group, by alias, through a filter or through legacy throttling; then filter nodes on no disk. */
export function usersOnVm(group: VmGroup, state: VmState): readonly string[] {
  const disks = state.disks.filter(
    disk =>
      disk.iotuneGroup === group.objectId || disk.filters.some(filter => filter.group === group.objectId),
  );
  const onDisks = new Set(disks.flatMap(disk => disk.filters.map(filter => filter.node)));
  const loose = group.usedBy.filter(node => !onDisks.has(node));
  return [...disks.map(disk => disk.alias), ...loose.map(node => `node ${node}`)];
}
