import type { SyntaxProblem, XmlAttribute, XmlElement, XmlNode } from './tree';

const NO_ATTRIBUTES: readonly XmlAttribute[] = [];
const NO_NODES: readonly XmlNode[] = [];
const NO_STARTS: readonly number[] = [];
const NO_PROBLEMS: readonly SyntaxProblem[] = [];

/** An element while it is read. Lists are made when something comes into them: most elements hold nothing. */
export class OpenElement {
  attributes: readonly XmlAttribute[] = NO_ATTRIBUTES;
  /** Relative end of the open tag. */
  openEnd = 0;
  /** The open tag has no `>`. */
  unfinished = false;
  /** A `</` without a name stands in it: that fault is told, the missing close tag is the same one. */
  namelessClose = false;
  /** Child elements so far. */
  elements = 0;
  problemCount = 0;
  private nodes: XmlNode[] | undefined;
  private starts: number[] | undefined;
  private faults: SyntaxProblem[] | undefined;
  /** Which children are blank text. */
  private blanks: number[] | undefined;

  /** `start` is absolute; `outer` is the element that it stands in. */
  constructor(
    readonly name: string,
    readonly start: number,
    readonly outer: OpenElement | undefined,
  ) {}

  get children(): readonly XmlNode[] {
    return this.nodes ?? NO_NODES;
  }

  /** Relative to this element's start. */
  get childStarts(): readonly number[] {
    return this.starts ?? NO_STARTS;
  }

  get problems(): readonly SyntaxProblem[] {
    return this.faults ?? NO_PROBLEMS;
  }

  /** Adds a child at an absolute start. */
  push(node: XmlNode, start: number, blank: boolean): void {
    if (this.nodes === undefined || this.starts === undefined) {
      this.nodes = [node];
      this.starts = [start - this.start];
    } else {
      this.nodes.push(node);
      this.starts.push(start - this.start);
    }
    if (blank) (this.blanks ??= []).push(this.nodes.length - 1);
  }

  /** Takes out blank text: the element turned out to hold elements. */
  dropBlanks(): void {
    if (this.blanks === undefined) return;
    if (this.blanks.length === this.nodes?.length) {
      this.nodes = undefined;
      this.starts = undefined;
    } else {
      const blank = new Set(this.blanks);
      this.nodes = this.nodes?.filter((_, index) => !blank.has(index));
      this.starts = this.starts?.filter((_, index) => !blank.has(index));
    }
    this.blanks = undefined;
  }

  /** Cuts off the children from an index on; says which of them are blank text. */
  cutFrom(
    index: number,
  ): readonly { readonly node: XmlNode; readonly start: number; readonly blank: boolean }[] {
    const blank = new Set(this.blanks);
    const cut = this.children.slice(index).map((node, offset) => ({
      node,
      start: this.start + (this.childStarts[index + offset] ?? 0),
      blank: blank.has(index + offset),
    }));
    this.nodes = this.nodes?.slice(0, index);
    this.starts = this.starts?.slice(0, index);
    this.blanks = this.blanks?.filter(at => at < index);
    for (const { node } of cut) {
      if (node.kind === 'element') this.problemCount -= node.problemCount;
    }
    return cut;
  }

  /** Takes out the problems that stand behind a relative offset. */
  takeProblemsBehind(end: number): readonly SyntaxProblem[] {
    const behind = this.problems.filter(problem => problem.start >= end);
    if (behind.length > 0) {
      this.faults = this.faults?.filter(problem => problem.start < end);
      this.problemCount -= behind.length;
    }
    return behind;
  }

  addProblem(problem: SyntaxProblem): void {
    (this.faults ??= []).push(problem);
    this.problemCount++;
  }

  /** The finished node. `end` and `closeStart` are absolute; `closeStart` is -1 where there is no close tag. */
  close(end: number, closeStart: number, selfClosing: boolean): XmlElement {
    return {
      kind: 'element',
      length: end - this.start,
      name: this.name,
      attributes: this.attributes,
      openEnd: this.openEnd,
      selfClosing,
      closeStart: closeStart < 0 ? -1 : closeStart - this.start,
      children: this.children,
      childStarts: this.childStarts,
      problems: this.problems,
      problemCount: this.problemCount,
    };
  }
}
