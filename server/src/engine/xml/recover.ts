/** How an element without a close tag is cut to its likely size. */

import { LINE_FEED, isBlank } from './characters';
import type { OpenElement } from './open-element';
import type { XmlNode } from './tree';

export interface Lifted {
  /** Where the cut element ends. */
  readonly end: number;
  /** What becomes its siblings; absolute starts. */
  readonly nodes: readonly { readonly node: XmlNode; readonly start: number; readonly blank: boolean }[];
}

/**
 * Cuts an unclosed element: a tag without `>` holds nothing; otherwise it ends before the first child that begins
 * its line no deeper than the element's own line. Takes those children from `open`. Undefined: nothing to cut.
 */
export function liftFrom(open: OpenElement, text: string, lead: string): Lifted | undefined {
  const from = firstOutside(open, text, lead);
  if (from === undefined) return undefined;
  const nodes = open.cutFrom(from);
  const last = open.children.at(-1);
  const lastStart = open.childStarts.at(-1);
  const end =
    last === undefined || lastStart === undefined
      ? open.openEnd
      : Math.max(open.openEnd, lastStart + last.length);
  return { end: open.start + end, nodes };
}

function firstOutside(open: OpenElement, text: string, lead: string): number | undefined {
  if (open.unfinished) {
    // What follows a tag without `>` on its own line may be its text, but an element never is its child.
    return open.children.length === 0 ? undefined : 0;
  }
  const own = indentation(text, lead, open.start);
  if (own === undefined) return undefined;
  for (let index = 0; index < open.children.length; index++) {
    const node = open.children[index];
    if (node?.kind !== 'element' && node?.kind !== 'comment') continue;
    const column = indentation(text, lead, open.start + (open.childStarts[index] ?? 0));
    if (column !== undefined && column <= own) return index;
  }
  return undefined;
}

/** The column of what begins its line; undefined where something else stands before it on the line. */
function indentation(text: string, lead: string, at: number): number | undefined {
  let lineStart = at;
  while (
    lineStart > 0 &&
    isBlank(text.charCodeAt(lineStart - 1)) &&
    text.charCodeAt(lineStart - 1) !== LINE_FEED
  ) {
    lineStart--;
  }
  if (lineStart > 0) return text.charCodeAt(lineStart - 1) === LINE_FEED ? at - lineStart : undefined;
  return /^[ \t\r]*$/.test(lead) ? lead.length + at : undefined;
}
