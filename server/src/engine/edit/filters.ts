/** Edits of the filters under a disk. All spans are absolute. */

import type { SourceText, TextEdit } from '../text';
import { shifted } from '../text';
import type { Disk, Domain, Filter, Placed } from '../domain/model';
import { childElements, firstChildElement } from '../xml/navigate';
import type { Located } from '../xml/tree';
import { setAttribute } from './attributes';
import { insertElement, insertElements, LAST, removeSpans, type ChildPlace } from './elements';
import { filterMarkup, filtersMarkup } from './format';

/**
 * Makes the disk's filters exactly these groups, from the image up. Filters that stand already are kept where the
 * ends of the two lists agree; between them names are exchanged, then filters added or taken out.
 */
export function setChain(
  source: SourceText,
  domain: Domain,
  disk: Placed<Disk>,
  groups: readonly string[],
): TextEdit[] {
  const now = disk.of.filters;
  if (now.length === 0) return groups.length === 0 ? [] : newFilters(source, domain, disk, groups);
  if (groups.length === 0) return removeBlocks(source, disk);
  const same = (filter: Filter | undefined, group: string | undefined): boolean =>
    group !== undefined && filter?.group?.value === group;
  let head = 0;
  while (head < Math.min(now.length, groups.length) && same(now[head], groups[head])) head++;
  let tail = 0;
  while (
    tail < Math.min(now.length, groups.length) - head &&
    same(now[now.length - 1 - tail], groups[groups.length - 1 - tail])
  ) {
    tail++;
  }
  return exchange(
    source,
    domain,
    disk,
    now.slice(head, now.length - tail),
    groups.slice(head, groups.length - tail),
    {
      before: now[head - 1],
      behind: now[now.length - tail],
    },
  );
}

/** Adds a filter on top of the chain, or with `at` so many filters above the image. */
export function addFilter(
  source: SourceText,
  domain: Domain,
  disk: Placed<Disk>,
  group: string,
  at = disk.of.filters.length,
): TextEdit[] {
  const names = disk.of.filters.map(filter => filter.group?.value ?? '');
  if (names.length === 0) return newFilters(source, domain, disk, [group]);
  return exchange(source, domain, disk, [], [group], {
    before: disk.of.filters[at - 1],
    behind: disk.of.filters[at],
  });
}

/** Takes filters out; a block goes too when nothing else is in it. */
export function removeFilters(
  source: SourceText,
  disk: Placed<Disk>,
  filters: readonly Filter[],
): TextEdit[] {
  const spans = filters.map(({ span }) => shifted(span, disk.start));
  for (const block of disk.of.filterBlocks) {
    const element = blockElement(disk, block.span.start);
    const all = block.filters.every(filter => filters.includes(filter));
    if (!all || block.filters.length === 0 || element?.node.children.length !== block.filters.length)
      continue;
    spans.push(shifted(block.span, disk.start));
  }
  const outer = spans.filter(
    span => !spans.some(other => other !== span && other.start <= span.start && span.end <= other.end),
  );
  return removeSpans(source, outer);
}

export const removeFilter = (source: SourceText, disk: Placed<Disk>, filter: Filter): TextEdit[] =>
  removeFilters(source, disk, [filter]);

/** Takes out all `<throttlefilters>` blocks of a disk. */
export const removeBlocks = (source: SourceText, disk: Placed<Disk>): TextEdit[] =>
  removeSpans(
    source,
    disk.of.filterBlocks.map(block => shifted(block.span, disk.start)),
  );

/** Writes the group that a filter names. */
export function setFilterGroup(
  source: SourceText,
  disk: Placed<Disk>,
  filter: Filter,
  group: string,
): TextEdit[] {
  const element = filterElement(disk, filter);
  return element === undefined ? [] : setAttribute(source, element, 'group', group);
}

interface Neighbours {
  readonly before: Filter | undefined;
  readonly behind: Filter | undefined;
}

function exchange(
  source: SourceText,
  domain: Domain,
  disk: Placed<Disk>,
  old: readonly Filter[],
  groups: readonly string[],
  { before, behind }: Neighbours,
): TextEdit[] {
  const both = Math.min(old.length, groups.length);
  const edits = old.slice(0, both).flatMap((filter, index) => {
    const group = groups[index] ?? '';
    return filter.group?.value === group ? [] : setFilterGroup(source, disk, filter, group);
  });
  const added = groups.slice(both);
  if (added.length > 0) {
    const beside = neighbour(disk, old[both - 1] ?? before, behind);
    if (beside === undefined) edits.push(...newFilters(source, domain, disk, added));
    else edits.push(...insertElements(source, beside.parent, beside.place, added.map(filterMarkup)));
  }
  return [...edits, ...removeFilters(source, disk, old.slice(both))];
}

function neighbour(
  disk: Placed<Disk>,
  before: Filter | undefined,
  behind: Filter | undefined,
): { readonly parent: Located; readonly place: ChildPlace } | undefined {
  const filter = before ?? behind;
  const element = filter === undefined ? undefined : filterElement(disk, filter);
  if (element?.parent === undefined) return undefined;
  return { parent: element.parent, place: before === undefined ? { before: element } : { behind: element } };
}

/** Filters for a disk that has none: into its empty block, or a block of their own behind `<target>`. */
function newFilters(
  source: SourceText,
  domain: Domain,
  disk: Placed<Disk>,
  groups: readonly string[],
): TextEdit[] {
  const element = diskElement(disk, domain);
  const block = childElements(element, 'throttlefilters')[0];
  if (block !== undefined) return insertElements(source, block, LAST, groups.map(filterMarkup));
  const target = firstChildElement(element, 'target');
  const place = target === undefined ? LAST : { behind: target };
  return insertElement(source, element, place, filtersMarkup(groups));
}

function filterElement(disk: Placed<Disk>, filter: Filter): Located | undefined {
  const start = disk.start + filter.span.start;
  for (const block of childElements(diskElement(disk), 'throttlefilters')) {
    if (start < block.start || start >= block.start + block.node.length) continue;
    const found = childElements(block).find(child => child.start === start);
    if (found !== undefined) return found;
  }
  return undefined;
}

const blockElement = (disk: Placed<Disk>, relativeStart: number): Located | undefined =>
  childElements(diskElement(disk)).find(child => child.start === disk.start + relativeStart);

/** The disk's element, with its ancestors where they are known: they tell the layout when the disk shows none. */
function diskElement(disk: Placed<Disk>, domain?: Domain): Located {
  const root: Located | undefined =
    domain === undefined ? undefined : { node: domain.element, start: domain.start, parent: undefined };
  const devices = domain?.devices;
  const parent: Located | undefined =
    devices === undefined ? root : { node: devices.of, start: devices.start, parent: root };
  return { node: disk.of.element, start: disk.start, parent };
}
