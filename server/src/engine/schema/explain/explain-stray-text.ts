/** Text where only elements may stand, or nothing at all. */

import type { ElementError } from '../schema-error';
import type { CheckedElement } from '../validate';
import type { Explanation } from './explanation';
import { listOf, tag, wantsValue, writtenNames, type Inquiry } from './inquiry';

type StrayText = Extract<ElementError, { kind: 'text-not-allowed' }>;

export function explainStrayText(inquiry: Inquiry, owner: CheckedElement, error: StrayText): Explanation {
  const { node } = owner.located;
  const content = inquiry.schema.checker.contentOf(owner.pattern);
  const names = writtenNames(content.leaves('element'), owner);
  const holds =
    names.length === 0
      ? content.leaves('element').length === 0
        ? 'it is empty but for its attributes'
        : 'it holds elements'
      : `it holds ${listOf(
          names.map(name => `<${name}>`),
          'and',
          4,
        )}`;
  return {
    rule: 'text-not-allowed',
    span: error.span,
    related: [],
    message: `${tag(node)} holds no text: ${holds}. Remove the text, or make a comment of it.`,
    remedies: [{ kind: 'remove-text' }],
    ...(wantsValue(error.state) ? { follows: true } : {}),
  };
}
