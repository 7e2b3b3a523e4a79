/** Edits of whole elements: insert, remove, move, rename, replace. All spans are absolute. */

import type { SourceText, Span, TextEdit } from '../text';
import type { Located } from '../xml/tree';
import { childNodes, closeNameSpan, innerSpan, isElement, nameSpan, spanOf } from '../xml/navigate';
import { endWithRemarks, hasLines, indentBefore, layoutAround, removalOf, type Layout } from './layout';
import { printInline, printLines, type Markup, type Quote } from './markup';

/** Where a new child goes: before or behind a sibling, or in front of the parent's close tag. */
export type ChildPlace =
  | { readonly before: Located }
  | { readonly behind: Located }
  | { readonly last: true }
  | { readonly first: true };

export const LAST: ChildPlace = { last: true };
export const FIRST: ChildPlace = { first: true };

/** Puts new elements into `parent`, in the order given. Opens a self-closing parent. */
export function insertElements(
  source: SourceText,
  parent: Located,
  place: ChildPlace,
  elements: readonly Markup[],
): TextEdit[] {
  const quote = quoteAround(source, parent);
  return insertPrinted(source, parent, place, (layout, indent) =>
    elements.map(element =>
      indent === undefined ? printInline(element, quote) : printLines(element, layout, indent, quote),
    ),
  );
}

export const insertElement = (
  source: SourceText,
  parent: Located,
  place: ChildPlace,
  element: Markup,
): TextEdit[] => insertElements(source, parent, place, [element]);

/** Takes things out, each with its whole line where it stands alone on it. Neighbours on one line go as one. */
export function removeSpans(source: SourceText, spans: readonly Span[]): TextEdit[] {
  const ordered = [...spans].sort((a, b) => a.start - b.start);
  const runs: { start: number; end: number }[] = [];
  for (const { start, end } of ordered) {
    const run = runs.at(-1);
    if (run !== undefined && /^[ \t]*$/.test(source.text.slice(run.end, start)))
      run.end = Math.max(run.end, end);
    else runs.push({ start, end });
  }
  return runs.map(run => ({ span: removalOf(source, run), newText: '' }));
}

export const removeSpan = (source: SourceText, span: Span): TextEdit[] => removeSpans(source, [span]);

export const removeElement = (source: SourceText, element: Located): TextEdit[] =>
  removeSpan(source, spanOf(element));

/** Moves elements to one place, in the order given, re-indented. The new parent must not be inside of one of them. */
export function moveElements(
  source: SourceText,
  elements: readonly Located[],
  parent: Located,
  place: ChildPlace = LAST,
): TextEdit[] {
  const printed = (element: Located, indent: string | undefined): string => {
    const raw = source.text.slice(element.start, element.start + element.node.length);
    return reindented(raw, indentBefore(source, element.start) ?? '', indent);
  };
  return [
    ...removeSpans(source, elements.map(spanOf)),
    ...insertPrinted(source, parent, place, (_, indent) => elements.map(each => printed(each, indent))),
  ];
}

export const moveElement = (
  source: SourceText,
  element: Located,
  parent: Located,
  place: ChildPlace = LAST,
): TextEdit[] => moveElements(source, [element], parent, place);

export const replaceText = (span: Span, newText: string): TextEdit[] => [{ span, newText }];

/** Renames an element in its open tag and, where there is one, its close tag. */
export function renameElement(element: Located, newName: string): TextEdit[] {
  const close = closeNameSpan(element);
  return [nameSpan(element), ...(close === undefined ? [] : [close])].map(span => ({
    span,
    newText: newName,
  }));
}

/** Replaces all that is inside an element by text, already encoded. Opens a self-closing element. */
export function replaceInner(source: SourceText, element: Located, encoded: string): TextEdit[] {
  if (element.node.selfClosing) return [openedBy(source, element, encoded)];
  return [{ span: innerSpan(element), newText: encoded }];
}

