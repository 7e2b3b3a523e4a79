/**
 * Offsets, lines and edits: the only place that turns offsets into lines and characters.
 * All offsets and characters are UTF-16 code units, as in JavaScript strings and LSP.
 */

/** A place in a text; line and character count from 0. Same shape as LSP's Position. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** A stretch of text by positions; `end` is exclusive. Same shape as LSP's Range. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A stretch of text by offsets; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Replace what `span` covers (in the text before the edit) by `newText`. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

export const span = (start: number, end: number): Span => ({ start, end });

export const shifted = (what: Span, by: number): Span => ({ start: what.start + by, end: what.end + by });

/** The text after edits that do not overlap. Edits at one place keep the order in which they are given. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = edits
    .map((edit, order) => ({ edit, order }))
    .sort((a, b) => a.edit.span.start - b.edit.span.start || a.order - b.order);
  let result = '';
  let from = 0;
  for (const { edit } of ordered) {
    result += text.slice(from, edit.span.start) + edit.newText;
    from = Math.max(from, edit.span.end);
  }
  return result + text.slice(from);
}

/** A text with the starts of its lines. Immutable; `edited` shares the work of the version before. */
export class SourceText {
  /**
   * `lineStarts` may be shared with versions before: all lines from `moved.from` on start `moved.by` later than it says.
   * So typing within one line moves no start of another.
   */
  private constructor(
    readonly text: string,
    private readonly lineStarts: readonly number[],
    private readonly moved: Moved = { from: 0, by: 0 },
  ) {}

  static of(text: string): SourceText {
    return new SourceText(text, lineStartsWithin(text, 0, text.length, [0]));
  }

  get lineCount(): number {
    return this.lineStarts.length;
  }

  /** The position of an offset; offsets outside the text are clamped to its ends. */
  positionAt(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.text.length));
    const line = this.lineOf(at);
    return { line, character: at - this.startOfLine(line) };
  }

  /** The offset of a position; a character behind the line's end is clamped to that end, as LSP wants. */
  offsetAt(position: Position): number {
    if (position.line < 0) return 0;
    if (position.line >= this.lineStarts.length) return this.text.length;
    const start = this.startOfLine(position.line);
    return Math.min(start + Math.max(0, position.character), this.endOfLine(position.line));
  }

  /** The offset at which the line of an offset begins. */
  lineStartAt(offset: number): number {
    return this.startOfLine(this.lineOf(Math.max(0, Math.min(offset, this.text.length))));
  }

  /** The offset at which the line of an offset ends, before its line break. */
  lineEndAt(offset: number): number {
    return this.endOfLine(this.lineOf(Math.max(0, Math.min(offset, this.text.length))));
  }

  rangeOf(what: Span): Range {
    return { start: this.positionAt(what.start), end: this.positionAt(what.end) };
  }

  spanOf(range: Range): Span {
    const start = this.offsetAt(range.start);
    return { start, end: Math.max(start, this.offsetAt(range.end)) };
  }

  /** The text after one edit. Lines before the edit are kept, lines behind it moved, only new text is read. */
  edited(edit: TextEdit): SourceText {
    const text = this.text.slice(0, edit.span.start) + edit.newText + this.text.slice(edit.span.end);
    // A line break may be put together from, or torn into, its two characters at the seams: both are read again.
    const firstLine = this.lineOf(Math.max(0, edit.span.start - 1));
    const lastLine = this.lineOf(Math.min(this.text.length, edit.span.end + 1));
    const delta = edit.newText.length - (edit.span.end - edit.span.start);
    const next = this.startOfLine(lastLine + 1) + delta;
    const found = lineStartsWithin(text, this.startOfLine(firstLine), next, []);
    const { from, by } = this.moved;
    const hasNext = lastLine + 1 < this.lineStarts.length;
    const isWithinLine = firstLine === lastLine && found.length === (hasNext ? 1 : 0);
    if (isWithinLine && (by === 0 || from === firstLine + 1)) {
      return new SourceText(text, this.lineStarts, { from: firstLine + 1, by: by + delta });
    }
    const starts: number[] = [];
    for (let line = 0; line <= firstLine; line++) starts.push(this.startOfLine(line));
    for (const start of found) starts.push(start);
    let last = starts.at(-1) ?? 0;
    for (let line = lastLine + 1; line < this.lineStarts.length; line++) {
      const start = this.startOfLine(line) + delta;
      if (start <= last) continue;
      starts.push(start);
      last = start;
    }
    return new SourceText(text, starts);
  }

  private startOfLine(line: number): number {
    const start = this.lineStarts[line];
    if (start === undefined) return this.text.length;
    return line < this.moved.from ? start : start + this.moved.by;
  }

  /** Before its line break. */
  private endOfLine(line: number): number {
    const start = this.startOfLine(line);
    let end = this.startOfLine(line + 1);
    if (end > start && this.text.charCodeAt(end - 1) === LINE_FEED) end--;
    if (end > start && this.text.charCodeAt(end - 1) === CARRIAGE_RETURN) end--;
    return end;
  }

  private lineOf(offset: number): number {
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.startOfLine(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

interface Moved {
  readonly from: number;
  readonly by: number;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Appends to `starts` the start of each line that begins behind a line break in [from, to). LF, CRLF and CR break. */
function lineStartsWithin(text: string, from: number, to: number, starts: number[]): number[] {
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === LINE_FEED || (code === CARRIAGE_RETURN && text.charCodeAt(at + 1) !== LINE_FEED)) {
      starts.push(at + 1);
    }
  }
  return starts;
}
