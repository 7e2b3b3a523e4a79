/** Why a value is not allowed: of an attribute, or the text of an element. */

import { copied } from '../../xml/names';
import { textContent } from '../../xml/navigate';
import type { Pattern } from '../pattern';
import type { ElementError } from '../schema-error';
import { acceptsValue, type State } from '../state';
import type { CheckedElement } from '../validate';
import { decidedAround, type Around } from './around';
import { attributeThatExcludes, valuesThatAllow, type Offered } from './excluder';
import type { Explanation, Remedy } from './explanation';
import { holderText, quotedList, setTo } from './goes-with';
import { closedState, shortened, tag, textSpan, valueOf, type Inquiry } from './inquiry';
import { otherForms } from './other-form';
import { meantValue, wantedBy, wantedText, type Wanted } from './wanted';

type ValueError = Extract<ElementError, { kind: 'attribute-value' }>;
type TextError = Extract<ElementError, { kind: 'text-value' }>;

/** A value at fault, and how it is spoken of. */
interface Case {
  readonly inquiry: Inquiry;
  readonly owner: CheckedElement;
  readonly error: ValueError;
  readonly key: string;
  readonly value: string;
}

export function explainValue(inquiry: Inquiry, owner: CheckedElement, error: ValueError): Explanation {
  const { attribute } = error;
  const key = owner.namespaces.attributeKey(attribute.name) ?? attribute.name;
  const found: Case = { inquiry, owner, error, key, value: valueOf(inquiry, owner, attribute) };
  const beside = besideAttribute(found);
  if (beside !== undefined) return beside;
  const around = decidedAround(inquiry, owner);
  const others = otherForms(inquiry, owner).flatMap(
    pattern => inquiry.schema.checker.contentOf(pattern).attributesNamed(key)?.members ?? [],
  );
  const patterns = [...error.candidates.members, ...others].map(each => each.value);
  const wanted = wantedBy(patterns, owner.located.node.name, attribute.name);
  const meant = meantValue(found.value, wanted);
  if (around !== undefined && meant === undefined) return notForAround(found, around, wanted);
  const corrected = [...corrections(found.value, meant, patterns), ...withoutMeant(wanted, meant)];
  return {
    ...base(found),
    message: `${attribute.name} of ${tag(owner.located.node)} ${padded(found.value, patterns) ?? wrongness(found.value) + asking(found.value, meant, wanted)}`,
    remedies: [
      ...corrected.map((value): Remedy => ({
        kind: 'set-attribute',
        levels: 0,
        name: attribute.name,
        value,
      })),
      ...fittingOf(attribute.name, wanted, meant),
      { kind: 'remove-attribute', name: attribute.name },
    ],
  };
}

