/** Words that several features say of groups, disks and limits; and how foreign text is shown in Markdown. */

import { diskTitle, disksOf, effectiveValues, limitsText } from '../engine';
import type { Domain, Group, Limits } from '../engine';

/** "100 IOPS, burst 500 IOPS for 3 s", or why that cannot be told. Made once for limits that stay as they are. */
export function limitsWords(limits: Limits): string {
  const known = wordsOfLimits.get(limits);
  if (known !== undefined) return known;
  const words = makeLimitsWords(limits);
  wordsOfLimits.set(limits, words);
  return words;
}

const wordsOfLimits = new WeakMap<Limits, string>();

function makeLimitsWords(limits: Limits): string {
  if (limits.entries.length === 0) return 'no limit';
  const values = effectiveValues(limits);
  if (values !== undefined) return limitsText(values);
  return limits.entries.some(entry => entry.reading.kind === 'template')
    ? 'limits known only when the template is filled in'
    : 'limits that cannot be read';
}

/** The group's name for people. */
export const groupTitle = (group: Group): string => group.name?.value || '(no name)';

/** "used by vda, vdb" or "unused": the disks whose filters give the name, each once, in document order. */
export function usersWords(domain: Domain, name: string): string {
  const count = domain.filterUses.of(name).length;
  if (count === 0) return 'unused';
  const titles = disksOf(domain, name, MOST_TITLES).map(disk => diskTitle(domain, disk));
  const more = count - titles.length;
  return `used by ${[...new Set(titles)].join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** So many disks are listed by name; a line is for reading. */
const MOST_TITLES = 12;

/** Foreign text as an inline code span that nothing in it can end. */
export function codeSpan(text: string): string {
  const flat = text.replace(/\s+/g, ' ');
  const longest = Math.max(0, ...[...flat.matchAll(/`+/g)].map(run => run[0].length));
  const fence = '`'.repeat(longest + 1);
  const pad = flat.startsWith('`') || flat.endsWith('`') || flat === '' ? ' ' : '';
  return `${fence}${pad}${flat}${pad}${fence}`;
}

/** Foreign text inside running Markdown: no character of it is markup. */
export const escapeMarkdown = (text: string): string => text.replace(/[\\`*_{}[\]()#+\-.!<>|~]/g, '\\$&');

/** Our own Markdown for editors that show plain text only. */
export const plainText = (markdown: string): string =>
  markdown
    .replace(/^```\w*\n?/gm, '')
    .replace(/\[([^\]]*)\]\((https:[^)]*)\)/g, '$1: $2')
    .replace(/\*\*|`/g, '')
    .replace(/\\([\\`*_{}[\]()#+\-.!<>|~])/g, '$1');
