/** RELAX NG itself, by small schemas: one test each. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SchemaFolder } from '../../../server/src/engine';
import { SMALL_SCHEMAS, filesOf } from './small-schemas';
import { verdictOn } from './schemas';

for (const small of SMALL_SCHEMAS) {
  test(small.title, () => {
    const folder = SchemaFolder.of(filesOf(small));
    const schema = folder.schemaIn('main.rng');
    assert.deepEqual(folder.faults, []);
    assert.ok(schema !== undefined);
    const verdicts = (documents: readonly string[]): string[] =>
      documents.map(text => `${verdictOn(schema, text)} ${text}`);
    assert.deepEqual(
      verdicts(small.valid),
      small.valid.map(text => `valid ${text}`),
    );
    assert.deepEqual(
      verdicts(small.invalid),
      small.invalid.map(text => `invalid ${text}`),
    );
  });
}

test('a schema whose files are not all there is not used, and says why', () => {
  const files = new Map([
    [
      'domain.rng',
      `<grammar ${XMLNS}><start><ref name="domain"/></start><include href="common.rng"/></grammar>`,
    ],
  ]);
  const folder = SchemaFolder.of(files);
  assert.equal(folder.schemaFor('domain'), undefined);
  assert.deepEqual([...folder.faults].sort(), ["'domain' is not defined.", 'common.rng is missing.']);
});

test('what a schema has of no known kind takes anything, and is said', () => {
  const files = new Map([
    [
      'a.rng',
      `<element name="a" ${XMLNS}><element name="b"><ref name="nowhere"/></element><element name="c"><data type="roman"/></element></element>`,
    ],
  ]);
  const folder = SchemaFolder.of(files);
  const schema = folder.schemaIn('a.rng');
  assert.ok(schema !== undefined);
  assert.equal(verdictOn(schema, '<a><b x=""><y>z</y></b><c>XIV</c></a>'), 'valid');
  assert.equal(verdictOn(schema, '<a><b/></a>'), 'invalid');
  assert.deepEqual([...folder.faults].sort(), [
    "'nowhere' is not defined.",
    'The datatype roman of RELAX NG is not known.',
  ]);
});

test('files that include each other end', () => {
  const files = new Map([
    ['a.rng', `<grammar ${XMLNS}><include href="b.rng"/><start><ref name="x"/></start></grammar>`],
    [
      'b.rng',
      `<grammar ${XMLNS}><include href="a.rng"/><define name="x"><element name="x"><empty/></element></define></grammar>`,
    ],
  ]);
  const folder = SchemaFolder.of(files);
  assert.equal(folder.schemaIn('a.rng'), undefined);
  assert.match(folder.faults.join(' '), /includes itself/);
});

const XMLNS = 'xmlns="http://relaxng.org/ns/structure/1.0"';
