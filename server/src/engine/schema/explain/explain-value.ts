/** Why a value is not allowed: of an attribute, or the text of an element. */

import { copied } from '../../xml/names';
import { textContent } from '../../xml/navigate';
import type { Pattern } from '../pattern';
import type { ElementError } from '../schema-error';
import { acceptsValue, type State } from '../state';
import type { CheckedElement } from '../validate';
import { decidedAround } from './around';
import { attributeThatExcludes, valuesThatAllow, type Offered } from './excluder';
import { holderText, quotedList, setTo } from './explain-child';
import type { Explanation, Remedy } from './explanation';
import { closedState, shortened, stateBehindTag, tag, valueOf, type Inquiry } from './inquiry';
import { meantValue, wantedBy, wantedText, type Wanted } from './wanted';

type ValueError = Extract<ElementError, { kind: 'attribute-value' }>;
type TextError = Extract<ElementError, { kind: 'text-value' }>;

export function explainValue(inquiry: Inquiry, owner: CheckedElement, error: ValueError): Explanation {
  const { attribute } = error;
  const key = owner.namespaces.attributeKey(attribute.name) ?? attribute.name;
  const value = valueOf(inquiry, owner, attribute);
  const holder = owner.located.node.name;
  const accepting: Offered = state =>
    state.attributesNamed(key)?.members.some(candidate => acceptsValue(candidate.value, value)) === true;
  const base = {
    rule: 'value-not-allowed',
    // With its quotes, so that there is something to see of an empty one.
    span:
      value === ''
        ? { start: attribute.valueStart - 1, end: attribute.valueEnd + 1 }
        : { start: attribute.valueStart, end: attribute.valueEnd },
    related: [],
  } as const;
  if (accepting(inquiry.schema.checker.contentOf(owner.pattern))) {
    const other = attributeThatExcludes(inquiry, owner, accepting, attribute);
    if (other !== undefined) {
      const values = valuesThatAllow(inquiry, owner, other, accepting, { without: attribute });
      const wanted = wantedBy(
        error.candidates.members.map(each => each.value),
        holder,
        attribute.name,
      );
      const goesWith = values.length === 0 ? '' : `: it goes with ${other.name} ${quotedList(values)}`;
      return {
        ...base,
        message: `${attribute.name} '${shortened(value)}' can't be combined with ${other.name}='${shortened(valueOf(inquiry, owner, other))}' on <${holder}>${goesWith}. Beside it ${attribute.name} takes ${wantedText(wanted)}.`,
        related: [
          {
            levels: 0,
            span: { start: other.nameStart, end: other.nameEnd },
            message: `${other.name} is given here.`,
          },
        ],
        remedies: [
          ...setTo(0, attribute.name, wanted.values),
          ...setTo(0, other.name, values),
          { kind: 'remove-attribute', name: attribute.name },
        ],
      };
    }
  }
  const around = decidedAround(inquiry, owner);
  const patterns = [...error.candidates.members, ...elsewhere(inquiry, owner, key)].map(each => each.value);
  const wanted = wantedBy(patterns, holder, attribute.name);
  const meant = meantValue(value, wanted);
  if (around !== undefined && meant === undefined) {
    return {
      ...base,
      message: `${attribute.name} '${shortened(value)}' of <${holder}> is not for ${holderText(inquiry, around.element, around.attribute.name)}: it goes with ${around.attribute.name} ${quotedList(around.values)}. Here ${attribute.name} takes ${wantedText(wanted)}.`,
      related: [
        {
          levels: around.levels,
          span: { start: around.attribute.nameStart, end: around.attribute.nameEnd },
          message: `${around.attribute.name} is given here.`,
        },
      ],
      remedies: [
        ...setTo(around.levels, around.attribute.name, around.values),
        ...setTo(0, attribute.name, wanted.values),
      ],
      ...(around.settles ? { settles: true } : {}),
    };
  }
  return {
    ...base,
    message: `${attribute.name} of <${holder}> ${wrongness(value)}${asking(meant, wanted)}`,
    remedies: [
      ...[...corrections(value, meant, patterns), ...withoutMeant(wanted, meant)].map((to): Remedy => ({
        kind: 'set-attribute',
        levels: 0,
        name: attribute.name,
        value: to,
      })),
      { kind: 'remove-attribute', name: attribute.name },
    ],
  };
}

