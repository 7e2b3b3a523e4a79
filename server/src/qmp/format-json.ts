/** Writing JSON with exact integers. */

import { JsonError, MAX_NESTING, tooDeep } from './json';
import type { JsonValue } from './monitor';

export interface FormatOptions {
  /** Blanks per level of nesting, for people; compact without. */
  readonly indent?: number;
}

/**
 * Writes a value as JSON, compact unless an indent is asked for: QEMU reads its monitor byte by byte, each costs 4 us.
 * Throws JsonError for what JSON cannot hold: infinite numbers, half of a surrogate pair (QEMU would answer with an
 * error that names no command), and nesting beyond MAX_NESTING, which a value that holds itself has too.
 */
export function formatJson(value: JsonValue, options: FormatOptions = {}): string {
  return format(value, 0, ' '.repeat(options.indent ?? 0));
}

function format(value: JsonValue, depth: number, indent: string): string {
  if (typeof value === 'string') return formatString(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new JsonError(`${String(value)} cannot be written as JSON.`);
    return String(value);
  }
  if (typeof value !== 'object' || value === null) return String(value);
  if (depth >= MAX_NESTING) throw tooDeep(undefined);
  const items = isList(value)
    ? value.map(item => format(item, depth + 1, indent))
    : Object.entries(value).map(
        ([key, item]) => `${formatString(key)}:${indent === '' ? '' : ' '}${format(item, depth + 1, indent)}`,
      );
  const [open, close] = isList(value) ? ['[', ']'] : ['{', '}'];
  if (indent === '' || items.length === 0) return `${open}${items.join(',')}${close}`;
  const line = `\n${indent.repeat(depth)}`;
  return `${open}${line}${indent}${items.join(`,${line}${indent}`)}${line}${close}`;
}

const isList = (value: object): value is readonly JsonValue[] => Array.isArray(value);

function formatString(text: string): string {
  if (/\p{Surrogate}/u.test(text)) {
    throw new JsonError('A text holds half of a surrogate pair, which is not a character.');
  }
  return JSON.stringify(text);
}
