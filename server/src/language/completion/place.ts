/** What is being typed at the cursor, told from the tree and, where a tag is still broken, from its characters. */

import { childElements, elementAt, isElement, nodeAt } from '../../engine';
import type { Located, SourceText, Span, XmlAttribute, XmlDocument, XmlElement } from '../../engine';

/** An element is being written: `<`, `<thr`, or only `thr` or nothing where an element may stand. */
export interface ElementPlace {
  readonly kind: 'element';
  readonly parent: Located;
  /** Child elements of the parent without the one that is being written; there may be ten thousands of them. */
  siblings(): readonly Located[];
  /** Which of the parent's children (of all kinds) the new element comes before. */
  readonly index: number;
  /** The element that is being written, where the tree has it already. */
  readonly written: XmlElement | undefined;
  /** What a new element replaces: from `<` (or the typed word) to the end of the word at the cursor. */
  readonly replace: Span;
  /** Only the name in a tag that goes on behind it: attributes or content stand there already. */
  readonly nameOnly: boolean;
}
export interface AttributeValuePlace {
  readonly kind: 'attribute-value';
  readonly element: Located;
  readonly attribute: string;
  /** What is between the quotes, on the line of the cursor. */
  readonly replace: Span;
  /** '' where no quote is typed yet: the value then brings its own. */
  readonly quote: '"' | "'" | '';
  /** The closing quote is missing. */
  readonly open: boolean;
}
export interface AttributeNamePlace {
  readonly kind: 'attribute-name';
  readonly element: Located;
  /** The attribute whose name is being written, where the tree has it already. */
  readonly written: XmlAttribute | undefined;
  readonly replace: Span;
  /** Only the name of an attribute whose value stands there already. */
  readonly nameOnly: boolean;
}
/** The text of an element without child elements. */
export interface TextPlace {
  readonly kind: 'text';
  readonly element: Located;
  readonly replace: Span;
}
/** A close tag is begun: `</`, `</di`. */
export interface CloseTagPlace {
  readonly kind: 'close-tag';
  /** The element that it closes. */
  readonly element: Located;
  /** From `</` on. */
  readonly replace: Span;
}
export type CompletionPlace =
  ElementPlace | AttributeValuePlace | AttributeNamePlace | TextPlace | CloseTagPlace;

/**
 * Undefined where nothing can be completed: outside of elements, in comments, CDATA and the like. `holdsElements` tells
 * of an element that is empty still whether child elements are written in it, and not text.
 */
export function completionPlace(
  document: XmlDocument,
  offset: number,
  holdsElements: (located: Located) => boolean,
): CompletionPlace | undefined {
  const text = document.source.text;
  if (inOpaqueNode(document, offset)) return undefined;
  const closing = /<\/[\w.:-]*$/.exec(text.slice(Math.max(0, offset - LONGEST_NAME), offset))?.[0];
  if (closing !== undefined) return closeTagPlace(document, offset - closing.length, offset);
  const tag = openTagBefore(text, offset);
  if (tag === undefined) return contentPlace(document, offset, holdsElements);
  if (tag.kind === 'name') return namePlace(document, tag.start, offset);
  const element = elementStartingAt(document, tag.start);
  if (element === undefined) return undefined;
  if (tag.kind === 'attribute-name') return attributeNamePlace(text, element, tag.wordStart, offset);
  return {
    kind: 'attribute-value',
    element,
    attribute: tag.attribute,
    ...valueSpan(document.source, tag, offset),
  };
}

function attributeNamePlace(
  text: string,
  element: Located,
  start: number,
  offset: number,
): AttributeNamePlace {
  const end = wordEnd(text, offset);
  const written = element.node.attributes.find(({ nameStart }) => element.start + nameStart === start);
  const nameOnly = /^\s*=/.test(text.slice(end, end + LONGEST_TAG));
  return { kind: 'attribute-name', element, written, replace: { start, end }, nameOnly };
}

