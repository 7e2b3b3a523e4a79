import type { SourceText, Span, TextEdit } from '../../text';
import { BLANKS } from './blanks';

/**
 * Collects the edits of a formatting, each cut down to what really changes. Only blanks are ever replaced by blanks,
 * and a quote by another quote: whatever the tree says, no other character can get lost.
 */
export class Changes {
  readonly edits: TextEdit[] = [];

  /** Edits outside of `window` are left out. */
  constructor(
    private readonly source: SourceText,
    private readonly window: Span,
  ) {}

  /** Makes the blanks of a stretch be `wanted`. A stretch with anything else in it is left alone. */
  blanks(start: number, end: number, wanted: string): void {
    const { text } = this.source;
    if (end - start === wanted.length && text.startsWith(wanted, start)) return;
    if (start > end || !BLANKS.test(text.slice(start, end))) return;
    let from = start;
    let to = end;
    let head = 0;
    while (from < to && head < wanted.length && text.charCodeAt(from) === wanted.charCodeAt(head)) {
      from++;
      head++;
    }
    let tail = wanted.length;
    while (to > from && tail > head && text.charCodeAt(to - 1) === wanted.charCodeAt(tail - 1)) {
      to--;
      tail--;
    }
    // No edit begins or ends inside of a CR LF: editors have no position there.
    if (this.splitsLineBreak(from)) {
      from--;
      head--;
    }
    if (this.splitsLineBreak(to)) {
      to++;
      tail++;
    }
    this.add(from, to, wanted.slice(head, tail));
  }

  quote(at: number, wanted: string): void {
    const now = this.source.text[at];
    if (now !== wanted && (now === '"' || now === "'")) this.add(at, at + 1, wanted);
  }

  private splitsLineBreak(at: number): boolean {
    return this.source.text[at] === '\n' && this.source.text[at - 1] === '\r';
  }

  private add(start: number, end: number, newText: string): void {
    if (end < this.window.start || start > this.window.end) return;
    this.edits.push({ span: { start, end }, newText });
  }
}