/** The quote that the element's neighbourhood uses; libvirt's own apostrophe where none shows. */
export function quoteAround(source: SourceText, from: Located): Quote {
  for (let at: Located | undefined = from; at !== undefined; at = at.parent) {
    const elements = [at.node, ...at.node.children.filter(child => child.kind === 'element')];
    for (const { attributes } of elements) {
      for (const { quote } of attributes) if (quote !== '') return quote;
    }
  }
  return /=\s*(["'])/.exec(source.text)?.[1] === '"' ? '"' : "'";
}

/** Prints elements for a place: `indent` is undefined where they stand in line. */
type Print = (layout: Layout, indent: string | undefined) => readonly string[];

function insertPrinted(source: SourceText, parent: Located, place: ChildPlace, print: Print): TextEdit[] {
  const sibling = siblingFor(parent, place);
  if (sibling === undefined) return intoEmpty(source, parent, print);
  const layout = layoutAround(source, parent);
  const indent = indentBefore(source, sibling.at.start);
  const printed = print(layout, indent);
  const gap = indent === undefined ? '' : layout.lineBreak + indent;
  if (sibling.side === 'before') {
    return [insertion(sibling.at.start, printed.map(text => text + gap).join(''))];
  }
  const end = sibling.at.start + sibling.at.node.length;
  return [
    insertion(
      indent === undefined ? end : endWithRemarks(source, end),
      printed.map(text => gap + text).join(''),
    ),
  ];
}

function siblingFor(
  parent: Located,
  place: ChildPlace,
):
  | {
      readonly at: { readonly start: number; readonly node: { readonly length: number } };
      readonly side: 'before' | 'behind';
    }
  | undefined {
  if ('before' in place) return { at: place.before, side: 'before' };
  if ('behind' in place) return { at: place.behind, side: 'behind' };
  const children = childNodes(parent).filter(child => child.node.kind !== 'text');
  if ('first' in place) {
    const first = children.find(isElement);
    if (first !== undefined) return { at: first, side: 'before' };
  }
  const last = children.at(-1);
  return last === undefined ? undefined : { at: last, side: 'behind' };
}

/** The first children of a parent that has none: on lines of their own where the parent stands so. */
function intoEmpty(source: SourceText, parent: Located, print: Print): TextEdit[] {
  const outer = hasLines(source) ? indentBefore(source, parent.start) : undefined;
  const layout = layoutAround(source, parent);
  const indent = outer === undefined ? undefined : outer + layout.step;
  const printed = print(layout, indent);
  const content =
    indent === undefined
      ? printed.join('')
      : printed.map(text => layout.lineBreak + indent + text).join('') + layout.lineBreak + (outer ?? '');
  if (parent.node.selfClosing) return [openedBy(source, parent, content)];
  const inner = innerSpan(parent);
  if (parent.node.children.some(child => child.kind === 'text' && child.length > 0)) {
    const blank = /^\s*$/.test(source.text.slice(inner.start, inner.end));
    if (!blank) return [insertion(inner.end, content)];
  }
  return [{ span: inner, newText: content }];
}

/** A self-closing element's `/>` turned into `>`, the content and a close tag. */
function openedBy(source: SourceText, element: Located, content: string): TextEdit {
  const end = element.start + element.node.length;
  const tag = source.text.slice(element.start, end);
  const slash = /\s*\/>$/.exec(tag)?.[0].length ?? 0;
  return { span: { start: end - slash, end }, newText: `>${content}</${element.node.name}>` };
}

/** Lines behind the first that begin with a tag take the new indentation; inner text stays as it is. */
function reindented(raw: string, from: string, to: string | undefined): string {
  if (to === undefined || from === to) return raw;
  return raw.replace(/(\r\n|\n|\r)([ \t]*)(?=<)/g, (whole, lineBreak: string, blanks: string) =>
    blanks.startsWith(from) ? lineBreak + to + blanks.slice(from.length) : whole,
  );
}

const insertion = (at: number, newText: string): TextEdit => ({ span: { start: at, end: at }, newText });
