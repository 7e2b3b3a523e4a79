/**
 * The formatter. It changes blanks between elements and inside of tags, and quotes around values, and nothing else:
 * text that is more than blank, comments, CDATA, instructions, the DOCTYPE, values and the order of attributes stay,
 * and so does the meaning. What is broken is left alone, and what stands inside of it is formatted from where it is.
 */

import type { Span, TextEdit } from '../../text';
import { indentBefore, lineBreakOf } from '../layout';
import { childNodes, innerSpan, isElement, topNodes } from '../../xml/navigate';
import type { Located, XmlDocument, XmlNode } from '../../xml/tree';
import { BLANKS, hasLineBreak, lineBreaksIn } from './blanks';
import { Changes } from './changes';
import { contentKind, isBroken } from './content';
import { layOutOpenTag } from './open-tag';
import type { FormatStyle } from './style';

/** The edits that lay out the whole document; none where it is laid out already. Linear, and as deep as it may be. */
export function formatDocument(document: XmlDocument, style: FormatStyle): TextEdit[] {
  const everything = { start: 0, end: document.source.text.length };
  const formatting = new Formatting(document, style, everything);
  formatting.top();
  return formatting.finish();
}

/** The edits within the lines of a span. They are indented from where the element around them stands. */
export function formatRange(document: XmlDocument, style: FormatStyle, span: Span): TextEdit[] {
  const window = wholeLines(document, span);
  const formatting = new Formatting(document, style, window);
  formatting.around(window);
  return formatting.finish();
}

/** Deeper elements stay as they are: no document goes so deep, and indentation would grow with the square of depth. */
const DEEPEST = 250;

/** An element to be laid out, and the blanks before it on its line. */
interface Task {
  readonly element: Located;
  readonly indent: string;
  readonly depth: number;
}

class Formatting {
  private readonly text: string;
  private readonly lineBreak: string;
  private readonly changes: Changes;
  private readonly tasks: Task[] = [];

  constructor(
    private readonly document: XmlDocument,
    private readonly style: FormatStyle,
    private readonly window: Span,
  ) {
    this.text = document.source.text;
    this.lineBreak = lineBreakOf(document.source);
    this.changes = new Changes(document.source, window);
  }

  finish(): TextEdit[] {
    for (let task = this.tasks.pop(); task !== undefined; task = this.tasks.pop()) {
      this.layOut(task);
    }
    return this.changes.edits.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  }

  /** Lays out what stands at the top: all of it at the left margin. */
  top(): void {
    const nodes = topNodes(this.document).filter(({ node }) => node.kind !== 'text');
    const broken =
      this.document.problems.length > 0 || nodes.some(each => isElement(each) && isBroken(each.node));
    if (broken) {
      this.islands(nodes, 0);
      return;
    }
    const from = this.text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
    const end = this.between(nodes, from, '', 0);
    this.end(end);
  }

  /** Lays out the innermost content that holds the lines; the blanks before its element's line are what they are. */
  around(lines: Span): void {
    let holder: Located | undefined;
    let depth = 0;
    for (let next = holding(topNodes(this.document), lines); next !== undefined; depth++) {
      if (contentKind(this.text, next) === 'kept') break;
      holder = next;
      next = holding(childNodes(next), lines);
    }
    if (holder === undefined) this.top();
    else this.content({ element: holder, indent: this.indentOf(holder), depth });
  }

  private layOut(task: Task): void {
    const { element, indent } = task;
    if (isOutside(element, this.window)) return;
    const { node, start } = element;
    if (!isBroken(node)) {
      layOutOpenTag(this.text, element, indent, this.style, this.lineBreak, this.changes);
      if (node.closeStart >= 0) {
        this.changes.blanks(start + node.closeStart + 2 + node.name.length, start + node.length - 1, '');
      }
    }
    this.content(task);
  }

  private content({ element, indent, depth }: Task): void {
    const kind = contentKind(this.text, element);
    if (kind === 'kept' || depth >= DEEPEST) return;
    const nodes = childNodes(element).filter(({ node }) => node.kind !== 'text');
    if (kind === 'islands') {
      this.islands(nodes, depth + 1);
      return;
    }
    const inner = innerSpan(element);
    const end = this.between(nodes, inner.start, indent + this.style.step, depth + 1);
    const last = this.text.slice(end, inner.end);
    this.changes.blanks(end, inner.end, (lineBreaksIn(last)[0] ?? this.lineBreak) + indent);
  }

  /** Puts each node on a line of its own. Gives the offset behind the last one. */
  private between(nodes: readonly Located<XmlNode>[], from: number, indent: string, depth: number): number {
    let end = from;
    for (const [index, located] of nodes.entries()) {
      const first = index === 0;
      const gap = this.text.slice(end, located.start);
      // A comment behind something on its line speaks of that.
      const remark = located.node.kind === 'comment' && !hasLineBreak(gap) && (!first || depth > 0);
      if (!remark) this.changes.blanks(end, located.start, this.gapBefore(gap, first, depth) + indent);
      end = located.start + located.node.length;
      if (isElement(located)) this.tasks.push({ element: located, indent, depth });
    }
    return end;
  }

  private gapBefore(gap: string, first: boolean, depth: number): string {
    if (first && depth === 0) return '';
    const breaks = lineBreaksIn(gap);
    if (breaks.length === 0) return this.lineBreak;
    return breaks.slice(0, first ? 1 : 1 + this.style.blankLines).join('');
  }

  /** Elements that begin their line are laid out from where they stand. */
  private islands(nodes: readonly Located<XmlNode>[], depth: number): void {
    for (const element of nodes) {
      if (!isElement(element) || isOutside(element, this.window)) continue;
      const indent = indentBefore(this.document.source, element.start);
      if (indent !== undefined) this.tasks.push({ element, indent, depth });
    }
  }

  /** The blanks before the line in which an element begins. */
  private indentOf({ start }: Located): string {
    const lineStart = this.document.source.lineStartAt(start);
    return /^[ \t]*/.exec(this.text.slice(lineStart, start))?.[0] ?? '';
  }

  private end(from: number): void {
    const rest = this.text.slice(from);
    if (!BLANKS.test(rest)) return;
    const [written] = lineBreaksIn(rest);
    const wanted = written ?? (this.style.end === 'line-break' ? this.lineBreak : '');
    this.changes.blanks(from, this.text.length, wanted);
  }
}

const BYTE_ORDER_MARK = '\ufeff';

const isOutside = ({ node, start }: Located, window: Span): boolean =>
  start > window.end || start + node.length < window.start;

/** The element whose content, without its tags, holds the lines. */
const holding = (nodes: readonly Located<XmlNode>[], lines: Span): Located | undefined =>
  nodes.filter(isElement).find(element => {
    const inner = innerSpan(element);
    return element.node.openEnd > 0 && inner.start <= lines.start && lines.end <= inner.end;
  });

function wholeLines({ source }: XmlDocument, span: Span): Span {
  // A selection of whole lines ends at the start of the next one, which is not meant.
  const isBehind = span.end > span.start && source.lineStartAt(span.end) === span.end;
  const end = source.lineEndAt(isBehind ? span.end - 1 : span.end);
  return { start: source.lineStartAt(span.start), end: Math.max(end, span.start) };
}
