/** Our own documentation of elements and attributes, found by the path of parents. */

import { ENTRIES } from './entries';
import type { AttributeEntry, ElementEntry } from './entry';

export { chapterUrl, type Chapter } from './chapters';
export type { AttributeEntry, ElementEntry } from './entry';

/**
 * What is known of an element. `path` names the elements from the document's root down to it, as written, prefixes and
 * all. The domain inside a snapshot, checkpoint or domstatus is a domain like any other, and a device that stands
 * alone, as virsh attach-device takes it, is read as one in `<devices>`.
 */
export function elementEntry(path: readonly string[]): ElementEntry | undefined {
  return entriesFor(path)[0];
}

/**
 * What is known of an attribute of the element at `path`: of the closest entry that knows it, so that an entry for one
 * device need not repeat what one for all devices says.
 */
export function attributeEntry(path: readonly string[], attribute: string): AttributeEntry | undefined {
  for (const { attributes } of entriesFor(path)) {
    if (attributes !== undefined && Object.hasOwn(attributes, attribute)) return attributes[attribute];
  }
  return undefined;
}

/** Entries by the segments of their paths; `*` is a segment like the others here. */
interface Branch {
  readonly branches: Map<string, Branch>;
  entry?: ElementEntry;
}

const ANY = '*';

/** Documents with a domain in them, and the names that it has there (an inactive one stands in a snapshot). */
const AROUND_DOMAIN: ReadonlySet<string> = new Set(['domainsnapshot', 'domaincheckpoint', 'domstatus']);
const DOMAIN_NAMES: ReadonlySet<string> = new Set(['domain', 'inactiveDomain']);

const root = indexOf(ENTRIES);

/** All entries whose path fits, the closest one first. */
function entriesFor(path: readonly string[]): readonly ElementEntry[] {
  const fitting: { readonly entry: ElementEntry; readonly wild: number }[] = [];
  collect(root, pathFromDomain(path), 0, 0, fitting);
  // Named segments are followed before `*`, so of entries with as many `*` the one whose `*` stands further down is
  // first already, and sorting keeps it there.
  return fitting.sort((a, b) => a.wild - b.wild).map(found => found.entry);
}

function collect(
  branch: Branch,
  path: readonly string[],
  at: number,
  wild: number,
  found: { readonly entry: ElementEntry; readonly wild: number }[],
): void {
  const name = path[at];
  if (name === undefined) {
    if (branch.entry !== undefined) found.push({ entry: branch.entry, wild });
    return;
  }
  const named = name === ANY ? undefined : branch.branches.get(name);
  if (named !== undefined) collect(named, path, at + 1, wild, found);
  const any = branch.branches.get(ANY);
  if (any !== undefined) collect(any, path, at + 1, wild + 1, found);
}

function pathFromDomain(path: readonly string[]): readonly string[] {
  const [first, second] = path;
  if (first === undefined || first === 'domain') return path;
  if (AROUND_DOMAIN.has(first) && second !== undefined && DOMAIN_NAMES.has(second)) {
    return ['domain', ...path.slice(2)];
  }
  const devices = root.branches.get('domain')?.branches.get('devices');
  return devices?.branches.get(first)?.entry === undefined ? path : ['domain', 'devices', ...path];
}

function indexOf(entries: readonly ElementEntry[]): Branch {
  const top: Branch = { branches: new Map() };
  for (const entry of entries) {
    let branch = top;
    for (const segment of entry.path.split('/')) {
      const next = branch.branches.get(segment) ?? { branches: new Map<string, Branch>() };
      branch.branches.set(segment, next);
      branch = next;
    }
    branch.entry = entry;
  }
  return top;
}
