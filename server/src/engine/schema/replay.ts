/**
 * Asks again, with something changed: what would be allowed here if that sibling or attribute were not there, or had
 * another value? The one without which all is well is the culprit. Each question costs one walk over the element's
 * children, whose results are at hand; so ask for one sibling of each name, not for each of ten thousand.
 */

import type { Located, XmlAttribute, XmlDocument, XmlNode } from '../xml/tree';
import { matchingAttributes, type PlacedElement } from './check-tag';
import { scopeOf } from './scope-of';
import { isUnknownText, decodedNode } from './document-text';
import { isBlankText } from './match-value';
import { declaresNamespace, Namespaces } from './namespaces';
import type { Schema } from './schema';
import { acceptsValue, type ElementSet, type State } from './state';
import type { CheckedElement } from './validate';

/** What is to be imagined of one element. */
export interface Change {
  /** A child, or an attribute, that is not there. */
  readonly without?: XmlNode | XmlAttribute;
  /** An attribute with another value, decoded. */
  readonly instead?: { readonly of: XmlAttribute; readonly value: string };
}

/** Where one element of the document stands in the schema. */
export interface ElementPlace {
  readonly located: Located;
  /** The patterns that its parent's content offers for it. */
  readonly candidates: ElementSet;
  /** Those of `candidates` by which the parent goes on: the ones that matched, or the one that came nearest. */
  readonly taken: ElementSet;
  readonly namespaces: Namespaces;
  readonly parent: CheckedElement | undefined;
}

/** The state behind all attributes, before the tag ends: its `leaves('attribute')` are what could still be written. */
export function stateInTag(
  schema: Schema,
  document: XmlDocument,
  element: CheckedElement,
  change: Change = {},
): State {
  const placed = placedElement(document, element);
  let state = schema.checker.contentOf(element.pattern);
  for (const attribute of placed.node.attributes) {
    if (attribute === change.without || declaresNamespace(attribute.name)) continue;
    const key = placed.namespaces.attributeKey(attribute.name);
    const candidates = key === undefined ? undefined : state.attributesNamed(key);
    if (candidates === undefined) continue;
    const matched =
      change.instead?.of === attribute
        ? candidates.passing(({ value }) => acceptsValue(value, change.instead?.value ?? ''))
        : matchingAttributes(placed, attribute, candidates);
    state = state.withAttributes(matched ?? candidates);
  }
  return state;
}

/** The state before a child; before the close tag where `childIndex` is the number of children. */
export function stateBefore(
  schema: Schema,
  document: XmlDocument,
  element: CheckedElement,
  childIndex: number,
  change: Change = {},
): State {
  const tag = stateInTag(schema, document, element, change);
  const content = tag.closed.dead ? tag.closedAsIfGiven : tag.closed;
  return walk(schema, document, element, content, 0, childIndex, change).state;
}

/** Whether the children from `childIndex` on fit behind the state, to the end of the element. */
export function fitsFrom(
  schema: Schema,
  document: XmlDocument,
  element: CheckedElement,
  state: State,
  childIndex: number,
): boolean {
  const count = element.located.node.children.length;
  const end = walk(schema, document, element, state, childIndex, count, {});
  return end.refused === 0 && end.state.complete;
}

/**
 * Where an element stands; undefined where the schema does not know it there, or one around it. Where several patterns
 * matched an element around it, the first speaks.
 */
export function placeOf(schema: Schema, document: XmlDocument, located: Located): ElementPlace | undefined {
  const path: Located[] = [];
  for (let at: Located | undefined = located; at !== undefined; at = at.parent) path.unshift(at);
  let place: ElementPlace | undefined;
  for (const at of path) {
    place = placeUnder(schema, document, at, place);
    if (place === undefined) return undefined;
  }
  return place;
}

/** The element of a place as checked against one pattern: the first that was taken, where none is given. */
export function checkedAs(place: ElementPlace, pattern = place.taken.members[0]): CheckedElement | undefined {
  if (pattern === undefined) return undefined;
  const { located, namespaces, parent } = place;
  return { located, namespaces, parent, pattern };
}

function placeUnder(
  schema: Schema,
  document: XmlDocument,
  located: Located,
  outer: ElementPlace | undefined,
): ElementPlace | undefined {
  const { text } = document.source;
  const parent = outer && checkedAs(outer);
  const around = parent?.namespaces ?? Namespaces.none;
  const namespaces = scopeOf(text, located.node, located.start, around);
  const key = namespaces.elementKey(located.node.name);
  if (key === undefined) return undefined;
  const candidates =
    parent === undefined
      ? schema.rootCandidates(key)
      : stateBefore(
          schema,
          document,
          parent,
          parent.located.node.children.indexOf(located.node),
        ).elementsNamed(key);
  if (candidates === undefined) return undefined;
  const element = { text, node: located.node, start: located.start, namespaces };
  const { taken } = schema.checker.check(element, candidates);
  return { located, candidates, taken, namespaces, parent };
}

/** Over the children from one to before another. What the state does not take is passed over, and counted. */
function walk(
  schema: Schema,
  document: XmlDocument,
  element: CheckedElement,
  from: State,
  first: number,
  end: number,
  change: Change,
): { readonly state: State; readonly refused: number } {
  const { text } = document.source;
  const { node, start } = element.located;
  let state = from;
  let refused = 0;
  for (let index = first; index < end; index++) {
    const child = node.children[index];
    if (child === undefined || child === change.without) continue;
    const at = start + (node.childStarts[index] ?? 0);
    if (child.kind === 'element') {
      const namespaces = scopeOf(text, child, at, element.namespaces);
      const key = namespaces.elementKey(child.name);
      const candidates = key === undefined ? undefined : state.elementsNamed(key);
      if (candidates === undefined) refused++;
      else {
        const result = schema.checker.check({ text, node: child, start: at, namespaces }, candidates);
        if (result.errorCount > 0) refused++;
        state = state.withElements(result.taken);
      }
    } else if (child.kind === 'text' || child.kind === 'cdata') {
      const raw = text.slice(at, at + child.length);
      if (isUnknownText(raw) || isBlankText(decodedNode(child, raw))) continue;
      if (state.withText.dead) refused++;
      else state = state.withText;
    }
  }
  return { state, refused };
}

const placedElement = (document: XmlDocument, { located, namespaces }: CheckedElement): PlacedElement => ({
  text: document.source.text,
  node: located.node,
  start: located.start,
  namespaces,
});
