/** Why an attribute cannot stand where it does. */

import type { ElementError } from '../schema-error';
import type { CheckedElement } from '../validate';
import type { XmlAttribute } from '../../xml/tree';
import { allowedAround, decidedAround } from './around';
import { attributeThatExcludes, valuesThatAllow, type Offered } from './excluder';
import type { Explanation } from './explanation';
import { holderText, quotedList, setTo } from './goes-with';
import { listOf, shortened, tag, tagWithType, valueOf, writtenNames, type Inquiry } from './inquiry';
import { lackingAttributes } from './lacking';
import { likelyMeant, surelyMeant } from './meant-name';
import { formThatAllows } from './other-form';
import { declaresNamespace } from '../namespaces';
import { stateInTag } from '../replay';
import { acceptsValue, type State } from '../state';

type AttributeError = Extract<ElementError, { kind: 'attribute-not-allowed' }>;

interface Case {
  readonly inquiry: Inquiry;
  readonly owner: CheckedElement;
  readonly attribute: XmlAttribute;
  readonly key: string;
  readonly state: State;
}

export function explainAttribute(
  inquiry: Inquiry,
  owner: CheckedElement,
  error: AttributeError,
): Explanation {
  const { attribute, state } = error;
  const key = owner.namespaces.attributeKey(attribute.name) ?? attribute.name;
  const found: Case = { inquiry, owner, attribute, key, state };
  const content = inquiry.schema.checker.contentOf(owner.pattern);
  if (content.attributesNamed(key) !== undefined) return excluded(found);
  // What may still come at the end of the tag; an attribute given further on is not missing.
  const open = writtenNames(endOf(found).leaves('attribute'), owner);
  const sure = surelyMeant(attribute.name, open);
  if (sure !== undefined) return slip(found, sure);
  const offered: Offered = at => at.attributesNamed(key) !== undefined;
  const form = formThatAllows(inquiry, owner, offered);
  if (form !== undefined) return besideAttribute(found, form.attribute, form.values);
  const around = decidedAround(inquiry, owner) ?? allowedAround(inquiry, owner, offered);
  if (around !== undefined) {
    const takes = open.length === 0 ? '' : ` Here ${tag(owner.located.node)} takes ${listOf(open, 'or', 6)}.`;
    return {
      ...base(found),
      message: `Attribute ${attribute.name} of ${tag(owner.located.node)} is not for ${holderText(inquiry, around.element, around.attribute.name)}: it goes with ${around.attribute.name} ${quotedList(around.values)}.${takes}`,
      related: [
        {
          levels: around.levels,
          span: { start: around.attribute.nameStart, end: around.attribute.nameEnd },
          message: `${around.attribute.name} is given here.`,
        },
      ],
      remedies: [...setTo(around.levels, around.attribute.name, around.values), removal(found)],
      ...(around.settles ? { settles: true } : {}),
    };
  }
  const meant = likelyMeant(attribute.name, open);
  if (meant !== undefined) return slip(found, meant);
  const lacking = onlyLacking(found);
  if (lacking !== undefined) return instead(found, lacking);
  return unheardOf(found, open);
}

/** An attribute that the element takes, but not beside another. */
function excluded(found: Case): Explanation {
  const { inquiry, owner, attribute, key } = found;
  const offered: Offered = state => state.attributesNamed(key) !== undefined;
  const other = attributeThatExcludes(inquiry, owner, offered, attribute);
  const name = tag(owner.located.node);
  if (other === undefined) {
    return {
      ...base(found),
      message: `Attribute ${attribute.name} can't be combined with the others of ${name}. Remove it.`,
      remedies: [removal(found)],
    };
  }
  return besideAttribute(
    found,
    other,
    valuesThatAllow(inquiry, owner, other, offered, { without: attribute }),
  );
}

