/** The close tag that is due while its element is typed. */

import type { SourceText } from '../text';
import { childElements, elementAt } from '../xml/navigate';
import type { Located, XmlDocument } from '../xml/tree';

/** What to insert at the cursor, and where the cursor stands then. */
export interface DueCloseTag {
  readonly newText: string;
  readonly cursor: 'before' | 'behind';
}

/**
 * The close tag that is due at `offset`, right behind the `>` of an open tag or behind `</`; undefined where none is
 * missing.
 */
export function dueCloseTag(document: XmlDocument, offset: number): DueCloseTag | undefined {
  const { source } = document;
  const typed = source.text[offset - 1];
  if (typed === '>') {
    const name = unclosedTagEndingAt(document, offset);
    return name === undefined ? undefined : { newText: `</${name}>`, cursor: 'before' };
  }
  if (typed !== '/' || source.text[offset - 2] !== '<') return undefined;
  const name = openAt(document, offset - 2);
  if (name === undefined || hasNameBehind(source, offset)) return undefined;
  return { newText: source.text[offset] === '>' ? name : `${name}>`, cursor: 'behind' };
}

function unclosedTagEndingAt(document: XmlDocument, offset: number): string | undefined {
  const element = elementAt(document, offset - 1);
  if (element === undefined || element.start + element.node.openEnd !== offset) return undefined;
  const { node } = element;
  if (node.selfClosing || node.name === '') return undefined;
  // A fault in the tag itself, such as a quote that is open still: this `>` may not be its end.
  if (node.problems.some(({ start }) => start > node.name.length && start < node.openEnd)) return undefined;
  return lacksCloseTag(element) ? node.name : undefined;
}

/** A close tag may have gone to an inner element of the same name: then an outer one lacks it. */
function lacksCloseTag(element: Located): boolean {
  for (let each: Located | undefined = element; each !== undefined; each = each.parent) {
    if (each.node.name === element.node.name && each.node.closeStart < 0) return true;
  }
  return false;
}

/** The innermost element that is open at the offset for want of a close tag. */
function openAt(document: XmlDocument, offset: number): string | undefined {
  const around = elementAt(document, offset);
  const siblings = around === undefined ? topElements(document) : childElements(around);
  return lastUnclosed(siblings, offset)?.node.name ?? innermostLacking(around);
}

/** The last unclosed element before the offset, in it the last one, and so on. */
function lastUnclosed(elements: readonly Located[], offset: number): Located | undefined {
  let found: Located | undefined;
  for (let among = elements; ;) {
    const next = among.findLast(
      ({ node, start }) => start < offset && node.name !== '' && !node.selfClosing && node.closeStart < 0,
    );
    if (next === undefined) return found;
    found = next;
    among = childElements(next);
  }
}

function innermostLacking(element: Located | undefined): string | undefined {
  const path: Located[] = [];
  for (let each = element; each !== undefined; each = each.parent) path.push(each);
  const unclosed = new Set<string>();
  let found: string | undefined;
  for (const { node } of path.reverse()) {
    if (node.closeStart < 0) unclosed.add(node.name);
    if (node.name !== '' && unclosed.has(node.name)) found = node.name;
  }
  return found;
}

const topElements = ({ children, childStarts }: XmlDocument): Located[] =>
  children.flatMap((node, index) =>
    node.kind === 'element' ? [{ node, start: childStarts[index] ?? 0, parent: undefined }] : [],
  );

const hasNameBehind = ({ text }: SourceText, offset: number): boolean => /[\w:.-]/.test(text[offset] ?? '');
