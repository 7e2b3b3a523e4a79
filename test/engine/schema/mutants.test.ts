/** Thousands of small faults: the verdict must be jing's on each, by the schema of every release. */

import assert from 'node:assert/strict';
import { testWithShared } from '../../support/shared';
import { corpusDocuments, mutantOf, wellFormed } from '../../schema-tools/corpus';
import { SEEDS, fingerprint, frozenMutants } from '../../schema-tools/frozen';
import { RELEASES, schemaOf, verdictOn } from './schemas';

testWithShared('every mutant of the corpus has the verdict that jing gave it', data => {
  const documents = wellFormed(corpusDocuments(data));
  const frozen = frozenMutants();
  const mutants = documents.map((_, index) => SEEDS.map(seed => mutantOf(documents, index, seed)));
  assert.equal(
    fingerprint(mutants.flat()),
    frozen.fingerprint,
    'the mutator makes other mutants than the frozen verdicts are about: run test/schema-tools/freeze.ts',
  );
  assert.ok(mutants.flat().length >= 3000, `only ${mutants.flat().length} mutants`);
  const schemas = RELEASES.map(release => schemaOf(data, release));
  const wrong: string[] = [];
  for (const [index, ofDocument] of mutants.entries()) {
    for (const [place, text] of ofDocument.entries()) {
      const ours = schemas.map(schema => (verdictOn(schema, text) === 'valid' ? '+' : '-')).join('');
      const { name = '', words = [] } = frozen.documents[index] ?? {};
      if (ours !== words[place])
        wrong.push(`${name} seed ${SEEDS[place] ?? ''}: ${ours}, jing ${words[place] ?? ''}`);
    }
  }
  assert.deepEqual(wrong, []);
});
