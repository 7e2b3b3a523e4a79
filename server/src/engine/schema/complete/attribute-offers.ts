/**
 * Attributes, and values of attributes and of text, that can really be written at a place: whatever is offered here takes
 * away nothing that fits now, neither another attribute nor a child.
 */

import type { Located, XmlAttribute, XmlDocument } from '../../xml/tree';
import { listedNames, nameKey } from '../name-class';
import type { Schema } from '../schema';
import { acceptsValue, type AttributeSet, type State } from '../state';
import type { CheckedElement } from '../validate';
import { alternativesFor, behindTag, tagState } from './alternatives';
import { listedValues } from './listed-values';
import { neededNames } from './needed';
import { walkFrom } from './sibling-walk';
import { writtenAttribute } from './written-name';

export interface AttributeOffer extends ValueOffers {
  readonly name: string;
  readonly needed: boolean;
}

export interface ValueOffers {
  /** Those that fit of the values that the schema lists. */
  readonly values: readonly string[];
  /** Whether others than listed ones are possible. */
  readonly free: boolean;
  /** Whether a value fits, listed or not. */
  takes(value: string): boolean;
}

/**
 * Attributes that are not there yet. `written` is one that is being written and counts as not there; what it takes away
 * may not make anything unfit that fits while it is there.
 */
export function attributesAt(
  schema: Schema,
  document: XmlDocument,
  located: Located,
  written: XmlAttribute | undefined,
): readonly AttributeOffer[] {
  return offersOf(schema, document, located, written).filter(({ worse }) => !worse);
}

/** Values for an attribute, which may be there already. Undefined where it can't be there. */
export function attributeValuesAt(
  schema: Schema,
  document: XmlDocument,
  located: Located,
  name: string,
): ValueOffers | undefined {
  const written = located.node.attributes.find(attribute => attribute.name === name);
  return offersOf(schema, document, located, written).find(offer => offer.name === name);
}

/** An attribute, and whether less fits with it than now. */
interface JudgedOffer extends AttributeOffer {
  readonly worse: boolean;
}

function offersOf(
  schema: Schema,
  document: XmlDocument,
  located: Located,
  written: XmlAttribute | undefined,
): readonly JudgedOffer[] {
  const merged = new Map<string, JudgedOffer>();
  for (const element of alternativesFor(schema, document, located, { attribute: written })) {
    for (const offer of attributesIn(schema, document, element, written)) {
      const known = merged.get(offer.name);
      // By several patterns: the values of all by which it makes nothing worse.
      if (known === undefined || (known.worse && !offer.worse)) merged.set(offer.name, offer);
      else if (known.worse === offer.worse) merged.set(offer.name, { ...offer, ...bothValues(known, offer) });
    }
  }
  return [...merged.values()];
}

/** Values for the text of an element without child elements. */
export function textValuesAt(
  schema: Schema,
  document: XmlDocument,
  located: Located,
): ValueOffers | undefined {
  let found: ValueOffers | undefined;
  for (const element of alternativesFor(schema, document, located, {})) {
    const state = behindTag(tagState(schema, document, element, undefined).state);
    const offers = {
      ...listedValues(state.pattern),
      takes: (value: string): boolean => acceptsValue(state.pattern, value),
    };
    found = found === undefined ? offers : bothValues(found, offers);
  }
  return found;
}

function attributesIn(
  schema: Schema,
  document: XmlDocument,
  element: CheckedElement,
  written: XmlAttribute | undefined,
): readonly JudgedOffer[] {
  const { state, refused: attributes } = tagState(schema, document, element, written);
  const whole = tagState(schema, document, element, undefined);
  const present = new Set(element.located.node.attributes.map(({ name }) => name));
  if (written !== undefined) present.delete(written.name);
  const needed = neededNames(state, 'attribute');
  const named = [...namedAttributes(state)].flatMap(([key, set]) => {
    const name = writtenAttribute(key, element);
    return name === undefined || present.has(name) ? [] : [{ key, name, set, ways: waysOf(schema, set) }];
  });
  const stretch = { first: 0, end: element.located.node.children.length };
  const behind = (states: readonly State[]): readonly number[] =>
    walkFrom(schema, document, element, states.map(behindTag), stretch).map(({ refused }) => refused);
  const starts = named.flatMap(({ ways }) => ways.map(way => state.withAttributes(way)));
  const [now = 0, ...ends] = behind([whole.state, ...starts]);
  let at = 0;
  return named.map(({ key, name, set, ways }) => {
    const refused = new Map(ways.map(way => [way, ends[at++] ?? 0]));
    const refusedBy = (way: AttributeSet): number => {
      let known = refused.get(way);
      if (known === undefined) refused.set(way, (known = behind([state.withAttributes(way)])[0] ?? 0));
      return known;
    };
    // A document that is faulty behind this place is so with any value: then those count that fit best.
    const least = Math.min(...refused.values());
    const values = valuesOf(set, ways, way => refusedBy(way) <= least);
    return { name, needed: needed.has(key), worse: attributes + least > whole.refused + now, ...values };
  });
}

/** The sets of patterns that values of an attribute can match: one for each group of values that lead the same way. */
function waysOf(schema: Schema, set: AttributeSet): readonly AttributeSet[] {
  if (set.members.length === 1) return [set];
  const known = waysMemo.get(set);
  if (known !== undefined) return known;
  const ways = new Set<AttributeSet>();
  for (const { value } of set.members) {
    for (const each of listedValues(value).values) {
      const way = set.passing(member => acceptsValue(member.value, each));
      if (way !== undefined) ways.add(way);
    }
    if (listedValues(value).free)
      ways.add(schema.states.attributeSets.of(set.members.filter(member => member.value === value)));
  }
  const found = [...ways];
  waysMemo.set(set, found);
  return found;
}

const waysMemo = new WeakMap<AttributeSet, readonly AttributeSet[]>();

function valuesOf(
  set: AttributeSet,
  ways: readonly AttributeSet[],
  fits: (way: AttributeSet) => boolean,
): ValueOffers {
  const takes = (value: string): boolean => {
    const way = set.passing(member => acceptsValue(member.value, value));
    return way !== undefined && fits(way);
  };
  const patterns = new Set(ways.filter(fits).flatMap(({ members }) => members));
  const listed = [...patterns].map(({ value }) => listedValues(value));
  const values = [...new Set(listed.flatMap(each => each.values))];
  return {
    values: set.members.length === 1 ? values : values.filter(takes),
    free: listed.some(({ free }) => free),
    takes,
  };
}

const bothValues = (a: ValueOffers, b: ValueOffers): ValueOffers => ({
  values: [...new Set([...a.values, ...b.values])],
  free: a.free || b.free,
  takes: value => a.takes(value) || b.takes(value),
});

function namedAttributes(state: State): ReadonlyMap<string, AttributeSet> {
  const known = attributesMemo.get(state);
  if (known !== undefined) return known;
  const named = new Map<string, AttributeSet>();
  for (const { nameClass } of state.leaves('attribute')) {
    for (const name of listedNames(nameClass)) {
      const set = state.attributesNamed(nameKey(name));
      if (set !== undefined) named.set(nameKey(name), set);
    }
  }
  attributesMemo.set(state, named);
  return named;
}

const attributesMemo = new WeakMap<State, ReadonlyMap<string, AttributeSet>>();
