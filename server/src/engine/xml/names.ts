/**
 * Interned names. A tree of a large document holds few different names many times; and a name cut out of a text
 * with `slice` would keep that whole text alive, so each name is copied once and shared.
 */

const SLOTS = 1024;
/** A hostile document must not fill the memory with names: beyond this many the table begins anew. */
const MOST_NAMES = 20_000;

let table = new Map<string, string>();
const recent: string[] = new Array<string>(SLOTS).fill('');

/** The name that stands at [start, end) of the text. */
export function internedName(text: string, start: number, end: number): string {
  const length = end - start;
  const slot = (text.charCodeAt(start) * 31 + text.charCodeAt(end - 1) * 7 + length) & (SLOTS - 1);
  const candidate = recent[slot] ?? '';
  if (candidate.length === length && text.startsWith(candidate, start)) return candidate;
  const cut = text.slice(start, end);
  let name = table.get(cut);
  if (name === undefined) {
    name = copied(cut);
    if (table.size >= MOST_NAMES) table = new Map();
    table.set(name, name);
  }
  recent[slot] = name;
  return name;
}

/**
 * A string of its own: a long `slice` is for V8 a window into the text that it was cut from, and keeps all of it alive
 * (a whole old version of the document). Short ones are copies anyway.
 */
export const copied = (text: string): string => (text.length < 13 ? text : ` ${text}`.slice(1));
