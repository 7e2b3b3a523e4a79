/** Text where only elements may stand, or nothing at all. */

import type { ElementError } from '../schema-error';
import type { CheckedElement } from '../validate';
import type { Explanation } from './explanation';
import { listOf, startOfChild, tag, writtenNames, type Inquiry } from './inquiry';

type StrayText = Extract<ElementError, { kind: 'text-not-allowed' }>;

export function explainStrayText(inquiry: Inquiry, owner: CheckedElement, error: StrayText): Explanation {
  const { node } = owner.located;
  const names = writtenNames(inquiry.schema.checker.contentOf(owner.pattern).leaves('element'), owner);
  const holds =
    names.length === 0
      ? 'it is empty but for its attributes'
      : `it holds ${listOf(
          names.map(name => `<${name}>`),
          'and',
          4,
        )}`;
  return {
    rule: 'text-not-allowed',
    span: strayTextSpan(owner, error.childIndex, inquiry.document.source.text),
    related: [],
    message: `${tag(node)} holds no text: ${holds}. Remove the text, or make a comment of it.`,
    remedies: [{ kind: 'remove-text' }],
  };
}

/** The text without the blanks around it, relative to the element. */
export function strayTextSpan(
  { located }: CheckedElement,
  childIndex: number,
  text: string,
): Explanation['span'] {
  const { node, start } = located;
  const at = startOfChild(node, childIndex);
  const raw = text.slice(start + at, start + at + (node.children[childIndex]?.length ?? 0));
  return { start: at + raw.length - raw.trimStart().length, end: at + raw.trimEnd().length };
}
