/** Entries by the segments of their paths, made once: a look-up walks down the names of a document's path. */

import type { ElementEntry } from './entry';

export interface EntryIndex {
  readonly branches: ReadonlyMap<string, EntryIndex>;
  readonly entry: ElementEntry | undefined;
}

export function indexEntries(entries: readonly ElementEntry[]): EntryIndex {
  const top: Branch = { branches: new Map(), entry: undefined };
  for (const entry of entries) {
    let branch = top;
    for (const segment of entry.path.split('/')) {
      const next: Branch = branch.branches.get(segment) ?? { branches: new Map(), entry: undefined };
      branch.branches.set(segment, next);
      branch = next;
    }
    branch.entry = entry;
  }
  return top;
}

/**
 * All entries whose path fits, the closest one first: that with fewer `*`, then that whose `*` stands further down.
 * Takes the names as they stand in the document.
 */
export function entriesAt(index: EntryIndex, path: readonly string[]): readonly ElementEntry[] {
  const found: Fitting[] = [];
  collect(index, path, { at: 0, wild: 0 }, found);
  // Named segments are followed before `*`, so of entries with as many `*` the one whose `*` stands further down is
  // first already, and sorting keeps it there.
  return found.sort((a, b) => a.wild - b.wild).map(({ entry }) => entry);
}

interface Branch {
  readonly branches: Map<string, Branch>;
  entry: ElementEntry | undefined;
}

/** An entry, and how many `*` its path has. */
interface Fitting {
  readonly entry: ElementEntry;
  readonly wild: number;
}

const ANY = '*';

function collect(
  branch: EntryIndex,
  path: readonly string[],
  { at, wild }: { readonly at: number; readonly wild: number },
  found: Fitting[],
): void {
  const name = path[at];
  if (name === undefined) {
    if (branch.entry !== undefined) found.push({ entry: branch.entry, wild });
    return;
  }
  const named = name === ANY ? undefined : branch.branches.get(name);
  if (named !== undefined) collect(named, path, { at: at + 1, wild }, found);
  const any = branch.branches.get(ANY);
  if (any !== undefined) collect(any, path, { at: at + 1, wild: wild + 1 }, found);
}
