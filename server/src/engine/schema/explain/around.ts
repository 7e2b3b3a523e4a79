/** Whether an attribute of an element around decides: a `<source bridge=...>` goes with `<interface type='bridge'>`. */

import type { XmlAttribute } from '../../xml/tree';
import { stateInTag } from '../replay';
import type { CheckedElement } from '../validate';
import { listedValues, type Offered } from './excluder';
import { closedState, errorsAgainst, type Inquiry } from './inquiry';

/** An attribute of an element so many levels above, with the values that would make this better. */
export interface Around {
  readonly levels: number;
  readonly element: CheckedElement;
  readonly attribute: XmlAttribute;
  readonly values: readonly string[];
  /** With them the element at fault has no error left. */
  readonly settles: boolean;
}

/** How far up it is looked. */
const MOST_LEVELS = 2;

/** The nearest attribute around the element with other values of which it would have fewer errors. */
export function decidedAround(inquiry: Inquiry, owner: CheckedElement): Around | undefined {
  let inner = owner;
  for (let levels = 1; levels <= MOST_LEVELS; levels++) {
    const element = inner.parent;
    if (element === undefined) return undefined;
    const found = decidedBy(inquiry, owner, inner, element, levels);
    if (found !== undefined) return found;
    inner = element;
  }
  return undefined;
}

/**
 * The attribute right around the element with values for which the thing is allowed in such an element, whatever else
 * would then be wrong.
 */
export function allowedAround(inquiry: Inquiry, owner: CheckedElement, offered: Offered): Around | undefined {
  const { schema, document } = inquiry;
  const element = owner.parent;
  const key = owner.namespaces.elementKey(owner.located.node.name);
  if (element === undefined || key === undefined) return undefined;
  for (const attribute of element.located.node.attributes) {
    const attributeKey = element.namespaces.attributeKey(attribute.name);
    if (attributeKey === undefined) continue;
    const patterns = schema.checker.contentOf(element.pattern).attributesNamed(attributeKey)?.members ?? [];
    const values = listedValues(patterns).filter(value => {
      const state = closedState(stateInTag(schema, document, element, { instead: { of: attribute, value } }));
      const members = state.elementsAnywhereNamed(key)?.members ?? [];
      return members.some(pattern => offered(schema.checker.contentOf(pattern)));
    });
    if (values.length > 0) return { levels: 1, element, attribute, values, settles: false };
  }
  return undefined;
}

function decidedBy(
  inquiry: Inquiry,
  owner: CheckedElement,
  inner: CheckedElement,
  element: CheckedElement,
  levels: number,
): Around | undefined {
  const { schema, document } = inquiry;
  const key = inner.namespaces.elementKey(inner.located.node.name);
  if (key === undefined) return undefined;
  let now: number | undefined;
  for (const attribute of element.located.node.attributes) {
    const attributeKey = element.namespaces.attributeKey(attribute.name);
    if (attributeKey === undefined) continue;
    const patterns = schema.checker.contentOf(element.pattern).attributesNamed(attributeKey)?.members ?? [];
    const counts: { readonly value: string; readonly count: number }[] = [];
    for (const value of listedValues(patterns)) {
      const state = closedState(stateInTag(schema, document, element, { instead: { of: attribute, value } }));
      const candidates = state.elementsAnywhereNamed(key);
      // The same pattern gives the same errors; and a great element is not checked for nothing.
      if (candidates === undefined || candidates.has(inner.pattern)) continue;
      now ??= errorsAgainst(inquiry, inner, schema.states.elementSets.of([inner.pattern]));
      const count = errorsAgainst(inquiry, inner, candidates);
      if (count < now) counts.push({ value, count });
    }
    const least = Math.min(...counts.map(({ count }) => count));
    const values = counts.filter(({ count }) => count === least).map(({ value }) => value);
    if (values.length > 0)
      return { levels, element, attribute, values, settles: inner === owner && least === 0 };
  }
  return undefined;
}
