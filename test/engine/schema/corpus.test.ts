/** Libvirt's own test documents: the verdict must be jing's on every one, by the schema of every release. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testWithShared } from '../../support/shared';
import { frozenList } from '../../schema-tools/frozen';
import { RELEASES, schemaOf, verdictOn, type Release } from './schemas';

for (const release of RELEASES) {
  testWithShared(`every corpus document has jing's verdict with the schema of libvirt ${release}`, data => {
    const schema = schemaOf(data, release);
    const documents = corpus(data);
    assert.ok(documents.length > 1200, `only ${documents.length} documents`);
    const invalid = invalidDocuments(release);
    const wrong = documents.filter(name => {
      const text = readFileSync(join(data, 'corpus', name), 'utf8');
      return verdictOn(schema, text) !== (invalid.has(name) ? 'invalid' : 'valid');
    });
    assert.deepEqual(wrong, [], `jing says otherwise; see test/schema-tools/freeze.ts`);
  });
}

testWithShared('the frozen verdicts on the corpus are those that came with it', data => {
  const theirs = readFileSync(join(data, 'corpus/verdicts.tsv'), 'utf8')
    .trim()
    .split('\n')
    .filter(line => line.endsWith('\tinvalid'))
    .map(line => line.split('\t')[0]);
  assert.deepEqual([...invalidDocuments('11.3')].sort(), theirs.sort());
});

const corpus = (data: string): string[] =>
  readFileSync(join(data, 'corpus/verdicts.tsv'), 'utf8')
    .trim()
    .split('\n')
    .map(line => line.split('\t')[0] ?? '');

const invalidDocuments = (release: Release): Set<string> =>
  new Set(frozenList(`corpus-invalid-${release}.txt`));
