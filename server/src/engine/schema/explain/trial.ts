/** Tries edits on the smallest part of a document that holds them, for a whole one may be large and fixes are many. */

import { SourceText, applyEdits, type TextEdit } from '../../text';
import { spanOf } from '../../xml/navigate';
import { parseXml } from '../../xml/parse';
import type { XmlElement } from '../../xml/tree';
import { scopeOf } from '../scope-of';
import { Namespaces } from '../namespaces';
import type { ElementSet } from '../state';
import type { CheckedElement } from '../validate';
import { stateBehindTag, type Inquiry } from './inquiry';

/**
 * How many errors fewer the document has with these edits, 0 where they do not help or it is less well-formed; `owner` is
 * the element at fault.
 */
export function errorsMended(inquiry: Inquiry, owner: CheckedElement, edits: readonly TextEdit[]): number {
  const part = partWith(owner, edits);
  if (part === undefined || edits.length === 0) return 0;
  const candidates = candidatesOf(inquiry, part);
  if (candidates === undefined) return 0;
  const { text } = inquiry.document.source;
  const { node, start } = part.located;
  const after = applyEdits(
    text.slice(start, start + node.length),
    edits.map(({ span, newText }) => ({
      span: { start: span.start - start, end: span.end - start },
      newText,
    })),
  );
  const parsed = parseXml(SourceText.of(after));
  const [root] = parsed.children;
  if (root?.kind !== 'element' || parsed.children.length !== 1 || root.name !== node.name) return 0;
  if (parsed.problemCount > node.problemCount) return 0;
  const before = errorsOf(inquiry, part, candidates, node, text, start);
  return Math.max(0, before - errorsOf(inquiry, part, candidates, root, after, 0));
}

function errorsOf(
  { schema }: Inquiry,
  part: CheckedElement,
  candidates: ElementSet,
  node: XmlElement,
  text: string,
  start: number,
): number {
  const namespaces = scopeOf(text, node, start, part.parent?.namespaces ?? Namespaces.none);
  return schema.checker.check({ text, node, start, namespaces }, candidates).errorCount;
}

/** So much around the element is tried with it: what is right for it may be wrong there. */
const SMALL = 8192;

/** The element at fault or one around it that holds all edits, and as many more as are small. */
function partWith(owner: CheckedElement, edits: readonly TextEdit[]): CheckedElement | undefined {
  const start = Math.min(...edits.map(({ span }) => span.start));
  const end = Math.max(...edits.map(({ span }) => span.end));
  let part: CheckedElement | undefined = owner;
  const holds = ({ located }: CheckedElement): boolean => {
    const whole = spanOf(located);
    return whole.start < start && end < whole.end;
  };
  while (part !== undefined && !holds(part)) part = part.parent;
  while (part?.parent !== undefined && part.parent.located.node.length <= SMALL) part = part.parent;
  return part;
}

function candidatesOf(
  inquiry: Inquiry,
  { located, namespaces, parent }: CheckedElement,
): ElementSet | undefined {
  const key = namespaces.elementKey(located.node.name);
  if (key === undefined) return undefined;
  if (parent === undefined) return inquiry.schema.rootCandidates(key);
  return stateBehindTag(inquiry, parent).elementsAnywhereNamed(key);
}
