/** How a document is laid out: its line breaks, the indentation of a line, the step from one depth to the next. */

import type { SourceText, Span } from '../text';
import type { Located } from '../xml/tree';
import { childElements } from '../xml/navigate';

/** What new text has to follow: the line break in use, and one step of indentation. */
export interface Layout {
  readonly lineBreak: string;
  readonly step: string;
}

/** The layout around `parent`, as far as it shows; else that of the whole document; else two blanks. */
export function layoutAround(source: SourceText, parent: Located): Layout {
  return { lineBreak: lineBreakOf(source), step: stepAround(source, parent) ?? stepOfDocument(source) };
}

/** The first line break of the text; `\n` where it has none. */
export const lineBreakOf = (source: SourceText): string => /\r\n|\n|\r/.exec(source.text)?.[0] ?? '\n';

/** The blanks before `offset` where nothing else stands before it on its line; else undefined. */
export function indentBefore(source: SourceText, offset: number): string | undefined {
  const before = source.text.slice(source.lineStartAt(offset), offset);
  return /^[ \t]*$/.test(before) ? before : undefined;
}

/** Whether the text has more than one line, so that elements are expected on lines of their own. */
export const hasLines = (source: SourceText): boolean => source.lineCount > 1;

/** The end of what belongs to a thing that ends at `offset`: comments behind it on its line are kept with it. */
export function endWithRemarks(source: SourceText, offset: number): number {
  const rest = source.text.slice(offset, source.lineEndAt(offset));
  const remarks = /^(?:[ \t]*<!--(?:(?!-->).)*-->)+(?=[ \t]*$)/.exec(rest);
  return offset + (remarks?.[0].length ?? 0);
}

/**
 * What goes away with a thing: its whole lines, break and all, where nothing else stands on them; else the thing with
 * the blanks that set it apart.
 */
export function removalOf(source: SourceText, what: Span): Span {
  const { text } = source;
  const lineStart = source.lineStartAt(what.start);
  const lineEnd = source.lineEndAt(what.end);
  const aloneBefore = /^[ \t]*$/.test(text.slice(lineStart, what.start));
  const blanksBehind = /^[ \t]*/.exec(text.slice(what.end, lineEnd))?.[0].length ?? 0;
  const aloneBehind = what.end + blanksBehind === lineEnd;
  if (aloneBefore && aloneBehind) {
    const next = lineEnd + (/^(?:\r\n|\n|\r)/.exec(text.slice(lineEnd, lineEnd + 2))?.[0].length ?? 0);
    if (next > lineEnd) return { start: lineStart, end: next };
    return { start: endBefore(source, lineStart), end: lineEnd };
  }
  if (aloneBefore) return { start: what.start, end: what.end + blanksBehind };
  const blanksBefore = /[ \t]*$/.exec(text.slice(lineStart, what.start))?.[0].length ?? 0;
  return { start: what.start - blanksBefore, end: what.end };
}

/** The offset before the line break that ends right before `lineStart`. */
function endBefore(source: SourceText, lineStart: number): number {
  const before = source.text.slice(Math.max(0, lineStart - 2), lineStart);
  return lineStart - (/(?:\r\n|\n|\r)$/.exec(before)?.[0].length ?? 0);
}

/** The step from an element's indentation to that of its children, seen here or at the nearest ancestor. */
function stepAround(source: SourceText, from: Located): string | undefined {
  for (let at: Located | undefined = from; at !== undefined; at = at.parent) {
    const own = indentBefore(source, at.start);
    if (own === undefined) continue;
    for (const child of childElements(at)) {
      const inner = indentBefore(source, child.start);
      if (inner !== undefined && inner.startsWith(own) && child.start > at.start) {
        return inner.slice(own.length);
      }
    }
  }
  return undefined;
}

/** The indentation of the first indented tag; nothing where the document has lines but indents none. */
function stepOfDocument(source: SourceText): string {
  const indented = /(?:\n|\r)([ \t]+)</.exec(source.text);
  if (indented?.[1] !== undefined) return indented[1];
  return hasLines(source) ? '' : '  ';
}
