/** What stands in the way: the attribute or sibling behind which something is no longer allowed. */

import type { XmlAttribute } from '../../xml/tree';
import { matchingAttributes } from '../check-tag';
import { declaresNamespace } from '../namespaces';
import type { AttributePattern, Pattern } from '../pattern';
import { stateInTag, type Change } from '../replay';
import { acceptsValue, type State } from '../state';
import type { CheckedElement } from '../validate';
import { closedState, statesAlong, type Inquiry } from './inquiry';

/** Whether the thing in question is still allowed in a state. */
export type Offered = (state: State) => boolean;

export type Excluder =
  | { readonly kind: 'attribute'; readonly attribute: XmlAttribute }
  | { readonly kind: 'sibling'; readonly childIndex: number; readonly before: State }
  /** An attribute that is not there should be. */
  | { readonly kind: 'absence' }
  /** It is allowed later: something must come before it. */
  | { readonly kind: 'too-early' };

/** What excludes a child; undefined where the element takes no such child whatever its attributes and children. */
export function excluderOfChild(
  inquiry: Inquiry,
  owner: CheckedElement,
  offered: Offered,
  childIndex: number,
): Excluder | undefined {
  const content = inquiry.schema.checker.contentOf(owner.pattern);
  if (!offered(content)) return undefined;
  const attribute = attributeThatExcludes(inquiry, owner, offered);
  if (attribute !== undefined) return { kind: 'attribute', attribute };
  if (!offered(closedState(stateInTag(inquiry.schema, inquiry.document, owner)))) return { kind: 'absence' };
  for (const step of statesAlong(inquiry, owner, childIndex)) {
    if (!offered(step.behind)) return { kind: 'sibling', childIndex: step.childIndex, before: step.before };
  }
  return { kind: 'too-early' };
}

/** The attribute behind which it is no longer offered, of those before `until`. */
export function attributeThatExcludes(
  { schema, document }: Inquiry,
  owner: CheckedElement,
  offered: Offered,
  until?: XmlAttribute,
): XmlAttribute | undefined {
  const { node, start } = owner.located;
  const placed = { text: document.source.text, node, start, namespaces: owner.namespaces };
  let state = schema.checker.contentOf(owner.pattern);
  for (const attribute of node.attributes) {
    if (attribute === until) return undefined;
    if (declaresNamespace(attribute.name)) continue;
    const key = owner.namespaces.attributeKey(attribute.name);
    const candidates = key === undefined ? undefined : state.attributesNamed(key);
    if (candidates === undefined) continue;
    state = state.withAttributes(matchingAttributes(placed, attribute, candidates) ?? candidates);
    if (!offered(state)) return attribute;
  }
  return undefined;
}

/** The values that the schema lists for an attribute, with which the thing would be offered, at no new cost. */
export function valuesThatAllow(
  inquiry: Inquiry,
  owner: CheckedElement,
  attribute: XmlAttribute,
  offered: Offered,
  change: Change = {},
): string[] {
  const key = owner.namespaces.attributeKey(attribute.name);
  if (key === undefined) return [];
  const patterns = inquiry.schema.checker.contentOf(owner.pattern).attributesNamed(key)?.members ?? [];
  const now = errorsInTag(inquiry, owner);
  return listedValues(patterns).filter(value => {
    const instead = { of: attribute, value };
    if (!offered(stateInTag(inquiry.schema, inquiry.document, owner, { ...change, instead }))) return false;
    // An attribute's own error would be gone, a child's was not among these.
    return errorsInTag(inquiry, owner, instead) <= (change.without === undefined ? now : now - 1);
  });
}

/** How many errors the attributes have, with one of them changed. */
function errorsInTag(
  { schema, document }: Inquiry,
  { located, namespaces, pattern }: CheckedElement,
  instead?: Change['instead'],
): number {
  const { node, start } = located;
  const placed = { text: document.source.text, node, start, namespaces };
  let state = schema.checker.contentOf(pattern);
  let errors = 0;
  for (const attribute of node.attributes) {
    if (declaresNamespace(attribute.name)) continue;
    const key = namespaces.attributeKey(attribute.name);
    const candidates = key === undefined ? undefined : state.attributesNamed(key);
    const matched =
      instead?.of === attribute
        ? candidates?.passing(({ value }) => acceptsValue(value, instead.value))
        : candidates && matchingAttributes(placed, attribute, candidates);
    if (matched === undefined) errors++;
    const taken = matched ?? candidates;
    if (taken !== undefined) state = state.withAttributes(taken);
  }
  return state.closed.dead ? errors + 1 : errors;
}

/** The listed values of an attribute that is not there, with which the thing would be offered. */
export function additionThatAllows(
  inquiry: Inquiry,
  owner: CheckedElement,
  offered: Offered,
): { readonly attribute: AttributePattern; readonly values: readonly string[] } | undefined {
  const state = stateInTag(inquiry.schema, inquiry.document, owner);
  for (const attribute of state.leaves('attribute')) {
    const values = listedValues([attribute]).filter(value => {
      const key = attribute.nameClass.kind === 'name' ? attribute.nameClass.name.local : undefined;
      const matched =
        key === undefined
          ? undefined
          : state.attributesNamed(key)?.passing(candidate => acceptsValue(candidate.value, value));
      return matched !== undefined && offered(closedState(state.withAttributes(matched)));
    });
    if (values.length > 0) return { attribute, values };
  }
  return undefined;
}

/** The values that attribute patterns list one by one. */
export function listedValues(patterns: readonly AttributePattern[]): string[] {
  const values = new Set<string>();
  const visit = (pattern: Pattern): void => {
    if (pattern.kind === 'value') values.add(pattern.value);
    else if (pattern.kind === 'choice') pattern.members.forEach(visit);
  };
  for (const { value } of patterns) visit(value);
  return [...values].sort();
}
