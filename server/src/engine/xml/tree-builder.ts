/**
 * Makes the tree out of what is read: which elements are open, what comes into them, and what a close tag closes. Here
 * it is mended where close tags are missing, wrong or too many; what such an element keeps is said by `recover.ts`.
 */

import type { SourceText } from '../text';
import { trimmedEnd } from './ends';
import { isMisspelt, unclosedAtEnd } from './faults';
import { OpenElement } from './open-element';
import { liftFrom } from './recover';
import type { XmlDocument, XmlElement, XmlNode } from './tree';

/** A text that is exactly one element, and reads the same whatever stands around it. */
export interface OneElement {
  readonly element: XmlElement;
  /** Names of elements in it that lack their close tag. */
  readonly unclosed: ReadonlySet<string>;
}

/** All offsets are absolute. `lead` is the line before the text, `around` the names of the elements that it stands in. */
export class TreeBuilder {
  /** Stands for what is around the root element. */
  private readonly top = new OpenElement('', 0, undefined);
  /** The innermost open element; where none is open, the top. */
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

  constructor(
    private readonly text: string,
    private readonly lead: string,
    private readonly around: ReadonlySet<string> | undefined,
  ) {}

  /** No element is open: what comes next stands before or behind the root element. */
  get outside(): boolean {
    return this.current === this.top;
  }

  /** Begins an element. What its tag holds is for the caller to fill in. */
  open(name: string, start: number): OpenElement {
    if (this.closedEarly.size > 0) this.closedEarly.clear();
    this.openNames?.set(name, (this.openNames.get(name) ?? 0) + 1);
    this.current = new OpenElement(name, start, this.current);
    return this.current;
  }

  /** Puts a node into the innermost element. */
  add(node: XmlNode, start: number): void {
    const parent = this.current;
    if (node.kind === 'element') {
      if (parent.elements === 0) parent.dropBlanks();
      parent.elements++;
      parent.problemCount += node.problemCount;
    }
    parent.push(node, start, false);
  }

  /** Puts blank text into the innermost element: it stays only while no child element comes. */
  addBlank(node: XmlNode, start: number): void {
    if (!this.outside && this.current.elements === 0) this.current.push(node, start, true);
  }

  /** Tells a problem of the innermost element. */
  problem(start: number, end: number, message: string): void {
    this.current.addProblem({ start: start - this.current.start, end: end - this.current.start, message });
  }

  /** What was read depends on text far behind it. */
  reachedFar(): void {
    this.dependent = true;
  }

  /** The innermost element closes itself. */
  closeSelf(end: number): void {
    this.closeInnermost(end, -1, true);
  }

  /** A `</` without a name stands at [start, end). */
  closeNameless(start: number, end: number): void {
    this.problem(start, end, "The close tag has no name: '</' must be followed by the element's name.");
    this.current.namelessClose = true;
  }

  /** The close tag of a name stands at [start, end); `finished`: it has its `>`. */
  close(name: string, start: number, end: number, finished: boolean): void {
    const opener = this.openerOf(name);
    if (opener === undefined) {
      this.strayCloseTag(name, start, end);
      return;
    }
    if (this.closedEarly.size > 0) this.closedEarly.clear();
    this.closeDownTo(opener, start);
    if (name !== opener.name) {
      const message = `</${name}> doesn't match <${opener.name}>: names must be written alike, upper and lower case too.`;
      this.problem(start, end, message);
    } else if (!finished)
      this.problem(start, end, `The close tag </${name} is not finished: its '>' is missing.`);
    this.closeInnermost(end, start, false);
  }

