/**
 * Compares our verdicts with jing's on fresh mutants of the corpus, all releases:
 *   node out/test/schema-tools/differential.js [mutants] [first seed] [release ...]
 * Prints each difference with the mutant's file; exit code 1 where there is one. Also counts what xmllint refuses.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SourceText, parseXml, validate } from '../../server/src/engine';
import { RELEASES, schemaOf, verdictOn, type Release } from '../engine/schema/schemas';
import { corpusDocuments, mutantOf, wellFormed } from './corpus';
import { refusedByJing, refusedByXmllint } from './jing';

const DATA = join(process.env['LIBVIRT_DOMAIN_SHARED'] ?? join(__dirname, '../../../../shared'), 'data');

const [count = '10000', firstSeed = '1000', ...releases] = process.argv.slice(2);
const documents = wellFormed(corpusDocuments(DATA));
const mutants = Array.from({ length: Number(count) }, (_, index) => {
  const document = index % documents.length;
  const seed = Number(firstSeed) + Math.floor(index / documents.length);
  return { name: documents[document]?.name ?? '', seed, text: mutantOf(documents, document, seed) };
});

for (const release of RELEASES.filter(name => releases.length === 0 || releases.includes(name))) {
  compare(release);
}

function compare(release: Release): void {
  const schema = schemaOf(DATA, release);
  const file = join(DATA, 'schemas', release, 'domain.rng');
  const texts = mutants.map(({ text }) => text);
  const jing = refusedByJing(file, texts);
  const xmllint = refusedByXmllint(file, texts);
  const differing = mutants.filter(
    ({ text }, index) => (verdictOn(schema, text) === 'invalid') !== jing.has(index),
  );
  const refusedOnlyByLibxml2 = mutants.filter((_, index) => xmllint.has(index) && !jing.has(index));
  const passedOnlyByLibxml2 = mutants.filter((_, index) => !xmllint.has(index) && jing.has(index));
  console.log(
    `${release}: ${mutants.length} mutants, jing refuses ${jing.size}, we differ on ${differing.length}; ` +
      `xmllint refuses ${refusedOnlyByLibxml2.length} that jing takes and takes ${passedOnlyByLibxml2.length} that jing refuses`,
  );
  const folder = join('/tmp', `domxml-differential-${release}`);
  mkdirSync(folder, { recursive: true });
  for (const [kind, found] of [
    ['differs', differing],
    ['libxml2-refuses', refusedOnlyByLibxml2],
    ['libxml2-takes', passedOnlyByLibxml2],
  ] as const) {
    for (const [index, { name, seed, text }] of found.entries()) {
      writeFileSync(join(folder, `${kind}-${seed}-${name}`), text);
      if (kind === 'differs' && index < 20) {
        const errors = validate(schema, parseXml(SourceText.of(text))).errors();
        console.log(`  ${folder}/${kind}-${seed}-${name}: ours ${errors[0]?.kind ?? 'valid'}`);
      }
    }
  }
  if (differing.length > 0) process.exitCode = 1;
}
