/**
 * Says why an error of the schema is one: which sibling or attribute is in the way, what was meant, where it belongs,
 * what is missing. Made when it is to be shown, and kept with the error as long as the tags around stay as they are.
 */

import type { ElementPattern } from '../pattern';
import type { ElementError } from '../schema-error';
import type { CheckedElement } from '../validate';
import { explainAttribute } from './explain-attribute';
import { explainChild } from './explain-child';
import { explainMissingAttribute, explainMissingElement } from './explain-missing';
import { explainPrefix } from './explain-prefix';
import { explainStrayText } from './explain-stray-text';
import { explainText, explainValue } from './explain-value';
import type { Explanation, OwnedError } from './explanation';
import type { Inquiry } from './inquiry';
import { seenByOtherForm } from './other-form';

/** The explanation, and the error that it speaks of: another view of the same one where that tells more. */
export interface Explained {
  readonly error: OwnedError;
  readonly explanation: Explanation;
}

export function explain(inquiry: Inquiry, error: OwnedError): Explained {
  const tags = tagsAround(inquiry, error.owner);
  const known = kept.get(error.from);
  if (known?.tags === tags) {
    const { view, pattern, explanation } = known;
    return { error: { ...view, owner: { ...error.owner, pattern }, from: error.from }, explanation };
  }
  const seen = seenByOtherForm(inquiry, error);
  const explanation = explainAnew(inquiry, seen);
  kept.set(error.from, { tags, view: withoutPlace(seen), pattern: seen.owner.pattern, explanation });
  return { error: seen, explanation };
}

/** Kept without places, which change, and without the document around. */
interface Kept {
  readonly tags: string;
  readonly view: ElementError;
  readonly pattern: ElementPattern;
  readonly explanation: Explanation;
}

const kept = new WeakMap<ElementError, Kept>();

function withoutPlace({ owner: _owner, from: _from, ...view }: OwnedError): ElementError {
  return view;
}

function explainAnew(inquiry: Inquiry, error: OwnedError): Explanation {
  const { owner } = error;
  switch (error.kind) {
    case 'element-not-allowed':
      return explainChild(inquiry, owner, error);
    case 'attribute-not-allowed':
      return explainAttribute(inquiry, owner, error);
    case 'attribute-value':
      return explainValue(inquiry, owner, error);
    case 'text-value':
      return explainText(inquiry, owner, error);
    case 'attribute-missing':
      return explainMissingAttribute(inquiry, owner, error);
    case 'element-missing':
      return explainMissingElement(inquiry, owner, error);
    case 'text-not-allowed':
      return explainStrayText(inquiry, owner, error);
    case 'element-prefix-undeclared':
    case 'attribute-prefix-undeclared':
      return explainPrefix(inquiry, owner, error);
  }
}

/** All that an explanation may take from outside of its element: the tags of those around it. */
function tagsAround({ document }: Inquiry, owner: CheckedElement): string {
  const { text } = document.source;
  let tags = '';
  for (let at = owner.parent; at !== undefined; at = at.parent) {
    const { node, start } = at.located;
    // Joined, the pieces are copied: a piece of the text by itself would keep all of it alive.
    tags = `${text.slice(start, start + node.openEnd)}\n${tags}`;
  }
  return tags.length > 0 ? JSON.stringify(tags) : '';
}
