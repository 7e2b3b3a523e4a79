/** Growing selections: value, attribute, tag, element, content, element around it, and so on. */

import {
  attributeSpan,
  attributeValueSpan,
  closeNameSpan,
  innerSpan,
  nameSpan,
  nodeAt,
  spanOf,
} from '../engine';
import { isElement } from '../engine';
import type { Located, Position, Span, XmlDocument, XmlNode } from '../engine';
import type { SelectionRange } from 'vscode-languageserver-types';
import { lspRange } from './subject';
import type { Subject } from './subject';

/** One for each position, innermost range first; a position outside of everything gets the whole document. */
export const selectionRanges = (subject: Subject, positions: readonly Position[]): SelectionRange[] =>
  positions.map(position => selectionRange(subject, subject.analysis.source.offsetAt(position)));

function selectionRange(subject: Subject, offset: number): SelectionRange {
  const { document, source } = subject.analysis;
  const whole = { start: 0, end: source.text.length };
  let selection: SelectionRange | undefined;
  for (const span of growing([...spansAround(document, offset), whole], offset).reverse()) {
    const range = lspRange(subject, span);
    selection = selection === undefined ? { range } : { range, parent: selection };
  }
  return selection ?? { range: lspRange(subject, { start: offset, end: offset }) };
}

/** Only what holds the offset and is larger than what came before. */
function growing(spans: readonly Span[], offset: number): Span[] {
  const kept: Span[] = [];
  for (const span of spans) {
    if (span.start > offset || offset > span.end) continue;
    const last = kept.at(-1);
    if (
      last === undefined ||
      (span.start <= last.start && last.end <= span.end && lengthOf(span) > lengthOf(last))
    )
      kept.push(span);
  }
  return kept;
}

const lengthOf = ({ start, end }: Span): number => end - start;

function spansAround(document: XmlDocument, offset: number): Span[] {
  const { text } = document.source;
  const innermost = nodeTouching(document, offset);
  const spans: Span[] = [];
  if (innermost !== undefined && !isElement(innermost)) {
    spans.push(...spansOfLeaf(text, innermost), spanOf(innermost));
  }
  let element = innermost === undefined || isElement(innermost) ? innermost : innermost.parent;
  for (; element !== undefined; element = element.parent)
    spans.push(...spansOfElement(text, element, offset));
  return spans;
}

/** The node at the offset, or the one that ends there. */
function nodeTouching(document: XmlDocument, offset: number): Located<XmlNode> | undefined {
  const found = nodeAt(document, offset);
  if (found !== undefined && !isElement(found)) return found;
  const before = offset === 0 ? undefined : nodeAt(document, offset - 1);
  return found === undefined || (before?.parent?.node === found.node && before.node.kind === 'text')
    ? before
    : found;
}

function spansOfLeaf(text: string, { node, start }: Located<XmlNode>): readonly Span[] {
  const end = start + node.length;
  switch (node.kind) {
    case 'text':
      return [trimmed(text, { start, end })];
    case 'comment':
      return withTrimmed(text, { start: start + 4, end: node.closed ? end - 3 : end });
    case 'cdata':
      return withTrimmed(text, { start: start + 9, end: node.closed ? end - 3 : end });
    case 'processing-instruction':
    case 'doctype':
    case 'element':
      return [];
  }
}

function spansOfElement(text: string, element: Located, offset: number): Span[] {
  const { node, start } = element;
  const openTag = { start, end: start + node.openEnd };
  const spans: Span[] = [nameSpan(element)];
  if (offset <= openTag.end) {
    for (const attribute of node.attributes) {
      const value = attributeValueSpan(element, attribute);
      spans.push(value, { start: value.start - 1, end: value.end + 1 }, attributeSpan(element, attribute));
    }
    spans.push(openTag);
  }
  const closeName = closeNameSpan(element);
  if (closeName !== undefined)
    spans.push(closeName, { start: start + node.closeStart, end: start + node.length });
  return [...spans, ...withTrimmed(text, innerSpan(element)), spanOf(element)];
}

const withTrimmed = (text: string, span: Span): readonly Span[] => [trimmed(text, span), span];

/** Without blanks at both ends. */
function trimmed(text: string, { start, end }: Span): Span {
  while (start < end && isBlank(text[start])) start++;
  while (end > start && isBlank(text[end - 1])) end--;
  return { start, end };
}

const isBlank = (character: string | undefined): boolean =>
  character === ' ' || character === '\n' || character === '\r' || character === '\t';
