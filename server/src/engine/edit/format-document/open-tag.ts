import type { Located, XmlAttribute } from '../../xml/tree';
import { hasLineBreak, lineBreaksIn } from './blanks';
import type { Changes } from './changes';
import type { FormatStyle } from './style';

/**
 * Lays out an open tag: one blank between attributes, none around `=` and before the tag's end, quotes as wanted.
 * `indent` stands before the tag on its line. The order of the attributes and their values stay.
 */
export function layOutOpenTag(
  text: string,
  { node, start }: Located,
  indent: string,
  style: FormatStyle,
  lineBreak: string,
  changes: Changes,
): void {
  const endMark = node.selfClosing ? 2 : 1;
  const closing = start + node.openEnd - endMark;
  let at = start + 1 + node.name.length;
  if (node.attributes.length > 0) {
    const wraps =
      style.lineWidth > 0 && node.attributes.length > 1 && isTooWide(text, node, start, indent, style);
    const aligned = indent + ' '.repeat(node.name.length + 2);
    for (let index = 0; index < node.attributes.length; index++) {
      const attribute = node.attributes[index];
      if (attribute === undefined) continue;
      const nameStart = start + attribute.nameStart;
      const gap = text.slice(at, nameStart);
      const breaks = index > 0 && (style.lineWidth > 0 ? wraps : gap !== ' ' && hasLineBreak(gap));
      changes.blanks(at, nameStart, breaks ? (lineBreaksIn(gap)[0] ?? lineBreak) + aligned : ' ');
      at = layOutAttribute(text, start, attribute, style, changes);
    }
  }
  changes.blanks(at, closing, '');
}

/** Whether the tag on one line would be wider than is wanted. */
function isTooWide(
  text: string,
  node: Located['node'],
  start: number,
  indent: string,
  style: FormatStyle,
): boolean {
  let width = 1 + node.name.length + (node.selfClosing ? 2 : 1);
  for (const character of indent) width += character === '\t' ? style.tabSize : 1;
  for (const { nameStart, nameEnd, valueStart, valueEnd } of node.attributes) {
    width += 1 + nameEnd - nameStart + 3 + valueEnd - valueStart;
    // A value with lines of its own makes the tag as wide as it is: it is put on a line of its own.
    if (hasLineBreak(text.slice(start + valueStart, start + valueEnd))) return true;
  }
  return width > style.lineWidth;
}

/** Gives the offset behind the attribute. */
function layOutAttribute(
  text: string,
  start: number,
  attribute: XmlAttribute,
  { quotes }: FormatStyle,
  changes: Changes,
): number {
  const nameEnd = start + attribute.nameEnd;
  const open = start + attribute.valueStart - 1;
  const close = start + attribute.valueEnd;
  if (open > nameEnd + 1) {
    const equals = text.indexOf('=', nameEnd);
    changes.blanks(nameEnd, equals, '');
    changes.blanks(equals + 1, open, '');
  }
  const wanted = quotes === 'keep' ? attribute.quote : quotes === 'single' ? "'" : '"';
  if (wanted !== attribute.quote && !text.slice(open + 1, close).includes(wanted)) {
    changes.quote(open, wanted);
    changes.quote(close, wanted);
  }
  return close + 1;
}
