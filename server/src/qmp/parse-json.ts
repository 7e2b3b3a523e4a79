/** Reading JSON with exact integers. */

import { JsonError, MAX_NESTING, tooDeep } from './json';
import type { JsonObject, JsonValue } from './monitor';

/** For who must be as strict as QEMU itself. */
export interface ParseOptions {
  /** Gives the value of a number with a fraction or an exponent, from its text; a double where absent. */
  readonly float?: (text: string) => JsonValue;
  /** `refuse`: a key that occurs twice is a JsonError. */
  readonly duplicateKeys?: 'refuse';
}

/**
 * Reads one JSON text. Integers are exact: a number where it fits 2^53, else a bigint; other numbers are doubles.
 * Of keys that occur twice the last counts; `__proto__` is a key as any other. Throws JsonError for all that is not
 * JSON, also for `inf` and `nan` (QEMU echoes an id of 1e400 as `inf`), and for a number that no double can hold.
 */
export function parseJson(text: string, options: ParseOptions = {}): JsonValue {
  return quickly(text, options) ?? new Reader(text, options).whole();
}

/** Texts longer than this are worth a look at whether the engine's own parser may read them. */
const LONG = 4096;

/**
 * What the engine's own parser makes of a long text in which it cannot go wrong: no number that it would round or give
 * as infinite, no nesting beyond our limit. Undefined otherwise. A reply about 64 disks has half a megabyte.
 */
function quickly(text: string, { float, duplicateKeys }: ParseOptions): JsonValue | undefined {
  if (text.length < LONG || float !== undefined || duplicateKeys !== undefined) return undefined;
  if (/\d{16}|[eE][+-]?\d{3}/.test(text) || deepest(text) > MAX_NESTING) return undefined;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined; // Our own reader says where it goes wrong.
  }
}

/** How deep the brackets outside of strings are nested. */
function deepest(text: string): number {
  let depth = 0;
  let most = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      do at = text.indexOf('"', at + 1);
      while (at > 0 && isEscaped(text, at));
      if (at < 0) break;
    } else if (code === 0x5b || code === 0x7b) most = Math.max(most, ++depth);
    else if (code === 0x5d || code === 0x7d) depth--;
  }
  return most;
}

const QUOTE = 0x22;

/** Whether an odd number of backslashes stands before. */
function isEscaped(text: string, at: number): boolean {
  let start = at;
  while (text.charCodeAt(start - 1) === 0x5c) start--;
  return (at - start) % 2 === 1;
}

/** Longest integer that is read, in digits: QEMU's have 20; a number of a megabyte would only cost time. */
const MAX_DIGITS = 400;

const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const ESCAPED: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/** Recursive descent; the nesting limit keeps it far from the end of the stack. */
class Reader {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly text: string,
    private readonly options: ParseOptions,
  ) {}

  whole(): JsonValue {
    const value = this.value();
    this.blanks();
    if (this.at < this.text.length) throw this.unexpected();
    return value;
  }

  private value(): JsonValue {
    this.blanks();
    switch (this.text[this.at]) {
      case '{':
        return this.nested(() => this.object());
      case '[':
        return this.nested(() => this.list());
      case '"':
        return this.string();
      case 't':
        return this.word('true', true);
      case 'f':
        return this.word('false', false);
      case 'n':
        return this.word('null', null);
      case undefined:
        throw this.unexpected();
      default:
        return this.number();
    }
  }

  private nested<T>(read: () => T): T {
    if (this.depth >= MAX_NESTING) throw tooDeep(this.at);
    this.depth++;
    this.at++;
    const value = read();
    this.depth--;
    return value;
  }

  private object(): JsonObject {
    const object: Record<string, JsonValue> = {};
    if (this.taken('}')) return object;
    do {
      this.blanks();
      if (this.text[this.at] !== '"') throw this.unexpected();
      const key = this.string();
      if (this.options.duplicateKeys === 'refuse' && Object.hasOwn(object, key)) {
        throw new JsonError('duplicate key', this.at);
      }
      if (!this.taken(':')) throw this.unexpected();
      const value = this.value();
      if (key === '__proto__') {
        // An assignment would set the prototype.
        Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
      } else {
        object[key] = value;
      }
    } while (this.taken(','));
    if (!this.taken('}')) throw this.unexpected();
    return object;
  }

  private list(): readonly JsonValue[] {
    const list: JsonValue[] = [];
    if (this.taken(']')) return list;
    do list.push(this.value());
    while (this.taken(','));
    if (!this.taken(']')) throw this.unexpected();
    return list;
  }

  private string(): string {
    let result = '';
    let from = ++this.at;
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code === 0x22) return result + this.text.slice(from, this.at++);
      if (code === 0x5c) {
        result += this.text.slice(from, this.at) + this.escape();
        from = this.at;
      } else if (code >= 0x20) {
        this.at++;
      } else {
        throw this.unexpected(); // a control character, or the end of the text (NaN)
      }
    }
  }

  private escape(): string {
    const letter = this.text[this.at + 1] ?? '';
    if (letter !== 'u') {
      const character = ESCAPED.get(letter);
      if (character === undefined) throw this.unexpected();
      this.at += 2;
      return character;
    }
    const digits = this.text.slice(this.at + 2, this.at + 6);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw this.unexpected();
    this.at += 6;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  private number(): JsonValue {
    NUMBER.lastIndex = this.at;
    const match = NUMBER.exec(this.text);
    if (match === null) throw this.unexpected();
    const [digits, fraction, exponent] = match;
    const value = Number(digits);
    const isFloat = fraction !== undefined || exponent !== undefined;
    if (!isFloat && !Number.isSafeInteger(value)) {
      if (digits.length > MAX_DIGITS) {
        throw new JsonError(`A number has ${digits.length} digits, more than ${MAX_DIGITS}.`, this.at);
      }
      this.at += digits.length;
      return BigInt(digits);
    }
    if (isFloat && this.options.float !== undefined) {
      this.at += digits.length;
      return this.options.float(digits);
    }
    if (!Number.isFinite(value)) {
      throw new JsonError(`${digits.slice(0, 30)} is too large a number.`, this.at);
    }
    this.at += digits.length;
    return value;
  }

  private word<T>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.at)) throw this.unexpected();
    this.at += word.length;
    return value;
  }

  private taken(character: string): boolean {
    this.blanks();
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private blanks(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at++;
    }
  }

  private unexpected(): JsonError {
    const rest = this.text.slice(this.at, this.at + 20);
    return rest === ''
      ? new JsonError('The JSON ends too early.', this.at)
      : new JsonError(`Not JSON at character ${this.at}: ${JSON.stringify(rest)}.`, this.at);
  }
}
