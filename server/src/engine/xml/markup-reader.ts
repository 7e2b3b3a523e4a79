/** Reads markup that is no tag: comments, CDATA sections, the DOCTYPE, processing instructions, and what looks like them. */

import { isName } from './characters';
import { brokenEnd, doctypeEnd } from './ends';
import { internedName } from './names';
import type { TreeBuilder } from './tree-builder';
import { NOWHERE, type Watches } from './watch';

export class MarkupReader {
  /** A DOCTYPE was met: it may define entities that are not known here. */
  metDoctype = false;
  private doctypeNeverEnds = false;

  constructor(
    private readonly text: string,
    private readonly watches: Watches,
    private readonly tree: TreeBuilder,
  ) {}

  /** Reads what a `<!` at `start` begins; says where it ends. */
  readBang(start: number): number {
    const { text } = this;
    if (text.startsWith('<!--', start)) return this.readComment(start);
    if (text.startsWith('<![CDATA[', start)) return this.readCData(start);
    if (text.startsWith('<!DOCTYPE', start)) return this.readDoctype(start);
    const end = brokenEnd(text, start + 2);
    const message = "'<!' begins a comment (<!-- -->), <![CDATA[ ]]> or <!DOCTYPE>; this is none of them.";
    this.tree.problem(start, end, message);
    return end;
  }

  /** Reads the processing instruction that begins at `start`; says where it ends. */
  readProcessingInstruction(start: number): number {
    let nameEnd = start + 2;
    while (isName(this.text.charCodeAt(nameEnd))) nameEnd++;
    const close = this.watches.instructionEnd.from(nameEnd);
    const closed =
      close < NOWHERE &&
      (close < this.watches.lessThan.from(nameEnd) || close < this.watches.lineFeed.from(nameEnd));
    const target = this.text.slice(start + 2, nameEnd);
    if (!closed) {
      this.tree.reachedFar();
      this.tree.problem(start, nameEnd, `'<?${target.slice(0, 40)}' is not closed: '?>' is missing.`);
    }
    if (target.toLowerCase() === 'xml' && start > (this.text.charCodeAt(0) === 0xfeff ? 1 : 0)) {
      this.tree.reachedFar();
      const message = 'The XML declaration can stand only at the very beginning of the document.';
      this.tree.problem(start, nameEnd, message);
    }
    const end = closed ? close + 2 : brokenEnd(this.text, nameEnd);
    const name = internedName(this.text, start + 2, nameEnd);
    this.tree.add({ kind: 'processing-instruction', length: end - start, target: name }, start);
    return end;
  }

  private readComment(start: number): number {
    const close = this.watches.commentEnd.from(start + 4);
    const closed = close < NOWHERE && this.watches.commentStart.from(start + 4) > close;
    if (!closed) {
      this.tree.reachedFar();
      this.tree.problem(start, start + 4, "The comment is not closed: '-->' is missing.");
    }
    const end = closed ? close + 3 : this.lineEnd(start);
    if (closed) {
      const hyphens = this.text.slice(start + 4, close + 1).indexOf('--');
      if (hyphens >= 0)
        this.tree.problem(start + 4 + hyphens, start + 6 + hyphens, "'--' can't stand in a comment.");
    }
    this.tree.add({ kind: 'comment', length: end - start, closed }, start);
    return end;
  }

  private readCData(start: number): number {
    const close = this.watches.cdataEnd.from(start + 9);
    const closed = close < NOWHERE && this.watches.cdataStart.from(start + 9) > close;
    if (!closed) {
      this.tree.reachedFar();
      this.tree.problem(start, start + 9, "The CDATA section is not closed: ']]>' is missing.");
    }
    const end = closed ? close + 3 : Math.min(this.lineEnd(start), this.watches.closeTag.from(start));
    if (this.tree.outside) this.tree.problem(start, end, 'Text can stand only inside the root element.');
    this.tree.add({ kind: 'cdata', length: end - start, closed }, start);
    return end;
  }

  private readDoctype(start: number): number {
    this.metDoctype = true;
    const close = this.doctypeNeverEnds ? undefined : doctypeEnd(this.text, start);
    const end = close ?? this.lineEnd(start);
    if (close === undefined) {
      this.tree.reachedFar();
      this.doctypeNeverEnds = true;
      this.tree.problem(start, start + 9, "The DOCTYPE is not closed: '>' is missing.");
    } else if (!this.tree.outside)
      this.tree.problem(start, end, 'A DOCTYPE can stand only before the root element.');
    this.tree.add({ kind: 'doctype', length: end - start }, start);
    return end;
  }

  private lineEnd(from: number): number {
    return Math.min(this.watches.lineFeed.from(from), this.text.length);
  }
}
