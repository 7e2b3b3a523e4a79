/** Character classes of XML 1.0 as far as the parser needs them, by UTF-16 code unit. */

export const LESS_THAN = 60;
export const GREATER_THAN = 62;
export const SLASH = 47;
export const EQUALS = 61;
export const BANG = 33;
export const QUESTION = 63;
export const DOUBLE_QUOTE = 34;
export const SINGLE_QUOTE = 39;
export const LINE_FEED = 10;
export const CARRIAGE_RETURN = 13;

const BLANK = 1;
const NAME_START = 2;
const NAME = 4;

const ASCII = new Uint8Array(128);
for (const character of ' \t\n\r') ASCII[character.charCodeAt(0)] = BLANK;
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  if (/[A-Za-z_:]/.test(character)) ASCII[code] = NAME_START | NAME;
  else if (/[-.0-9]/.test(character)) ASCII[code] = NAME;
}

const classOf = (code: number): number => ASCII[code] ?? 0;

export const isBlank = (code: number): boolean => (classOf(code) & BLANK) !== 0;

/** Outside of ASCII every character is taken for one of a name: what is not is a rare fault, and no worse read so. */
export const isNameStart = (code: number): boolean => code > 127 || (classOf(code) & NAME_START) !== 0;

export const isName = (code: number): boolean => code > 127 || (classOf(code) & NAME) !== 0;
