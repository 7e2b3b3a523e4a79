/** Why a child element cannot stand where it does. */

import type { XmlAttribute, XmlElement } from '../../xml/tree';
import { nameOfKey } from '../name-class';
import type { ElementError } from '../schema-error';
import type { State } from '../state';
import type { CheckedElement } from '../validate';
import { allowedAround, decidedAround } from './around';
import {
  additionThatAllows,
  excluderOfChild,
  valuesThatAllow,
  type Excluder,
  type Offered,
} from './excluder';
import type { Explanation, Remedy } from './explanation';
import { holderText, quotedList, setTo } from './goes-with';
import { homesOfElement, namespacesIn } from './homes';
import {
  closedState,
  keyOfChild,
  listOf,
  localOf,
  startOfChild,
  tag,
  tagWithType,
  writtenNames,
  type Inquiry,
} from './inquiry';
import { likelyMeant, surelyMeant } from './meant-name';
import { nearestHomes } from './nearest-homes';
import { formThatAllows } from './other-form';

export type ChildError = Extract<ElementError, { kind: 'element-not-allowed' }>;

/** A child at fault, and how it is spoken of. */
interface Case {
  readonly inquiry: Inquiry;
  readonly owner: CheckedElement;
  readonly child: XmlElement;
  readonly childIndex: number;
  readonly key: string;
  readonly state: State;
}

export function explainChild(inquiry: Inquiry, owner: CheckedElement, error: ChildError): Explanation {
  const { child, childIndex, state } = error;
  const key = keyOfChild(inquiry, owner, child, childIndex) ?? child.name;
  const found: Case = { inquiry, owner, child, childIndex, key, state };
  const offered: Offered = at => at.elementsAnywhereNamed(key) !== undefined;
  const excluder = excluderOfChild(inquiry, owner, offered, childIndex);
  return excluder === undefined ? unknown(found) : excluded(found, excluder, offered);
}

function excluded(found: Case, excluder: Excluder, offered: Offered): Explanation {
  switch (excluder.kind) {
    case 'sibling':
      return besideSibling(found, excluder);
    case 'attribute':
      return besideAttribute(found, excluder, offered);
    case 'absence':
      return withoutAttribute(found, offered);
    case 'too-early':
      return tooEarly(found);
  }
}

function besideSibling(
  found: Case,
  { childIndex, before }: Extract<Excluder, { kind: 'sibling' }>,
): Explanation {
  const { inquiry, owner, child } = found;
  const sibling = owner.located.node.children[childIndex];
  if (sibling?.kind !== 'element') return tooEarly(found);
  const at = startOfChild(owner.located.node, childIndex) + 1;
  const related = (message: string): Explanation['related'] => [
    { levels: 0, span: { start: at, end: at + sibling.name.length }, message },
  ];
  const removals: Remedy[] = [
    removal(
      found.childIndex,
      sibling.name === child.name ? `Remove the second ${tag(child)}` : `Remove ${tag(child)}`,
    ),
    removal(
      childIndex,
      sibling.name === child.name ? `Remove the first ${tag(child)}` : `Remove ${tag(sibling)}`,
    ),
  ];
  if (sibling.name === child.name) {
    return {
      ...base(found, 'element-repeated'),
      message: `A second ${tag(child)} in ${tag(owner.located.node)}: only one is allowed. Remove one of them.`,
      related: related(`The first ${tag(child)}.`),
      remedies: removals,
    };
  }
  const siblingKey = keyOfChild(inquiry, owner, sibling, childIndex);
  const taken = before.elementsNamed(found.key);
  if (taken !== undefined && siblingKey !== undefined) {
    if (before.withElements(taken).elementsNamed(siblingKey) !== undefined) {
      return {
        ...base(found, 'element-misplaced'),
        message: `${tag(child)} must stand before ${tag(sibling)} in ${tag(owner.located.node)}: the order counts here.`,
        related: related(`${tag(child)} belongs before this.`),
        remedies: [
          { kind: 'move-child-before', childIndex, name: sibling.name },
          removals[0] ?? removal(childIndex, ''),
        ],
      };
    }
  }
  return {
    ...base(found, 'elements-exclusive'),
    message: `${tag(child)} can't be combined with ${tag(sibling)} in ${tagWithType(inquiry, owner)}: keep one of the two.`,
    related: related(`${tag(sibling)} stands here.`),
    remedies: removals,
  };
}

