/** Text that a template engine fills in later: its value is unknown, so nobody judges or pushes it. */

const TEMPLATE = /\{\{[^]*?\}\}|\{%[^]*?%\}|\$\{[^}]*\}|@[A-Za-z_][\w.-]*@/;

/** Whether the text holds `{{...}}`, `{%...%}`, `${...}` or `@...@`. */
export const holdsTemplate = (text: string): boolean =>
  (text.includes('{') || text.includes('@')) && TEMPLATE.test(text);
