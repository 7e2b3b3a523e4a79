/** What must still come, and the least that an element must hold. */

import type { Markup } from '../../edit/markup';
import { nameClassKey } from '../name-class';
import type { AttributePattern, ElementPattern, Pattern } from '../pattern';
import type { Schema } from '../schema';
import type { State } from '../state';
import type { CheckedElement } from '../validate';
import { writtenNames } from './inquiry';
import { exampleOf, wantedBy } from './wanted';

/** Ways to give what is missing, the shortest only, each as the patterns that must come, in their order. */
export const lackingElements = (state: State): readonly (readonly ElementPattern[])[] =>
  shortest(waysOf(state.pattern, 'element').map(way => way.filter(isElement)));

export const lackingAttributes = (state: State): readonly (readonly AttributePattern[])[] =>
  shortest(waysOf(state.pattern, 'attribute').map(way => way.filter(isAttribute)));

/** An attribute with a value that it takes; undefined for one of any name. */
export function sampleAttribute(
  pattern: AttributePattern,
  holder: string,
  around: CheckedElement,
): readonly [string, string] | undefined {
  const [name] = writtenNames([pattern], around);
  return name === undefined ? undefined : [name, exampleOf(wantedBy([pattern.value], holder, name))];
}

/** The least that the schema takes for such an element; undefined where that cannot be written out. */
export function sampleElement(
  schema: Schema,
  pattern: ElementPattern,
  around: CheckedElement,
  depth = 0,
): Markup | undefined {
  const [name] = writtenNames([pattern], around);
  if (name === undefined || depth > DEEPEST_SAMPLE) return undefined;
  const content = schema.checker.contentOf(pattern);
  const [attributes = []] = lackingAttributes(content);
  const behind = content.closed.dead ? content.closedAsIfGiven : content.closed;
  const [children = []] = lackingElements(behind);
  const written = attributes.map(attribute => sampleAttribute(attribute, name, around));
  const inner = children.map(child => sampleElement(schema, child, around, depth + 1));
  const text = children.length > 0 ? '' : exampleOf(wantedBy(valuesOf(behind), name, ''));
  if (written.includes(undefined) || inner.includes(undefined)) return undefined;
  return {
    name,
    attributes: written.filter(each => each !== undefined),
    inner: inner.length > 0 ? inner.filter(each => each !== undefined) : text,
  };
}

const DEEPEST_SAMPLE = 5;

const valuesOf = (state: State): Pattern[] =>
  state.complete ? [] : [...state.leaves('value'), ...state.leaves('data')];

type Kind = 'element' | 'attribute';
type Way = readonly (ElementPattern | AttributePattern)[];

const isElement = (pattern: ElementPattern | AttributePattern): pattern is ElementPattern =>
  pattern.kind === 'element';
const isAttribute = (pattern: ElementPattern | AttributePattern): pattern is AttributePattern =>
  pattern.kind === 'attribute';

/** More ways than these are not told one by one. */
const MOST_WAYS = 24;

function waysOf(pattern: Pattern, kind: Kind): readonly Way[] {
  // Attributes do not make a pattern nullable, so it is asked only for elements.
  if (kind === 'element' && pattern.nullable) return [[]];
  switch (pattern.kind) {
    case 'element':
    case 'attribute':
      return pattern.kind === kind ? [[pattern]] : [[]];
    case 'choice':
      return fewest(pattern.members.flatMap(member => waysOf(member, kind)));
    case 'one-or-more':
      return waysOf(pattern.member, kind);
    case 'group':
    case 'interleave':
      return pattern.members.reduce<readonly Way[]>(
        (ways, member) =>
          fewest(
            ways.flatMap(way =>
              waysOf(member, kind).map(more => (more.length === 0 ? way : [...way, ...more])),
            ),
          ),
        [[]],
      );
    case 'not-allowed':
      return [];
    case 'empty':
    case 'text':
    case 'data':
    case 'value':
    case 'list':
      return [[]];
  }
}

/** Each way once, the short ones first. */
function fewest(ways: readonly Way[]): readonly Way[] {
  const byKey = new Map(ways.map(way => [way.map(({ id }) => id).join(' '), way]));
  return [...byKey.values()].sort((a, b) => a.length - b.length).slice(0, MOST_WAYS);
}

const keyOf = (way: readonly (ElementPattern | AttributePattern)[]): string =>
  way.map(({ nameClass }) => nameClassKey(nameClass)).join(' ');

/** In the order of their names: patterns have none that lasts. */
function shortest<P extends ElementPattern | AttributePattern>(
  ways: readonly (readonly P[])[],
): readonly (readonly P[])[] {
  const least = Math.min(...ways.map(way => way.length));
  return ways
    .filter(way => way.length === least && way.length > 0)
    .map(way => ({ way, key: keyOf(way) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ way }) => way);
}
