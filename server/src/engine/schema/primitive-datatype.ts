/** The datatypes by name, without facets: XML Schema, part 2, and RELAX NG's own `string` and `token`. */

export interface Primitive {
  /** What is done to blanks before the text is looked at. */
  readonly blanks: 'preserve' | 'replace' | 'collapse';
  /** Whether the text, blanks done, is one of the type's. */
  takes(text: string): boolean;
  /** The same text for the same value. */
  canonical(text: string): string;
  /** Order of two texts that the type takes; types without it know no bounds. */
  readonly compare?: (a: string, b: string) => number;
}

/** `string` and `token` need no library. */
export const isBuiltInDatatype = (name: string): boolean => name === 'string' || name === 'token';

const NAME_START =
  'A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD';
const NAME_REST = `${NAME_START}\\-.0-9\\u00B7\\u0300-\\u036F\\u203F\\u2040`;
const NCNAME = new RegExp(`^[${NAME_START}][${NAME_REST}]*$`);
const NAME = new RegExp(`^[:${NAME_START}][:${NAME_REST}]*$`);
const NMTOKEN = new RegExp(`^[:${NAME_REST}]+$`);

const text = (blanks: Primitive['blanks'], takes: (text: string) => boolean = () => true): Primitive => ({
  blanks,
  takes,
  canonical: value => value,
});

const matching = (expression: RegExp): Primitive => text('collapse', value => expression.test(value));

const INTEGER = /^[-+]?[0-9]+$/;

/** Whole numbers of any length; bounds are written out so that nothing is rounded. */
function integer(min: string | undefined, max: string | undefined): Primitive {
  return {
    blanks: 'collapse',
    takes: value =>
      INTEGER.test(value) &&
      (min === undefined || compareIntegers(value, min) >= 0) &&
      (max === undefined || compareIntegers(value, max) <= 0),
    canonical: value => (INTEGER.test(value) ? String(toBigInt(value)) : value),
    compare: compareIntegers,
  };
}

function compareIntegers(a: string, b: string): number {
  if (a.length < 15 && b.length < 15) return Number(a) - Number(b);
  const difference = toBigInt(a) - toBigInt(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** BigInt knows no plus sign; a bound that is no number compares as 0. */
const toBigInt = (value: string): bigint =>
  INTEGER.test(value) ? BigInt(value.startsWith('+') ? value.slice(1) : value) : 0n;

const DECIMAL = /^[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)$/;
const FLOAT = /^(?:[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|-?INF|NaN)$/;

const toNumber = (value: string): number =>
  value.endsWith('INF') ? Number(`${value}inity`.replace('INF', 'Inf')) : Number(value);

const number = (expression: RegExp): Primitive => ({
  blanks: 'collapse',
  takes: value => expression.test(value),
  canonical: value => String(toNumber(value)),
  compare: (a, b) => toNumber(a) - toNumber(b),
});

const ZONE = '(?:Z|[-+](?:0[0-9]|1[0-3]):[0-5][0-9]|[-+]14:00)?';
const DATE = '-?(?:[1-9][0-9]{4,}|[0-9]{4})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])';
const TIME = '(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]+)?|24:00:00(?:\\.0+)?)';

function isDay(value: string): boolean {
  const parts = /^-?([0-9]+)-([0-9]{2})-([0-9]{2})/.exec(value);
  if (parts === null) return true;
  const year = Number(parts[1]);
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const month = Number(parts[2]);
  const days = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year !== 0 && Number(parts[3]) <= days;
}

function moment(source: string): Primitive {
  const expression = new RegExp(`^${source}${ZONE}$`);
  return text('collapse', value => expression.test(value) && isDay(value));
}

/** RFC 2396 as far as validators look: escapes of two hexadecimal digits, one fragment, a good scheme. */
function isUri(value: string): boolean {
  if (/%(?![0-9a-fA-F]{2})/.test(value)) return false;
  if (value.indexOf('#') !== value.lastIndexOf('#')) return false;
  const colon = value.indexOf(':');
  const before = value.search(/[/?#]/);
  if (colon < 0 || (before >= 0 && before < colon)) return true;
  return /^[A-Za-z][A-Za-z0-9+.-]*:[^#]/.test(value);
}

export const PRIMITIVES: ReadonlyMap<string, Primitive> = new Map([
  ['string', text('preserve')],
  ['normalizedString', text('replace')],
  ['token', text('collapse')],
  ['language', matching(/^[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*$/)],
  ['Name', matching(NAME)],
  ['NCName', matching(NCNAME)],
  ['ID', matching(NCNAME)],
  ['IDREF', matching(NCNAME)],
  ['NMTOKEN', matching(NMTOKEN)],
  ['anyURI', text('collapse', isUri)],
  [
    'boolean',
    { ...matching(/^(?:true|false|1|0)$/), canonical: value => String(value === 'true' || value === '1') },
  ],
  ['hexBinary', { ...matching(/^(?:[0-9a-fA-F]{2})*$/), canonical: value => value.toUpperCase() }],
  ['decimal', number(DECIMAL)],
  ['float', number(FLOAT)],
  ['double', number(FLOAT)],
  ['dateTime', moment(`${DATE}T${TIME}`)],
  ['date', moment(DATE)],
  ['time', moment(TIME)],
  ['integer', integer(undefined, undefined)],
  ['nonNegativeInteger', integer('0', undefined)],
  ['positiveInteger', integer('1', undefined)],
  ['nonPositiveInteger', integer(undefined, '0')],
  ['negativeInteger', integer(undefined, '-1')],
  ['byte', integer('-128', '127')],
  ['short', integer('-32768', '32767')],
  ['int', integer('-2147483648', '2147483647')],
  ['long', integer('-9223372036854775808', '9223372036854775807')],
  ['unsignedByte', integer('0', '255')],
  ['unsignedShort', integer('0', '65535')],
  ['unsignedInt', integer('0', '4294967295')],
  ['unsignedLong', integer('0', '18446744073709551615')],
]);