function closeTagPlace(document: XmlDocument, start: number, offset: number): CloseTagPlace | undefined {
  const { text } = document.source;
  const element = elementAround(document, start);
  if (element === undefined) return undefined;
  const end = wordEnd(text, offset);
  return { kind: 'close-tag', element, replace: { start, end: text.charAt(end) === '>' ? end + 1 : end } };
}

/** Comments, CDATA and processing instructions hold no elements. */
function inOpaqueNode(document: XmlDocument, offset: number): boolean {
  const found = nodeAt(document, offset - 1);
  if (found === undefined || isElement(found) || found.node.kind === 'text') return false;
  const end = found.start + found.node.length;
  const open = (found.node.kind === 'comment' || found.node.kind === 'cdata') && !found.node.closed;
  return offset > found.start && (offset < end || open);
}

type OpenTag =
  | { readonly kind: 'name'; readonly start: number }
  | { readonly kind: 'attribute-name'; readonly start: number; readonly wordStart: number }
  | {
      readonly kind: 'attribute-value';
      readonly start: number;
      readonly attribute: string;
      readonly valueStart: number;
      readonly quote: '"' | "'" | '';
    };

/** A close tag with a longer name is none of libvirt's. */
const LONGEST_NAME = 80;

/** How far back a tag may begin; longer ones are no place where people type. */
const LONGEST_TAG = 4096;

