/** What all explanations ask: names, states and values around one element. */

import { copied } from '../../xml/names';
import { attributeNamed, attributeValue } from '../../xml/navigate';
import type { Span } from '../../text';
import type { Located, XmlAttribute, XmlDocument, XmlElement } from '../../xml/tree';
import { scopeOf } from '../scope-of';
import { listedNames, nameOfKey, type NameClass } from '../name-class';
import { stateInTag, type Change } from '../replay';
import type { Schema } from '../schema';
import type { ElementSet, State } from '../state';
import type { CheckedElement } from '../validate';

export interface Inquiry {
  readonly schema: Schema;
  readonly document: XmlDocument;
}

/** The start of a child, relative to its parent. */
export const startOfChild = (parent: XmlElement, childIndex: number): number =>
  parent.childStarts[childIndex] ?? parent.openEnd;

/** The key of a child's name in its namespaces; undefined where its prefix is not declared. */
export function keyOfChild(
  { document }: Inquiry,
  owner: CheckedElement,
  child: XmlElement,
  childIndex: number,
): string | undefined {
  const start = owner.located.start + startOfChild(owner.located.node, childIndex);
  return scopeOf(document.source.text, child, start, owner.namespaces).elementKey(child.name);
}

/** The state before the first child, attributes that are missing taken as given. */
export function stateBehindTag(inquiry: Inquiry, element: CheckedElement, change: Change = {}): State {
  return closedState(stateInTag(inquiry.schema, inquiry.document, element, change));
}

export const closedState = (inTag: State): State =>
  inTag.closed.dead ? inTag.closedAsIfGiven : inTag.closed;

/** The children's states: each child's place with the state before and behind it, up to the child at `until`. */
export function* statesAlong(
  { schema, document }: Inquiry,
  element: CheckedElement,
  until: number,
): Generator<{ readonly childIndex: number; readonly before: State; readonly behind: State }> {
  const { text } = document.source;
  const { node, start } = element.located;
  let before = stateBehindTag({ schema, document }, element);
  for (let childIndex = 0; childIndex < until; childIndex++) {
    const child = node.children[childIndex];
    if (child?.kind !== 'element' || child.name === '') continue;
    const at = start + startOfChild(node, childIndex);
    const namespaces = scopeOf(text, child, at, element.namespaces);
    const key = namespaces.elementKey(child.name);
    const candidates = key === undefined ? undefined : before.elementsNamed(key);
    if (candidates === undefined) continue;
    const { taken } = schema.checker.check({ text, node: child, start: at, namespaces }, candidates);
    const behind = before.withElements(taken);
    yield { childIndex, before, behind };
    before = behind;
  }
}

/** Whether text of some form is still to come: then an element with children seems to lack it, and to hold too much. */
export const wantsValue = (state: State): boolean =>
  state.leaves('data').length + state.leaves('value').length + state.leaves('list').length > 0;

/** How many errors the element has against these patterns. */
export function errorsAgainst(
  { schema, document }: Inquiry,
  { located, namespaces }: CheckedElement,
  candidates: ElementSet,
): number {
  const { node, start } = located;
  return schema.checker.check({ text: document.source.text, node, start, namespaces }, candidates).errorCount;
}

/**
 * The names that patterns list, as they would be written here, each once and sorted: patterns come in the order in which
 * documents made the schema unfold, and words must not depend on that.
 */
export function writtenNames(
  patterns: readonly { readonly nameClass: NameClass }[],
  { namespaces }: CheckedElement,
): string[] {
  const names = new Set<string>();
  for (const { nameClass } of patterns) {
    for (const { ns, local } of listedNames(nameClass)) {
      const prefix = ns === '' ? '' : namespaces.prefixOf(ns);
      if (prefix !== undefined) names.add(prefix === '' ? local : `${prefix}:${local}`);
    }
  }
  return [...names].sort();
}

/** A key as it would be written where its namespace has no prefix to be told. */
export const localOf = (key: string): string => nameOfKey(key).local;

/** The decoded value of an attribute, as a string of its own: a piece of the text would keep the whole alive. */
export const valueOf = (
  { document }: Inquiry,
  { located }: CheckedElement,
  attribute: XmlAttribute,
): string => copied(attributeValue(document.source.text, located, attribute));

/** `<disk type='file'>`: an element by its name and, where it has one, its type. */
export function tagWithType(inquiry: Inquiry, element: CheckedElement): string {
  const { node } = element.located;
  const type = attributeNamed(node, 'type');
  if (type === undefined || type.valueStart < 0) return tag(node);
  return `<${node.name} type='${shortened(valueOf(inquiry, element, type))}'>`;
}

export const tag = ({ name }: { readonly name: string }): string => `<${name}>`;

/** The element's text without the blanks around it, relative to its start; the name of an element that holds none. */
export function textSpan({ node, start }: Located, text: string): Span {
  const end = node.closeStart >= 0 ? node.closeStart : node.length;
  const inner = text.slice(start + node.openEnd, start + end);
  if (inner.trim() === '') return { start: 1, end: 1 + node.name.length };
  const blanks = inner.length - inner.trimStart().length;
  return { start: node.openEnd + blanks, end: node.openEnd + inner.trimEnd().length };
}

/** Long or many-lined text in one short line. */
export function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > LONGEST_SHOWN ? `${line.slice(0, LONGEST_SHOWN)}...` : line;
}

const LONGEST_SHOWN = 40;

/** "a, b or c"; of more than `most` only the first, and how many more there are. */
export function listOf(names: readonly string[], word: 'and' | 'or', most = 8): string {
  const [only] = names;
  if (only === undefined) return '';
  if (names.length === 1) return only;
  if (names.length > most + 1) return `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
  return `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1) ?? ''}`;
}
