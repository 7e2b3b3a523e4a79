/** Reads the inside of an open tag: attributes, and where a broken tag is best taken to end. */

import {
  DOUBLE_QUOTE,
  EQUALS,
  GREATER_THAN,
  LESS_THAN,
  LINE_FEED,
  SINGLE_QUOTE,
  SLASH,
  isBlank,
  isName,
  isNameStart,
} from './characters';
import { internedName } from './names';
import type { XmlAttribute } from './tree';

export interface OpenTag {
  /** Offset behind the tag. */
  readonly end: number;
  readonly attributes: readonly XmlAttribute[];
  readonly selfClosing: boolean;
  /** The tag stops at the next `<` or at the end of the text, without a `>` of its own. */
  readonly unfinished: boolean;
}

export interface TagReport {
  problem(start: number, end: number, message: string): void;
  /** What stands at [start, end) is a value or text with entities to check. */
  entities(start: number, end: number): void;
  /** The reading depends on text far behind the tag. */
  reachedFar(): void;
  /** The next `<`, and the next line break, at or behind an offset: asked with offsets that grow; `NOWHERE` where none. */
  nextLessThan(from: number): number;
  nextLineFeed(from: number): number;
}

const NO_ATTRIBUTES: readonly XmlAttribute[] = [];

/**
 * Reads from behind the element's name (`at`) to the tag's end. Offsets of attributes are relative to `start`, the
 * tag's `<`. Every text ends: at `>`, at `/>`, before the next `<`, or at the end of the text.
 */
export function readOpenTag(text: string, start: number, at: number, report: TagReport): OpenTag {
  let attributes: XmlAttribute[] | undefined;
  for (;;) {
    const gapStart = at;
    while (isBlank(text.charCodeAt(at))) at++;
    const code = text.charCodeAt(at);
    if (code === GREATER_THAN) return tag(at + 1, attributes, false, false);
    if (code === SLASH && text.charCodeAt(at + 1) === GREATER_THAN)
      return tag(at + 2, attributes, true, false);
    if (code === LESS_THAN || Number.isNaN(code)) {
      return tag(unfinishedEnd(text, start, at), attributes, false, true);
    }
    if (isNameStart(code)) {
      const attribute = readAttribute(text, start, at, report);
      if (gapStart === at) {
        const message = `A blank is missing before the attribute '${attribute.name}'.`;
        report.problem(at, start + attribute.nameEnd, message);
      }
      if (attributes === undefined) attributes = [attribute];
      else attributes.push(attribute);
      at = endOf(start, attribute);
    } else at = readJunk(text, at, report);
  }
}

function tag(
  end: number,
  attributes: readonly XmlAttribute[] | undefined,
  selfClosing: boolean,
  unfinished: boolean,
): OpenTag {
  return { end, attributes: attributes ?? NO_ATTRIBUTES, selfClosing, unfinished };
}

/** Tells each attribute whose name an earlier one of the tag has. */
export function reportRepeated(start: number, attributes: readonly XmlAttribute[], report: TagReport): void {
  if (attributes.length < 2) return;
  if (attributes.length < 8 && !someRepeat(attributes)) return;
  const names = new Set<string>();
  for (const { name, nameStart, nameEnd } of attributes) {
    if (names.has(name)) {
      const message = `The attribute '${name}' is given twice in this tag.`;
      report.problem(start + nameStart, start + nameEnd, message);
    }
    names.add(name);
  }
}

/** Names are interned, so that comparing them is cheap; most tags have few. */
function someRepeat(attributes: readonly XmlAttribute[]): boolean {
  for (let index = 1; index < attributes.length; index++) {
    for (let before = 0; before < index; before++) {
      if (attributes[before]?.name === attributes[index]?.name) return true;
    }
  }
  return false;
}

function readJunk(text: string, from: number, report: TagReport): number {
  let at = from;
  do at++;
  while (at < text.length && !isBlank(text.charCodeAt(at)) && !endsJunk(text.charCodeAt(at)));
  report.problem(
    from,
    at,
    `${JSON.stringify(text.slice(from, Math.min(at, from + 20)))} can't stand in a tag.`,
  );
  return at;
}

const endsJunk = (code: number): boolean =>
  code === GREATER_THAN || code === LESS_THAN || code === SLASH || isNameStart(code);

/** A tag without `>` ends behind what belongs to it, not behind the blanks before the next tag. */
function unfinishedEnd(text: string, start: number, at: number): number {
  while (at > start + 1 && isBlank(text.charCodeAt(at - 1))) at--;
  return at;
}

function readAttribute(text: string, start: number, nameStart: number, report: TagReport): XmlAttribute {
  let at = nameStart;
  while (isName(text.charCodeAt(at))) at++;
  const nameEnd = at;
  while (isBlank(text.charCodeAt(at))) at++;
  if (text.charCodeAt(at) !== EQUALS) return withoutValue(text, start, nameStart, nameEnd, report);
  at++;
  while (isBlank(text.charCodeAt(at))) at++;
  const quote = text.charCodeAt(at);
  if (quote !== DOUBLE_QUOTE && quote !== SINGLE_QUOTE) {
    return withoutQuotes(text, start, nameStart, nameEnd, at, report);
  }
  const name = internedName(text, nameStart, nameEnd);
  const value = quotedEnd(text, at + 1, quote, report);
  const closed = value >= 0;
  const valueEnd = closed ? value : -value;
  report.entities(at + 1, valueEnd);
  if (!closed) {
    report.problem(at, valueEnd, `The value of '${name}' has no closing ${String.fromCharCode(quote)}.`);
  }
  return {
    name,
    nameStart: nameStart - start,
    nameEnd: nameEnd - start,
    valueStart: at + 1 - start,
    valueEnd: valueEnd - start,
    quote: !closed ? '' : quote === DOUBLE_QUOTE ? '"' : "'",
  };
}

