/**
 * Elements that can really be written at a place, given what stands before and behind it: whatever is offered here takes
 * away nothing that fits now. What an offered element still needs is told by `skeletonOf`.
 */

import type { Located, XmlDocument, XmlElement } from '../../xml/tree';
import { scopeOf } from '../scope-of';
import { homesOfElement } from '../explain/homes';
import { listedNames, nameKey } from '../name-class';
import type { ElementPattern } from '../pattern';
import type { Schema } from '../schema';
import type { State } from '../state';
import type { CheckedElement } from '../validate';
import { alternativesFor, behindTag, tagState } from './alternatives';
import { neededNames } from './needed';
import { isOpen, walkFrom } from './sibling-walk';
import { writtenName } from './written-name';

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
  const parents = alternativesFor(schema, document, parent, {
    ...(change === 'insert' && { child: written }),
  });
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
  const fits = change === 'name' ? fitsInside(schema, document, element, written, state) : () => true;
  const open = isOpen(schema, document, element);
  const named = [...(open ? namedElements(state.leaves('element')) : nextNamed(state))].flatMap(
    ([key, patterns]) => {
      const fitting = patterns.filter(fits);
      const name = writtenName(key, element);
      const undeclared = change === 'name' && name?.namespace !== undefined;
      return name === undefined || undeclared || fitting.length === 0
        ? []
        : [{ key, ...name, patterns: fitting }];
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

/**
 * Whether what the written element holds fits a pattern no worse than those of its present name; where that name is none
 * here, no worse than any other pattern.
 */
function fitsInside(
  schema: Schema,
  document: XmlDocument,
  element: CheckedElement,
  written: XmlElement | undefined,
  state: State,
): (pattern: ElementPattern) => boolean {
  if (written === undefined) return () => true;
  const index = element.located.node.children.indexOf(written);
  const start = element.located.start + (element.located.node.childStarts[index] ?? 0);
  const { text } = document.source;
  const namespaces = scopeOf(text, written, start, element.namespaces);
  const placed = { text, node: written, start, namespaces };
  const errors = (pattern: ElementPattern): number =>
    schema.checker.check(placed, schema.states.elementSets.of([pattern])).errorCount;
  const key = namespaces.elementKey(written.name);
  const present = key === undefined ? undefined : state.elementsAnywhereNamed(key);
  const most = Math.min(...(present?.members ?? state.nextElements()).map(errors));
  return pattern => errors(pattern) <= most;
}

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