/** The open tag that the offset is inside of, read from its `<` on; undefined where the tag is over by then. */
function openTagBefore(text: string, offset: number): OpenTag | undefined {
  const start = text.lastIndexOf('<', offset - 1);
  if (start < 0 || offset - start > LONGEST_TAG) return undefined;
  const typed = text.slice(start, offset);
  const run = (pattern: RegExp, at: number): number => at + (pattern.exec(typed.slice(at))?.[0].length ?? 0);
  let at = run(/^<[\w.:-]*/, 0);
  if (at === typed.length) return { kind: 'name', start };
  for (;;) {
    const word = run(/^\s*/, at);
    const behindName = run(/^[^\s=<>/'"]*/, word);
    if (behindName === typed.length) {
      return word === at ? undefined : { kind: 'attribute-name', start, wordStart: start + word };
    }
    if (behindName === word) return undefined;
    at = behindName;
    const value = run(/^\s*=\s*/, at);
    if (value === at) continue;
    const first = typed.charAt(value);
    const quote = first === '"' || first === "'" ? first : '';
    const close = quote === '' ? -1 : typed.indexOf(quote, value + 1);
    at = quote === '' ? run(/^[^\s<>'"/]*/, value) : close + 1;
    if (quote === '' ? at === typed.length : close < 0) {
      const attribute = typed.slice(word, behindName);
      return { kind: 'attribute-value', start, attribute, valueStart: start + value + quote.length, quote };
    }
  }
}

/** From the value's start (or the cursor's line start) to the closing quote, when it stands on this line. */
function valueSpan(
  source: SourceText,
  tag: OpenTag & { kind: 'attribute-value' },
  offset: number,
): { readonly replace: Span; readonly quote: '"' | "'" | ''; readonly open: boolean } {
  const start = Math.max(tag.valueStart, source.lineStartAt(offset));
  const { text } = source;
  if (tag.quote === '') {
    // In front of a value with its quotes: the new one brings its own and takes the place of both.
    const quoted = /^(?:'[^'<>\r\n]*'|"[^"<>\r\n]*")/.exec(text.slice(offset, offset + LONGEST_TAG))?.[0];
    const end = quoted === undefined ? wordEnd(text, offset) : offset + quoted.length;
    return { replace: { start, end }, quote: '', open: false };
  }
  const behind = /^[^<>\r\n]*/.exec(text.slice(offset, offset + LONGEST_TAG))?.[0] ?? '';
  const close = behind.indexOf(tag.quote);
  // A quote that is followed by a letter begins nothing good: it is the next attribute's, ours is missing.
  const closes = close >= 0 && !/=\s*$/.test(behind.slice(0, close));
  return closes
    ? { replace: { start, end: offset + close }, quote: tag.quote, open: false }
    : { replace: { start, end: wordEnd(text, offset) }, quote: tag.quote, open: true };
}

function namePlace(document: XmlDocument, start: number, offset: number): CompletionPlace | undefined {
  const text = document.source.text;
  const self = elementStartingAt(document, start);
  const parent = self === undefined ? elementAt(document, start) : self.parent;
  if (parent === undefined) return undefined;
  const end = wordEnd(text, offset);
  const behind = text.slice(end, end + LONGEST_TAG);
  // `<|>` from an editor that closes brackets: the `>` goes with the name, unless content or a close tag follows,
  // or the element is whole, and only its name is changed.
  const whole = self !== undefined && self.node.closeStart >= 0;
  const closedByEditor = !whole && /^>[ \t]*(?:[\r\n]|$|<(?!\/))/.test(behind);
  const alone = closedByEditor || /^[ \t]*(?:<|[\r\n]|$)/.test(behind);
  return {
    kind: 'element',
    parent,
    siblings: () => childElements(parent).filter(sibling => sibling.start !== start),
    index: childrenBefore(parent, start),
    written: self?.node,
    replace: { start, end: closedByEditor ? end + 1 : end },
    nameOnly: !alone,
  };
}

/** Between tags: an element is begun, or the text of an element that has no child elements is written. */
function contentPlace(
  document: XmlDocument,
  offset: number,
  holdsElements: (located: Located) => boolean,
): CompletionPlace | undefined {
  const text = document.source.text;
  const parent = elementAround(document, offset);
  if (parent === undefined) return undefined;
  const before = text.slice(Math.max(text.lastIndexOf('>', offset - 1) + 1, 0), offset);
  const typed = /[^\s<>]*$/.exec(before)?.[0] ?? '';
  const start = offset - typed.length;
  if (parent.node.children.every(child => child.kind !== 'element') && !holdsElements(parent)) {
    const rest = /^[^\s<>]*/.exec(text.slice(offset, offset + LONGEST_TAG))?.[0] ?? '';
    return { kind: 'text', element: parent, replace: { start, end: offset + rest.length } };
  }
  if (before.trim() !== typed) return undefined;
  return {
    kind: 'element',
    parent,
    siblings: () => childElements(parent),
    index: childrenBefore(parent, start),
    written: undefined,
    replace: { start, end: wordEnd(text, offset) },
    nameOnly: false,
  };
}

/** How many of the parent's children begin before the offset. */
function childrenBefore({ node, start }: Located, offset: number): number {
  let low = 0;
  let high = node.childStarts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (start + (node.childStarts[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The innermost element whose inside (not its tags) holds the offset; an unclosed element reaches to its end. */
function elementAround(document: XmlDocument, offset: number): Located | undefined {
  // At the end of an unclosed element the offset stands behind its last character: look at the one before too.
  let located = elementAt(document, offset) ?? elementAt(document, offset - 1);
  const before = elementAt(document, offset - 1);
  if (
    before !== undefined &&
    before.node.closeStart < 0 &&
    !before.node.selfClosing &&
    isWithin(before, offset)
  ) {
    located = before;
  }
  while (located !== undefined && !isWithin(located, offset)) located = located.parent;
  return located;
}

function isWithin({ node, start }: Located, offset: number): boolean {
  const at = offset - start;
  if (node.selfClosing || at < node.openEnd) return false;
  return node.closeStart >= 0 ? at <= node.closeStart : at <= node.length;
}

function elementStartingAt(document: XmlDocument, start: number): Located | undefined {
  const found = nodeAt(document, start);
  return found !== undefined && isElement(found) && found.start === start ? found : undefined;
}

const wordEnd = (text: string, offset: number): number =>
  offset + (/^[\w.:-]*/.exec(text.slice(offset, offset + LONGEST_TAG))?.[0].length ?? 0);
