/** Values that a pattern lists one by one. */

import type { Pattern } from '../pattern';

/** What can be written for a value. */
export interface ListedValues {
  /** Without blanks around, each once, in the schema's order as far as it is kept. */
  readonly values: readonly string[];
  /** Whether there are others that are not listed: numbers, names, anything. */
  readonly free: boolean;
}

export function listedValues(pattern: Pattern): ListedValues {
  const known = memo.get(pattern);
  if (known !== undefined) return known;
  const values = new Set<string>();
  const free = collect(pattern, values);
  const listed = { values: [...values], free };
  memo.set(pattern, listed);
  return listed;
}

const memo = new WeakMap<Pattern, ListedValues>();

/** Adds the values, and says whether there are others. */
function collect(pattern: Pattern, values: Set<string>): boolean {
  switch (pattern.kind) {
    case 'value': {
      const value = pattern.datatype.withoutBlanks(pattern.value).trim();
      if (value !== '') values.add(value);
      return false;
    }
    case 'choice':
    case 'group':
    case 'interleave': {
      let free = false;
      for (const member of pattern.members) free = collect(member, values) || free;
      return free;
    }
    case 'one-or-more':
      return collect(pattern.member, values);
    case 'text':
    case 'data':
    case 'list':
      return true;
    case 'element':
    case 'attribute':
    case 'empty':
    case 'not-allowed':
      return false;
  }
}
