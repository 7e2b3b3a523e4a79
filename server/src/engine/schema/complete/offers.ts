/**
 * What can really be written at a place, given what stands before and behind it: whatever is offered here takes away
 * nothing that fits now. What an offered element still needs is told by `skeletonOf`.
 */

import type { Located, XmlAttribute, XmlDocument, XmlElement } from '../../xml/tree';
import { scopeOf } from '../check-element';
import { homesOfElement } from '../explain/homes';
import { listedNames, nameKey, nameOfKey } from '../name-class';
import type { ElementPattern } from '../pattern';
import type { Schema } from '../schema';
import { acceptsValue, type AttributeSet, type State } from '../state';
import type { CheckedElement } from '../validate';
import { alternativesFor, behindTag, tagState } from './alternatives';
import { listedValues } from './listed-values';
import { neededNames } from './needed';
import { isOpen, walkFrom } from './sibling-walk';

export interface ElementOffer {
  /** As it is written here, with a prefix where the document has one for its namespace. */
  readonly name: string;
  /** The patterns by which it fits. */
  readonly patterns: readonly ElementPattern[];
  /** Whether the parent is not valid without one. */
  readonly needed: boolean;
  /** Its namespace, where nothing in the document declares it: the element then does so itself, for its own prefix. */
  readonly namespace: string | undefined;
  /** Its name as `nameKey` writes it. */
  readonly key: string;
}

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

/** Where an element is written. */
export interface ElementSpot {
  readonly parent: Located;
  /** Among the parent's children, which of them it would come before. */
  readonly index: number;
  /** The element that is being written there: it counts as not there. */
  readonly written: XmlElement | undefined;
  /** `name`: only the name is changed, what the written element holds stays. */
  readonly change: 'insert' | 'name';
}

/** Undefined where the schema does not know the parent. */
export function elementsAt(
  schema: Schema,
  document: XmlDocument,
  spot: ElementSpot,
): readonly ElementOffer[] | undefined {
  const { parent, written, change } = spot;
  const parents = alternativesFor(schema, document, parent, { ...(change === 'insert' && { child: written }) });
  if (parents.length === 0) return undefined;
  const merged = new Map<string, ElementOffer>();
  for (const element of parents) {
    for (const offer of elementsIn(schema, document, element, spot)) {
      const known = merged.get(offer.name);
      merged.set(
        offer.name,
        known === undefined ? offer : { ...offer, patterns: [...known.patterns, ...offer.patterns] },
      );
    }
  }
  return [...merged.values()];
}

/** Whether the element can hold child elements, or only text or nothing. Undefined where the schema does not know it. */
export function holdsElements(schema: Schema, document: XmlDocument, located: Located): boolean | undefined {
  const elements = alternativesFor(schema, document, located, {});
  if (elements.length === 0) return undefined;
  return elements.some(
    element => behindTag(tagState(schema, document, element, undefined).state).leaves('element').length > 0,
  );
}

/** Whether an element of that name may stand anywhere in documents of the schema. */
export const knowsElement = (schema: Schema, key: string): boolean => homesOfElement(schema, key).length > 0;

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

function elementsIn(
  schema: Schema,
  document: XmlDocument,
  element: CheckedElement,
  { index, written, change }: ElementSpot,
): readonly ElementOffer[] {
  const content = behindTag(tagState(schema, document, element, undefined).state);
  const stretch = { first: 0, end: index, without: written };
  const state = walkFrom(schema, document, element, [content], stretch)[0]?.state ?? content;
  const needed = neededNames(state, 'element');
  const open = isOpen(schema, document, element);
  const named = [...(open ? namedElements(state.leaves('element')) : nextNamed(state))].flatMap(
    ([key, patterns]) => {
      const fitting =
        change === 'name' ? fittingNames(schema, document, element, written, patterns) : patterns;
      const name = writtenName(key, element);
      const undeclared = change === 'name' && name?.namespace !== undefined;
      return name === undefined || undeclared || fitting.length === 0 ? [] : [{ key, ...name, patterns: fitting }];
    },
  );
  const starts = named.flatMap(({ patterns }) =>
    patterns.map(pattern => state.withElements(schema.states.elementSets.of([pattern]))),
  );
  const end = element.located.node.children.length;
  const behind = { first: index, end, without: written };
  const ends = walkFrom(schema, document, element, starts, behind);
  // Under a new name the element may take nothing away that it gives under its present one.
  const present = change === 'name' ? { ...behind, without: undefined } : behind;
  const [now] = walkFrom(schema, document, element, [state], present);
  let at = 0;
  return named.flatMap(({ patterns, ...names }) => {
    const fitting = patterns.filter(() => (ends[at++]?.refused ?? 0) <= (now?.refused ?? 0));
    return fitting.length === 0 ? [] : [{ ...names, patterns: fitting, needed: needed.has(names.key) }];
  });
}

