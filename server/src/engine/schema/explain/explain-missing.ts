/** What is missing in an element, and what to write. */

import type { ElementError } from '../schema-error';
import type { CheckedElement } from '../validate';
import { decidedAround } from './around';
import type { Explanation, Remedy } from './explanation';
import { holderText, quotedList, setTo } from './goes-with';
import { listOf, tag, tagWithType, wantsValue, writtenNames, type Inquiry } from './inquiry';
import { lackingAttributes, lackingElements, sampleAttribute, sampleElement } from './lacking';

type MissingAttribute = Extract<ElementError, { kind: 'attribute-missing' }>;
type MissingElement = Extract<ElementError, { kind: 'element-missing' }>;

/** More other types were hardly meant. */
const MOST_MEANT = 3;

/** More ways are not offered one by one. */
const MOST_OFFERED = 4;

export function explainMissingAttribute(
  inquiry: Inquiry,
  owner: CheckedElement,
  { state }: MissingAttribute,
): Explanation {
  const { node } = owner.located;
  const ways = lackingAttributes(state);
  const names = ways.map(way => writtenNames(way, owner));
  const remedies = ways.slice(0, MOST_OFFERED).flatMap((way): Remedy[] => {
    const attributes = way.map(pattern => sampleAttribute(pattern, node.name, owner));
    if (attributes.includes(undefined)) return [];
    return [{ kind: 'add-attributes', attributes: attributes.filter(each => each !== undefined) }];
  });
  // What the element has tells what it was meant for.
  const around = node.attributes.length === 0 ? undefined : decidedAround(inquiry, owner);
  const other =
    around !== undefined && around.settles && around.values.length <= MOST_MEANT ? around : undefined;
  const goesWith =
    other === undefined
      ? ''
      : ` in ${holderText(inquiry, other.element, other.attribute.name)}. What it has goes with ${other.attribute.name} ${quotedList(other.values)}`;
  const isOne = names.every(way => way.length === 1);
  const several = new Set(names.map(way => way.join(' '))).size > 1;
  return {
    rule: 'attribute-missing',
    span: nameSpanOf(owner),
    related: [],
    message:
      names.length === 0
        ? `${tag(node)} lacks attributes that go with those it has.`
        : `${typed(inquiry, owner)} needs ${isOne && several ? 'one of the attributes' : 'the attribute'}${isOne ? '' : 's'} ${alternatives(names)}${goesWith}.`,
    remedies: [
      ...remedies,
      ...(other === undefined ? [] : setTo(other.levels, other.attribute.name, other.values)),
    ],
    lacks: names.flat(),
  };
}

export function explainMissingElement(
  inquiry: Inquiry,
  owner: CheckedElement,
  { state }: MissingElement,
): Explanation {
  const { node } = owner.located;
  const ways = lackingElements(state);
  const names = ways.map(way => writtenNames(way, owner));
  const remedies = ways.slice(0, MOST_OFFERED).flatMap((way): Remedy[] => {
    const children = way.map(pattern => sampleElement(inquiry.schema, pattern, owner));
    if (children.includes(undefined)) return [];
    return [{ kind: 'add-children', children: children.filter(each => each !== undefined) }];
  });
  return {
    rule: 'element-missing',
    span: nameSpanOf(owner),
    related: [],
    message:
      names.length === 0
        ? `${tag(node)} is not complete: its content is missing.`
        : `${typed(inquiry, owner)} needs ${alternatives(names.map(way => way.map(name => `<${name}>`)))}.`,
    remedies,
    lacks: names.flat(),
    ...(wantsValue(state) ? { follows: true } : {}),
  };
}

const typed = (inquiry: Inquiry, owner: CheckedElement): string => tagWithType(inquiry, owner);

/** "a", "a and b", "a or b": each way with all that it wants. */
const alternatives = (ways: readonly (readonly string[])[]): string =>
  listOf([...new Set(ways.map(way => listOf(way, 'and')))], 'or');

const nameSpanOf = ({ located }: CheckedElement): Explanation['span'] => ({
  start: 1,
  end: 1 + located.node.name.length,
});
