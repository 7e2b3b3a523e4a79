/** What libvirt's schema allows at the cursor, beside what is known of throttling, which says more and comes in its place. */

import {
  MADE_BY_LIBVIRT,
  attributeValue,
  attributeValuesAt,
  attributesAt,
  elementUsage,
  elementsAt,
  encodeAttribute,
  knowsElement,
  mostUsedPattern,
  skeletonOf,
  textValuesAt,
  usedValues,
  type AttributeOffer,
  type ElementOffer,
  type Located,
  type Schema,
  type ValueOffers,
  type XmlAttribute,
} from '../../engine';
import { attributeWords, elementWords, pathOf, referencePath } from '../reference-words';
import { literal, type Offer, type WritingScene } from './offer';
import type {
  AttributeNamePlace,
  AttributeValuePlace,
  CompletionPlace,
  ElementPlace,
  TextPlace,
} from './place';
import { attributeSnippet, elementSnippet, textSnippet } from './snippet';

/** All offers: `own` are those of throttling. */
export function withSchema(
  scene: WritingScene,
  place: CompletionPlace,
  schema: Schema,
  own: readonly Offer[],
): readonly Offer[] {
  switch (place.kind) {
    case 'element':
      return ELEMENTS_OF_OURS.has(place.parent.node.name) && own.length > 0
        ? own
        : elementOffers(scene, place, schema, own);
    case 'attribute-name':
      return own.length > 0 ? own : attributeOffers(scene, place, schema);
    case 'attribute-value':
      return own.length > 0 ? own : valueOffers(scene, place, schema);
    case 'text':
      return own.length > 0 ? own : textOffers(scene, place, schema);
    case 'close-tag':
      return own;
  }
}

/** In these everything is known without the schema: groups, filters and limits, with names and units. */
const ELEMENTS_OF_OURS: ReadonlySet<string> = new Set([
  'throttlegroups',
  'throttlegroup',
  'throttlefilters',
  'iotune',
]);

function elementOffers(
  scene: WritingScene,
  place: ElementPlace,
  schema: Schema,
  own: readonly Offer[],
): readonly Offer[] {
  const { document } = scene.subject.analysis;
  const { parent, index, written, nameOnly } = place;
  const change = nameOnly ? 'name' : 'insert';
  const allowed = elementsAt(schema, document, { parent, index, written, change });
  if (allowed === undefined) return own;
  const path = pathOf(parent);
  const ranks = elementUsage(path)?.children.ranks;
  const ordered = sorted(allowed, orderBy(ranks));
  const ours = new Map(own.map(offer => [offer.label, offer]));
  const reference = referencePath(scene.subject, parent);
  const offers = ordered.map(
    offer => ours.get(offer.name) ?? elementOffer(scene, place, schema, offer, path, reference),
  );
  // A schema from before throttle groups knows nothing of them; whoever writes them knows that.
  const unknown = own.filter(({ label }) => !knowsElement(schema, label));
  return [...unknown, ...offers];
}

function elementOffer(
  scene: WritingScene,
  place: ElementPlace,
  schema: Schema,
  { name, patterns, needed, namespace }: ElementOffer,
  path: readonly string[],
  reference: readonly string[] | undefined,
): Offer {
  const words = reference === undefined ? undefined : elementWords([...reference, name]);
  const pattern = mostUsedPattern(schema, patterns, [...path, name]);
  const bracket = scene.typed.startsWith('<') ? '<' : '';
  const { quote } = scene.style;
  const declared =
    namespace === undefined
      ? ''
      : ` xmlns:${name.slice(0, name.indexOf(':'))}=${quote}${literal(encodeAttribute(namespace, quote))}${quote}`;
  return {
    label: name,
    kind: 'element',
    text:
      place.nameOnly || pattern === undefined
        ? `${bracket}${name}`
        : elementSnippet(skeletonOf(schema, pattern, [...path, name]), scene.style, declared),
    ...withNeeded(words, needed),
  };
}

