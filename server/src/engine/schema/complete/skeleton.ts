/**
 * What an element needs at least, with what one mostly writes in it: the content of a snippet, as data. Everything in
 * it fits together; what is left open are values that only its author can know.
 */

import { elementUsage, usedValues, type ElementUsage } from '../../reference/practice';
import { listedNames, nameOfKey, nameKey } from '../name-class';
import type { ElementPattern } from '../pattern';
import type { Schema } from '../schema';
import { acceptsValue, type ElementSet, type State } from '../state';
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
  /** Any of these leaves the rest as it is; the most used first. */
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

/** Elements in elements in elements; deeper nothing in libvirt's schemas is needed. */
const DEEPEST = 5;

/** What libvirt fills in by itself, though its own documents mostly have it. */
const MADE_BY_LIBVIRT: ReadonlySet<string> = new Set([
  'address',
  'alias',
  'backingStore',
  'controller',
  'currentMemory',
  'emulator',
  'id',
  'mac',
  'memballoon',
  'seclabel',
  'uuid',
]);

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
  for (const key of attributesByUse(state, usage)) {
    const set = state.attributesNamed(key);
    const next = set && state.withAttributes(set);
    const missing = fewestMissing(state, 'attribute');
    if (set === undefined || next === undefined) continue;
    const helps = fewestMissing(next, 'attribute') < missing;
    if (!helps && !usual.has(key)) continue;
    // An attribute that is only usual must not make others needed.
    if (!helps && fewestMissing(next, 'attribute') > missing) continue;
    const values = valuesOf(
      set.members.map(({ value }) => listedValues(value)),
      usedValues(path, key),
    );
    const [first] = values;
    const chosen = first === undefined ? set : set.passing(({ value }) => acceptsValue(value, first));
    const behind = state.withAttributes(chosen ?? set);
    const alike = values.filter(
      value =>
        state.withAttributes(set.passing(member => acceptsValue(member.value, value)) ?? set) === behind,
    );
    attributes.push({
      name: key,
      value: valueOf(
        alike,
        set.members.some(({ value }) => listedValues(value).free),
      ),
    });
    state = behind;
  }
  return state;
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
    const step = nextChild(schema, state, usage, usual);
    if (step === undefined) break;
    const { key, pattern } = step;
    usual.delete(key);
    children.push(makeSkeleton(schema, pattern, [...path, nameOfKey(key).local], depth - 1));
    state = state.withElements(step.set);
  }
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
  usage: ElementUsage | undefined,
  usual: ReadonlySet<string>,
): ChildStep | undefined {
  const missing = fewestMissing(state, 'element');
  if (missing === 0 && usual.size === 0) return undefined;
  const keys = new Set(state.nextElements().flatMap(({ nameClass }) => listedNames(nameClass).map(nameKey)));
  for (const key of byUse([...keys], usage?.children.ranks)) {
    for (const pattern of state.elementsNamed(key)?.members ?? []) {
      const set = schema.states.elementSets.of([pattern]);
      const left = fewestMissing(state.withElements(set), 'element');
      if (left < missing || (usual.has(key) && left <= missing)) return { key, pattern, set };
    }
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
    const values = valuesOf([listed], usedValues(path));
    return { kind: 'text', value: valueOf(values, listed.free) };
  }
  const more = state.leaves('element').length > 0 && (usage?.holdsChildren ?? true);
  return { kind: more ? 'elements' : 'empty' };
}

/** Listed values by use. */
function valuesOf(
  listed: readonly { readonly values: readonly string[] }[],
  used: readonly string[],
): readonly string[] {
  const ranks = new Map(used.map((value, rank) => [value, rank]));
  return byUse([...new Set(listed.flatMap(({ values }) => values))], ranks);
}

function valueOf(values: readonly string[], free: boolean): SkeletonValue {
  const [first] = values;
  if (first === undefined || free) return { kind: 'open' };
  return values.length === 1 ? { kind: 'fixed', value: first } : { kind: 'choice', values };
}

/** Names or values in their order of use; those that nobody uses as they stood. */
const byUse = (names: readonly string[], ranks: ReadonlyMap<string, number> | undefined): readonly string[] =>
  [...names].sort((a, b) => (ranks?.get(a) ?? Infinity) - (ranks?.get(b) ?? Infinity) || 0);
