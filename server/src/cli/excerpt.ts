import type { SourceText, Span } from '../engine';
import { printable } from './printable';

/** At most so much of a line is shown, around the place that is spoken of. */
const SHOWN_CHARACTERS = 120;

/**
 * The line of the span's start with carets under the span, as compilers show it. Of a span over several lines the first
 * line is marked. Tabs are shown as blanks, other control characters as codes, and the carets stay under their text.
 */
export function excerptOf(source: SourceText, span: Span, mark: (carets: string) => string): string {
  const { line, character } = source.positionAt(span.start);
  const start = source.lineStartAt(span.start);
  const text = source.text.slice(start, source.lineEndAt(span.start));
  const spanEnd = Math.max(character, Math.min(span.end - start, text.length));
  const from = windowStart(text.length, character);
  const to = Math.min(text.length, from + SHOWN_CHARACTERS);

  const before = (from > 0 ? '...' : '') + shown(text.slice(from, character));
  const marked = shown(text.slice(character, Math.min(spanEnd, to)));
  const after = shown(text.slice(Math.min(spanEnd, to), to)) + (to < text.length ? '...' : '');
  const number = String(line + 1).padStart(5);
  const carets = '^'.repeat(Math.max(1, columns(marked)));
  return `${number} | ${before}${marked}${after}\n      | ${' '.repeat(columns(before))}${mark(carets)}\n`;
}

/** Far into a long line, some text before the place is shown. */
const windowStart = (length: number, character: number): number =>
  length <= SHOWN_CHARACTERS || character < SHOWN_CHARACTERS / 2 ? 0 : Math.max(0, character - 40);

const shown = (text: string): string => printable(text.replaceAll('\t', '    '));

/** How many columns of a terminal the text takes: East Asian wide characters and most emoji take two, marks none. */
function columns(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/\p{Mn}|\p{Me}|\u200d/u.test(character)) continue;
    width += WIDE.test(character) ? 2 : 1;
  }
  return width;
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
