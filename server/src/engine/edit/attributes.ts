/** Edits of attributes. All spans are absolute. */

import type { SourceText, TextEdit } from '../text';
import type { Located, XmlAttribute } from '../xml/tree';
import { attributeNamed, attributeSpan, attributeValueSpan, nameSpan } from '../xml/navigate';
import { encodeAttribute } from '../xml/entities';
import { quoteAround } from './elements';

/** Gives the attribute the value: in its own quotes where it stands already, else behind the last attribute. */
export function setAttribute(source: SourceText, element: Located, name: string, value: string): TextEdit[] {
  const attribute = attributeNamed(element.node, name);
  if (attribute === undefined) {
    const last = element.node.attributes.at(-1);
    const at = last === undefined ? nameSpan(element).end : attributeSpan(element, last).end;
    const quote = quoteAround(source, element);
    const newText = ` ${name}=${quote}${encodeAttribute(value, quote)}${quote}`;
    return [{ span: { start: at, end: at }, newText }];
  }
  if (attribute.quote === '') {
    const newText = `${name}='${encodeAttribute(value, "'")}'`;
    return [{ span: attributeSpan(element, attribute), newText }];
  }
  return [{ span: attributeValueSpan(element, attribute), newText: encodeAttribute(value, attribute.quote) }];
}

/** Takes an attribute out with the blanks before it. */
export function removeAttribute(source: SourceText, element: Located, attribute: XmlAttribute): TextEdit[] {
  const { start, end } = attributeSpan(element, attribute);
  const before = source.text.slice(element.start, start);
  const blanks = /\s*$/.exec(before)?.[0].length ?? 0;
  return [{ span: { start: start - blanks, end }, newText: '' }];
}
