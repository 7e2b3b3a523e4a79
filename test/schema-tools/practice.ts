/**
 * Counts in libvirt's own documents what is used how often, and writes `engine/reference/practice-table.ts`. Run it as
 * `node out/test/schema-tools/practice.js [DATA]`; a test says when the table is not what this makes of the corpus.
 */

import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  SourceText,
  attributeValue,
  childElements,
  parseXml,
  rootElement,
  textContent,
  type Located,
} from '../../server/src/engine';
import { corpusDocuments } from './corpus';

/** The file that holds the table. */
export const PRACTICE_FILE = join(__dirname, '../../../server/src/engine/reference/practice-table.ts');

/** The text of that file, from the documents of `data/corpus`. */
export function practiceFile(data: string): string {
  const places = new Map<string, Place>();
  for (const { text } of corpusDocuments(data)) {
    const root = rootElement(parseXml(SourceText.of(text)));
    if (root !== undefined) count(text, root, '', places);
  }
  const listed = valuesInSchemas(join(data, 'schemas/11.3'));
  const lines = [...places].sort(byKey).flatMap(([key, place]) => linesOf(key, place, listed));
  return `${HEAD}export const PRACTICE_TABLE = \`\n${lines.join('\n')}\n\`;\n`;
}

const HEAD = `/**
 * What is used how often in libvirt's own documents: made by test/schema-tools/practice.ts, never by hand.
 * A line tells of a source in a disk as \`disk/source\`: its attributes, the most used first; behind \`>\` the child
 * elements; behind \`|\` the usual ones of these in the order in which they are written; behind each \`;\` the values of
 * an attribute, and those of the text behind \`;=\`. \`+\` marks attributes that four of five have, and child elements
 * that three of five have; at the beginning \`@\` marks elements of which most have attributes, \`+\` those of which most
 * have child elements.
 */

`;

/** What was counted of the elements of one name in parents of one name. */
interface Place {
  elements: number;
  withAttributes: number;
  withChildren: number;
  readonly attributes: Map<string, Use>;
  readonly children: Map<string, Use>;
  readonly values: Map<string, Map<string, number>>;
}

/** How often something occurs, in how many elements, and the sum of its places among its like there. */
interface Use {
  times: number;
  elements: number;
  places: number;
}

const TEXT = '';
/** Values that no schema lists, but that stand for many: no number, path, address or name of one's own. */
const WORD = /^[A-Za-z][A-Za-z0-9_.+-]{0,23}$/;
const MOST_VALUES = 12;
/** Such a value must occur so often to be more than one test's. */
const FEWEST = 4;
/** Where values that no schema lists are worth offering. */
const WITH_FREE_VALUES: ReadonlySet<string> = new Set([
  'disk/driver@name',
  'interface/model@type',
  'interface/driver@name',
  'os/type@arch',
  'os/type@machine',
  'cpu/model/',
  'cpu/feature@name',
  'filesystem/driver@name',
  'interface/source@bridge',
  'secret/usage@type',
]);

/** All that the schemas list as a value somewhere. */
const valuesInSchemas = (folder: string): ReadonlySet<string> =>
  new Set(
    readdirSync(folder).flatMap(file =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(/<value>([^<]*)<\/value>/g)].map(
        ([, value]) => value?.trim() ?? '',
      ),
    ),
  );

function count(text: string, located: Located, parent: string, places: Map<string, Place>): void {
  const { node } = located;
  const key = parent === '' ? node.name : `${parent}/${node.name}`;
  let place = places.get(key);
  if (place === undefined) {
    place = {
      elements: 0,
      withAttributes: 0,
      withChildren: 0,
      attributes: new Map(),
      children: new Map(),
      values: new Map(),
    };
    places.set(key, place);
  }
  const children = childElements(located);
  place.elements++;
  if (children.length > 0) place.withChildren++;
  const attributes = node.attributes.filter(({ name }) => !name.startsWith('xmlns'));
  if (attributes.length > 0) place.withAttributes++;
  use(place.attributes, attributes);
  use(
    place.children,
    children.map(child => child.node),
  );
  for (const attribute of attributes) {
    countValue(place, attribute.name, attributeValue(text, located, attribute));
  }
  if (children.length === 0) countValue(place, TEXT, textContent(text, located).trim());
  for (const child of children) count(text, child, node.name, places);
}

