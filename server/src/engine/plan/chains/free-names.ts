/** Names for what a plan makes: none that the VM has, none twice. */

import type { VmState } from '../vm-state';

/** Gives names, each once. */
export interface FreeNames {
  /** `domxml-<n>-filter`; QEMU allows 31 characters, which leaves 17 digits. */
  filter(): string;
  /** `domxml-<n>-placeholder`: gone again when the step is through. */
  placeholder(): string;
  /** `domxml-<n>-storage` and `domxml-<n>-format`, of one disk. */
  image(): { readonly storage: string; readonly format: string };
  /** `domxml-free-<n>`, the object of a group without limits: gone again when the step is through. */
  group(): string;
}

/** Whether an object is one of the groups that a removal of filters makes for a moment. */
export const isTemporaryGroup = (objectId: string): boolean => /^domxml-free-\d+$/.test(objectId);

/** Names that nothing on the VM has. The same state gives the same names in the same order. */
export function freeNames(state: VmState): FreeNames {
  const taken = new Set([...state.ownNodes, ...state.groups.map(({ objectId }) => objectId)]);
  // A legacy group is no object, but QEMU refuses an object of its name.
  for (const { iotuneGroup } of state.disks) if (iotuneGroup !== null) taken.add(iotuneGroup);
  const isTaken = (name: string): boolean =>
    taken.has(name) || (name.endsWith('-storage') && taken.has(name.replace(/storage$/, 'format')));
  const counters = new Map<string, number>();
  const next = (of: (number: number) => string): string => {
    const kind = of(0);
    let number = counters.get(kind) ?? 1;
    while (isTaken(of(number))) number++;
    counters.set(kind, number + 1);
    return of(number);
  };
  return {
    filter: () => next(number => `domxml-${String(number)}-filter`),
    placeholder: () => next(number => `domxml-${String(number)}-placeholder`),
    image: () => {
      const storage = next(number => `domxml-${String(number)}-storage`);
      return { storage, format: storage.replace(/storage$/, 'format') };
    },
    group: () => next(number => `domxml-free-${String(number)}`),
  };
}
