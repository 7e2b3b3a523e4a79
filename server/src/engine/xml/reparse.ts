/** Incremental reading: after one edit, only the smallest element that holds it is read again. */

import type { SourceText, TextEdit } from '../text';
import { parseOneElement, parseXml } from './parse';
import type { SyntaxProblem, XmlDocument, XmlElement, XmlNode } from './tree';
import type { OneElement } from './tree-builder';

/**
 * The document after one edit, equal to what `parseXml` makes of the new text. Only the smallest enclosing element
 * that is still one by itself is read; the elements around it are re-made with moved offsets, all others shared.
 */
export function reparse(document: XmlDocument, edit: TextEdit): XmlDocument {
  return reparseWith(document, edit, document.source.edited(edit));
}

/** As `reparse`, where the new text is at hand already. */
export function reparseWith(document: XmlDocument, edit: TextEdit, source: SourceText): XmlDocument {
  if (document.dependent) return parseXml(source);
  const delta = edit.newText.length - (edit.span.end - edit.span.start);
  const path = pathTo(document, edit);
  let tried = 0;
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const place = path[depth];
    if (place === undefined) break;
    // After a failure only an element twice as long is tried, so that deep nesting does not multiply the work.
    if (place.node.length < 2 * tried) continue;
    tried = place.node.length;
    const end = place.start + place.node.length + delta;
    const lead = source.text.slice(source.text.lastIndexOf('\n', place.start - 1) + 1, place.start);
    const around = new Set(document.unclosed);
    for (const outer of path.slice(0, depth)) around.add(outer.node.name);
    const again = parseOneElement(source.text.slice(place.start, end), place.start === 0 ? '' : lead, around);
    if (again !== undefined) return rebuilt(document, source, path.slice(0, depth + 1), again, delta);
  }
  return parseXml(source);
}

interface Place {
  readonly node: XmlElement;
  readonly start: number;
  /** Index among the children of the place before, or of the document. */
  readonly index: number;
}

/** The elements, outermost first, that hold the whole edit between their tags. */
function pathTo(document: XmlDocument, edit: TextEdit): Place[] {
  const path: Place[] = [];
  let holder: Pick<XmlElement, 'children' | 'childStarts'> = document;
  let base = 0;
  for (;;) {
    const index = childHolding(holder, edit.span.start - base);
    const node: XmlNode | undefined = holder.children[index];
    if (node?.kind !== 'element' || node.closeStart < 0) return path;
    const start: number = base + (holder.childStarts[index] ?? 0);
    if (edit.span.start < start + node.openEnd || edit.span.end > start + node.closeStart) return path;
    path.push({ node, start, index });
    holder = node;
    base = start;
  }
}

function childHolding(holder: Pick<XmlElement, 'children' | 'childStarts'>, offset: number): number {
  let low = 0;
  let high = holder.childStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((holder.childStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The path re-made from the inside out around the element that was read again. */
function rebuilt(
  document: XmlDocument,
  source: SourceText,
  path: readonly Place[],
  replacement: OneElement,
  delta: number,
): XmlDocument {
  let { element } = replacement;
  for (let depth = path.length - 1; depth > 0; depth--) {
    const place = path[depth];
    const outer = path[depth - 1];
    if (place === undefined || outer === undefined) break;
    element = withChild(outer.node, place, element, delta);
  }
  const outermost = path[0];
  if (outermost === undefined) return parseXml(source);
  const moved = withChildIn(document, outermost.index, element, delta);
  return {
    source,
    children: moved.children,
    childStarts: moved.childStarts,
    problems: movedProblems(document.problems, outermost.start + outermost.node.length, delta),
    problemCount: document.problemCount + element.problemCount - outermost.node.problemCount,
    dependent: document.dependent,
    unclosed:
      replacement.unclosed.size === 0
        ? document.unclosed
        : new Set([...document.unclosed, ...replacement.unclosed]),
  };
}

function withChild(parent: XmlElement, place: Place, child: XmlElement, delta: number): XmlElement {
  const moved = withChildIn(parent, place.index, child, delta);
  return {
    ...parent,
    length: parent.length + delta,
    closeStart: parent.closeStart + delta,
    children: moved.children,
    childStarts: moved.childStarts,
    problems: movedProblems(
      parent.problems,
      (parent.childStarts[place.index] ?? 0) + place.node.length,
      delta,
    ),
    problemCount: parent.problemCount + child.problemCount - place.node.problemCount,
  };
}

function withChildIn(
  holder: Pick<XmlElement, 'children' | 'childStarts'>,
  index: number,
  child: XmlElement,
  delta: number,
): Pick<XmlElement, 'children' | 'childStarts'> {
  const children = holder.children.slice();
  children[index] = child;
  if (delta === 0) return { children, childStarts: holder.childStarts };
  const childStarts = holder.childStarts.slice();
  for (let later = index + 1; later < childStarts.length; later++) {
    childStarts[later] = (childStarts[later] ?? 0) + delta;
  }
  return { children, childStarts };
}

function movedProblems(
  problems: readonly SyntaxProblem[],
  behind: number,
  delta: number,
): readonly SyntaxProblem[] {
  if (problems.length === 0 || delta === 0) return problems;
  return problems.map(problem =>
    problem.start < behind ? problem : { ...problem, start: problem.start + delta, end: problem.end + delta },
  );
}
