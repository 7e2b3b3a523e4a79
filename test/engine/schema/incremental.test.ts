/** Work, counted: after an edit only the path to it is checked again, and nothing grows with the documents. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  SchemaFolder,
  SourceText,
  errorSpan,
  parseXml,
  reparse,
  validate,
  type Validation,
} from '../../../server/src/engine';
import { SIZES, benchDocument } from '../../bench/documents';
import { corpusDocuments } from '../../schema-tools/corpus';
import { seeded } from '../../support/seeded';
import { testWithShared } from '../../support/shared';
import { filesOf, SMALL_SCHEMAS } from './small-schemas';
import { schemaOf, schemasOf, verdictOn } from './schemas';

const [, medium, large] = SIZES;

testWithShared('a keystroke in a domain of a thousand disks checks a handful of elements', data => {
  const schema = schemaOf(data, '11.3');
  const { text, keystroke } = benchDocument(medium);
  let document = parseXml(SourceText.of(text));
  assert.ok(validate(schema, document).valid);
  const before = schema.checker.checkedElements;
  document = reparse(document, { span: { start: keystroke, end: keystroke }, newText: '0' });
  assert.ok(validate(schema, document).valid);
  // domain, its children without children, throttlegroups, the group and its limits.
  const checkedAgain = schema.checker.checkedElements - before;
  assert.ok(checkedAgain <= 20, `${checkedAgain} elements were checked again`);
});

testWithShared('more disks, and the whole corpus, make no more patterns', data => {
  const { schema } = freshSchema(data);
  for (const size of SIZES.slice(0, 2)) validate(schema, parseXml(SourceText.of(benchDocument(size).text)));
  const { patterns } = schema.size;
  validate(schema, parseXml(SourceText.of(benchDocument(large).text)));
  assert.equal(schema.size.patterns, patterns);
  for (const { text } of corpusDocuments(data)) validate(schema, parseXml(SourceText.of(text)));
  const { size } = schema;
  for (const { text } of corpusDocuments(data)) validate(schema, parseXml(SourceText.of(text)));
  assert.deepEqual(schema.size, size);
  assert.ok(size.patterns < 7000, `${size.patterns} patterns`);
  assert.ok(size.states < 4000, `${size.states} states`);
});

testWithShared('after random edits the errors are those of a check from scratch', data => {
  const { schema } = freshSchema(data);
  const random = seeded(4711);
  const name = 'qemuxmlconfdata__throttlefilter.x86_64-latest.xml';
  let document = parseXml(SourceText.of(readFileSync(join(data, 'corpus', name), 'utf8')));
  const pieces = [
    'x',
    '0',
    '<',
    '>',
    '/',
    "'",
    ' ',
    '<iotune/>',
    '<driver/>',
    "type='block' ",
    '{{ x }}',
    '&',
    '',
  ];
  for (let round = 0; round < 400; round++) {
    const { text } = document.source;
    const start = random(text.length + 1);
    const end = Math.min(text.length, start + random(4) * random(12));
    document = reparse(document, { span: { start, end }, newText: pieces[random(pieces.length)] ?? '' });
    const kept = told(validate(schema, document));
    // A tree of its own shares nothing with what is kept.
    assert.deepEqual(kept, told(validate(schema, parseXml(document.source))), `round ${round}`);
    if (round % 40 === 39)
      document = parseXml(SourceText.of(readFileSync(join(data, 'corpus', name), 'utf8')));
  }
});

test('patterns that may be several things at every level are checked once at each', () => {
  const files = new Map([
    [
      'a.rng',
      `<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><ref name="a"/></start>
        <define name="a"><choice>${['x', 'y', 'z']
          .map(
            name =>
              `<element name="a"><optional><ref name="a"/></optional><optional><element name="${name}"><empty/></element></optional></element>`,
          )
          .join('')}</choice></define></grammar>`,
    ],
  ]);
  const schema = SchemaFolder.of(files).schemaIn('a.rng');
  assert.ok(schema !== undefined);
  const depth = 300;
  assert.equal(verdictOn(schema, `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`), 'valid');
  assert.equal(verdictOn(schema, `${'<a>'.repeat(depth)}<b/>${'</a>'.repeat(depth)}`), 'invalid');
  assert.ok(schema.checker.checkedElements < 5 * depth, `${schema.checker.checkedElements} checks`);
});

test('a long text is matched in time that grows with its length', () => {
  const nested = SMALL_SCHEMAS.find(({ title }) => title === 'pattern: repetitions within repetitions');
  assert.ok(nested !== undefined);
  const schema = SchemaFolder.of(filesOf(nested)).schemaIn('main.rng');
  assert.ok(schema !== undefined);
  // Backtracking would not end within a lifetime.
  assert.equal(verdictOn(schema, `<a>${'a'.repeat(20_000)}b</a>`), 'invalid');
  assert.equal(verdictOn(schema, `<a>${'a'.repeat(20_000)}</a>`), 'valid');
});

function freshSchema(data: string): { schema: ReturnType<typeof schemaOf> } {
  const shared = schemasOf(data, '11.3');
  assert.ok(shared.schemaFor('domain') !== undefined);
  const folder = join(data, 'schemas/11.3');
  const schema = new SchemaFolder(['domain.rng'], name => readFileSync(join(folder, name), 'utf8')).schemaFor(
    'domain',
  );
  assert.ok(schema !== undefined);
  return { schema };
}

const told = (validation: Validation): readonly string[] => [
  `${validation.errorCount}`,
  ...validation.errors().map(error => `${error.kind} ${errorSpan(error).start}-${errorSpan(error).end}`),
  ...validation.refusals().map(refusal => `${refusal.kind} ${refusal.owner.start}`),
];
