/** What a document means, told by a parser that is not ours: for tests that change only blanks. */

import { XMLParser } from 'fast-xml-parser';

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  commentPropName: '#comment',
  cdataPropName: '#cdata',
  attributeNamePrefix: '@',
  allowBooleanAttributes: false,
});

/**
 * The document as JSON: elements, attributes in their order, text, comments, CDATA, instructions. Left out are blanks
 * beside an element or a comment; blanks that are all that an element holds stay.
 */
export function infosetOf(text: string): string {
  const nodes: unknown = parser.parse(text.replace(/^\ufeff/, ''));
  return JSON.stringify(withoutLayout(nodes), null, 1);
}

function withoutLayout(value: unknown): unknown {
  if (Array.isArray(value)) {
    const nodes: readonly unknown[] = value;
    const alone = nodes.length === 1;
    return nodes.filter(node => alone || !isBlankText(node)).map(withoutLayout);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutLayout(inner)]));
}

const isBlankText = (node: unknown): boolean =>
  typeof node === 'object' &&
  node !== null &&
  '#text' in node &&
  typeof node['#text'] === 'string' &&
  /^[ \t\r\n]*$/.test(node['#text']);
