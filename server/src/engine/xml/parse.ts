/**
 * The tolerant parser: any text gives a tree with exact ranges, and well-formedness problems beside it, one plain
 * message each. It reads the text once, without recursion, so that depth costs no stack.
 *
 * Here the text is told apart. The tree is made of it, and mended, in `tree-builder.ts`; where broken tags end is said in
 * `open-tag.ts`.
 */

import type { SourceText } from '../text';
import { BANG, GREATER_THAN, QUESTION, SLASH, isBlank, isName, isNameStart } from './characters';
import { brokenEnd, doctypeEnd, trimmedEnd } from './ends';
import { entityFault } from './faults';
import { internedName } from './names';
import { readOpenTag, reportRepeated, type TagReport } from './open-tag';
import { OpenElement } from './open-element';
import type { XmlDocument, XmlNode } from './tree';
import { TreeBuilder, type OneElement } from './tree-builder';
import { NOWHERE, Watch, findForbidden, finding } from './watch';

/** Reads a whole document. Cannot fail. */
export function parseXml(source: SourceText): XmlDocument {
  return new Parser(source.text, '', undefined).document(source);
}

/**
 * Reads a text that was one element and may still be: the element, or undefined where the text is no longer exactly
 * one element that closes with its last character, or where what is around it has a say in how it is read.
 * `lead` is the line before the text, `around` the names of the elements that it stands in.
 */
export function parseOneElement(
  text: string,
  lead: string,
  around: ReadonlySet<string>,
): OneElement | undefined {
  return new Parser(text, lead, around).oneElement();
}

class Parser implements TagReport {
  private at = 0;
  private doctypeNeverEnds = false;
  /** A DOCTYPE was met: it may define entities that are not known here. */
  private doctype = false;
  private readonly tree: TreeBuilder;
  private readonly lessThan: Watch;
  private readonly lineFeed: Watch;
  private readonly ampersand: Watch;
  private readonly forbidden: Watch;
  private readonly cdataEnd: Watch;
  private readonly cdataStart: Watch;
  private readonly commentEnd: Watch;
  private readonly commentStart: Watch;
  private readonly instructionEnd: Watch;
  private readonly closeTag: Watch;

  constructor(
    private readonly text: string,
    lead: string,
    around: ReadonlySet<string> | undefined,
  ) {
    this.tree = new TreeBuilder(text, lead, around);
    this.lessThan = new Watch(text, finding('<'));
    this.lineFeed = new Watch(text, finding('\n'));
    this.ampersand = new Watch(text, finding('&'));
    this.forbidden = new Watch(text, findForbidden);
    this.cdataEnd = new Watch(text, finding(']]>'));
    this.cdataStart = new Watch(text, finding('<![CDATA['));
    this.commentEnd = new Watch(text, finding('-->'));
    this.commentStart = new Watch(text, finding('<!--'));
    this.instructionEnd = new Watch(text, finding('?>'));
    this.closeTag = new Watch(text, finding('</'));
  }

  document(source: SourceText): XmlDocument {
    if (this.text.charCodeAt(0) === 0xfeff) this.at = 1;
    this.readAll();
    return this.tree.document(source);
  }

  oneElement(): OneElement | undefined {
    this.readAll();
    return this.tree.oneElement();
  }

  private readAll(): void {
    const { text } = this;
    while (this.at < text.length) {
      const less = text.indexOf('<', this.at);
      const end = less < 0 ? text.length : less;
      if (end > this.at) this.readText(this.at, end);
      this.at = end;
      if (less < 0) break;
      const code = text.charCodeAt(less + 1);
      if (code === SLASH) this.readCloseTag();
      else if (isNameStart(code)) this.readElement();
      else if (code === BANG) this.readBang();
      else if (code === QUESTION) this.readProcessingInstruction();
      else this.readLoneLessThan();
    }
  }

  private readText(start: number, end: number): void {
    let first = start;
    while (first < end && isBlank(this.text.charCodeAt(first))) first++;
    if (first === end) {
      this.tree.addBlank(textNode(end - start), start);
      return;
    }
    this.entities(start, end);
    if (this.cdataEnd.from(start) < end) {
      const at = this.cdataEnd.from(start);
      this.problem(at, at + 3, "']]>' can't stand in text: write ]]&gt;.");
    }
    if (this.tree.outside) {
      this.problem(first, trimmedEnd(this.text, first, end), 'Text can stand only inside the root element.');
    }
    this.tree.add(textNode(end - start), start);
  }

  private readElement(): void {
    const start = this.at;
    let at = start + 1;
    while (isName(this.text.charCodeAt(at))) at++;
    const open = this.tree.open(internedName(this.text, start + 1, at), start);
    const tag = readOpenTag(this.text, start, at, this);
    open.attributes = tag.attributes;
    open.openEnd = tag.end - start;
    reportRepeated(start, tag.attributes, this);
    open.unfinished = tag.unfinished;
    this.at = tag.end;
    if (tag.unfinished) {
      if (tag.end >= this.text.length) this.tree.reachedFar();
      this.problem(start, tag.end, `The tag <${open.name}> is not finished: its '>' is missing.`);
    }
    if (tag.selfClosing) this.tree.closeSelf(tag.end);
  }

  private readCloseTag(): void {
    const start = this.at;
    let nameEnd = start + 2;
    while (isName(this.text.charCodeAt(nameEnd))) nameEnd++;
    let end = nameEnd;
    while (isBlank(this.text.charCodeAt(end))) end++;
    const finished = this.text.charCodeAt(end) === GREATER_THAN;
    end = finished ? end + 1 : nameEnd;
    this.at = end;
    if (nameEnd === start + 2) this.tree.closeNameless(start, end);
    else this.tree.close(internedName(this.text, start + 2, nameEnd), start, end, finished);
  }

