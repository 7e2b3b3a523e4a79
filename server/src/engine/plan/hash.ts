/**
 * A hash of what was read and wanted. It guards an approval: someone looks at a plan, and later `--expect HASH` lets
 * just this plan through. Documents and names come from strangers, so a hash that can be steered (CRC, FNV) would let
 * another plan through under the approved hash; hence SHA-256, pure, since the engine has no Node.
 */

import type { JsonValue } from '../json-value';

/** SHA-256 over the canonical text of the value, as 64 hexadecimal digits. The order of object keys does not matter. */
export const hashOf = (value: JsonValue): string => sha256(utf8(canonicalText(value)));

/** JSON with sorted keys, exact integers, and no blanks: equal values give equal texts, other values other texts. */
export const canonicalText = (value: JsonValue): string =>
  jsonText(value, members => [...members].sort(byKey));

/** Compact JSON with exact integers; the members of an object in their own order, or as `ordered` gives them. */
export function jsonText(
  value: JsonValue,
  ordered: (members: Members) => Members = members => members,
): string {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(item => jsonText(item, ordered)).join(',')}]`;
  const members = ordered(Object.entries(value));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${jsonText(member, ordered)}`).join(',')}}`;
}

type Members = readonly (readonly [string, JsonValue])[];

const byKey = ([a]: Members[number], [b]: Members[number]): number => (a < b ? -1 : a > b ? 1 : 0);

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

/** UTF-8; half of a surrogate pair becomes U+FFFD, as in TextEncoder. */
function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    let code = character.codePointAt(0) ?? 0;
    if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), tail(code));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), tail(code >> 6), tail(code));
    else bytes.push(0xf0 | (code >> 18), tail(code >> 12), tail(code >> 6), tail(code));
  }
  return bytes;
}

const tail = (code: number): number => 0x80 | (code & 0x3f);

/** FIPS 180-4. */
function sha256(bytes: readonly number[]): string {
  const hash = Uint32Array.from(START);
  const words = new Uint32Array(64);
  const padded = paddedMessage(bytes);
  for (let block = 0; block < padded.length; block += 64) addBlock(hash, words, padded, block);
  return Array.from(hash, word => word.toString(16).padStart(8, '0')).join('');
}

/** The message, a 1 bit, zeroes, and the length in bits, to a multiple of 64 bytes. */
function paddedMessage(bytes: readonly number[]): Uint8Array {
  const padded = new Uint8Array((((bytes.length + 8) >> 6) + 1) << 6);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const bits = new DataView(padded.buffer);
  bits.setUint32(padded.length - 8, Math.floor(bytes.length / 0x20000000));
  bits.setUint32(padded.length - 4, (bytes.length << 3) >>> 0);
  return padded;
}

function addBlock(hash: Uint32Array, words: Uint32Array, message: Uint8Array, block: number): void {
  const view = new DataView(message.buffer, block, 64);
  for (let index = 0; index < 64; index++) {
    words[index] = index < 16 ? view.getUint32(index * 4) : nextWord(words, index);
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash;
  for (let index = 0; index < 64; index++) {
    const high = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
    const one = (h + high + ((e & f) ^ (~e & g)) + (ROUNDS[index] ?? 0) + (words[index] ?? 0)) | 0;
    const low = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
    const two = (low + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => {
    hash[index] = (hash[index] ?? 0) + word;
  });
}

function nextWord(words: Uint32Array, index: number): number {
  const fifteen = words[index - 15] ?? 0;
  const two = words[index - 2] ?? 0;
  const first = rotated(fifteen, 7) ^ rotated(fifteen, 18) ^ (fifteen >>> 3);
  const second = rotated(two, 17) ^ rotated(two, 19) ^ (two >>> 10);
  return ((words[index - 16] ?? 0) + first + (words[index - 7] ?? 0) + second) | 0;
}

const rotated = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

const PRIMES = firstPrimes(64);
/** The first 32 bits of the fractional parts of the roots of the first primes, as FIPS 180-4 defines its constants. */
const START = PRIMES.slice(0, 8).map(prime => fraction(Math.sqrt(prime)));
const ROUNDS = PRIMES.map(prime => fraction(Math.cbrt(prime)));

function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 0x100000000);
}

function firstPrimes(count: number): readonly number[] {
  const primes: number[] = [];
  for (let number = 2; primes.length < count; number++) {
    if (primes.every(prime => number % prime !== 0)) primes.push(number);
  }
  return primes;
}
