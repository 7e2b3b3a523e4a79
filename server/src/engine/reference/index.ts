/** Our own documentation of elements and attributes, found by the path of parents. */

import { ENTRIES } from './entries';
import type { AttributeEntry, ElementEntry } from './entry';
import { entriesAt, indexEntries } from './entry-index';

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

/** Documents with a domain in them, and the names that it has there (an inactive one stands in a snapshot). */
const AROUND_DOMAIN: ReadonlySet<string> = new Set(['domainsnapshot', 'domaincheckpoint', 'domstatus']);
const DOMAIN_NAMES: ReadonlySet<string> = new Set(['domain', 'inactiveDomain']);

const DEVICE_NAMES: ReadonlySet<string> = new Set(
  ENTRIES.flatMap(({ path }) => /^domain\/devices\/([^/*]+)$/.exec(path)?.[1] ?? []),
);

const INDEX = indexEntries(ENTRIES);

/** All entries whose path fits, the closest one first. */
const entriesFor = (path: readonly string[]): readonly ElementEntry[] =>
  entriesAt(INDEX, pathFromDomain(path));

function pathFromDomain(path: readonly string[]): readonly string[] {
  const [first, second] = path;
  if (first === undefined || first === 'domain') return path;
  if (AROUND_DOMAIN.has(first) && second !== undefined && DOMAIN_NAMES.has(second)) {
    return ['domain', ...path.slice(2)];
  }
  return DEVICE_NAMES.has(first) ? ['domain', 'devices', ...path] : path;
}
export { MADE_BY_LIBVIRT, elementUsage, usedValues, type ElementUsage, type Usage } from './practice';
