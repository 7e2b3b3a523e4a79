/** Whether a text is a value that a pattern takes: of an attribute, or of an element that holds only text. */

import type { Pattern } from './pattern';

/** By whose lights: those of the standard, or those of libxml2 with its faults. */
export type Judge = 'relax-ng' | 'libxml2';

/** Whether the decoded text matches (RELAX NG 6.2.7 and 6.2.8; Clark's `valueMatch`). */
export function matchesValue(pattern: Pattern, text: string, judge: Judge = 'relax-ng'): boolean {
  switch (pattern.kind) {
    case 'text':
      return true;
    case 'data':
      return (
        pattern.datatype.takes(text) &&
        (judge === 'relax-ng' || pattern.datatype.libxml2Takes(text)) &&
        (pattern.except === undefined || !matchesValue(pattern.except, text))
      );
    case 'value':
      return pattern.datatype.same(pattern.value, text);
    case 'list':
      return matchesWords(pattern.member, text);
    case 'choice':
      return pattern.members.some(member => matchesValue(member, text, judge));
    case 'empty':
      return isBlankText(text);
    case 'one-or-more':
      return matchesValue(pattern.member, text, judge);
    case 'group':
    case 'interleave':
      // Only what takes nothing can stand beside a value, for a value is not shared out.
      return pattern.members.some(
        (member, index) =>
          matchesValue(member, text, judge) &&
          pattern.members.every((other, at) => at === index || other.nullable),
      );
    case 'not-allowed':
    case 'element':
    case 'attribute':
      return false;
  }
}

export const isBlankText = (text: string): boolean => !/[^\t\n\r ]/.test(text);

/** Words of a list against a pattern, by following every place to which the words may have led. */
function matchesWords(pattern: Pattern, text: string): boolean {
  const words = text.split(/[\t\n\r ]+/).filter(word => word !== '');
  return wordsTo(pattern, words, new Set([0])).has(words.length);
}

/** How many words may be used up behind the pattern, when so many were before it. */
function wordsTo(pattern: Pattern, words: readonly string[], from: ReadonlySet<number>): ReadonlySet<number> {
  switch (pattern.kind) {
    case 'empty':
      return from;
    case 'choice':
      return new Set(pattern.members.flatMap(member => [...wordsTo(member, words, from)]));
    case 'group':
      return pattern.members.reduce<ReadonlySet<number>>((at, member) => wordsTo(member, words, at), from);
    case 'one-or-more': {
      const reached = new Set<number>();
      let at = from;
      while (at.size > 0) {
        const next = [...wordsTo(pattern.member, words, at)].filter(place => !reached.has(place));
        for (const place of next) reached.add(place);
        at = new Set(next);
      }
      return reached;
    }
    case 'data':
    case 'value': {
      const next = new Set<number>();
      for (const place of from) {
        const word = words[place];
        if (word !== undefined && matchesValue(pattern, word)) next.add(place + 1);
      }
      return next;
    }
    // RELAX NG 7.1.3 allows none of these in a list.
    case 'interleave':
    case 'list':
    case 'text':
    case 'element':
    case 'attribute':
    case 'not-allowed':
      return new Set();
  }
}
