/**
 * Datatypes of values: the two built into RELAX NG, and those of XML Schema that libvirt's schemas use or may come to
 * use. A datatype says which texts it takes and when two texts are the same value.
 */

import { isBuiltInDatatype, PRIMITIVES, type Primitive } from './primitive-datatype';
import { expressionTest } from './match-expression';

/** The library of XML Schema's datatypes, as `datatypeLibrary` names it. */
export const XML_SCHEMA_DATATYPES = 'http://www.w3.org/2001/XMLSchema-datatypes';

/** `<param name="...">`: narrows a datatype. */
export interface Facet {
  readonly name: string;
  readonly value: string;
}

export interface Datatype {
  /** Equal for equal datatypes. */
  readonly key: string;
  /** As the schema calls it: `unsignedInt`. */
  readonly name: string;
  readonly facets: readonly Facet[];
  /** Whether a text, as it stands in the document and decoded, is a value of the type. */
  takes(text: string): boolean;
  /**
   * Whether libxml2 takes a text that `takes` takes (measured with 2.9.14): it looks for the pattern in the text with
   * its blanks, where XML Schema takes those off first (tokens and names are right), and it wants no sign before a
   * number of an unsigned type.
   */
  libxml2Takes(text: string): boolean;
  /** Whether two texts are the same value: 7 and 007 are for a number, ` a ` and `a` are for a token. */
  same(a: string, b: string): boolean;
  /** The text with its blanks as the type sees them. */
  withoutBlanks(text: string): string;
}

export type DatatypeMade =
  | { readonly kind: 'datatype'; readonly datatype: Datatype }
  /** In words, for whoever looks after the schema. */
  | { readonly kind: 'unknown'; readonly message: string };

/** A datatype with its facets; `unknown` where the library, the name, a facet or a pattern is not known. */
export function makeDatatype(library: string, name: string, facets: readonly Facet[]): DatatypeMade {
  const primitive =
    library === XML_SCHEMA_DATATYPES
      ? PRIMITIVES.get(name)
      : library === '' && isBuiltInDatatype(name)
        ? PRIMITIVES.get(name)
        : undefined;
  if (primitive === undefined)
    return unknown(`The datatype ${name} of ${library || 'RELAX NG'} is not known.`);
  const tests: FacetTest[] = [];
  for (const facet of facets) {
    const takes = facetTest(primitive, facet);
    if (takes === undefined) return unknown(`${facet.name} '${facet.value}' is not understood for ${name}.`);
    tests.push({ facet, takes });
  }
  return { kind: 'datatype', datatype: datatypeOf(library, name, facets, primitive, tests) };
}

interface FacetTest {
  readonly facet: Facet;
  readonly takes: (value: string) => boolean;
}

function datatypeOf(
  library: string,
  name: string,
  facets: readonly Facet[],
  primitive: Primitive,
  tests: readonly FacetTest[],
): Datatype {
  const blanks = BLANKS[primitive.blanks];
  const patterns = TOKENS.has(name) ? [] : tests.filter(({ facet }) => facet.name === 'pattern');
  return {
    key: JSON.stringify([library, name, ...facets.flatMap(facet => [facet.name, facet.value])]),
    name,
    facets,
    takes(text) {
      const value = blanks(text);
      return primitive.takes(value) && tests.every(test => test.takes(value));
    },
    libxml2Takes: text =>
      patterns.every(pattern => pattern.takes(text)) && !(UNSIGNED.has(name) && /^\s*[-+]/.test(text)),
    same: (a, b) => primitive.canonical(blanks(a)) === primitive.canonical(blanks(b)),
    withoutBlanks: blanks,
  };
}

const UNSIGNED = new Set(['unsignedByte', 'unsignedShort', 'unsignedInt', 'unsignedLong']);

/** Types whose blanks libxml2 takes off in time. */
const TOKENS = new Set(['token', 'language', 'Name', 'NCName', 'ID', 'IDREF', 'NMTOKEN']);

function facetTest(primitive: Primitive, { name, value }: Facet): ((value: string) => boolean) | undefined {
  const length = /^[0-9]+$/.test(value) ? Number(value) : undefined;
  const { compare } = primitive;
  switch (name) {
    case 'pattern':
      return expressionTest(value);
    case 'length':
      return length === undefined ? undefined : text => characters(text) === length;
    case 'minLength':
      return length === undefined ? undefined : text => characters(text) >= length;
    case 'maxLength':
      return length === undefined ? undefined : text => characters(text) <= length;
    case 'minInclusive':
      return compare && (text => compare(text, value) >= 0);
    case 'maxInclusive':
      return compare && (text => compare(text, value) <= 0);
    case 'minExclusive':
      return compare && (text => compare(text, value) > 0);
    case 'maxExclusive':
      return compare && (text => compare(text, value) < 0);
    default:
      return undefined;
  }
}

/** In code points, as XML Schema counts. */
function characters(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) count++;
  return count;
}

const BLANK = /[\t\n\r ]/;

const BLANKS: Readonly<Record<Primitive['blanks'], (text: string) => string>> = {
  preserve: text => text,
  replace: text => text.replace(/[\t\n\r]/g, ' '),
  collapse: text => (BLANK.test(text) ? text.replace(/[\t\n\r ]+/g, ' ').replace(/^ | $/g, '') : text),
};

const unknown = (message: string): DatatypeMade => ({ kind: 'unknown', message });
