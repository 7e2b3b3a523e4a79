/**
 * Says why an error of the schema is one: which sibling or attribute is in the way, what was meant, where it belongs,
 * what is missing. Made when it is to be shown, and kept with the error as long as the tags around stay as they are.
 */

import { copied } from '../../xml/names';
import type { XmlElement } from '../../xml/tree';
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
import { otherViewOf, type OtherView } from './other-form';

/** The explanation, and the error that it speaks of: another view of the same one where that tells more. */
export interface Explained {
  readonly error: OwnedError;
  readonly explanation: Explanation;
}

export function explain(inquiry: Inquiry, error: OwnedError): Explained {
  const known = kept.get(error.from);
  if (known !== undefined && sameTags(inquiry, error.owner, known.tags)) {
    return { error: seenSo(error, known.other), explanation: known.explanation };
  }
  const other = otherViewOf(inquiry, error);
  const seen = seenSo(error, other);
  const explanation = explainAnew(inquiry, seen);
  kept.set(error.from, { tags: tagsAround(inquiry, error.owner), other, explanation });
  return { error: seen, explanation };
}

/** Kept without places, which change, and without the document around. */
interface Kept {
  /** Of all elements around, the nearest first: an explanation takes nothing else from outside of its element. */
  readonly tags: readonly string[];
  readonly other: OtherView | undefined;
  readonly explanation: Explanation;
}

const kept = new WeakMap<ElementError, Kept>();

const seenSo = (error: OwnedError, other: OtherView | undefined): OwnedError =>
  other === undefined
    ? error
    : { ...other.view, owner: { ...error.owner, pattern: other.pattern }, from: error.from };

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

function sameTags(inquiry: Inquiry, owner: CheckedElement, tags: readonly string[]): boolean {
  let index = 0;
  for (let at = owner.parent; at !== undefined; at = at.parent) {
    if (tagOf(inquiry, at) !== tags[index]) return false;
    index++;
  }
  return index === tags.length;
}

function tagsAround(inquiry: Inquiry, owner: CheckedElement): readonly string[] {
  const tags: string[] = [];
  for (let at = owner.parent; at !== undefined; at = at.parent) tags.push(tagOf(inquiry, at));
  return tags;
}

const openTags = new WeakMap<XmlElement, string>();

/** The open tag as written, kept with the element. */
function tagOf({ document }: Inquiry, { located: { node, start } }: CheckedElement): string {
  let open = openTags.get(node);
  if (open === undefined) {
    open = copied(document.source.text.slice(start, start + node.openEnd));
    openTags.set(node, open);
  }
  return open;
}