/** A value that the attribute takes, but not beside another attribute. */
function besideAttribute(found: Case): Explanation | undefined {
  const { inquiry, owner, error, key, value } = found;
  const { attribute } = error;
  const accepting: Offered = state =>
    state.attributesNamed(key)?.members.some(candidate => acceptsValue(candidate.value, value)) === true;
  if (!accepting(inquiry.schema.checker.contentOf(owner.pattern))) return undefined;
  const other = attributeThatExcludes(inquiry, owner, accepting, attribute);
  if (other === undefined) return undefined;
  const values = valuesThatAllow(inquiry, owner, other, accepting, { without: attribute });
  const holder = owner.located.node.name;
  const wanted = wantedBy(
    error.candidates.members.map(each => each.value),
    holder,
    attribute.name,
  );
  const beside = `${other.name}='${shortened(valueOf(inquiry, owner, other))}'`;
  return {
    ...base(found),
    message:
      values.length === 0
        ? `${attribute.name} of <${holder}> can't be '${shortened(value)}' beside ${beside}: it takes ${wantedText(wanted, value)} there.`
        : `${attribute.name} '${shortened(value)}' can't be combined with ${beside} on <${holder}>: it goes with ${other.name} ${quotedList(values)}. Beside ${beside} it takes ${wantedText(wanted)}.`,
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

function notForAround(found: Case, around: Around, wanted: Wanted): Explanation {
  const { inquiry, owner, error, value } = found;
  const { name } = error.attribute;
  const { attribute, element, levels, values } = around;
  return {
    ...base(found),
    message: `${name} '${shortened(value)}' of ${tag(owner.located.node)} is not for ${holderText(inquiry, element, attribute.name)}: it goes with ${attribute.name} ${quotedList(values)}. Here ${name} takes ${wantedText(wanted)}.`,
    related: [
      {
        levels,
        span: { start: attribute.nameStart, end: attribute.nameEnd },
        message: `${attribute.name} is given here.`,
      },
    ],
    remedies: [...setTo(levels, attribute.name, values), ...setTo(0, name, wanted.values)],
    ...(around.settles ? { settles: true } : {}),
  };
}

function base({ error: { attribute }, value }: Case): Pick<Explanation, 'rule' | 'span' | 'related'> {
  // With its quotes, so that there is something to see of an empty one.
  const quotes = value === '' ? 1 : 0;
  return {
    rule: 'value-not-allowed',
    span: { start: attribute.valueStart - quotes, end: attribute.valueEnd + quotes },
    related: [],
  };
}

export function explainText(inquiry: Inquiry, owner: CheckedElement, error: TextError): Explanation {
  const { located } = owner;
  const { name } = located.node;
  const raw = copied(textContent(inquiry.document.source.text, located));
  const text = raw.trim();
  const patterns = valuesIn(error.state);
  const wanted = wantedBy(patterns, name, '');
  const meant = meantValue(text, wanted);
  const accepting: Offered = state => acceptsValue(closedState(state).pattern, text);
  const other = accepting(inquiry.schema.checker.contentOf(owner.pattern))
    ? attributeThatExcludes(inquiry, owner, accepting)
    : undefined;
  const values = other === undefined ? [] : valuesThatAllow(inquiry, owner, other, accepting);
  const split = numberWithUnit(inquiry, owner, text, patterns);
  const writes = [...corrections(raw, meant, patterns), ...withoutMeant(wanted, meant)].map((to): Remedy => ({
    kind: 'write-text',
    text: to,
  }));
  if (split !== undefined) {
    const unit = `${tag(located.node)} can't be '${shortened(text)}': the number stands alone, and its unit in the attribute unit. Write <${name} unit='${split.unit}'>${split.text}</${name}>.`;
    return {
      rule: 'value-not-allowed',
      span: textSpan(owner.located, inquiry.document.source.text),
      related: [],
      message: unit,
      remedies: [{ kind: 'write-text', ...split }],
    };
  }
  const beside =
    other === undefined ? '' : ` beside ${other.name}='${shortened(valueOf(inquiry, owner, other))}'`;
  return {
    rule: 'value-not-allowed',
    span: textSpan(owner.located, inquiry.document.source.text),
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
    message: `${tag(located.node)} ${padded(raw, patterns) ?? wrongness(text) + beside + asking(text, meant, wanted)}`,
    remedies: [
      ...(other === undefined ? [] : setTo(0, other.name, values)),
      ...writes,
      { kind: 'remove-element' },
    ],
  };
}

const valuesIn = (state: State): Pattern[] => [
  ...state.leaves('value'),
  ...state.leaves('data'),
  ...state.leaves('list'),
];

const wrongness = (value: string): string =>
  value.trim() === '' ? (value === '' ? 'is empty' : 'is blank') : `can't be '${shortened(value)}'`;

function asking(value: string, meant: string | undefined, wanted: Wanted): string {
  const takes = wantedText(wanted, value);
  if (meant === undefined) return takes === '' ? '.' : `: it takes ${takes}.`;
  const only = wanted.values.length + wanted.kinds.length === 1;
  return only ? `. Is '${meant}' meant?` : `. Is '${meant}' meant? It takes ${takes}.`;
}

/** Blanks around a good value are hard to see. */
function padded(value: string, patterns: readonly Pattern[]): string | undefined {
  const bare = value.trim();
  if (bare === value || bare === '' || !patterns.some(pattern => acceptsValue(pattern, bare)))
    return undefined;
  return `has blanks or line breaks around '${shortened(bare)}', which libvirt's schema does not take here. Take them out.`;
}

/** "4GiB" in an element that has an attribute unit. */
function numberWithUnit(
  inquiry: Inquiry,
  owner: CheckedElement,
  text: string,
  patterns: readonly Pattern[],
): { readonly text: string; readonly unit: string } | undefined {
  const match = /^([0-9]+)\s*([A-Za-z]+)$/.exec(text);
  const [, number = '', unit = ''] = match ?? [];
  if (match === null || !patterns.some(pattern => acceptsValue(pattern, number))) return undefined;
  const attributes = inquiry.schema.checker.contentOf(owner.pattern).attributesNamed('unit')?.members ?? [];
  return attributes.some(({ value }) => acceptsValue(value, unit)) ? { text: number, unit } : undefined;
}

/** What was meant, first; then the value without its blanks, or what else is readily put right. */
function corrections(value: string, meant: string | undefined, patterns: readonly Pattern[]): string[] {
  const bare = value.trim();
  // "1 048 576", or a MAC address; blanks in a name or path are no slip.
  const digits = /^[\s,_:\da-fA-F-]*\d[\s,_:\da-fA-F-]*$/.test(bare) ? [bare.replace(/[\s,_]/g, '')] : [];
  const tidied = [bare, bare.toLowerCase(), bare.replace(/^\+/, ''), ...digits].find(
    candidate => candidate !== value && patterns.some(pattern => acceptsValue(pattern, candidate)),
  );
  return [...new Set([meant, tidied].filter(each => each !== undefined))];
}

/** The other listed values, where they are few. */
const withoutMeant = ({ values }: Wanted, meant: string | undefined): readonly string[] =>
  meant === undefined && values.length <= MOST_VALUES_OFFERED ? values : [];

const MOST_VALUES_OFFERED = 6;

/** Of more values, those that go with the rest of the element may be few. */
const fittingOf = (name: string, { values }: Wanted, meant: string | undefined): readonly Remedy[] =>
  meant === undefined && values.length > MOST_VALUES_OFFERED && values.length <= MOST_VALUES_TRIED
    ? [{ kind: 'set-attribute-to-fitting', name, values }]
    : [];

/** Each is tried when fixes are asked for. */
const MOST_VALUES_TRIED = 40;
