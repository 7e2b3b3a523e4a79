/**
 * Says why an error of the schema is one: which sibling or attribute is in the way, what was meant, where it belongs,
 * what is missing. Made when it is to be shown, and kept with the error as long as the tags around stay as they are.
 */

import type { ElementError } from '../schema-error';
import type { SchemaError } from '../validate';
import type { CheckedElement } from '../validate';
import { explainAttribute } from './explain-attribute';
import { explainChild } from './explain-child';
import { explainMissingAttribute, explainMissingElement } from './explain-missing';
import { explainPrefix } from './explain-prefix';
import { explainStrayText } from './explain-stray-text';
import { explainText, explainValue } from './explain-value';
import type { Explanation } from './explanation';
import type { Inquiry } from './inquiry';

/** An error of an element, as all are but those of the root itself. */
export type OwnedError = Extract<SchemaError, { readonly owner: CheckedElement }>;

export function explain(inquiry: Inquiry, error: OwnedError): Explanation {
  const tags = tagsAround(inquiry, error.owner);
  const known = kept.get(error.from);
  if (known?.tags === tags) return known.explanation;
  const explanation = explainAnew(inquiry, error);
  kept.set(error.from, { tags, explanation });
  return explanation;
}

const kept = new WeakMap<ElementError, { readonly tags: string; readonly explanation: Explanation }>();

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