function besideAttribute(
  found: Case,
  { attribute }: Extract<Excluder, { kind: 'attribute' }>,
  offered: Offered,
): Explanation {
  const behind: Offered = state => offered(closedState(state));
  return inOtherForm(found, attribute, valuesThatAllow(found.inquiry, found.owner, attribute, behind));
}

/** The child goes with other values of an attribute; with none of them where there are no values. */
function inOtherForm(found: Case, attribute: XmlAttribute, values: readonly string[]): Explanation {
  const { inquiry, owner, child } = found;
  const goesWith =
    values.length === 0
      ? `leave out ${attribute.name}, or ${tag(child)}`
      : `it goes with ${attribute.name} ${quotedList(values)}`;
  const holder = holderText(inquiry, owner, attribute.name);
  return {
    ...base(found, 'elements-exclusive'),
    message: `${tag(child)} can't be combined with ${holder}: ${goesWith}.`,
    related: [
      {
        levels: 0,
        span: { start: attribute.nameStart, end: attribute.nameEnd },
        message: `${attribute.name} is given here.`,
      },
    ],
    remedies: [
      removal(found.childIndex, `Remove ${tag(child)}`),
      ...setTo(0, attribute.name, values),
      { kind: 'remove-attribute', name: attribute.name },
    ],
  };
}

function withoutAttribute(found: Case, offered: Offered): Explanation {
  const { inquiry, owner, child } = found;
  const addition = additionThatAllows(inquiry, owner, offered);
  const [name] = addition === undefined ? [] : writtenNames([addition.attribute], owner);
  if (addition === undefined || name === undefined) return tooEarly(found);
  return {
    ...base(found, 'elements-exclusive'),
    message: `${tag(child)} can't stand in ${tag(owner.located.node)} without ${name}: it goes with ${name} ${quotedList(addition.values)}.`,
    remedies: [...setTo(0, name, addition.values), removal(found.childIndex, `Remove ${tag(child)}`)],
  };
}

function tooEarly(found: Case): Explanation {
  const { owner, child, state } = found;
  const next = writtenNames(state.nextElements(), owner).map(name => `<${name}>`);
  const first = next.length === 0 ? '' : ` What may come here is ${listOf(next, 'or')}.`;
  return {
    ...base(found, 'element-misplaced'),
    message: `${tag(child)} can't stand at this place in ${tag(owner.located.node)}.${first}`,
    remedies: [removal(found.childIndex, `Remove ${tag(child)}`)],
  };
}

/** The element takes no such child at all: a slip, one that belongs elsewhere, or none that is known. */
function unknown(found: Case): Explanation {
  const { inquiry, owner, child, state } = found;
  const { ns } = nameOfKey(found.key);
  if (ns !== '' && !namespacesIn(inquiry.schema).includes(ns)) return foreign(found, ns);
  const offered: Offered = at => at.elementsAnywhereNamed(found.key) !== undefined;
  const form = formThatAllows(inquiry, owner, offered);
  if (form !== undefined) return inOtherForm(found, form.attribute, form.values);
  const around = decidedAround(inquiry, owner) ?? allowedAround(inquiry, owner, offered);
  const open = namesIn(state, owner);
  const all = namesIn(inquiry.schema.checker.contentOf(owner.pattern), owner);
  const sure = surelyMeant(child.name, open) ?? surelyMeant(child.name, all);
  if (sure !== undefined) return slip(found, sure);
  if (around !== undefined) {
    return {
      ...base(found, 'elements-exclusive'),
      message: `${tag(child)} in ${tag(owner.located.node)} is not for ${holderText(inquiry, around.element, around.attribute.name)}: it goes with ${around.attribute.name} ${quotedList(around.values)}.`,
      related: [
        {
          levels: around.levels,
          span: { start: around.attribute.nameStart, end: around.attribute.nameEnd },
          message: `${around.attribute.name} is given here.`,
        },
      ],
      remedies: [
        ...setTo(around.levels, around.attribute.name, around.values),
        removal(found.childIndex, `Remove ${tag(child)}`),
      ],
      ...(around.settles ? { settles: true } : {}),
    };
  }
  const homes = homesOfElement(inquiry.schema, found.key).map(localOf);
  if (homes.length > 0) return misplaced(found, homes);
  const meant = likelyMeant(child.name, open) ?? likelyMeant(child.name, all);
  return meant === undefined ? unheardOf(found, open) : slip(found, meant);
}