  private readBang(): void {
    const { text, at } = this;
    if (text.startsWith('<!--', at)) this.readComment();
    else if (text.startsWith('<![CDATA[', at)) this.readCData();
    else if (text.startsWith('<!DOCTYPE', at)) this.readDoctype();
    else {
      const end = brokenEnd(text, at + 2);
      this.problem(
        at,
        end,
        "'<!' begins a comment (<!-- -->), <![CDATA[ ]]> or <!DOCTYPE>; this is none of them.",
      );
      this.at = end;
    }
  }

  private readComment(): void {
    const start = this.at;
    const close = this.commentEnd.from(start + 4);
    const closed = close < NOWHERE && this.commentStart.from(start + 4) > close;
    if (!closed) {
      this.tree.reachedFar();
      this.problem(start, start + 4, "The comment is not closed: '-->' is missing.");
    }
    const end = closed ? close + 3 : this.lineEnd(start);
    if (closed) {
      const hyphens = this.text.slice(start + 4, close + 1).indexOf('--');
      if (hyphens >= 0)
        this.problem(start + 4 + hyphens, start + 6 + hyphens, "'--' can't stand in a comment.");
    }
    this.tree.add({ kind: 'comment', length: end - start, closed }, start);
    this.at = end;
  }

  private readCData(): void {
    const start = this.at;
    const close = this.cdataEnd.from(start + 9);
    const closed = close < NOWHERE && this.cdataStart.from(start + 9) > close;
    if (!closed) {
      this.tree.reachedFar();
      this.problem(start, start + 9, "The CDATA section is not closed: ']]>' is missing.");
    }
    const end = closed ? close + 3 : Math.min(this.lineEnd(start), this.closeTag.from(start));
    if (this.tree.outside) this.problem(start, end, 'Text can stand only inside the root element.');
    this.tree.add({ kind: 'cdata', length: end - start, closed }, start);
    this.at = end;
  }

  private readDoctype(): void {
    const start = this.at;
    const end = this.doctypeNeverEnds ? undefined : doctypeEnd(this.text, start);
    if (end === undefined) {
      this.tree.reachedFar();
      this.doctypeNeverEnds = true;
      this.problem(start, start + 9, "The DOCTYPE is not closed: '>' is missing.");
    } else if (!this.tree.outside)
      this.problem(start, end, 'A DOCTYPE can stand only before the root element.');
    this.at = end ?? this.lineEnd(start);
    this.doctype = true;
    this.tree.add({ kind: 'doctype', length: this.at - start }, start);
  }

  private readProcessingInstruction(): void {
    const start = this.at;
    let nameEnd = start + 2;
    while (isName(this.text.charCodeAt(nameEnd))) nameEnd++;
    const close = this.instructionEnd.from(nameEnd);
    const closed =
      close < NOWHERE && (close < this.lessThan.from(nameEnd) || close < this.lineFeed.from(nameEnd));
    const target = this.text.slice(start + 2, nameEnd);
    if (!closed) {
      this.tree.reachedFar();
      this.problem(start, nameEnd, `'<?${target.slice(0, 40)}' is not closed: '?>' is missing.`);
    }
    if (target.toLowerCase() === 'xml' && start > (this.text.charCodeAt(0) === 0xfeff ? 1 : 0)) {
      this.tree.reachedFar();
      this.problem(
        start,
        nameEnd,
        'The XML declaration can stand only at the very beginning of the document.',
      );
    }
    const end = closed ? close + 2 : brokenEnd(this.text, nameEnd);
    const node: XmlNode = {
      kind: 'processing-instruction',
      length: end - start,
      target: internedName(this.text, start + 2, nameEnd),
    };
    this.tree.add(node, start);
    this.at = end;
  }

  private readLoneLessThan(): void {
    this.problem(
      this.at,
      this.at + 1,
      "This '<' begins no tag: finish the tag, or write &lt; for the character.",
    );
    const open = new OpenElement('', this.at, undefined);
    open.openEnd = 1;
    this.tree.add(open.close(this.at + 1, -1, true), this.at);
    this.at++;
  }

  problem(start: number, end: number, message: string): void {
    this.tree.problem(start, end, message);
  }

  nextLessThan(from: number): number {
    return this.lessThan.from(from);
  }

  nextLineFeed(from: number): number {
    return this.lineFeed.from(from);
  }

  private lineEnd(from: number): number {
    return Math.min(this.lineFeed.from(from), this.text.length);
  }

  reachedFar(): void {
    this.tree.reachedFar();
  }

  entities(start: number, end: number): void {
    for (let at = this.ampersand.from(start); at < end; at = this.ampersand.from(at + 1)) {
      const fault = entityFault(this.text, at, end, this.doctype);
      if (fault !== undefined) this.problem(at, fault.end, fault.message);
    }
    const bad = this.forbidden.from(start);
    if (bad < end) {
      const code = this.text.charCodeAt(bad).toString(16).padStart(4, '0').toUpperCase();
      this.problem(bad, bad + 1, `The character U+${code} can't stand in XML.`);
    }
  }
}

const SHORT_TEXTS: readonly XmlNode[] = Array.from({ length: 64 }, (_, length) => ({ kind: 'text', length }));

/** Text nodes of one length are all alike: short ones are shared. */
const textNode = (length: number): XmlNode => SHORT_TEXTS[length] ?? { kind: 'text', length };