  /** The text has ended, and is a document. */
  document(source: SourceText): XmlDocument {
    this.closeAllAtEnd();
    this.checkRoots();
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

  /** The text has ended: the one element that it is, if it is one. */
  oneElement(): OneElement | undefined {
    this.closeAllAtEnd();
    const node = this.top.children[0];
    const alone =
      this.top.children.length === 1 && this.top.problems.length === 0 && this.closedEarly.size === 0;
    if (!alone || this.dependent || node?.kind !== 'element') return undefined;
    if (node.length !== this.text.length || node.closeStart < 0) return undefined;
    return { element: node, unclosed: this.unclosed };
  }

  /** The element that a close tag means: an open one of that name, or the innermost where the name is misspelt. */
  private openerOf(name: string): OpenElement | undefined {
    if (this.current.name === name) return this.current;
    if (this.isOpen(name)) {
      let open: OpenElement | undefined = this.current;
      while (open !== undefined && open.name !== name) open = open.outer;
      return open;
    }
    if (this.around?.has(name) === true) {
      this.dependent = true;
      return undefined;
    }
    const lateCloses = this.closedEarly.get(name) ?? 0;
    return !this.outside && lateCloses === 0 && isMisspelt(name, this.current.name)
      ? this.current
      : undefined;
  }

  private isOpen(name: string): boolean {
    if (this.openNames === undefined) {
      this.openNames = new Map();
      for (let open = this.current; open.outer !== undefined; open = open.outer) {
        this.openNames.set(open.name, (this.openNames.get(open.name) ?? 0) + 1);
      }
    }
    return (this.openNames.get(name) ?? 0) > 0;
  }

  private strayCloseTag(name: string, start: number, end: number): void {
    if (this.around !== undefined && this.outside) this.dependent = true;
    const late = this.closedEarly.get(name) ?? 0;
    if (late > 0) {
      this.closedEarly.set(name, late - 1);
      this.dependent = true;
    } else this.problem(start, end, `</${name}> closes nothing: no <${name}> is open here.`);
  }

  /** Closes what is open inside `opener`: those elements lack their close tag. */
  private closeDownTo(opener: OpenElement, at: number): void {
    while (this.current !== opener) {
      const open = this.current;
      if (!open.unfinished) {
        this.closedEarly.set(open.name, (this.closedEarly.get(open.name) ?? 0) + 1);
        this.problemOfName(open, `<${open.name}> is not closed: </${open.name}> is missing.`);
      }
      this.closeUnclosed(at);
    }
  }

  /** Elements open at the end of the text: one problem, at the innermost, that names them all. */
  private closeAllAtEnd(): void {
    if (this.outside) return;
    this.dependent = true;
    const names: string[] = [];
    for (let open = this.current; open.outer !== undefined; open = open.outer) {
      if (!open.unfinished) names.push(open.name);
    }
    let told = this.current.namelessClose;
    while (!this.outside) {
      if (!this.current.unfinished && !told) {
        told = true;
        this.problemOfName(this.current, unclosedAtEnd(names));
      }
      this.closeUnclosed(this.text.length);
    }
  }

  /** The innermost element ends without a close tag; what stands no deeper than it is taken for its siblings. */
  private closeUnclosed(at: number): void {
    const open = this.pop();
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
    this.add(open.close(end, -1, false), open.start);
    if (lifted === undefined) return;
    for (const { node, start, blank } of lifted.nodes) {
      if (blank) this.addBlank(node, start);
      else this.add(node, start);
    }
  }

  private closeInnermost(end: number, closeStart: number, selfClosing: boolean): void {
    const open = this.pop();
    this.add(open.close(end, closeStart, selfClosing), open.start);
  }

  /** The innermost element is open no more. */
  private pop(): OpenElement {
    const open = this.current;
    this.openNames?.set(open.name, (this.openNames.get(open.name) ?? 1) - 1);
    this.current = open.outer ?? this.top;
    return open;
  }

  private problemOfName(open: OpenElement, message: string): void {
    open.addProblem({ start: 1, end: 1 + open.name.length, message });
  }

  private checkRoots(): void {
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
}

/** Children that recovery may move in one document: enough for any real one, and an end for hostile ones. */
const LIFT_BUDGET = 200_000;
