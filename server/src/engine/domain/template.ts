/** Text that a template engine fills in later: its value is unknown, so nobody judges or pushes it. */

import type { Span } from '../text';

const TEMPLATE = /\{\{[^]*?\}\}|\{%[^]*?%\}|\{#[^]*?#\}|[$%]\{[^}]*\}|@[A-Za-z_][\w.-]*@/;

/** Whether the text holds `{{...}}`, `{%...%}`, `{#...#}`, `${...}`, Terraform's `%{...}` or `@...@`. */
export const holdsTemplate = (text: string): boolean =>
  (text.includes('{') || text.includes('@')) && TEMPLATE.test(text);

const STATEMENT = /\{%[^]*?%\}|%\{[^}]*\}/;

/** Whether the text holds a statement such as `{% if %}` or `%{ if }`, which puts text in or leaves it out. */
export const holdsStatement = (text: string): boolean => text.includes('{') && STATEMENT.test(text);

/** Where template text stands between two offsets, in order. Linear: a beginning without its end is looked for once. */
export function templatesIn(text: string, from: number, to: number): Span[] {
  const found: Span[] = [];
  const endless = new Set<string>();
  BEGIN.lastIndex = from;
  for (let match = BEGIN.exec(text); match !== null && match.index < to; match = BEGIN.exec(text)) {
    const [begin] = match;
    const closing = CLOSING.get(begin);
    if (closing === undefined) found.push({ start: match.index, end: BEGIN.lastIndex });
    else if (!endless.has(begin)) {
      const at = text.indexOf(closing, BEGIN.lastIndex);
      if (at < 0) endless.add(begin);
      else {
        BEGIN.lastIndex = at + closing.length;
        found.push({ start: match.index, end: BEGIN.lastIndex });
      }
    }
  }
  return found;
}

const BEGIN = /\{\{|\{%|\{#|[$%]\{|@[A-Za-z_][\w.-]*@/g;
const CLOSING: ReadonlyMap<string, string> = new Map([
  ['{{', '}}'],
  ['{%', '%}'],
  ['{#', '#}'],
  ['${', '}'],
  ['%{', '}'],
]);
