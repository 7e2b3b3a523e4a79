/** Pieces of text out of the tree, decoded, with their places. */

import type { Span } from '../text';
import { copied } from '../xml/names';
import { attributeNamed, attributeValue, attributeValueSpan, innerSpan, textContent } from '../xml/navigate';
import type { Located } from '../xml/tree';
import type { Piece, Placed } from './model';
import { holdsTemplate } from './template';

/** All text of an element; its span is the text without the tags, relative to `base`. */
export function contentOf(text: string, located: Located, base: number): Piece {
  const inner = innerSpan(located);
  return pieceOf(inner.start - base, inner.end - base, textContent(text, located));
}

/** An attribute's value and its place between the quotes, relative to `base`. */
export function attributeText(text: string, located: Located, name: string, base = 0): Piece | undefined {
  const attribute = attributeNamed(located.node, name);
  if (attribute === undefined) return undefined;
  const at = attributeValueSpan(located, attribute);
  return pieceOf(at.start - base, at.end - base, attributeValue(text, located, attribute));
}

const pieceOf = (start: number, end: number, value: string): Piece => ({
  start,
  end,
  value: copied(value),
  template: holdsTemplate(value),
});

export const relative = (what: Span, base: number): Span => ({
  start: what.start - base,
  end: what.end - base,
});

/** A placed thing's relative span as an absolute one. */
export const absolute = (placed: Placed<unknown>, what: Span): Span => ({
  start: placed.start + what.start,
  end: placed.start + what.end,
});
