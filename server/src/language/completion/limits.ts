/** Limits inside a group or an iotune: their elements, and values for them. */

import {
  LIMITS,
  childElements,
  formatLimit,
  holdsTemplate,
  limitNamed,
  parseQuantity,
  textContent,
} from '../../engine';
import type { LimitField, Limits, Located } from '../../engine';
import { limitFacts } from '../hover-limits';
import { THROTTLE_ELEMENTS } from '../hover-element';
import type { Offer, OfferScene } from './offer';
import type { ElementPlace, TextPlace } from './place';

/** Limits that are not there yet and that no other one excludes; then `<group_name>`. */
export function limitElementOffers(scene: OfferScene, place: ElementPlace): readonly Offer[] {
  const owner = ownerOf(place.parent);
  if (owner === undefined) return [];
  const present = place.siblings().flatMap(sibling => limitNamed(sibling.node.name) ?? []);
  const fitting = holdsOtherText(scene, place) ? [] : LIMITS.filter(field => !excluded(field, present));
  const offers: Offer[] = fitting
    .map((field: LimitField, order) => ({ field, order: order + 100 * distance(field, present) }))
    .sort((a, b) => a.order - b.order)
    .map(({ field }) => ({
      label: field.xml,
      kind: 'element',
      text: elementText(scene, place, field.xml),
      detail: UNIT_DETAILS[field.unit],
      documentation: `${field.summary}\n\n${limitFacts(field, owner)}`,
    }));
  const named = place.siblings().some(sibling => sibling.node.name === 'group_name');
  if (named) return offers;
  const groupName: Offer = {
    label: 'group_name',
    kind: 'element',
    text: elementText(scene, place, 'group_name'),
    documentation: THROTTLE_ELEMENTS.get('group_name') ?? '',
  };
  // A group is nothing without its name; an iotune seldom has one.
  return owner === 'group' ? [groupName, ...offers] : [...offers, groupName];
}

/** Whether only a name is changed and the element holds what no limit is: text that is no number. */
function holdsOtherText(
  { subject }: OfferScene,
  { nameOnly, written, replace, parent }: ElementPlace,
): boolean {
  if (!nameOnly || written === undefined) return false;
  const text = textContent(subject.analysis.source.text, { node: written, start: replace.start, parent });
  return !/^\s*\d*\s*$/.test(text) && !holdsTemplate(text);
}

/** Useful values in the right unit; what was typed with a unit ("50M") as the number that it means. */
export function limitValueOffers(scene: OfferScene, place: TextPlace): readonly Offer[] {
  const field = limitNamed(place.element.node.name);
  const holder = place.element.parent;
  if (field === undefined || holder === undefined || ownerOf(holder) === undefined) return [];
  const typed = scene.typed;
  const values = exampleValues(field, baseOf(scene, holder, field));
  const offers: Offer[] = values.map(value => valueOffer(field, value, value.toString()));
  const meant = /^\d+$/.test(typed) ? undefined : parseQuantity(typed);
  return meant === undefined ? offers : [valueOffer(field, meant, typed), ...offers];
}

const valueOffer = (field: LimitField, value: bigint, filter: string): Offer => ({
  label: value.toString(),
  kind: 'value',
  text: value.toString(),
  detail: formatLimit(field, value),
  documentation: field.summary,
  filter,
});

const ownerOf = (located: Located): Limits['owner'] | undefined =>
  located.node.name === 'throttlegroup' ? 'group' : located.node.name === 'iotune' ? 'iotune' : undefined;

/** A total excludes read and write of its family, and they exclude it, even where one is 0 (libvirt's schema). */
function excluded(field: LimitField, present: readonly LimitField[]): boolean {
  return present.some(
    other =>
      other.xml === field.xml ||
      (other.family === field.family && (other.direction === 'total') !== (field.direction === 'total')),
  );
}

/** 0: stands on its own or builds on what is there; 1: its rate, burst or operations limit is not there yet. */
function distance(field: LimitField, present: readonly LimitField[]): 0 | 1 {
  const has = (kind: LimitField['kind'], direction: LimitField['direction'] | undefined): boolean =>
    present.some(
      other =>
        other.kind === kind &&
        other.resource === field.resource &&
        (direction === undefined || other.direction === direction),
    );
  switch (field.kind) {
    case 'rate':
      return 0;
    case 'burst':
      return has('rate', field.direction) ? 0 : 1;
    case 'burst-length':
      return has('burst', field.direction) ? 0 : 1;
    case 'request-size':
      return has('rate', undefined) ? 0 : 1;
  }
}

function elementText(scene: OfferScene, place: ElementPlace, name: string): string {
  if (place.nameOnly) return scene.typed.startsWith('<') ? `<${name}` : name;
  return `<${name}>$0</${name}>`;
}

/** The limit that a burst must not be below, where it is a plain number. */
function baseOf(scene: OfferScene, holder: Located, field: LimitField): bigint | undefined {
  if (field.kind !== 'burst') return undefined;
  const base = LIMITS.find(
    (other: LimitField) =>
      other.kind === 'rate' && other.resource === field.resource && other.direction === field.direction,
  );
  const element = base === undefined ? undefined : childElements(holder, base.xml)[0];
  if (element === undefined) return undefined;
  const text = textContent(scene.subject.analysis.source.text, element).trim();
  const value = /^\d{1,15}$/.test(text) ? BigInt(text) : 0n;
  return value > 0n ? value : undefined;
}

function exampleValues(field: LimitField, base: bigint | undefined): readonly bigint[] {
  if (base !== undefined)
    return [2n, 3n, 5n, 10n].map(times => base * times).filter(value => value <= field.max);
  if (field.kind === 'burst-length') return [5n, 10n, 30n, 60n];
  if (field.kind === 'request-size') return [4096n, 8192n, 16384n, 65536n];
  if (field.resource === 'iops') return [100n, 500n, 1000n, 5000n, 10000n];
  return [10n, 50n, 100n, 500n, 1024n].map(mebibytes => mebibytes * 1_048_576n);
}

const UNIT_DETAILS: Readonly<Record<LimitField['unit'], string>> = {
  'bytes/s': 'bytes per second',
  'operations/s': 'operations per second',
  seconds: 'seconds',
  bytes: 'bytes',
};
