/** What every entry of the reference has to be. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { CHAPTERS } from '../../../server/src/engine/reference/chapters';
import { ENTRIES } from '../../../server/src/engine/reference/entries';
import type { AttributeEntry } from '../../../server/src/engine/reference';
import { testWithShared } from '../../support/shared';
import { readSchemaNames, type SchemaNames } from './schema-names';

/** An element's or attribute's entry, with what a failure says of it. */
interface Written {
  readonly key: string;
  readonly name: string;
  readonly entry: AttributeEntry;
}

const WRITTEN: readonly Written[] = ENTRIES.flatMap(entry => [
  { key: entry.path, name: entry.path.split('/').at(-1) ?? '', entry },
  ...Object.entries(entry.attributes ?? {}).map(([name, attribute]) => ({
    key: `${entry.path}@${name}`,
    name,
    entry: attribute,
  })),
]);

/** Words that say nothing of themselves. */
const EMPTY_WORDS: ReadonlySet<string> = new Set(
  (
    'a an the of to for in on is are be it its this that which and or with by as from at element attribute ' +
    'sets set specifies specify defines define describes gives value values name domain'
  ).split(' '),
);

/** Later than 11.3, and the manual of 12.8 does not say since when. */
const RELEASE_NOT_TOLD: ReadonlySet<string> = new Set([
  'domain/devices/hostdev/source/address@port no release',
  'domain/launchSecurity/mrConfigId no release',
  'domain/launchSecurity/mrOwner no release',
  'domain/launchSecurity/mrOwnerConfig no release',
  'domain/launchSecurity/quoteGenerationService no release',
]);

test('each path has one entry', () => {
  const paths = ENTRIES.map(entry => entry.path);
  assert.deepEqual(
    paths.filter((path, index) => paths.indexOf(path) !== index),
    [],
  );
  assert.deepEqual(
    paths.filter(path => !/^domain(\/(\*|[A-Za-z_][\w:.-]*))*$/.test(path)),
    [],
  );
});

test('texts are sentences', () => {
  const notSentences = WRITTEN.filter(
    ({ entry }) => !isSentence(entry.summary) || !(entry.values === undefined || entry.values.endsWith('.')),
  );
  assert.deepEqual(
    notSentences.map(({ key }) => key),
    [],
  );
});

test('texts are short enough to be read while one types', () => {
  const long = WRITTEN.filter(
    ({ entry }) => entry.summary.length > 420 || (entry.values ?? '').length > 700,
  ).map(({ key, entry }) => `${key}: ${String(entry.summary.length)}`);
  assert.deepEqual(long, []);
});

test('no entry only repeats its name', () => {
  const empty = WRITTEN.filter(({ name, entry }) => newWords(name, entry).size < 3).map(({ key }) => key);
  assert.deepEqual(empty, []);
});

test('an entry that only repeats its name would be found', () => {
  assert.equal(newWords('vmport', { summary: 'The vmport element sets the vmport.' }).size, 0);
  assert.equal(newWords('on_crash', { summary: 'Specifies the on crash value.' }).size, 0);
});

test('releases and units look like such', () => {
  const odd = WRITTEN.filter(
    ({ entry }) =>
      (entry.since !== undefined && !/^\d{1,2}\.\d{1,2}\.\d{1,2}$/.test(entry.since)) ||
      (entry.unit !== undefined && (entry.unit === '' || /[.]$/.test(entry.unit))),
  );
  assert.deepEqual(
    odd.map(({ key }) => key),
    [],
  );
});

test('examples hold the element that they are for', () => {
  const odd = ENTRIES.filter(entry => {
    const name = entry.path.split('/').at(-1) ?? '';
    return entry.example !== undefined && name !== '*' && !entry.example.includes(`<${name}`);
  });
  assert.deepEqual(
    odd.map(entry => entry.path),
    [],
  );
});

test('each chapter is listed once', () => assert.equal(new Set<string>(CHAPTERS).size, CHAPTERS.length));

testWithShared('what is explained stands in a schema of libvirt', data => {
  assert.deepEqual(explainedBeyond(readSchemaNames(join(data, 'schemas/12.8'))), []);
});

testWithShared('what libvirt 11.3 does not know yet is marked with a later release', data => {
  const since = new Map(WRITTEN.map(({ key, entry }) => [key, entry.since ?? 'no release']));
  const early = explainedBeyond(readSchemaNames(join(data, 'schemas/11.3')))
    .map(key => `${key} ${since.get(key) ?? ''}`)
    .filter(line => !/ (11\.([4-9]|1\d)|1[2-9])\.\S+$/.test(line))
    .filter(line => !RELEASE_NOT_TOLD.has(line));
  assert.deepEqual(early, []);
});

testWithShared('the schema is read well enough to tell what it has not', data => {
  const schema = readSchemaNames(join(data, 'schemas/11.3'));
  assert.ok(schema.hasElement(['domain', 'devices', 'disk', 'target']));
  assert.ok(schema.hasElement(['domain', 'qemu:commandline', 'qemu:arg']));
  assert.ok(!schema.hasElement(['domain', 'devices', 'disk', 'vcpu']));
  assert.ok(!schema.hasElement(['domain', 'commandline']));
  assert.ok(schema.attributes(['domain', 'vcpu']).has('placement'));
  assert.ok(!schema.attributes(['domain', 'vcpu']).has('mode'));
});

/** Elements and attributes that are explained and that the schema does not have. */
const explainedBeyond = (schema: SchemaNames): readonly string[] =>
  ENTRIES.flatMap(entry => {
    const path = entry.path.split('/');
    if (!schema.hasElement(path)) return [entry.path];
    const names = schema.attributes(path);
    const strange = Object.keys(entry.attributes ?? {}).filter(name => !names.has(name) && !names.has('*'));
    return strange.map(name => `${entry.path}@${name}`);
  });

/** Values may begin with a literal value instead, which is not capitalized. */
const isSentence = (text: string): boolean => /^[\p{Lu}\p{N}`<]/u.test(text) && /[.)]$/.test(text);

/** The words that say more than the name does. */
function newWords(name: string, { summary, values = '', unit = '' }: AttributeEntry): ReadonlySet<string> {
  const said = new Set(wordsOf(name));
  return new Set(
    wordsOf(`${summary} ${values} ${unit}`).filter(word => !EMPTY_WORDS.has(word) && !said.has(word)),
  );
}

const wordsOf = (text: string): readonly string[] =>
  text
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word !== '');
