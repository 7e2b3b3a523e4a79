/** The names in an element's two tags. */

import { closeNameSpan, elementAt, nameSpan } from '../engine';
import type { Located, Span, XmlDocument } from '../engine';
import { touches } from './mentions';

/** The name that the offset touches in an open or close tag, and its twin where the element has one; in their order. */
export function tagNamesAt(document: XmlDocument, offset: number): readonly Span[] {
  for (const at of [offset, offset - 1]) {
    const element = elementAt(document, at);
    if (element === undefined) continue;
    const names = tagNames(document, element);
    if (names.some(name => touches(name, offset))) return names;
  }
  return [];
}

function tagNames({ source }: XmlDocument, element: Located): readonly Span[] {
  const { name } = element.node;
  if (name === '') return [];
  const close = closeNameSpan(element);
  // A misspelt close tag is taken for the element's, but its name is another.
  const same = close !== undefined && /^[\s>]?$/.test(source.text.slice(close.end, close.end + 1));
  return same && source.text.startsWith(name, close.start) ? [nameSpan(element), close] : [nameSpan(element)];
}
