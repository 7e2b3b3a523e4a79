/** Walking the tree with places: every function gives absolute offsets from a `Located`. */

import type { Span } from '../text';
import type { Located, XmlAttribute, XmlDocument, XmlElement, XmlNode } from './tree';
import { decodeEntities } from './entities';

/** The document element: the first element at the top. */
export function rootElement(document: XmlDocument): Located | undefined {
  for (const node of topNodes(document)) {
    if (isElement(node)) return node;
  }
  return undefined;
}

/** All nodes at the top of the document. */
export function topNodes(document: XmlDocument): Located<XmlNode>[] {
  return document.children.map((node, index) => ({
    node,
    start: document.childStarts[index] ?? 0,
    parent: undefined,
  }));
}

/** All child nodes in document order. */
export function childNodes(parent: Located): Located<XmlNode>[] {
  return parent.node.children.map((node, index) => ({
    node,
    start: parent.start + (parent.node.childStarts[index] ?? 0),
    parent,
  }));
}

/** Child elements in document order; with a name only those. */
export function childElements(parent: Located, name?: string): Located[] {
  const found: Located[] = [];
  for (let index = 0; index < parent.node.children.length; index++) {
    const node = parent.node.children[index];
    if (node?.kind !== 'element' || (name !== undefined && node.name !== name)) continue;
    found.push({ node, start: parent.start + (parent.node.childStarts[index] ?? 0), parent });
  }
  return found;
}

export const firstChildElement = (parent: Located, name: string): Located | undefined =>
  childElements(parent, name)[0];

export const isElement = (located: Located<XmlNode>): located is Located => located.node.kind === 'element';

/**
 * The innermost node that holds the offset: from its first character to, but not with, the offset behind its last.
 * Undefined between top nodes. Never deeper than the tree; does not recurse.
 */
export function nodeAt(document: XmlDocument, offset: number): Located<XmlNode> | undefined {
  let found: Located<XmlNode> | undefined;
  let holder: Pick<XmlElement, 'children' | 'childStarts'> = document;
  let base = 0;
  let parent: Located | undefined;
  for (;;) {
    const index = lastChildAtOrBefore(holder.childStarts, offset - base);
    const node: XmlNode | undefined = holder.children[index];
    if (node === undefined) return found;
    const start: number = base + (holder.childStarts[index] ?? 0);
    if (offset >= start + node.length) return found;
    found = { node, start, parent };
    if (node.kind !== 'element') return found;
    parent = { node, start, parent };
    holder = node;
    base = start;
  }
}

/** The innermost element that holds the offset. */
export function elementAt(document: XmlDocument, offset: number): Located | undefined {
  const found = nodeAt(document, offset);
  if (found === undefined) return undefined;
  return isElement(found) ? found : found.parent;
}

export const spanOf = (located: Located<XmlNode>): Span => ({
  start: located.start,
  end: located.start + located.node.length,
});

/** The element's name in its open tag. */
export const nameSpan = (located: Located): Span => ({
  start: located.start + 1,
  end: located.start + 1 + located.node.name.length,
});

/** The element's name in its close tag, where there is one. */
export function closeNameSpan(located: Located): Span | undefined {
  if (located.node.closeStart < 0) return undefined;
  const start = located.start + located.node.closeStart + 2;
  return { start, end: start + located.node.name.length };
}

/** From behind the open tag to the close tag, or to the element's end where it has none. */
export function innerSpan(located: Located): Span {
  const { node, start } = located;
  return {
    start: start + node.openEnd,
    end: start + (node.closeStart >= 0 ? node.closeStart : node.length),
  };
}

export const attributeNamed = (element: XmlElement, name: string): XmlAttribute | undefined =>
  element.attributes.find(attribute => attribute.name === name);

/** The attribute from its name to behind its closing quote. */
export function attributeSpan(located: Located, attribute: XmlAttribute): Span {
  const end =
    attribute.valueStart < 0 ? attribute.nameEnd : attribute.valueEnd + (attribute.quote === '' ? 0 : 1);
  return { start: located.start + attribute.nameStart, end: located.start + end };
}

export const attributeNameSpan = (located: Located, attribute: XmlAttribute): Span => ({
  start: located.start + attribute.nameStart,
  end: located.start + attribute.nameEnd,
});

/** What stands between the quotes; the end of the name where there is no value. */
export function attributeValueSpan(located: Located, attribute: XmlAttribute): Span {
  if (attribute.valueStart < 0) {
    return { start: located.start + attribute.nameEnd, end: located.start + attribute.nameEnd };
  }
  return { start: located.start + attribute.valueStart, end: located.start + attribute.valueEnd };
}

const BREAK = /[\t\n\r]/;

/** The decoded value; line breaks and tabs are blanks, as XML says of attributes. */
export function attributeValue(text: string, located: Located, attribute: XmlAttribute): string {
  const at = attributeValueSpan(located, attribute);
  const raw = text.slice(at.start, at.end);
  return decodeEntities(BREAK.test(raw) ? raw.replace(/[\t\n\r]/g, ' ') : raw);
}

/** All text inside an element, decoded and joined, CDATA too, that of child elements too (as XPath's string()). */
export function textContent(text: string, located: Located): string {
  const only = located.node.children[0];
  if (only === undefined) return '';
  if (located.node.children.length === 1 && only.kind === 'text') {
    return ownText(text, { node: only, start: located.start + located.node.openEnd, parent: located });
  }
  let value = '';
  const pending: Located<XmlNode>[] = childNodes(located).reverse();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (isElement(next)) for (const child of childNodes(next).reverse()) pending.push(child);
    else value += ownText(text, next);
  }
  return value;
}

function ownText(text: string, { node, start }: Located<XmlNode>): string {
  const raw = text.slice(start, start + node.length);
  if (node.kind === 'text') return decodeEntities(raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw);
  if (node.kind === 'cdata') return raw.slice(9, node.closed ? -3 : undefined);
  return '';
}

/** The index of the last start that is not behind `offset`, or -1. */
function lastChildAtOrBefore(starts: readonly number[], offset: number): number {
  let low = -1;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((starts[middle] ?? Infinity) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