function slip(found: Case, meant: string): Explanation {
  const { owner, child } = found;
  if (meant === child.name) return foreign(found, nameOfKey(found.key).ns);
  return {
    ...base(found, 'element-unknown'),
    message: `There is no ${tag(child)} in ${tag(owner.located.node)}. Is <${meant}> meant?`,
    remedies: [{ kind: 'rename-child', to: meant }, removal(found.childIndex, `Remove ${tag(child)}`)],
    meant,
  };
}

function misplaced(found: Case, homes: readonly string[]): Explanation {
  const { inquiry, owner, child, key } = found;
  const told = nearestHomes(inquiry, owner, key, homes).map(home => `<${home}>`);
  return {
    ...base(found, 'element-misplaced'),
    message: `${tag(child)} does not belong in ${tag(owner.located.node)}: its place is right inside ${listOf(told, 'or', 4)}.`,
    remedies: [{ kind: 'move-child', homes }, removal(found.childIndex, `Remove ${tag(child)}`)],
    misplaced: child.name,
  };
}

/** Of a namespace that libvirt knows nothing of here. */
function foreign(found: Case, ns: string): Explanation {
  const { owner, child } = found;
  const own = child.attributes.some(attribute => attribute.name === 'xmlns');
  const holder = tag(owner.located.node);
  return {
    ...base(found, 'element-unknown'),
    message: `${tag(child)} is of the namespace '${ns}', which libvirt's schema does not allow in ${holder}. ${own ? `Take out its xmlns, or put it into <metadata>.` : 'Foreign elements belong into <metadata>.'}`,
    remedies: [{ kind: 'bare-child' }, removal(found.childIndex, `Remove ${tag(child)}`)],
  };
}

function unheardOf(found: Case, open: readonly string[]): Explanation {
  const { owner, child } = found;
  const holder = tag(owner.located.node);
  const content = found.inquiry.schema.checker.contentOf(owner.pattern);
  const takes =
    content.leaves('element').length === 0
      ? `${holder} takes no elements.`
      : open.length === 0
        ? `${holder} takes no other element here.`
        : `${holder} takes ${listOf(
            open.map(name => `<${name}>`),
            'or',
            6,
          )}.`;
  return {
    ...base(found, 'element-unknown'),
    message: `There is no ${tag(child)} in ${holder}, and libvirt's schema knows no such element elsewhere. ${takes}`,
    remedies: [removal(found.childIndex, `Remove ${tag(child)}`)],
  };
}

const namesIn = (state: State, owner: CheckedElement): string[] =>
  writtenNames(state.leaves('element'), owner);

const removal = (childIndex: number, title: string): Remedy => ({ kind: 'remove-child', childIndex, title });

/** What all explanations of a child have in common. */
function base(
  { owner, child, childIndex }: Pick<Case, 'owner' | 'child' | 'childIndex'>,
  rule: Explanation['rule'],
): Pick<Explanation, 'rule' | 'span' | 'related'> {
  const start = startOfChild(owner.located.node, childIndex) + 1;
  return { rule, span: { start, end: start + child.name.length }, related: [] };
}
