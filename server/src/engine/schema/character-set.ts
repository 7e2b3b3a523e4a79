/** Sets of characters as XML Schema's regular expressions write them. */

/** Code points from the first to the second, both included. */
export type CharacterRange = readonly [number, number];

/** What one character of a text may be: listed ranges, and Unicode properties as JavaScript names them. */
export interface CharacterSet {
  readonly ranges: readonly CharacterRange[];
  /** Such as `\p{Nd}` or `\P{L}`. */
  readonly properties: readonly string[];
  readonly negated: boolean;
  /** `[a-z-[aeiou]]`: what is taken out again. */
  readonly minus: CharacterSet | undefined;
}

export const LAST_CODE_POINT = 0x10ffff;

export const setOf = (
  ranges: readonly CharacterRange[],
  properties: readonly string[] = [],
): CharacterSet => ({
  ranges,
  properties,
  negated: false,
  minus: undefined,
});

export const complement = (set: CharacterSet): CharacterSet => ({ ...set, negated: !set.negated });

/** The ranges between sorted ranges that do not overlap. */
export function rangesBetween(ranges: readonly CharacterRange[]): CharacterRange[] {
  const between: CharacterRange[] = [];
  let from = 0;
  for (const [first, last] of ranges) {
    if (first > from) between.push([from, first - 1]);
    from = last + 1;
  }
  if (from <= LAST_CODE_POINT) between.push([from, LAST_CODE_POINT]);
  return between;
}

const BLANK: readonly CharacterRange[] = [
  [0x9, 0xa],
  [0xd, 0xd],
  [0x20, 0x20],
];
const LINE_BREAK: readonly CharacterRange[] = [
  [0xa, 0xa],
  [0xd, 0xd],
];

/** NameStartChar of XML 1.0, fifth edition. */
const NAME_START: readonly CharacterRange[] = [
  [0x3a, 0x3a],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
  [0xc0, 0xd6],
  [0xd8, 0xf6],
  [0xf8, 0x2ff],
  [0x370, 0x37d],
  [0x37f, 0x1fff],
  [0x200c, 0x200d],
  [0x2070, 0x218f],
  [0x2c00, 0x2fef],
  [0x3001, 0xd7ff],
  [0xf900, 0xfdcf],
  [0xfdf0, 0xfffd],
  [0x10000, 0xeffff],
];
const NAME_REST: readonly CharacterRange[] = [
  [0x2d, 0x2e],
  [0x30, 0x39],
  [0xb7, 0xb7],
  [0x300, 0x36f],
  [0x203f, 0x2040],
];
const NAME: readonly CharacterRange[] = [...NAME_START, ...NAME_REST].sort((a, b) => a[0] - b[0]);

/** `.`: all but line breaks. */
export const ANY_BUT_LINE_BREAK: CharacterSet = setOf(rangesBetween(LINE_BREAK));

/** The multi-character escapes of XML Schema, part 2, appendix F.1.1, by their letter. */
export const ESCAPED_SETS: ReadonlyMap<string, CharacterSet> = new Map([
  ['s', setOf(BLANK)],
  ['S', setOf(rangesBetween(BLANK))],
  ['d', setOf([], ['\\p{Nd}'])],
  ['D', setOf([], ['\\P{Nd}'])],
  // All characters but punctuation, separators and others.
  ['w', setOf([], ['\\p{L}', '\\p{M}', '\\p{N}', '\\p{S}'])],
  ['W', setOf([], ['\\p{P}', '\\p{Z}', '\\p{C}'])],
  ['i', setOf(NAME_START)],
  ['I', setOf(rangesBetween(NAME_START))],
  ['c', setOf(NAME)],
  ['C', setOf(rangesBetween(NAME))],
]);

/** The general categories that `\p{...}` may name; JavaScript knows them by the same names. */
export const isCategory = (name: string): boolean =>
  /^(?:L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfon]?)$/.test(name);

/** The blocks of Unicode that `\p{Is...}` may name, as far as a schema of machines can want them. */
export const BLOCKS: ReadonlyMap<string, CharacterRange> = new Map([
  ['BasicLatin', [0, 0x7f]],
  ['Latin-1Supplement', [0x80, 0xff]],
  ['LatinExtended-A', [0x100, 0x17f]],
  ['LatinExtended-B', [0x180, 0x24f]],
  ['IPAExtensions', [0x250, 0x2af]],
  ['Greek', [0x370, 0x3ff]],
  ['Cyrillic', [0x400, 0x4ff]],
  ['GeneralPunctuation', [0x2000, 0x206f]],
  ['CJKUnifiedIdeographs', [0x4e00, 0x9fff]],
]);

/** The set as an atom of a JavaScript regular expression with the flag `u`. */
export function setSource(set: CharacterSet): string {
  const inner = set.ranges.map(rangeSource).join('') + set.properties.join('');
  const atom = `[${set.negated ? '^' : ''}${inner}]`;
  return set.minus === undefined ? atom : `(?:(?!${setSource(set.minus)})${atom})`;
}

const rangeSource = ([first, last]: CharacterRange): string =>
  first === last ? codeSource(first) : `${codeSource(first)}-${codeSource(last)}`;

const codeSource = (code: number): string => `\\u{${code.toString(16)}}`;
