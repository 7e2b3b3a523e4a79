/**
 * Elements of one name that the schema describes more than once: a `<source>` with protocol http takes cookies, another
 * does not. An element that fits none is checked as the nearest; what it is blamed for may be the other's virtue.
 */

import { matchingAttributes } from '../check-tag';
import type { ElementPattern } from '../pattern';
import type { XmlAttribute } from '../../xml/tree';
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

/** The error as seen by the form whose attribute takes the refused value: what that one does not take is at fault. */
export function seenByOtherForm(inquiry: Inquiry, error: OwnedError): OwnedError {
  if (error.kind !== 'attribute-value') return error;
  const { owner, attribute } = error;
  const key = owner.namespaces.attributeKey(attribute.name);
  const value = valueOf(inquiry, owner, attribute);
  let seen: OwnedError = error;
  let fewest = Infinity;
  for (const pattern of otherForms(inquiry, owner)) {
    const candidates =
      key === undefined ? undefined : inquiry.schema.checker.contentOf(pattern).attributesNamed(key);
    if (candidates?.members.some(candidate => acceptsValue(candidate.value, value)) !== true) continue;
    const { own, errorCount } = inquiry.schema.checker.check(
      {
        text: inquiry.document.source.text,
        node: owner.located.node,
        start: owner.located.start,
        namespaces: owner.namespaces,
      },
      inquiry.schema.states.elementSets.of([pattern]),
    );
    const [first] = own;
    if (first === undefined || first.kind === 'attribute-value' || errorCount >= fewest) continue;
    fewest = errorCount;
    seen = { ...first, owner: { ...owner, pattern }, from: error.from };
  }
  return seen;
}
