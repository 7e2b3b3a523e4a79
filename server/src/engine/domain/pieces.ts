/** Pieces of text out of the tree, decoded, with their places. */

import type { Span } from '../text';
import { attributeNamed, attributeValue, attributeValueSpan, innerSpan, textContent } from '../xml/navigate';
import type { Located } from '../xml/tree';
import type { Piece, Placed } from './model';
import { holdsTemplate } from './template';

/** All text of an element; its span is the text without the tags, relative to `base`. */
export function contentOf(text: string, located: Located, base: number): Piece {
  const value = textContent(text, located);
  return { ...relative(innerSpan(located), base), value, template: holdsTemplate(value) };
}

/** An attribute's value and its place between the quotes, absolute. */
export function attributeText(text: string, located: Located, name: string): Piece | undefined {
  const attribute = attributeNamed(located.node, name);
  if (attribute === undefined) return undefined;
  const value = attributeValue(text, located, attribute);
  return { ...attributeValueSpan(located, attribute), value, template: holdsTemplate(value) };
}

export const relative = (what: Span, base: number): Span => ({
  start: what.start - base,
  end: what.end - base,
});

/** A placed thing's relative span as an absolute one. */
export const absolute = (placed: Placed<unknown>, what: Span): Span => ({
  start: placed.start + what.start,
  end: placed.start + what.end,
});
