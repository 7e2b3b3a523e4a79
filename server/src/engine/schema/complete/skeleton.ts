/**
 * What an element needs at least, with what one mostly writes in it: the content of a snippet, as data. Everything in
 * it fits together; what is left open are values that only its author can know.
 */

import { MADE_BY_LIBVIRT, elementUsage, usedValues, type ElementUsage } from '../../reference/practice';
import { listedNames, nameOfKey, nameKey } from '../name-class';
import type { ElementPattern } from '../pattern';
import type { Schema } from '../schema';
import { acceptsValue, type AttributeSet, type ElementSet, type State } from '../state';
import { behindTag } from './alternatives';
import { listedValues } from './listed-values';
import { fewestMissing } from './needed';

export interface Skeleton {
  readonly name: string;
  readonly attributes: readonly SkeletonAttribute[];
  readonly children: readonly Skeleton[];
  readonly content: SkeletonContent;
}

export interface SkeletonAttribute {
  readonly name: string;
  readonly value: SkeletonValue;
}

export type SkeletonValue =
  /** The schema has only this. */
  | { readonly kind: 'fixed'; readonly value: string }
  /** Each of these leaves the rest as it is; the most used first. There may be others. */
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  /** To be filled in. */
  | { readonly kind: 'open' };

export type SkeletonContent =
  | { readonly kind: 'empty' }
  | { readonly kind: 'text'; readonly value: SkeletonValue }
  /** Child elements: those of the skeleton, or some that are still to be chosen. */
  | { readonly kind: 'elements' };

/** `path` names the elements from the root to the one that is to be made, itself included. */
export function skeletonOf(schema: Schema, pattern: ElementPattern, path: readonly string[]): Skeleton {
  const key = path.slice(-2).join('/');
  let byKey = memo.get(pattern);
  if (byKey === undefined) memo.set(pattern, (byKey = new Map<string, Skeleton>()));
  let made = byKey.get(key);
  if (made === undefined) byKey.set(key, (made = makeSkeleton(schema, pattern, path, DEEPEST)));
  return made;
}

const memo = new WeakMap<ElementPattern, Map<string, Skeleton>>();

/** Of several patterns for one element that with the most used value of the attribute by which they differ. */
export function mostUsedPattern(
  schema: Schema,
  patterns: readonly ElementPattern[],
  path: readonly string[],
): ElementPattern | undefined {
  const [first] = patterns;
  if (patterns.length <= 1) return first;
  for (const attribute of elementUsage(path)?.attributes.ranks.keys() ?? []) {
    const used = usedValues(path, attribute);
    const ranked = patterns.map(pattern => {
      const set = schema.checker.contentOf(pattern).attributesNamed(attribute);
      const values = new Set(set?.members.flatMap(({ value }) => listedValues(value).values));
      const rank = used.findIndex(value => values.has(value));
      return { pattern, rank: rank < 0 ? Infinity : rank };
    });
    const best = Math.min(...ranked.map(({ rank }) => rank));
    if (best === Infinity || ranked.every(({ rank }) => rank === best)) continue;
    return ranked.find(({ rank }) => rank === best)?.pattern;
  }
  return first;
}

/** Elements in elements in elements; deeper nothing in libvirt's schemas is needed. */
const DEEPEST = 5;

function makeSkeleton(
  schema: Schema,
  pattern: ElementPattern,
  path: readonly string[],
  depth: number,
): Skeleton {
  const usage = elementUsage(path);
  const name = path.at(-1) ?? '';
  const attributes: SkeletonAttribute[] = [];
  let state = withAttributes(schema.checker.contentOf(pattern), path, usage, attributes);
  state = behindTag(state);
  const children: Skeleton[] = [];
  if (depth > 0) state = withChildren(schema, state, path, usage, children, depth);
  return { name, attributes, children, content: contentOf(state, path, usage, children.length) };
}

/** Adds attributes, and gives the state behind them. */
function withAttributes(
  start: State,
  path: readonly string[],
  usage: ElementUsage | undefined,
  attributes: SkeletonAttribute[],
): State {
  let state = start;
  const usual = new Set(usage?.attributes.usual.filter(name => !MADE_BY_LIBVIRT.has(name)));
  const keys = attributesByUse(state, usage);
  for (const key of keys) {
    const missing = fewestMissing(state, 'attribute');
    // A needed attribute brings the state nearer to its end; one that is only usual must not make others needed.
    const most = usual.has(key) ? missing : missing - 1;
    state = withAttribute(state, key, path, most, attributes) ?? state;
  }
  const [first] = keys;
  if (attributes.length > 0 || first === undefined || usage?.holdsAttributes !== true) return state;
  return withAttribute(state, first, path, fewestMissing(state, 'attribute'), attributes) ?? state;
}

