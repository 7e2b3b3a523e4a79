/** Throttle groups by name: as the value of `group`, as whole filters, and names that filters already use. */

import {
  attributeNamed,
  attributeValue,
  childElements,
  encodeAttribute,
  encodeText,
  usedNames,
} from '../../engine';
import type { Domain, Group, Located, Placed } from '../../engine';
import { codeSpan, escapeMarkdown, limitsWords, usersWords } from '../words';
import { literal } from './offer';
import type { Offer, OfferScene } from './offer';
import type { AttributeValuePlace, ElementPlace, TextPlace } from './place';

/** Names for `group=''`: those that are not yet on this disk first. */
export function groupValueOffers(scene: OfferScene, place: AttributeValuePlace): readonly Offer[] {
  const own = attributeNamed(place.element.node, 'group');
  const block = place.element.parent;
  const onDisk =
    block === undefined
      ? new Set<string>()
      : namesOnDisk(scene, block, own === undefined ? undefined : place.element.start);
  const quote = place.quote === '' ? scene.style.quote : place.quote;
  const open = place.quote === '' ? quote : '';
  const close = place.quote === '' || place.open ? quote : '';
  return groupsFor(scene, onDisk).map(({ name, group, used }) => ({
    label: name,
    kind: 'group',
    text: `${open}${literal(encodeAttribute(name, quote))}${close}`,
    ...groupWords(scene.domain, name, group, used),
    // Right behind `=` the typed text is empty or the beginning of the name; quotes are no part of it.
    filter: name,
  }));
}

/** Whole `<throttlefilter group='NAME'/>` elements inside `<throttlefilters>`. */
export function groupElementOffers(scene: OfferScene, place: ElementPlace): readonly Offer[] {
  if (place.parent.node.name !== 'throttlefilters') return [];
  const { quote } = scene.style;
  if (place.nameOnly)
    return [
      {
        label: 'throttlefilter',
        kind: 'element',
        text: scene.typed.startsWith('<') ? '<throttlefilter' : 'throttlefilter',
      },
    ];
  const onDisk = namesOnDisk(scene, place.parent, undefined);
  const offers: Offer[] = groupsFor(scene, onDisk).map(({ name, group, used }) => ({
    label: `throttlefilter ${name}`,
    kind: 'group',
    text: `<throttlefilter group=${quote}${literal(encodeAttribute(name, quote))}${quote}/>`,
    ...groupWords(scene.domain, name, group, used),
  }));
  if (offers.length > 0) return offers;
  return [
    {
      label: 'throttlefilter',
      kind: 'element',
      text: `<throttlefilter group=${quote}$0${quote}/>`,
      detail: 'no throttle group is defined yet',
    },
  ];
}

/** For `<group_name>`: names that filters use and no group has. */
export function groupNameOffers(scene: OfferScene, place: TextPlace): readonly Offer[] {
  if (place.element.parent?.node.name !== 'throttlegroup') return [];
  return namesWithoutGroup(scene.domain).map(name => ({
    label: name,
    kind: 'group',
    text: literal(encodeText(name)),
    detail: usersWords(scene.domain, name),
  }));
}

/** Names that filters use and no group has, each once, in document order. */
export function namesWithoutGroup(domain: Domain): readonly string[] {
  const defined = new Set(domain.groups.map(group => group.of.name?.value));
  return usedNames(domain, name => name !== '' && !defined.has(name));
}

interface Choice {
  readonly name: string;
  readonly group: Placed<Group>;
  /** Already on this disk. */
  readonly used: boolean;
}

/** So many groups are offered at once; more are narrowed down by what is typed. */
export const MOST_GROUPS = 50;

/**
 * Named groups, each name once, those that the disk does not use yet first. Of more than are offered, those with what is
 * typed in their names; no more of them are looked at than it takes.
 */
function groupsFor({ domain, typed }: OfferScene, onDisk: ReadonlySet<string>): readonly Choice[] {
  const word = typed.replace(/^</, '').toLowerCase();
  const isNarrowed = domain.groups.length > MOST_GROUPS && !'throttlefilter'.startsWith(word);
  const unused = new Map<string, Choice>();
  const used = new Map<string, Choice>();
  for (const group of domain.groups) {
    if (unused.size === MOST_GROUPS) break;
    const name = group.of.name?.value;
    if (name === undefined || name.trim() === '') continue;
    if (isNarrowed && !name.toLowerCase().includes(word)) continue;
    const choices = onDisk.has(name) ? used : unused;
    if (!choices.has(name)) choices.set(name, { name, group, used: choices === used });
  }
  return [...unused.values(), ...used.values()].slice(0, MOST_GROUPS);
}

/** Groups that the filters of all blocks of this disk name; `but` is the start of a filter that does not count. */
function namesOnDisk(scene: OfferScene, block: Located, but: number | undefined): ReadonlySet<string> {
  const { text } = scene.subject.analysis.source;
  const names = new Set<string>();
  const blocks = block.parent === undefined ? [block] : childElements(block.parent, 'throttlefilters');
  for (const each of blocks) {
    for (const filter of childElements(each, 'throttlefilter')) {
      const attribute = attributeNamed(filter.node, 'group');
      if (attribute !== undefined && filter.start !== but) names.add(attributeValue(text, filter, attribute));
    }
  }
  return names;
}

function groupWords(
  domain: Domain,
  name: string,
  group: Placed<Group>,
  used: boolean,
): { readonly detail: string; readonly documentation: string } {
  const limits = limitsWords(group.of.limits);
  const users = usersWords(domain, name);
  return {
    detail: used ? `already on this disk; ${limits}` : limits,
    documentation: `Throttle group ${codeSpan(name)}: ${escapeMarkdown(limits)}\n\n${escapeMarkdown(users)}`,
  };
}
