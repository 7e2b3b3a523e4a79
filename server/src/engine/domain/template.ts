/** Text that a template engine fills in later: its value is unknown, so nobody judges or pushes it. */

const TEMPLATE = /\{\{[^]*?\}\}|\{%[^]*?%\}|\{#[^]*?#\}|[$%]\{[^}]*\}|@[A-Za-z_][\w.-]*@/;

/** Whether the text holds `{{...}}`, `{%...%}`, `{#...#}`, `${...}`, Terraform's `%{...}` or `@...@`. */
export const holdsTemplate = (text: string): boolean =>
  (text.includes('{') || text.includes('@')) && TEMPLATE.test(text);

const STATEMENT = /\{%[^]*?%\}|%\{[^}]*\}/;

/** Whether the text holds a statement such as `{% if %}` or `%{ if }`, which puts text in or leaves it out. */
export const holdsStatement = (text: string): boolean => text.includes('{') && STATEMENT.test(text);
