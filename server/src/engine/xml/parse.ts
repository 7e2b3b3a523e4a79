/**
 * The tolerant parser: any text gives a tree with exact ranges, and well-formedness problems beside it, one plain
 * message each. It reads the text once, without recursion, so that depth costs no stack.
 *
 * Here text and tags are read, in `markup-reader.ts` what is neither. The tree is made, and mended, in `tree-builder.ts`;
 * where broken tags end is said in `open-tag.ts`.
 */

import type { SourceText } from '../text';
import { BANG, GREATER_THAN, QUESTION, SLASH, isBlank, isName, isNameStart } from './characters';
import { trimmedEnd } from './ends';
import { entityFault } from './faults';
import { MarkupReader } from './markup-reader';
import { internedName } from './names';
import { readOpenTag, reportRepeated, type TagReport } from './open-tag';
import { OpenElement } from './open-element';
import type { XmlDocument, XmlNode } from './tree';
import { TreeBuilder, type OneElement } from './tree-builder';
import { Watches } from './watch';

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
  private readonly watches: Watches;
  private readonly tree: TreeBuilder;
  private readonly markup: MarkupReader;

  constructor(
    private readonly text: string,
    lead: string,
    around: ReadonlySet<string> | undefined,
  ) {
    this.watches = new Watches(text);
    this.tree = new TreeBuilder(text, lead, around);
    this.markup = new MarkupReader(text, this.watches, this.tree);
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
      else if (code === BANG) this.at = this.markup.readBang(less);
      else if (code === QUESTION) this.at = this.markup.readProcessingInstruction(less);
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
    if (this.watches.cdataEnd.from(start) < end) {
      const at = this.watches.cdataEnd.from(start);
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
      if (tag.end >= this.text.length) this.reachedFar();
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
    return this.watches.lessThan.from(from);
  }

  nextLineFeed(from: number): number {
    return this.watches.lineFeed.from(from);
  }

  reachedFar(): void {
    this.tree.reachedFar();
  }

  entities(start: number, end: number): void {
    for (let at = this.watches.ampersand.from(start); at < end; at = this.watches.ampersand.from(at + 1)) {
      const fault = entityFault(this.text, at, end, this.markup.metDoctype);
      if (fault !== undefined) this.problem(at, fault.end, fault.message);
    }
    const bad = this.watches.forbidden.from(start);
    if (bad < end) {
      const code = this.text.charCodeAt(bad).toString(16).padStart(4, '0').toUpperCase();
      this.problem(bad, bad + 1, `The character U+${code} can't stand in XML.`);
    }
  }
}

const SHORT_TEXTS: readonly XmlNode[] = Array.from({ length: 64 }, (_, length) => ({ kind: 'text', length }));

/** Text nodes of one length are all alike: short ones are shared. */
const textNode = (length: number): XmlNode => SHORT_TEXTS[length] ?? { kind: 'text', length };
