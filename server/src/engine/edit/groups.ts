/** Edits of throttle groups: add, remove, rename. All spans are absolute. */

import type { SourceText, Span, TextEdit } from '../text';
import { shifted } from '../text';
import type { Domain, Filter, Group, Placed } from '../domain/model';
import type { Located } from '../xml/tree';
import { encodeAttribute, encodeText } from '../xml/entities';
import { childElements, firstChildElement } from '../xml/navigate';
import { FIRST, insertElement, insertElements, LAST, removeSpan, replaceInner } from './elements';
import { groupMarkup, type SomeLimits } from './format';
import type { Markup } from './markup';

/** A group to be written. */
export interface NewGroup {
  readonly name: string;
  readonly limits: SomeLimits;
}

/**
 * Adds a group as the last of the first `<throttlegroups>` block; without a block one is made where libvirt writes
 * it: before `<os>`, else before the first of the elements that follow it, else at the end of the domain.
 */
export const addGroup = (source: SourceText, domain: Domain, name: string, limits: SomeLimits): TextEdit[] =>
  addGroups(source, domain, [{ name, limits }]);

/** Adds several groups in the order given. */
export function addGroups(source: SourceText, domain: Domain, groups: readonly NewGroup[]): TextEdit[] {
  if (groups.length === 0) return [];
  const markups: Markup[] = groups.map(group => groupMarkup(group.name, group.limits));
  const root = domainElement(domain);
  const block = domain.groupBlocks[0];
  if (block !== undefined) {
    return insertElements(source, { node: block.of, start: block.start, parent: root }, LAST, markups);
  }
  const wrapped: Markup = { name: 'throttlegroups', inner: markups };
  for (const name of FOLLOWERS) {
    const follower = firstChildElement(root, name);
    if (follower !== undefined) return insertElement(source, root, { before: follower }, wrapped);
  }
  return insertElement(source, root, LAST, wrapped);
}

/** Elements that libvirt writes behind `<throttlegroups>`, in its order. */
const FOLLOWERS = [
  'os',
  'bootloader',
  'features',
  'cpu',
  'clock',
  'on_poweroff',
  'on_reboot',
  'on_crash',
  'pm',
  'devices',
];

/** Takes a group out; its block goes too when nothing else is in it. Filters that name it are left. */
export function removeGroup(source: SourceText, domain: Domain, group: Placed<Group>): TextEdit[] {
  const block = domain.groupBlocks.find(
    ({ of, start }) => start < group.start && group.start < start + of.length,
  );
  if (block !== undefined && block.of.children.length === 1) {
    return removeSpan(source, { start: block.start, end: block.start + block.of.length });
  }
  return removeSpan(source, { start: group.start, end: group.start + group.of.element.length });
}

/**
 * Gives a group another name, in its definition and in all filters that name it exactly. Where two groups have the
 * name, the filters keep to the first: renaming the second leaves them alone.
 */
export function renameGroup(
  source: SourceText,
  domain: Domain,
  group: Placed<Group>,
  newName: string,
): TextEdit[] {
  const old = group.of.name?.value;
  const first = domain.groups.find(({ of }) => of.name?.value === old);
  const edits = nameGroup(source, domain, group, newName);
  if (old === undefined || old === '' || first?.start !== group.start) return edits;
  for (const { span } of filtersOf(domain, old)) edits.push(renamedReference(source, span, newName));
  return edits;
}

/** Writes a group's name in its definition alone. Makes the `<group_name>` where there is none. */
export function nameGroup(
  source: SourceText,
  domain: Domain,
  group: Placed<Group>,
  newName: string,
): TextEdit[] {
  const element: Located = {
    node: group.of.element,
    start: group.start,
    parent: domainElement(domain),
  };
  const names = childElements(element, 'group_name');
  const at = group.of.name?.start;
  const name =
    names.find(
      ({ start, node }) =>
        at !== undefined && start <= group.start + at && group.start + at <= start + node.length,
    ) ?? names[0];
  if (name !== undefined) return replaceInner(source, name, encodeText(newName));
  const place = element.node.children.length === 0 ? LAST : FIRST;
  return insertElement(source, element, place, { name: 'group_name', inner: newName });
}

/** Absolute places of the `group` values that name the group. */
function filtersOf(domain: Domain, name: string): { readonly filter: Filter; readonly span: Span }[] {
  return domain.disks.flatMap(({ start, of }) =>
    of.filters.flatMap(filter =>
      filter.group?.value === name ? [{ filter, span: shifted(filter.group, start) }] : [],
    ),
  );
}

function renamedReference(source: SourceText, span: Span, newName: string): TextEdit {
  const quote = source.text.charAt(span.start - 1);
  if (quote === '"' || quote === "'") return { span, newText: encodeAttribute(newName, quote) };
  return { span, newText: `'${encodeAttribute(newName, "'")}'` };
}

const domainElement = (domain: Domain): Located => ({
  node: domain.element,
  start: domain.start,
  parent: undefined,
});
