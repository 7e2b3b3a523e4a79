/** Edits of the limits in a `<throttlegroup>` or an `<iotune>`. */

import type { SourceText, TextEdit } from '../text';
import type { Domain, Group, LimitEntry, Limits, Placed } from '../domain/model';
import { LIMITS, type LimitName } from '../limits/table';
import { shifted } from '../text';
import { childElements, elementAt } from '../xml/navigate';
import type { Located, XmlDocument } from '../xml/tree';
import { FIRST, insertElements, LAST, removeSpans, replaceInner, type ChildPlace } from './elements';
import { limitMarkup } from './format';
import { indentBefore, lineBreakOf } from './layout';
import { printInline, type Markup } from './markup';

/** Limits with their place: the owner's element, and the absolute offset that their spans are relative to. */
export interface LimitsPlace {
  readonly owner: Located;
  readonly base: number;
  readonly limits: Limits;
}

/** Finds the owner's element of limits whose spans are relative to `base`. */
export function limitsPlace(document: XmlDocument, base: number, limits: Limits): LimitsPlace | undefined {
  const owner = elementAt(document, base + limits.nameSpan.start);
  return owner === undefined ? undefined : { owner, base, limits };
}

/** The place of a group's own limits. */
export const groupPlace = (domain: Domain, group: Placed<Group>): LimitsPlace => ({
  owner: {
    node: group.of.element,
    start: group.start,
    parent: { node: domain.element, start: domain.start, parent: undefined },
  },
  base: group.start,
  limits: group.of.limits,
});

/** New values by name; `undefined` takes the limit out, with its repetitions. */
export type LimitChanges = ReadonlyMap<LimitName, bigint | undefined>;

/**
 * Sets and removes limits in one go. A limit that is there keeps its place, the first where it is repeated; a new one
 * goes where libvirt would write it: behind those before it in the table, else before those behind it or the name.
 */
export function changeLimits(source: SourceText, place: LimitsPlace, changes: LimitChanges): TextEdit[] {
  const removed = new Set<LimitEntry>();
  const edits: TextEdit[] = [];
  const seen = new Set<LimitName>();
  for (const entry of place.limits.entries) {
    const name = entry.field.xml;
    if (!changes.has(name)) continue;
    const value = changes.get(name);
    if (value === undefined) removed.add(entry);
    else if (!seen.has(name)) edits.push(...setText(source, place, entry, value.toString()));
    seen.add(name);
  }
  const kept = place.limits.entries.filter(entry => !removed.has(entry));
  const added = LIMITS.map(field => field.xml).filter(
    name => changes.get(name) !== undefined && !seen.has(name),
  );
  const [replaced] = removed;
  if (replaced !== undefined && added.length > 0 && kept.length === 0 && nameElement(place) === undefined) {
    removed.delete(replaced);
    edits.push(...insteadOf(source, place, replaced, markupsOf(added, changes)));
  } else {
    edits.push(...insertNew(source, place, kept, markupsOf(added, changes)));
  }
  edits.push(...removeEntries(source, place, [...removed]));
  return edits;
}

/** Sets one limit. */
export const setLimit = (
  source: SourceText,
  place: LimitsPlace,
  name: LimitName,
  value: bigint,
): TextEdit[] => changeLimits(source, place, new Map([[name, value]]));

/** Takes one limit out, with its repetitions. */
export const removeLimit = (source: SourceText, place: LimitsPlace, name: LimitName): TextEdit[] =>
  changeLimits(source, place, new Map([[name, undefined]]));

/** Takes out these very elements and leaves others of the same name. */
export const removeEntries = (
  source: SourceText,
  place: LimitsPlace,
  entries: readonly LimitEntry[],
): TextEdit[] =>
  removeSpans(
    source,
    entries.map(entry => shifted(entry.span, place.base)),
  );

/** The element of an entry. */
export function entryElement(place: LimitsPlace, entry: LimitEntry): Located | undefined {
  const start = place.base + entry.span.start;
  return childElements(place.owner, entry.field.xml).find(child => child.start === start);
}

/** Writes other text into one limit element. */
export function setText(source: SourceText, place: LimitsPlace, entry: LimitEntry, text: string): TextEdit[] {
  const element = entryElement(place, entry);
  return element === undefined ? [] : replaceInner(source, element, text);
}

const markupsOf = (names: readonly LimitName[], changes: LimitChanges): NewLimit[] =>
  names.map(name => ({ name, markup: limitMarkup(name, changes.get(name) ?? 0n) }));

interface NewLimit {
  readonly name: LimitName;
  readonly markup: Markup;
}

function insertNew(
  source: SourceText,
  place: LimitsPlace,
  kept: readonly LimitEntry[],
  added: readonly NewLimit[],
): TextEdit[] {
  // Into an owner without children all go as one edit, because each would open it anew.
  if (place.owner.node.children.length === 0 && added.length > 0) {
    return insertElements(
      source,
      place.owner,
      LAST,
      added.map(({ markup }) => markup),
    );
  }
  return added.flatMap(({ name, markup }) =>
    insertElements(source, place.owner, placeFor(place, kept, orderOf(name)), [markup]),
  );
}

/** New limits in the very place of one that goes: where no other child is left to stand beside. */
function insteadOf(
  source: SourceText,
  place: LimitsPlace,
  entry: LimitEntry,
  added: readonly NewLimit[],
): TextEdit[] {
  const at = shifted(entry.span, place.base);
  const indent = indentBefore(source, at.start);
  const gap = indent === undefined ? '' : lineBreakOf(source) + indent;
  return [{ span: at, newText: added.map(({ markup }) => printInline(markup, "'")).join(gap) }];
}

function placeFor(place: LimitsPlace, kept: readonly LimitEntry[], order: number): ChildPlace {
  let earlier: LimitEntry | undefined;
  for (const entry of kept) {
    const own = orderOf(entry.field.xml);
    if (own < order && (earlier === undefined || own >= orderOf(earlier.field.xml))) earlier = entry;
  }
  const before = earlier === undefined ? undefined : entryElement(place, earlier);
  if (before !== undefined) return { behind: before };
  const later = kept[0] === undefined ? undefined : entryElement(place, kept[0]);
  if (later !== undefined) return { before: later };
  const name = nameElement(place);
  return name === undefined ? FIRST : { before: name };
}

const nameElement = (place: LimitsPlace): Located | undefined => childElements(place.owner, 'group_name')[0];

const orderOf = (name: LimitName): number => ORDER.get(name) ?? 0;

const ORDER: ReadonlyMap<LimitName, number> = new Map(LIMITS.map((field, order) => [field.xml, order]));
