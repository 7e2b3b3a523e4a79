/** Entities: the five of XML and numeric ones. Any other stays as written; nothing is loaded, nothing expands again. */

const NAMED: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** One pass over the text: what an entity gives is never read again. */
export function decodeEntities(raw: string): string {
  if (!raw.includes('&')) return raw;
  return raw.replace(
    /&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([A-Za-z]{2,4}));/g,
    (whole, hex, decimal, name) => {
      if (typeof name === 'string') return NAMED.get(name) ?? whole;
      const code = typeof hex === 'string' ? parseInt(hex, 16) : Number(decimal);
      return isXmlCharacter(code) ? String.fromCodePoint(code) : whole;
    },
  );
}

/** Char of XML 1.0. */
export const isXmlCharacter = (code: number): boolean =>
  code === 0x9 ||
  code === 0xa ||
  code === 0xd ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  (code >= 0x10000 && code <= 0x10ffff);

export const isNamedEntity = (name: string): boolean => NAMED.has(name);

/** Text as element content. */
export const encodeText = (value: string): string =>
  value.replace(/[&<>]/g, character => (character === '&' ? '&amp;' : character === '<' ? '&lt;' : '&gt;'));

/** Text as an attribute value between the given quotes. */
export const encodeAttribute = (value: string, quote: '"' | "'"): string =>
  encodeText(value)
    .replace(/[\t\n\r]/g, character => `&#${String(character.charCodeAt(0))};`)
    .replaceAll(quote, quote === '"' ? '&quot;' : '&apos;');
