/** Hover texts of elements, attributes and their values: what the reference knows, and what libvirt's schema takes. */

import {
  attributeNameSpan,
  attributeSpan,
  attributeValuesAt,
  attributeValueSpan,
  closeNameSpan,
  elementAt,
  innerSpan,
  nameSpan,
  nodeAt,
  textValuesAt,
  usedValues,
  type Located,
  type Span,
  type ValueOffers,
  type XmlAttribute,
} from '../engine';
import type { HoverPart } from './hover';
import { touches } from './mentions';
import { attributeWords, elementWords, pathOf, referencePath } from './reference-words';
import { schemaOf, type Subject } from './subject';
import { codeSpan } from './words';

/** The element, attribute or value that the offset touches. */
export function referenceHover(subject: Subject, offset: number): HoverPart | undefined {
  const { document } = subject.analysis;
  const located = elementAt(document, offset);
  if (located === undefined) return undefined;
  const close = closeNameSpan(located);
  if (touches(nameSpan(located), offset)) return elementHover(subject, located, nameSpan(located));
  if (close !== undefined && touches(close, offset)) return elementHover(subject, located, close);
  const attribute = located.node.attributes.find(each => touches(attributeSpan(located, each), offset));
  if (attribute !== undefined) return attributeHover(subject, located, attribute, offset);
  const kind = nodeAt(document, offset)?.node.kind;
  const text = kind === 'text' || kind === 'cdata';
  return text && !holdsElements(located) ? elementHover(subject, located, innerSpan(located)) : undefined;
}

const holdsElements = ({ node }: Located): boolean => node.children.some(child => child.kind === 'element');

function elementHover(subject: Subject, located: Located, span: Span): HoverPart | undefined {
  const path = referencePath(subject, located);
  const words = path && elementWords(path)?.documentation;
  const schema = schemaOf(subject);
  const values =
    schema === undefined || holdsElements(located)
      ? undefined
      : textValuesAt(schema, subject.analysis.document, located);
  return part(`\`<${located.node.name}>\``, words, allowed(values, usedValues(pathOf(located))), span);
}

function attributeHover(
  subject: Subject,
  located: Located,
  attribute: XmlAttribute,
  offset: number,
): HoverPart | undefined {
  const { name } = attribute;
  const path = referencePath(subject, located);
  const words = path && attributeWords(path, name)?.documentation;
  const schema = schemaOf(subject);
  const values = schema && attributeValuesAt(schema, subject.analysis.document, located, name);
  const onName = touches(attributeNameSpan(located, attribute), offset);
  const span = onName ? attributeNameSpan(located, attribute) : attributeValueSpan(located, attribute);
  const title = `${codeSpan(name)} of \`<${located.node.name}>\``;
  return part(title, words, allowed(values, usedValues(pathOf(located), name)), span);
}

/** The values that the schema lists here, the most used first; '' where it lists none. */
function allowed(values: ValueOffers | undefined, used: readonly string[]): string {
  if (values === undefined || values.values.length === 0) return '';
  const listed = new Set(values.values);
  const ordered = [...new Set([...used.filter(value => listed.has(value)), ...values.values])];
  const more = ordered.length - MOST_VALUES;
  const words = ordered.slice(0, MOST_VALUES).map(codeSpan).join(', ');
  return `Allowed here: ${words}${more > 0 ? ` and ${more} more` : ''}${values.free ? ', and others' : ''}`;
}

/** So many values are for reading; more are for completion. */
const MOST_VALUES = 24;

function part(title: string, words: string | undefined, values: string, span: Span): HoverPart | undefined {
  if (words === undefined && values === '') return undefined;
  const lines = [words === undefined ? title : `${title}: ${words}`, values];
  return { markdown: lines.filter(line => line !== '').join('\n\n'), span };
}