/** The attributes of this name in the other patterns that could have been meant by the element. */
function elsewhere(
  inquiry: Inquiry,
  owner: CheckedElement,
  key: string,
): readonly { readonly value: Pattern }[] {
  const { parent } = owner;
  const own = owner.namespaces.elementKey(owner.located.node.name);
  if (parent === undefined || own === undefined) return [];
  const others = stateBehindTag(inquiry, parent).elementsAnywhereNamed(own)?.members ?? [];
  return others.flatMap(
    pattern => inquiry.schema.checker.contentOf(pattern).attributesNamed(key)?.members ?? [],
  );
}

export function explainText(inquiry: Inquiry, owner: CheckedElement, error: TextError): Explanation {
  const { located } = owner;
  const { name } = located.node;
  const text = copied(textContent(inquiry.document.source.text, located)).trim();
  const patterns = valuesIn(error.state);
  const wanted = wantedBy(patterns, name, '');
  const meant = meantValue(text, wanted);
  const accepting: Offered = state => acceptsValue(closedState(state).pattern, text);
  const other = accepting(inquiry.schema.checker.contentOf(owner.pattern))
    ? attributeThatExcludes(inquiry, owner, accepting)
    : undefined;
  const values = other === undefined ? [] : valuesThatAllow(inquiry, owner, other, accepting);
  const writes = [...corrections(text, meant, patterns), ...withoutMeant(wanted, meant)].map(
    (to): Remedy => ({ kind: 'write-text', text: to }),
  );
  const beside =
    other === undefined ? '' : ` beside ${other.name}='${shortened(valueOf(inquiry, owner, other))}'`;
  return {
    rule: 'value-not-allowed',
    span: textSpan(owner, inquiry.document.source.text),
    related:
      other === undefined
        ? []
        : [
            {
              levels: 0,
              span: { start: other.nameStart, end: other.nameEnd },
              message: `${other.name} is given here.`,
            },
          ],
    message: `${tag(located.node)} ${wrongness(text)}${beside}${asking(meant, wanted)}`,
    remedies: other === undefined ? writes : [...setTo(0, other.name, values), ...writes],
  };
}

const valuesIn = (state: State): Pattern[] => [
  ...state.leaves('value'),
  ...state.leaves('data'),
  ...state.leaves('list'),
];

/** The text without the blanks around it; the name of an element that holds none. */
function textSpan({ located }: CheckedElement, text: string): Explanation['span'] {
  const { node, start } = located;
  const end = node.closeStart >= 0 ? node.closeStart : node.length;
  const inner = text.slice(start + node.openEnd, start + end);
  if (inner.trim() === '') return { start: 1, end: 1 + node.name.length };
  const blanks = inner.length - inner.trimStart().length;
  return { start: node.openEnd + blanks, end: node.openEnd + inner.trimEnd().length };
}

const wrongness = (value: string): string =>
  value.trim() === '' ? (value === '' ? 'is empty' : 'is blank') : `can't be '${shortened(value)}'`;

function asking(meant: string | undefined, wanted: Wanted): string {
  const takes = wantedText(wanted);
  if (meant === undefined) return takes === '' ? '.' : `: it takes ${takes}.`;
  const only = wanted.values.length + wanted.kinds.length === 1;
  return only ? `. Is '${meant}' meant?` : `. Is '${meant}' meant? It takes ${takes}.`;
}

/** What was meant, first; then the value without its blanks, or without a plus sign, where that will do. */
function corrections(value: string, meant: string | undefined, patterns: readonly Pattern[]): string[] {
  const tidied = [value.trim(), value.trim().toLowerCase(), value.trim().replace(/^\+/, '')].filter(
    candidate => candidate !== value && patterns.some(pattern => acceptsValue(pattern, candidate)),
  );
  return [...new Set([...(meant === undefined ? [] : [meant]), ...tidied])];
}

/** The other listed values, where they are few. */
const withoutMeant = ({ values, kinds }: Wanted, meant: string | undefined): string[] => {
  if (meant !== undefined) return [];
  if (values.length > 0) return values.length <= MOST_VALUES_OFFERED ? [...values] : [];
  return kinds.slice(0, 1).flatMap(({ example }) => (example === '' ? [] : [example]));
};

const MOST_VALUES_OFFERED = 6;
