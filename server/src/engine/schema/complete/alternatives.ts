/**
 * As what an element may be meant while somebody writes in it. Where its name and place leave several patterns, those
 * count that what is written, before and behind, goes against least.
 */

import type { Located, XmlAttribute, XmlDocument, XmlNode } from '../../xml/tree';
import { matchingAttributes } from '../check-tag';
import { scopeOf } from '../scope-of';
import { declaresNamespace, Namespaces } from '../namespaces';
import type { ElementPattern } from '../pattern';
import type { Schema } from '../schema';
import type { AttributeSet, State } from '../state';
import type { CheckedElement } from '../validate';
import { walkFrom } from './sibling-walk';

/** What is being written: it is not counted. */
export interface Written {
  readonly attribute?: XmlAttribute | undefined;
  readonly child?: XmlNode | undefined;
}

/** The patterns for the element, each with those of the elements around it; empty where the schema knows none. */
export function alternativesFor(
  schema: Schema,
  document: XmlDocument,
  located: Located,
  written: Written,
): readonly CheckedElement[] {
  const path: Located[] = [];
  for (let at: Located | undefined = located; at !== undefined; at = at.parent) path.unshift(at);
  let found: readonly CheckedElement[] | undefined;
  for (const [depth, at] of path.entries()) {
    found = under(schema, document, at, found, path[depth + 1]?.node ?? written.child, {
      ...(at === located && { attribute: written.attribute }),
    });
    if (found.length === 0) return found;
  }
  return found ?? [];
}

/** The state behind all attributes but one, and how many of them it did not take. */
export function tagState(
  schema: Schema,
  document: XmlDocument,
  element: CheckedElement,
  without: XmlAttribute | undefined,
): { readonly state: State; readonly refused: number } {
  const { node, start } = element.located;
  const placed = { text: document.source.text, node, start, namespaces: element.namespaces };
  let state = schema.checker.contentOf(element.pattern);
  let refused = 0;
  for (const attribute of node.attributes) {
    if (attribute === without || declaresNamespace(attribute.name)) continue;
    const key = element.namespaces.attributeKey(attribute.name);
    const candidates = key === undefined ? undefined : state.attributesNamed(key);
    const matched: AttributeSet | undefined = candidates && matchingAttributes(placed, attribute, candidates);
    if (matched === undefined) refused++;
    if (candidates !== undefined) state = state.withAttributes(matched ?? candidates);
  }
  return { state, refused };
}

/** Behind the tag; attributes that are missing are taken as given. */
export const behindTag = (state: State): State => (state.closed.dead ? state.closedAsIfGiven : state.closed);

interface Candidate {
  readonly pattern: ElementPattern;
  readonly parent: CheckedElement | undefined;
  /** What does not fit by it, so far as it was looked at. */
  readonly refused: number;
}

function under(
  schema: Schema,
  document: XmlDocument,
  located: Located,
  parents: readonly CheckedElement[] | undefined,
  child: XmlNode | undefined,
  written: Written,
): readonly CheckedElement[] {
  const { text } = document.source;
  const around = parents?.[0]?.namespaces ?? Namespaces.none;
  const namespaces = scopeOf(text, located.node, located.start, around);
  const key = namespaces.elementKey(located.node.name);
  if (key === undefined) return [];
  const candidates =
    parents === undefined
      ? (schema.rootCandidates(key)?.members ?? []).map(pattern => ({
          pattern,
          parent: undefined,
          refused: 0,
        }))
      : parents.flatMap(parent => candidatesIn(schema, document, located, parent, key));
  const checked = candidates.map(({ pattern, parent, refused }) => ({
    element: { located, pattern, namespaces, parent },
    refused,
  }));
  if (checked.length <= 1) return checked.map(({ element }) => element);
  const judged = checked.map(({ element, refused }) => ({
    element,
    refused: refused + refusedInside(schema, document, element, child, written),
  }));
  const least = Math.min(...judged.map(({ refused }) => refused));
  return judged
    .filter(({ refused }) => refused === least)
    .slice(0, MOST_ALTERNATIVES)
    .map(({ element }) => element);
}

/** Sources of a network disk have a pattern for each of some fifteen protocols; this bounds what a strange schema costs. */
const MOST_ALTERNATIVES = 32;

function candidatesIn(
  schema: Schema,
  document: XmlDocument,
  located: Located,
  parent: CheckedElement,
  key: string,
): readonly Candidate[] {
  const { children } = parent.located.node;
  const index = children.indexOf(located.node);
  const content = behindTag(tagState(schema, document, parent, undefined).state);
  const [before] = walkFrom(schema, document, parent, [content], { first: 0, end: index });
  const named = before?.state.elementsNamed(key);
  if (before === undefined || named === undefined) {
    // It stands where it must not; what stands in it is completed all the same.
    return (content.elementsAnywhereNamed(key)?.members ?? []).map(pattern => ({
      pattern,
      parent,
      refused: children.length,
    }));
  }
  const [only] = named.members;
  if (only !== undefined && named.members.length === 1)
    return [{ pattern: only, parent, refused: before.refused }];
  const states = named.members.map(member =>
    before.state.withElements(schema.states.elementSets.of([member])),
  );
  const ends = walkFrom(schema, document, parent, states, { first: index + 1, end: children.length });
  return named.members.map((pattern, at) => ({
    pattern,
    parent,
    refused: before.refused + (ends[at]?.refused ?? 0),
  }));
}

function refusedInside(
  schema: Schema,
  document: XmlDocument,
  element: CheckedElement,
  child: XmlNode | undefined,
  { attribute }: Written,
): number {
  const tag = tagState(schema, document, element, attribute);
  const end = element.located.node.children.length;
  const walked = walkFrom(schema, document, element, [behindTag(tag.state)], {
    first: 0,
    end,
    without: child,
  });
  // An attribute says more of what is meant than a child does.
  return tag.refused * (end + 1) + (walked[0]?.refused ?? 0);
}
