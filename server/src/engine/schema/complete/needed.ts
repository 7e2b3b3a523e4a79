/** What a pattern can't do without, and how much of it there is at least. */

import { listedNames, nameKey } from '../name-class';
import type { Pattern } from '../pattern';
import type { State } from '../state';

export type Kind = 'attribute' | 'element';

/** The `nameKey`s of attributes or elements that every way through what is left of the pattern needs. */
export function neededNames(state: State, kind: Kind): ReadonlySet<string> {
  const known = neededMemo[kind].get(state.pattern);
  if (known !== undefined) return known;
  const names = needed(state.pattern, kind);
  neededMemo[kind].set(state.pattern, names);
  return names;
}

/** The least number of attributes or elements (those at this level) that complete the state; Infinity where none does. */
export function fewestMissing(state: State, kind: Kind): number {
  return fewest(state.pattern, kind);
}

const neededMemo: Readonly<Record<Kind, WeakMap<Pattern, ReadonlySet<string>>>> = {
  attribute: new WeakMap(),
  element: new WeakMap(),
};
const fewestMemo: Readonly<Record<Kind, WeakMap<Pattern, number>>> = {
  attribute: new WeakMap(),
  element: new WeakMap(),
};
const NONE: ReadonlySet<string> = new Set();

function needed(pattern: Pattern, kind: Kind): ReadonlySet<string> {
  switch (pattern.kind) {
    case 'element':
    case 'attribute': {
      if (pattern.kind !== kind) return NONE;
      const names = listedNames(pattern.nameClass);
      return names.length === 1 ? new Set(names.map(nameKey)) : NONE;
    }
    case 'group':
    case 'interleave':
      return new Set(pattern.members.flatMap(member => [...needed(member, kind)]));
    case 'choice': {
      if (pattern.nullable) return NONE;
      const [first, ...others] = pattern.members.map(member => needed(member, kind));
      return new Set([...(first ?? NONE)].filter(name => others.every(other => other.has(name))));
    }
    case 'one-or-more':
      return needed(pattern.member, kind);
    case 'not-allowed':
    case 'empty':
    case 'text':
    case 'data':
    case 'value':
    case 'list':
      return NONE;
  }
}

function fewest(pattern: Pattern, kind: Kind): number {
  const known = fewestMemo[kind].get(pattern);
  if (known !== undefined) return known;
  const count = countFewest(pattern, kind);
  fewestMemo[kind].set(pattern, count);
  return count;
}

function countFewest(pattern: Pattern, kind: Kind): number {
  switch (pattern.kind) {
    case 'element':
    case 'attribute':
      return pattern.kind === kind ? 1 : 0;
    case 'group':
    case 'interleave':
      return pattern.members.reduce((sum, member) => sum + fewest(member, kind), 0);
    case 'choice':
      return Math.min(...pattern.members.map(member => fewest(member, kind)));
    case 'one-or-more':
      return fewest(pattern.member, kind);
    case 'not-allowed':
      return Infinity;
    case 'empty':
    case 'text':
    case 'data':
    case 'value':
    case 'list':
      return 0;
  }
}
