/**
 * What a terminal may be shown. Names and messages come from documents and VMs; an escape sequence or a
 * right-to-left mark in them would change what a person sees, so such characters are shown as their code.
 */

/** Control characters, line separators, marks that reorder text, and halves of surrogate pairs. */
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]|\p{Cs}/gu;

/** Text for one line: line breaks and tabs are shown as codes as well. */
export const printable = (text: string): string => text.replace(UNSAFE, escaped);

/** Text of several lines: line feeds stay. */
export const printableLines = (text: string): string => text.split('\n').map(printable).join('\n');

/** A name in quotes, cut where it is very long. */
export function quoted(name: string): string {
  const shown = name.length > 200 ? `${name.slice(0, 200)}...` : name;
  return `'${printable(shown)}'`;
}

/** JSON on several lines with exact integers, in which the characters above are written as escapes. */
export function jsonText(value: unknown): string {
  return `${jsonOf(value, '')}\n`.replace(UNSAFE_IN_JSON, unicodeEscape);
}

const UNSAFE_IN_JSON = /[\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;

const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

function escaped(character: string): string {
  const code = character.charCodeAt(0);
  return (
    SHORT_ESCAPES.get(character) ??
    (code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : unicodeEscape(character))
  );
}

const unicodeEscape = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

function jsonOf(value: unknown, indent: string): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    return enclosed(
      '[',
      ']',
      indent,
      value.map(item => jsonOf(item ?? null, inner)),
    );
  }
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => `${JSON.stringify(key)}: ${jsonOf(member, inner)}`);
  return enclosed('{', '}', indent, members);
}

const enclosed = (open: string, close: string, indent: string, items: readonly string[]): string =>
  items.length === 0
    ? open + close
    : `${open}\n${items.map(item => `${indent}  ${item}`).join(',\n')}\n${indent}${close}`;