/** The state behind an attribute that is added; undefined where more than `most` are missing behind it. */
function withAttribute(
  state: State,
  key: string,
  path: readonly string[],
  most: number,
  attributes: SkeletonAttribute[],
): State | undefined {
  const set = state.attributesNamed(key);
  if (set === undefined || fewestMissing(state.withAttributes(set), 'attribute') > most) return undefined;
  const listed = set.members.map(({ value }) => listedValues(value));
  const free = listed.some(each => each.free);
  const takes = (value: string): AttributeSet | undefined =>
    set.passing(member => acceptsValue(member.value, value));
  const values = valuesOf(listed, usedValues(path, key), value => free && takes(value) !== undefined);
  const [first] = values;
  const behind = state.withAttributes((first === undefined ? undefined : takes(first)) ?? set);
  // Values with which the rest would have to be another are none to choose from.
  const alike = values.filter(value => state.withAttributes(takes(value) ?? set) === behind);
  attributes.push({ name: key, value: valueOf(alike, values.length > alike.length || free) });
  return behind;
}

function attributesByUse(state: State, usage: ElementUsage | undefined): readonly string[] {
  const keys = new Set(
    state.leaves('attribute').flatMap(({ nameClass }) => listedNames(nameClass).map(nameKey)),
  );
  return byUse(
    [...keys].filter(key => nameOfKey(key).ns === ''),
    usage?.attributes.ranks,
  );
}

/** Adds needed and usual child elements, and gives the state behind them. */
function withChildren(
  schema: Schema,
  start: State,
  path: readonly string[],
  usage: ElementUsage | undefined,
  children: Skeleton[],
  depth: number,
): State {
  let state = start;
  const usual = new Set(usage?.children.usual.filter(name => !MADE_BY_LIBVIRT.has(name)));
  for (let round = 0; round < MOST_CHILDREN; round++) {
    const step = nextChild(schema, state, path, usage, usual);
    if (step === undefined) break;
    const { key, pattern } = step;
    usual.delete(key);
    children.push(makeSkeleton(schema, pattern, [...path, nameOfKey(key).local], depth - 1));
    state = state.withElements(step.set);
  }
  const places = new Map(usage?.children.usual.map((name, place) => [name, place]));
  children.sort((a, b) => (places.get(a.name) ?? MOST_CHILDREN) - (places.get(b.name) ?? MOST_CHILDREN));
  return state;
}

const MOST_CHILDREN = 16;

interface ChildStep {
  readonly key: string;
  readonly pattern: ElementPattern;
  readonly set: ElementSet;
}

/** The most used child that brings the state nearer to its end, or else one that is usual. */
function nextChild(
  schema: Schema,
  state: State,
  path: readonly string[],
  usage: ElementUsage | undefined,
  usual: ReadonlySet<string>,
): ChildStep | undefined {
  const missing = fewestMissing(state, 'element');
  if (missing === 0 && usual.size === 0) return undefined;
  const keys = new Set(state.nextElements().flatMap(({ nameClass }) => listedNames(nameClass).map(nameKey)));
  for (const key of byUse([...keys], usage?.children.ranks)) {
    const all = state.elementsNamed(key)?.members ?? [];
    const nearer = all.filter(pattern => {
      const left = fewestMissing(state.withElements(schema.states.elementSets.of([pattern])), 'element');
      return left < missing || (usual.has(key) && left <= missing);
    });
    const pattern = mostUsedPattern(schema, nearer, [...path, nameOfKey(key).local]);
    if (pattern !== undefined) return { key, pattern, set: schema.states.elementSets.of([pattern]) };
  }
  return undefined;
}

function contentOf(
  state: State,
  path: readonly string[],
  usage: ElementUsage | undefined,
  children: number,
): SkeletonContent {
  if (children > 0) return { kind: 'elements' };
  const listed = listedValues(state.pattern);
  if (listed.free || listed.values.length > 0) {
    const values = valuesOf([listed], usedValues(path), value => acceptsValue(state.pattern, value));
    return { kind: 'text', value: valueOf(values, listed.free) };
  }
  const more = state.leaves('element').length > 0 && (usage?.holdsChildren ?? true);
  return { kind: more ? 'elements' : 'empty' };
}

/** Listed values by use, and those in use that are possible besides. */
function valuesOf(
  listed: readonly { readonly values: readonly string[] }[],
  used: readonly string[],
  possible: (value: string) => boolean,
): readonly string[] {
  const all = new Set(listed.flatMap(({ values }) => values));
  return [...new Set([...used.filter(value => all.has(value) || possible(value)), ...all])];
}

/** `others`: whether there are values that are not among these. */
function valueOf(values: readonly string[], others: boolean): SkeletonValue {
  const [first] = values;
  if (first === undefined) return { kind: 'open' };
  return values.length === 1 && !others ? { kind: 'fixed', value: first } : { kind: 'choice', values };
}

/** Names or values in their order of use; those that nobody uses as they stood. */
const byUse = (names: readonly string[], ranks: ReadonlyMap<string, number> | undefined): readonly string[] =>
  [...names].sort((a, b) => (ranks?.get(a) ?? Infinity) - (ranks?.get(b) ?? Infinity) || 0);