/** Patterns that what the written element holds fits into no worse than into those of its present name. */
function fittingNames(
  schema: Schema,
  document: XmlDocument,
  element: CheckedElement,
  written: XmlElement | undefined,
  patterns: readonly ElementPattern[],
): readonly ElementPattern[] {
  if (written === undefined) return patterns;
  const index = element.located.node.children.indexOf(written);
  const start = element.located.start + (element.located.node.childStarts[index] ?? 0);
  const { text } = document.source;
  const namespaces = scopeOf(text, written, start, element.namespaces);
  const placed = { text, node: written, start, namespaces };
  const errors = (each: readonly ElementPattern[]): number =>
    schema.checker.check(placed, schema.states.elementSets.of(each)).errorCount;
  const key = namespaces.elementKey(written.name);
  const content = schema.checker.contentOf(element.pattern);
  const present = key === undefined ? undefined : content.elementsAnywhereNamed(key);
  const most = present === undefined ? Infinity : errors(present.members);
  return patterns.filter(pattern => errors([pattern]) <= most);
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

function nextNamed(state: State): ReadonlyMap<string, readonly ElementPattern[]> {
  let named = nextMemo.get(state);
  if (named === undefined) nextMemo.set(state, (named = namedElements(state.nextElements())));
  return named;
}

const nextMemo = new WeakMap<State, ReadonlyMap<string, readonly ElementPattern[]>>();

function namedElements(patterns: readonly ElementPattern[]): ReadonlyMap<string, readonly ElementPattern[]> {
  const named = new Map<string, ElementPattern[]>();
  for (const pattern of patterns) {
    for (const name of listedNames(pattern.nameClass)) {
      const key = nameKey(name);
      named.set(key, [...(named.get(key) ?? []), pattern]);
    }
  }
  return named;
}

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

/** A name as one writes it inside of the element; with a namespace that is to be declared where nothing does. */
function writtenName(
  key: string,
  { namespaces }: CheckedElement,
): { readonly name: string; readonly namespace: string | undefined } | undefined {
  const { ns, local } = nameOfKey(key);
  if (ns === '')
    return namespaces.elementKey(local) === local ? { name: local, namespace: undefined } : undefined;
  const prefix = namespaces.prefixOf(ns) ?? LIBVIRT_NAMESPACE.exec(ns)?.[1];
  if (prefix === undefined) return undefined;
  const name = prefix === '' ? local : `${prefix}:${local}`;
  const bound = namespaces.elementKey(name);
  if (bound === undefined) return { name, namespace: ns };
  return bound === key ? { name, namespace: undefined } : undefined;
}

/** Libvirt's own namespaces and the prefixes that it writes for them. */
const LIBVIRT_NAMESPACE = /^http:\/\/libvirt\.org\/schemas\/[a-z]+\/([a-z]+)\/1\.0$/;

/** As `writtenName`; an attribute without prefix is in no namespace. */
function writtenAttribute(key: string, element: CheckedElement): string | undefined {
  if (!key.startsWith('{')) return key;
  const written = writtenName(key, element);
  return written?.namespace === undefined && written?.name.includes(':') === true ? written.name : undefined;
}
