/** How explanations speak of an attribute whose value decides, and how they offer to set it. */

import type { CheckedElement } from '../validate';
import type { Remedy } from './explanation';
import { listOf, tag, tagWithType, valueOf, type Inquiry } from './inquiry';

/** `<disk type='block'>`, or `<source> with protocol 'rbd'`. */
export function holderText(inquiry: Inquiry, element: CheckedElement, attribute: string): string {
  if (attribute === 'type') return tagWithType(inquiry, element);
  const given = element.located.node.attributes.find(each => each.name === attribute);
  const value = given === undefined ? '' : valueOf(inquiry, element, given);
  return `${tag(element.located.node)} with ${attribute} '${value}'`;
}

/** "'block' or 'vhostvdpa'". */
export const quotedList = (values: readonly string[]): string =>
  listOf(
    values.map(value => `'${value}'`),
    'or',
  );

/** A few values to set an attribute to; many would be no help. */
export const setTo = (levels: number, name: string, values: readonly string[]): Remedy[] =>
  values.slice(0, MOST_VALUES_OFFERED).map(value => ({ kind: 'set-attribute', levels, name, value }));

const MOST_VALUES_OFFERED = 4;
