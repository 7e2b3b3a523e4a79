/** Formatting while typing: the indentation of one line, and never more. */

import type { TextEdit } from '../../text';
import { indentBefore } from '../layout';
import { elementAt, innerSpan, nodeAt } from '../../xml/navigate';
import type { Located, XmlDocument } from '../../xml/tree';
import { BLANKS } from './blanks';
import { Changes } from './changes';
import { contentKind } from './content';
import type { FormatStyle } from './style';

/**
 * After a line break: the new line is indented for what stands on it, a close tag as its open tag is. `offset` is
 * where the cursor is.
 */
export function formatNewLine(document: XmlDocument, style: FormatStyle, offset: number): TextEdit[] {
  const { source } = document;
  const lineStart = source.lineStartAt(offset);
  const line = source.text.slice(lineStart, source.lineEndAt(offset));
  const blanks = /^[ \t]*/.exec(line)?.[0] ?? '';
  const at = lineStart + blanks.length;
  // With its text behind the cursor, or in the middle of something, the line is the writer's.
  if (offset > at) return [];
  const holder = contentAround(document, lineStart, at);
  if (holder === undefined) return [];
  const closes = source.text.startsWith('</', at) && at === holder.start + holder.node.closeStart;
  return indented(document, lineStart, at, indentIn(document, holder, closes ? '' : style.step));
}

/** After the `>` that ends a close tag, or a tag that closes itself: its line is indented as its element asks for. */
export function formatFinishedTag(document: XmlDocument, style: FormatStyle, offset: number): TextEdit[] {
  const { source } = document;
  const element = elementAt(document, offset - 1);
  if (element === undefined || element.start + element.node.length !== offset) return [];
  const { node, start, parent } = element;
  if (node.selfClosing) {
    if (parent === undefined || isKept(source.text, parent)) return [];
    return indentedTag(document, start, indentIn(document, parent, style.step));
  }
  // The close tag of an element of text belongs to its text.
  if (node.closeStart < 0 || contentKind(source.text, element) === 'kept') return [];
  return indentedTag(document, start + node.closeStart, indentIn(document, element, ''));
}

/** The element between whose tags the blanks stand, if blanks are all that they are a part of. */
function contentAround(document: XmlDocument, from: number, to: number): Located | undefined {
  const { text } = document.source;
  const found = nodeAt(document, to === from ? Math.max(0, from - 1) : from);
  const holder = found?.node.kind === 'text' ? found.parent : found;
  if (holder === undefined || holder.node.kind !== 'element') return undefined;
  const element: Located = { ...holder, node: holder.node };
  const inner = innerSpan(element);
  if (from < inner.start || to > inner.end) return undefined;
  // An element that holds nothing yet is being filled.
  return BLANKS.test(text.slice(inner.start, inner.end)) || !isKept(text, element) ? element : undefined;
}

const isKept = (text: string, element: Located): boolean =>
  contentKind(text, element) === 'kept' && element.node.children.length > 0;

/** The blanks of the element's line, and one step where something inside of it is indented. */
function indentIn({ source }: XmlDocument, element: Located, step: string): string {
  const lineStart = source.lineStartAt(element.start);
  return (/^[ \t]*/.exec(source.text.slice(lineStart, element.start))?.[0] ?? '') + step;
}

function indentedTag(document: XmlDocument, tag: number, wanted: string): TextEdit[] {
  const before = indentBefore(document.source, tag);
  return before === undefined ? [] : indented(document, tag - before.length, tag, wanted);
}

function indented({ source }: XmlDocument, from: number, to: number, wanted: string): TextEdit[] {
  const changes = new Changes(source, { start: from, end: to });
  changes.blanks(from, to, wanted);
  return changes.edits;
}
