/** Words that several features say of groups, disks and limits; and how foreign text is shown in Markdown. */

import { diskTitle, effectiveValues, limitsText, usersByGroup } from '../engine';
import type { Domain, Group, Limits } from '../engine';

/** "100 IOPS, burst 500 IOPS for 3 s", or why that cannot be told. */
export function limitsWords(limits: Limits): string {
  if (limits.entries.length === 0) return 'no limit';
  const values = effectiveValues(limits);
  if (values !== undefined) return limitsText(values);
  return limits.entries.some(entry => entry.reading.kind === 'template')
    ? 'limits known only when the template is filled in'
    : 'limits that cannot be read';
}

/** The group's name for people. */
export const groupTitle = (group: Group): string => group.name?.value || '(no name)';

/** Titles of the disks that use the name, each once, in document order. */
export const userTitles = (domain: Domain, name: string): readonly string[] => [
  ...new Set((users(domain).get(name) ?? []).map(user => diskTitle(domain, user.disk))),
];

/** A domain is immutable: who uses what is found once a version, however many groups are asked for. */
const known = new WeakMap<Domain, ReturnType<typeof usersByGroup>>();

function users(domain: Domain): ReturnType<typeof usersByGroup> {
  const found = known.get(domain) ?? usersByGroup(domain);
  known.set(domain, found);
  return found;
}

/** "used by vda, vdb" or "unused". */
export function usersWords(titles: readonly string[]): string {
  if (titles.length === 0) return 'unused';
  const more = titles.length - MOST_TITLES;
  return `used by ${titles.slice(0, MOST_TITLES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
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
    .replace(/\*\*|`/g, '')
    .replace(/\\([\\`*_{}[\]()#+\-.!<>|~])/g, '$1');