function attributeOffers(
  scene: WritingScene,
  { element, written, nameOnly }: AttributeNamePlace,
  schema: Schema,
): readonly Offer[] {
  const allowed = attributesAt(schema, scene.subject.analysis.document, element, written);
  const path = pathOf(element);
  const ranks = elementUsage(path)?.attributes.ranks;
  const reference = referencePath(scene.subject, element);
  const value = nameOnly && written !== undefined ? writtenValue(scene, element, written) : '';
  const fitting = value === '' ? allowed : allowed.filter(offer => offer.takes(value));
  return sorted(fitting, orderBy(ranks)).map((offer): Offer => ({
    label: offer.name,
    kind: 'attribute',
    text: nameOnly ? offer.name : attributeText(scene, offer, path),
    ...withNeeded(reference && attributeWords(reference, offer.name), offer.needed),
  }));
}

const writtenValue = (scene: WritingScene, element: Located, written: XmlAttribute): string =>
  written.valueStart < 0 ? '' : attributeValue(scene.subject.analysis.source.text, element, written);

function attributeText(scene: WritingScene, offer: AttributeOffer, path: readonly string[]): string {
  const values = valuesByUse(offer, usedValues(path, offer.name));
  const [first] = values;
  const { quote } = scene.style;
  if (first === undefined) return attributeSnippet(offer.name, { kind: 'open' }, quote);
  return attributeSnippet(
    offer.name,
    values.length === 1 && !offer.free ? { kind: 'fixed', value: first } : { kind: 'choice', values },
    quote,
  );
}

function valueOffers(
  scene: WritingScene,
  { element, attribute, quote: typed, open }: AttributeValuePlace,
  schema: Schema,
): readonly Offer[] {
  const allowed = attributeValuesAt(schema, scene.subject.analysis.document, element, attribute);
  if (allowed === undefined) return [];
  const quote = typed === '' ? scene.style.quote : typed;
  const before = typed === '' ? quote : '';
  const behind = typed === '' || open ? quote : '';
  const reference = referencePath(scene.subject, element);
  const words = reference && attributeWords(reference, attribute);
  return valuesByUse(allowed, usedValues(pathOf(element), attribute)).map(value => ({
    label: value,
    kind: 'value',
    text: `${before}${literal(encodeAttribute(value, quote))}${behind}`,
    filter: value,
    ...words,
  }));
}

function textOffers(scene: WritingScene, { element }: TextPlace, schema: Schema): readonly Offer[] {
  const allowed = textValuesAt(schema, scene.subject.analysis.document, element);
  if (allowed === undefined) return [];
  const words = textWords(scene, element);
  return valuesByUse(allowed, usedValues(pathOf(element))).map(value => ({
    label: value,
    kind: 'value',
    text: textSnippet(value),
    ...words,
  }));
}

function textWords(scene: WritingScene, element: Located): Partial<Offer> {
  const reference = referencePath(scene.subject, element);
  return (reference && elementWords(reference)) ?? {};
}

/** Listed values in their order of use; where others are possible, those too that one often writes. */
function valuesByUse(allowed: ValueOffers, used: readonly string[]): readonly string[] {
  const listed = new Set(allowed.values);
  const first = used.filter(value => listed.has(value) || (allowed.free && allowed.takes(value)));
  return [...new Set([...first, ...allowed.values])];
}

/** Needed ones first, then by use; what libvirt fills in by itself is seldom what one wants to write. */
const orderBy =
  (ranks: ReadonlyMap<string, number> | undefined) =>
  ({ name, needed }: { readonly name: string; readonly needed: boolean }): number =>
    needed ? -1 : (ranks?.get(name) ?? 1000) + (MADE_BY_LIBVIRT.has(name) ? 8 : 0);

/** By the number, those with the same by name. */
const sorted = <T extends { readonly name: string }>(all: readonly T[], place: (each: T) => number): T[] =>
  [...all].sort((a, b) => place(a) - place(b) || (a.name < b.name ? -1 : 1));

function withNeeded(
  words: { readonly detail?: string; readonly documentation: string } | undefined,
  needed: boolean,
): Partial<Offer> {
  const detail = [needed ? 'required' : '', words?.detail ?? ''].filter(each => each !== '').join('; ');
  return { ...words, ...(detail !== '' && { detail }) };
}