/** It goes with other values of another attribute; with none of them where there are no values. */
function besideAttribute(found: Case, other: XmlAttribute, values: readonly string[]): Explanation {
  const { inquiry, owner, attribute } = found;
  const name = tag(owner.located.node);
  const goesWith =
    values.length === 0 ? 'keep one of the two' : `it goes with ${other.name} ${quotedList(values)}`;
  const message =
    values.length > 0 && other.name === 'type'
      ? `Attribute ${attribute.name} is not for ${tagWithType(inquiry, owner)}: ${goesWith}.`
      : `Attribute ${attribute.name} can't be combined with ${other.name}='${shortened(valueOf(inquiry, owner, other))}' on ${name}: ${goesWith}.`;
  return {
    ...base(found),
    message,
    related: [
      {
        levels: 0,
        span: { start: other.nameStart, end: other.nameEnd },
        message: `${other.name} is given here.`,
      },
    ],
    remedies: [
      removal(found),
      ...setTo(0, other.name, values),
      { kind: 'remove-attribute', name: other.name },
    ],
  };
}

function slip(found: Case, meant: string): Explanation {
  const { owner, attribute } = found;
  return {
    ...base(found),
    message: `${tag(owner.located.node)} has no attribute ${attribute.name}. Is ${meant} meant?`,
    remedies: [{ kind: 'rename-attribute', to: meant }, removal(found)],
    meant,
  };
}

/** Nothing like it is known, but one attribute is missing. */
function instead(found: Case, lacking: string): Explanation {
  const { owner, attribute } = found;
  return {
    ...slip(found, lacking),
    message: `${tag(owner.located.node)} has no attribute ${attribute.name}, and lacks ${lacking}. Is ${lacking} meant?`,
  };
}

function unheardOf(found: Case, open: readonly string[]): Explanation {
  const { inquiry, owner, attribute } = found;
  const holder = tag(owner.located.node);
  const content = inquiry.schema.checker.contentOf(owner.pattern);
  const isChild = writtenNames(content.leaves('element'), owner).includes(attribute.name);
  const given = owner.located.node.attributes.length > 1 ? 'other ' : '';
  const takes = isChild
    ? `It is an element there: <${attribute.name}>.`
    : open.length === 0
      ? `It takes no ${given}attribute${given === '' ? ' at all' : ''}.`
      : `It takes ${listOf(open, 'or')}.`;
  return {
    ...base(found),
    message: `${holder} has no attribute ${attribute.name}. ${takes}`,
    remedies: [removal(found)],
  };
}

/** The one attribute that is missing, where it takes the value of this one. */
function onlyLacking(found: Case): string | undefined {
  const { inquiry, owner, attribute } = found;
  const ways = lackingAttributes(endOf(found));
  const [way] = ways;
  const [only] = way ?? [];
  if (ways.length !== 1 || way?.length !== 1 || only === undefined) return undefined;
  // Of two that are unknown nobody can say which is meant.
  const content = inquiry.schema.checker.contentOf(owner.pattern);
  const unknown = owner.located.node.attributes.filter(
    ({ name }) => content.attributesNamed(owner.namespaces.attributeKey(name) ?? name) === undefined,
  );
  if (unknown.filter(({ name }) => !declaresNamespace(name)).length !== 1) return undefined;
  return acceptsValue(only.value, valueOf(inquiry, owner, attribute))
    ? writtenNames([only], owner)[0]
    : undefined;
}

/** The state behind all attributes that are allowed. */
function endOf({ inquiry, owner }: Case): State {
  return stateInTag(inquiry.schema, inquiry.document, owner);
}

const removal = ({ attribute }: Case): Explanation['remedies'][number] => ({
  kind: 'remove-attribute',
  name: attribute.name,
});

const base = ({ attribute }: Case): Pick<Explanation, 'rule' | 'span' | 'related'> => ({
  rule: 'attribute-unknown',
  span: { start: attribute.nameStart, end: attribute.nameEnd },
  related: [],
});