function countValue(place: Place, attribute: string, value: string): void {
  let values = place.values.get(attribute);
  if (values === undefined) place.values.set(attribute, (values = new Map<string, number>()));
  increase(values, value);
}

const increase = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};

/** Counts the names of one element's attributes or children, in their order. */
function use(uses: Map<string, Use>, all: readonly { readonly name: string }[]): void {
  const met = new Set<string>();
  for (const [at, { name }] of all.entries()) {
    const known = uses.get(name) ?? { times: 0, elements: 0, places: 0 };
    uses.set(name, known);
    known.times++;
    known.places += (at + 1) / all.length;
    if (!met.has(name)) known.elements++;
    met.add(name);
  }
}

function linesOf(key: string, place: Place, listed: ReadonlySet<string>): string[] {
  // What an element has often goes with its kind, and so with other attributes; child elements depend on less.
  const usualAttribute = ({ elements }: Use): boolean => elements * 5 >= place.elements * 4;
  const usualChild = ({ elements }: Use): boolean => elements * 5 >= place.elements * 3;
  const names = (all: Map<string, Use>): [string, Use][] =>
    [...all].filter(([each]) => NAME.test(each)).sort(byUse);
  const words = (all: Map<string, Use>, usual: (use: Use) => boolean): string =>
    names(all)
      .map(([name, each]) => `${name}${usual(each) ? '+' : ''}`)
      .join(' ');
  const inOrder = names(place.children)
    .filter(([, each]) => usualChild(each))
    .sort((a, b) => averagePlace(a[1]) - averagePlace(b[1]))
    .map(([name]) => name);
  if (place.elements < FEWEST_ELEMENTS) return [];
  const marks = `${place.withAttributes * 2 > place.elements ? '@' : ''}${place.withChildren * 2 > place.elements ? '+' : ''}`;
  const order = inOrder.length > 1 ? `|${inOrder.join(' ')}` : '';
  const children = place.children.size > 0 ? `>${words(place.children, usualChild)}${order}` : '';
  const all = `${marks}${words(place.attributes, usualAttribute)}${children}`;
  const values = [...place.values].flatMap(([attribute, counts]) => {
    const free =
      WITH_FREE_VALUES.has(`${key}${attribute === TEXT ? '/' : `@${attribute}`}`) || attribute === 'unit';
    const line = valuesLine(counts, free, listed);
    return line.includes(' ') || (free && line !== '') ? [`;${attribute}=${line}`] : [];
  });
  const line = `${key} ${all}${values.join('')}`;
  return line.endsWith(' ') || /[`\\]|\$\{/.test(line) ? [] : [line];
}

/** What was met less often says nothing of practice. */
const FEWEST_ELEMENTS = 3;

const averagePlace = ({ places, times }: Use): number => places / times;

/** The most used first; of those that are used as often the one that is written first. */
const byUse = (a: readonly [string, Use], b: readonly [string, Use]): number =>
  b[1].times - a[1].times || averagePlace(a[1]) - averagePlace(b[1]) || byKey(a, b);

const NAME = /^[\w:.-]+$/;

/** The values by use; of one alone there is nothing to put in order. */
function valuesLine(
  values: ReadonlyMap<string, number>,
  withFree: boolean,
  listed: ReadonlySet<string>,
): string {
  return [...values]
    .filter(([value, times]) =>
      withFree ? WORD.test(value) && times >= FEWEST : listed.has(value) && !/\s|^-?[0-9]+$/.test(value),
    )
    .sort(byCount)
    .slice(0, MOST_VALUES)
    .map(([value]) => value)
    .join(' ');
}

const byCount = (a: readonly [string, number], b: readonly [string, number]): number =>
  b[1] - a[1] || byKey(a, b);
const byKey = (a: readonly [string, unknown], b: readonly [string, unknown]): number =>
  a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;

if (require.main === module) {
  const data = process.argv[2] ?? join(__dirname, '../../../../../shared/data');
  writeFileSync(PRACTICE_FILE, practiceFile(data));
  console.log(`wrote ${PRACTICE_FILE}`);
}
