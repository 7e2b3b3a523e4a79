/**
 * The tolerant parser: any text gives a tree with exact ranges, and well-formedness problems beside it, one plain
 * message each. It reads the text once, without recursion, so that depth costs no stack.
 *
 * How it mends what is broken is in `recover.ts`; where broken tags end, in `open-tag.ts`.
 */

import type { SourceText } from '../text';
import { BANG, GREATER_THAN, QUESTION, SLASH, isBlank, isName, isNameStart } from './characters';
import { brokenEnd, doctypeEnd, trimmedEnd } from './ends';
import { entityFault, isMisspelt, unclosedAtEnd } from './faults';
import { internedName } from './names';
import { readOpenTag, reportRepeated, type TagReport } from './open-tag';
import { OpenElement } from './open-element';
import { liftFrom } from './recover';
import type { XmlDocument, XmlElement, XmlNode } from './tree';
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

export interface OneElement {
  readonly element: XmlElement;
  /** Names of elements in it that lack their close tag. */
  readonly unclosed: ReadonlySet<string>;
}

class Parser implements TagReport {
  private at = 0;
  private readonly top: OpenElement = new OpenElement('', 0);
  private readonly stack: OpenElement[] = [];
  private current = this.top;
  /** Elements just taken for unclosed: a close tag that comes late for one, before anything else, is not told again. */
  private readonly closedEarly = new Map<string, number>();
  /** Something far behind, or around, has a say: this text can't be read again on its own. */
  private dependent = false;
  /** How many open elements have a name: counted only once a close tag does not fit the innermost element. */
  private openNames: Map<string, number> | undefined;
  /** Children moved by recovery so far; beyond the budget unclosed elements keep what they hold. */
  private lifted = 0;
  /** Names of elements that lack their close tag: a close tag typed later, far from them, may become theirs. */
  private readonly unclosed = new Set<string>();
  private doctypeNeverEnds = false;
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
    private readonly lead: string,
    private readonly around: ReadonlySet<string> | undefined,
  ) {
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
    this.checkTop();
    return {
      source,
      children: this.top.children,
      childStarts: this.top.childStarts,
      problems: this.top.problems,
      problemCount: this.top.problemCount,
      dependent: this.dependent,
      unclosed: this.unclosed,
    };
  }

  oneElement(): OneElement | undefined {
    this.readAll();
    const node = this.top.children[0];
    const alone =
      this.top.children.length === 1 && this.top.problems.length === 0 && this.closedEarly.size === 0;
    if (!alone || this.dependent || node?.kind !== 'element') return undefined;
    if (node.length !== this.text.length || node.closeStart < 0) return undefined;
    return { element: node, unclosed: this.unclosed };
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
    this.closeAllAtEnd();
  }

  private readText(start: number, end: number): void {
    let first = start;
    while (first < end && isBlank(this.text.charCodeAt(first))) first++;
    if (first === end) {
      if (this.stack.length > 0) this.add(this.current, textNode(end - start), start, true);
      return;
    }
    this.entities(start, end);
    if (this.cdataEnd.from(start) < end) {
      const at = this.cdataEnd.from(start);
      this.problem(at, at + 3, "']]>' can't stand in text: write ]]&gt;.");
    }
    if (this.stack.length === 0) {
      this.problem(first, trimmedEnd(this.text, first, end), 'Text can stand only inside the root element.');
    }
    this.add(this.current, textNode(end - start), start, false);
  }

  private readElement(): void {
    const start = this.at;
    let at = start + 1;
    while (isName(this.text.charCodeAt(at))) at++;
    const open = new OpenElement(internedName(this.text, start + 1, at), start);
    if (this.closedEarly.size > 0) this.closedEarly.clear();
    const outer = this.current;
    this.current = open;
    const tag = readOpenTag(this.text, start, at, this);
    open.attributes = tag.attributes;
    open.openEnd = tag.end - start;
    reportRepeated(start, tag.attributes, this);
    open.unfinished = tag.unfinished;
    this.at = tag.end;
    if (tag.unfinished) {
      if (tag.end >= this.text.length) this.dependent = true;
      this.problem(start, tag.end, `The tag <${open.name}> is not finished: its '>' is missing.`);
    }
    if (tag.selfClosing) {
      this.current = outer;
      this.add(outer, open.close(tag.end, -1, true), start, false);
    } else this.push(open);
  }

  private push(open: OpenElement): void {
    this.stack.push(open);
    this.openNames?.set(open.name, (this.openNames.get(open.name) ?? 0) + 1);
  }

  private pop(): OpenElement | undefined {
    const open = this.stack.pop();
    if (open !== undefined) this.openNames?.set(open.name, (this.openNames.get(open.name) ?? 1) - 1);
    this.current = this.stack.at(-1) ?? this.top;
    return open;
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
    if (nameEnd === start + 2) {
      this.problem(start, end, "The close tag has no name: '</' must be followed by the element's name.");
      this.current.namelessClose = true;
      return;
    }
    const name = internedName(this.text, start + 2, nameEnd);
    const opener = this.openerOf(name);
    if (opener === undefined) this.strayCloseTag(name, start, end);
    else {
      if (this.closedEarly.size > 0) this.closedEarly.clear();
      this.closeDownTo(opener, start);
      if (name !== opener.name) {
        const message = `</${name}> doesn't match <${opener.name}>: names must be written alike, upper and lower case too.`;
        this.problem(start, end, message);
      } else if (!finished)
        this.problem(start, end, `The close tag </${name} is not finished: its '>' is missing.`);
      this.closeCurrent(end, start);
    }
  }

  /** The element that a close tag means: an open one of that name, or the innermost where the name is misspelt. */
  private openerOf(name: string): OpenElement | undefined {
    const innermost = this.stack.at(-1);
    if (innermost?.name === name) return innermost;
    if (this.isOpen(name)) {
      for (let index = this.stack.length - 1; index >= 0; index--) {
        if (this.stack[index]?.name === name) return this.stack[index];
      }
    }
    if (this.around?.has(name) === true) {
      this.dependent = true;
      return undefined;
    }
    const lateCloses = this.closedEarly.get(name) ?? 0;
    return innermost !== undefined && lateCloses === 0 && isMisspelt(name, innermost.name)
      ? innermost
      : undefined;
  }

  private isOpen(name: string): boolean {
    if (this.openNames === undefined) {
      this.openNames = new Map();
      for (const open of this.stack) this.openNames.set(open.name, (this.openNames.get(open.name) ?? 0) + 1);
    }
    return (this.openNames.get(name) ?? 0) > 0;
  }

  private strayCloseTag(name: string, start: number, end: number): void {
    if (this.around !== undefined && this.stack.length === 0) this.dependent = true;
    const late = this.closedEarly.get(name) ?? 0;
    if (late > 0) {
      this.closedEarly.set(name, late - 1);
      this.dependent = true;
    } else this.problem(start, end, `</${name}> closes nothing: no <${name}> is open here.`);
  }

  /** Closes what is open inside `opener`: those elements lack their close tag. */
  private closeDownTo(opener: OpenElement, at: number): void {
    while (this.stack.at(-1) !== opener) {
      const open = this.stack.at(-1);
      if (open === undefined) return;
      if (!open.unfinished) this.closedEarly.set(open.name, (this.closedEarly.get(open.name) ?? 0) + 1);
      if (!open.unfinished)
        this.problemOfName(open, `<${open.name}> is not closed: </${open.name}> is missing.`);
      this.closeUnclosed(at);
    }
  }

  /** The innermost element ends without a close tag; what stands no deeper than it is taken for its siblings. */
  private closeUnclosed(at: number): void {
    const open = this.pop();
    if (open === undefined) return;
    this.unclosed.add(open.name);
    const outer = this.current;
    this.lifted += open.children.length;
    if (this.lifted > LIFT_BUDGET) this.dependent = true;
    const lifted = this.lifted > LIFT_BUDGET ? undefined : liftFrom(open, this.text, this.lead);
    const end = lifted === undefined ? trimmedEnd(this.text, open.start + open.openEnd, at) : lifted.end;
    // What was found while the element was taken for open, behind where it now ends, is told by the outer one.
    const moved = open.start - outer.start;
    for (const problem of open.takeProblemsBehind(end - open.start)) {
      outer.addProblem({ ...problem, start: problem.start + moved, end: problem.end + moved });
    }
    this.add(outer, open.close(end, -1, false), open.start, false);
    if (lifted === undefined) return;
    for (const { node, start, blank } of lifted.nodes) this.add(outer, node, start, blank);
  }

  private closeCurrent(end: number, closeStart: number): void {
    const open = this.pop();
    if (open === undefined) return;
    this.add(this.current, open.close(end, closeStart, false), open.start, false);
  }

  /** Elements open at the end of the text: one problem, at the innermost, that names them all. */
  private closeAllAtEnd(): void {
    if (this.stack.length > 0) this.dependent = true;
    const names = this.stack.filter(open => !open.unfinished).map(open => open.name);
    let told = this.stack.at(-1)?.namelessClose ?? false;
    while (this.stack.length > 0) {
      const open = this.stack.at(-1);
      if (open !== undefined && !open.unfinished && !told) {
        told = true;
        this.problemOfName(open, unclosedAtEnd(names));
      }
      this.closeUnclosed(this.text.length);
    }
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
      this.dependent = true;
      this.problem(start, start + 4, "The comment is not closed: '-->' is missing.");
    }
    const end = closed ? close + 3 : this.lineEnd(start);
    if (closed) {
      const hyphens = this.text.slice(start + 4, close + 1).indexOf('--');
      if (hyphens >= 0)
        this.problem(start + 4 + hyphens, start + 6 + hyphens, "'--' can't stand in a comment.");
    }
    this.add(this.current, { kind: 'comment', length: end - start, closed }, start, false);
    this.at = end;
  }

  private readCData(): void {
    const start = this.at;
    const close = this.cdataEnd.from(start + 9);
    const closed = close < NOWHERE && this.cdataStart.from(start + 9) > close;
    if (!closed) {
      this.dependent = true;
      this.problem(start, start + 9, "The CDATA section is not closed: ']]>' is missing.");
    }
    const end = closed ? close + 3 : Math.min(this.lineEnd(start), this.closeTag.from(start));
    if (this.stack.length === 0) this.problem(start, end, 'Text can stand only inside the root element.');
    this.add(this.current, { kind: 'cdata', length: end - start, closed }, start, false);
    this.at = end;
  }

  private readDoctype(): void {
    const start = this.at;
    const end = this.doctypeNeverEnds ? undefined : doctypeEnd(this.text, start);
    if (end === undefined) {
      this.dependent = true;
      this.doctypeNeverEnds = true;
      this.problem(start, start + 9, "The DOCTYPE is not closed: '>' is missing.");
    } else if (this.stack.length > 0)
      this.problem(start, end, 'A DOCTYPE can stand only before the root element.');
    this.at = end ?? this.lineEnd(start);
    this.top.doctype = true;
    this.add(this.current, { kind: 'doctype', length: this.at - start }, start, false);
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
      this.dependent = true;
      this.problem(start, nameEnd, `'<?${target.slice(0, 40)}' is not closed: '?>' is missing.`);
    }
    if (target.toLowerCase() === 'xml' && start > (this.text.charCodeAt(0) === 0xfeff ? 1 : 0)) {
      this.dependent = true;
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
    this.add(this.current, node, start, false);
    this.at = end;
  }

  private readLoneLessThan(): void {
    this.problem(
      this.at,
      this.at + 1,
      "This '<' begins no tag: finish the tag, or write &lt; for the character.",
    );
    const open = new OpenElement('', this.at);
    open.openEnd = 1;
    this.add(this.current, open.close(this.at + 1, -1, true), this.at, false);
    this.at++;
  }

  private checkTop(): void {
    let roots = 0;
    for (const [index, node] of this.top.children.entries()) {
      if (node.kind !== 'element' || node.name === '') continue;
      roots++;
      if (roots !== 2) continue;
      const start = this.top.childStarts[index] ?? 0;
      const message = `A document has one root element; <${node.name}> is a second one.`;
      this.top.addProblem({ start: start + 1, end: start + 1 + node.name.length, message });
    }
    if (roots === 0 && this.top.problemCount === 0) {
      this.top.addProblem({ start: 0, end: 0, message: 'The document has no root element.' });
    }
  }

  /** Adds a node under `parent`. Blank text stays only while no child element comes. */
  private add(parent: OpenElement, node: XmlNode, start: number, blank: boolean): void {
    if (blank && parent.elements > 0) return;
    if (node.kind === 'element') {
      if (parent.elements === 0) parent.dropBlanks();
      parent.elements++;
      parent.problemCount += node.problemCount;
    }
    parent.push(node, start, blank);
  }

  problem(start: number, end: number, message: string): void {
    this.current.addProblem({ start: start - this.current.start, end: end - this.current.start, message });
  }

  private problemOfName(open: OpenElement, message: string): void {
    open.addProblem({ start: 1, end: 1 + open.name.length, message });
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
    this.dependent = true;
  }

  entities(start: number, end: number): void {
    for (let at = this.ampersand.from(start); at < end; at = this.ampersand.from(at + 1)) {
      const fault = entityFault(this.text, at, end, this.top.doctype);
      if (fault !== undefined) this.problem(at, fault.end, fault.message);
    }
    const bad = this.forbidden.from(start);
    if (bad < end) {
      const code = this.text.charCodeAt(bad).toString(16).padStart(4, '0').toUpperCase();
      this.problem(bad, bad + 1, `The character U+${code} can't stand in XML.`);
    }
  }
}

/** Children that recovery may move in one document: enough for any real one, and an end for hostile ones. */
const LIFT_BUDGET = 200_000;

const SHORT_TEXTS: readonly XmlNode[] = Array.from({ length: 64 }, (_, length) => ({ kind: 'text', length }));

/** Text nodes of one length are all alike: short ones are shared. */
const textNode = (length: number): XmlNode => SHORT_TEXTS[length] ?? { kind: 'text', length };
