/** What values a pattern takes, in words: of an attribute, or of an element that holds text. */

import type { Pattern } from '../pattern';
import { listOf } from './inquiry';
import { likelyMeant } from './meant-name';
import { wordsForDatatype, type ValueWords } from './value-words';

export interface Wanted {
  /** Values that are listed one by one. */
  readonly values: readonly string[];
  readonly kinds: readonly ValueWords[];
}

/** What some patterns take together; `holder` and `name` are the element and the attribute ('' for its text). */
export function wantedBy(patterns: readonly Pattern[], holder: string, name: string): Wanted {
  const values = new Set<string>();
  const kinds = new Map<string, ValueWords>();
  const add = (words: ValueWords): void => {
    if (!kinds.has(words.words)) kinds.set(words.words, words);
  };
  const visit = (pattern: Pattern): void => {
    switch (pattern.kind) {
      case 'value':
        values.add(pattern.value);
        return;
      case 'data':
        add(wordsForDatatype(pattern.datatype, holder, name));
        return;
      case 'list':
        for (const { words, example } of wantedBy([pattern.member], holder, name).kinds) {
          add({ words: `blank-separated: ${words}`, example });
        }
        return;
      case 'choice':
      case 'group':
      case 'interleave':
        pattern.members.forEach(visit);
        return;
      case 'one-or-more':
        visit(pattern.member);
        return;
      case 'text':
      case 'empty':
      case 'not-allowed':
      case 'element':
      case 'attribute':
        return;
    }
  };
  patterns.forEach(visit);
  return { values: [...values], kinds: withoutIdle([...kinds.values()]) };
}

/** "a number from 0 up" says all that "a number from 0 to 5" does. */
const withoutIdle = (kinds: readonly ValueWords[]): readonly ValueWords[] =>
  kinds.length > 1 ? kinds.filter(({ words }) => words !== 'text') : kinds;

/** The listed value that was most likely meant. */
export const meantValue = (wrong: string, { values }: Wanted): string | undefined =>
  likelyMeant(wrong, values);

/** "none, native or threads", "a UUID like ..."; '' where nothing can be said. */
export function wantedText({ values, kinds }: Wanted): string {
  const words = kinds.map(kind => kind.words);
  if (values.length === 0) return listOf(words, 'or');
  const listed = values.map(value => (value === '' ? 'nothing at all' : value));
  if (words.length === 0) return listOf(listed, 'or', MOST_VALUES);
  return listOf([...listed.slice(0, MOST_VALUES), ...words], 'or', MOST_VALUES + words.length);
}

const MOST_VALUES = 16;

/** A value to begin with; '' where any text does. */
export const exampleOf = ({ values, kinds }: Wanted): string => values[0] ?? kinds[0]?.example ?? '';
