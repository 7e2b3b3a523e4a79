/** Words that several features say of groups, disks and limits; and how foreign text is shown in Markdown. */

import { diskTitle, effectiveValues, limitsText, usersOf } from '../engine';
import type { Domain, Group, Limits } from '../engine';

/** "100 IOPS, burst 500 IOPS for 3 s", or why that cannot be told. */
export function limitsWords(limits: Limits): string {
  if (limits.entries.length === 0) return 'no limits';
  const values = effectiveValues(limits);
  if (values !== undefined) return limitsText(values) || 'no limits (all are 0)';
  return limits.entries.some(entry => entry.reading.kind === 'template')
    ? 'limits known only when the template is filled in'
    : 'limits that cannot be read';
}

/** The group's name for people. */
export const groupTitle = (group: Group): string => group.name?.value || '(no name)';

/** Titles of the disks that use the name, each once, in document order. */
export const userTitles = (domain: Domain, name: string): readonly string[] => [
  ...new Set(usersOf(domain, name).map(user => diskTitle(user.disk.of))),
];

/** "used by vda, vdb" or "unused". */
export function usersWords(titles: readonly string[]): string {
  return titles.length === 0 ? 'unused' : `used by ${titles.join(', ')}`;
}

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
