/**
 * Elements of one name that the schema describes more than once: a `<source>` with protocol http takes cookies, another
 * does not. An element that fits none is checked as the nearest; what it is blamed for may be the other's virtue.
 */

import { matchingAttributes } from '../check-tag';
import type { ElementPattern } from '../pattern';
import type { XmlAttribute } from '../../xml/tree';
import type { ElementError } from '../schema-error';
import { acceptsValue } from '../state';
import type { CheckedElement } from '../validate';
import { listedValues, type Offered } from './excluder';
import type { OwnedError } from './explanation';
import { stateBehindTag, valueOf, type Inquiry } from './inquiry';

/** The other patterns that the element around offers for an element of this name. */
export function otherForms(inquiry: Inquiry, owner: CheckedElement): readonly ElementPattern[] {
  const { parent } = owner;
  const key = owner.namespaces.elementKey(owner.located.node.name);
  if (parent === undefined || key === undefined) return [];
  const all = stateBehindTag(inquiry, parent).elementsAnywhereNamed(key)?.members ?? [];
  return all.filter(pattern => pattern !== owner.pattern);
}

/** The attribute, and values for it, that make the element one in which the thing is allowed. */
export function formThatAllows(
  inquiry: Inquiry,
  owner: CheckedElement,
  offered: Offered,
): { readonly attribute: XmlAttribute; readonly values: readonly string[] } | undefined {
  const { node, start } = owner.located;
  const placed = { text: inquiry.document.source.text, node, start, namespaces: owner.namespaces };
  const contents = otherForms(inquiry, owner)
    .map(pattern => inquiry.schema.checker.contentOf(pattern))
    .filter(offered);
  for (const attribute of node.attributes) {
    const key = owner.namespaces.attributeKey(attribute.name);
    if (key === undefined) continue;
    const values = new Set<string>();
    for (const content of contents) {
      const candidates = content.attributesNamed(key);
      if (candidates === undefined || matchingAttributes(placed, attribute, candidates) !== undefined)
        continue;
      for (const value of listedValues(candidates.members)) values.add(value);
    }
    if (values.size > 0) return { attribute, values: [...values].sort() };
  }
  return undefined;
}

/** An error of an element as another of its forms sees it. */
export interface OtherView {
  readonly view: ElementError;
  readonly pattern: ElementPattern;
}

/** As seen by the form whose attribute takes the refused value: what that one does not take is at fault. */
export function otherViewOf(inquiry: Inquiry, error: OwnedError): OtherView | undefined {
  if (error.kind !== 'attribute-value') return undefined;
  const { owner, attribute } = error;
  const { checker, states } = inquiry.schema;
  const { node, start } = owner.located;
  const placed = { text: inquiry.document.source.text, node, start, namespaces: owner.namespaces };
  const key = owner.namespaces.attributeKey(attribute.name) ?? attribute.name;
  const value = valueOf(inquiry, owner, attribute);
  let found: OtherView | undefined;
  let fewest = Infinity;
  for (const pattern of otherForms(inquiry, owner)) {
    const candidates = checker.contentOf(pattern).attributesNamed(key);
    if (candidates?.members.some(candidate => acceptsValue(candidate.value, value)) !== true) continue;
    const { own, errorCount } = checker.check(placed, states.elementSets.of([pattern]));
    const [view] = own;
    if (view === undefined || view.kind === 'attribute-value' || errorCount >= fewest) continue;
    fewest = errorCount;
    found = { view, pattern };
  }
  return found;
}