function withoutValue(
  text: string,
  start: number,
  nameStart: number,
  nameEnd: number,
  report: TagReport,
): XmlAttribute {
  const name = internedName(text, nameStart, nameEnd);
  report.problem(nameStart, nameEnd, `The attribute '${name}' has no value: write ${name}='...'.`);
  return {
    name,
    nameStart: nameStart - start,
    nameEnd: nameEnd - start,
    valueStart: -1,
    valueEnd: -1,
    quote: '',
  };
}

function withoutQuotes(
  text: string,
  start: number,
  nameStart: number,
  nameEnd: number,
  at: number,
  report: TagReport,
): XmlAttribute {
  const valueEnd = unquotedEnd(text, at);
  if (valueEnd === at || valueFollowsOnNextLine(text, nameEnd, at)) {
    const attribute = withoutValue(text, start, nameStart, nameEnd, report);
    return { ...attribute, ...emptyValue(text, start, nameEnd) };
  }
  const name = internedName(text, nameStart, nameEnd);
  report.problem(at, valueEnd, `The value of '${name}' must stand in quotes.`);
  return {
    name,
    nameStart: nameStart - start,
    nameEnd: nameEnd - start,
    valueStart: at - start,
    valueEnd: valueEnd - start,
    quote: '',
  };
}

/** `a=` at the end of a line: the next line's attribute is not its value. */
const valueFollowsOnNextLine = (text: string, nameEnd: number, at: number): boolean =>
  text.slice(nameEnd, at).includes('\n');

/** `a=`: the value is empty and stands behind the `=`. */
function emptyValue(text: string, start: number, nameEnd: number): { valueStart: number; valueEnd: number } {
  const place = text.indexOf('=', nameEnd) + 1 - start;
  return { valueStart: place, valueEnd: place };
}

function unquotedEnd(text: string, at: number): number {
  while (at < text.length && !isBlank(text.charCodeAt(at))) {
    const code = text.charCodeAt(at);
    if (code === GREATER_THAN || code === LESS_THAN) break;
    if (code === SLASH && text.charCodeAt(at + 1) === GREATER_THAN) break;
    at++;
  }
  return at;
}

/**
 * Where a quoted value ends; negative where it has no closing quote of its own. A quote closes when what follows can
 * follow a value. Otherwise the closing quote was forgotten: the quote found opens the next value, and this one ends
 * before the next attribute, `>` or line.
 */
function quotedEnd(text: string, at: number, quote: number, report: TagReport): number {
  const less = Math.min(report.nextLessThan(at), text.length);
  let close = at;
  while (close < less && text.charCodeAt(close) !== quote) close++;
  if (close < less) {
    if (canFollowValue(text, close + 1)) return close;
  } else if (less < text.length) {
    // A `<` in the value: a fault of its own when the quote closes on the same line, else the quote is what is missing.
    report.reachedFar();
    const lineEnd = Math.min(report.nextLineFeed(at), text.length);
    let sameLine = less;
    while (sameLine < lineEnd && text.charCodeAt(sameLine) !== quote) sameLine++;
    if (sameLine < lineEnd && canFollowValue(text, sameLine + 1)) {
      report.problem(less, less + 1, "A '<' can't stand in a value: write &lt;.");
      return sameLine;
    }
  } else report.reachedFar();
  return -forgottenQuoteEnd(text, at, less);
}

function canFollowValue(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (
    Number.isNaN(code) ||
    isBlank(code) ||
    code === GREATER_THAN ||
    code === SLASH ||
    code === QUESTION_MARK
  ) {
    return true;
  }
  if (code === LESS_THAN) return true;
  // a='1'b='2': a blank was forgotten, not a quote.
  NEXT_ATTRIBUTE.lastIndex = at;
  return NEXT_ATTRIBUTE.test(text);
}

const QUESTION_MARK = 63;
const NEXT_ATTRIBUTE = /[A-Za-z_:][-.\w:]*\s*=\s*["']/y;
const BLANK_THEN_ATTRIBUTE = /\s+[A-Za-z_:][-.\w:]*\s*=\s*["']/y;

function forgottenQuoteEnd(text: string, at: number, less: number): number {
  for (; at < less; at++) {
    const code = text.charCodeAt(at);
    if (code === GREATER_THAN || code === LINE_FEED) break;
    if (isBlank(code)) {
      BLANK_THEN_ATTRIBUTE.lastIndex = at;
      if (BLANK_THEN_ATTRIBUTE.test(text)) break;
    }
  }
  if (text.charCodeAt(at) === GREATER_THAN && text.charCodeAt(at - 1) === SLASH) return at - 1;
  return at;
}

function endOf(start: number, attribute: XmlAttribute): number {
  if (attribute.valueStart < 0) return start + attribute.nameEnd;
  const end = start + attribute.valueEnd;
  return attribute.quote === '' ? Math.max(end, start + attribute.nameEnd) : end + 1;
}
