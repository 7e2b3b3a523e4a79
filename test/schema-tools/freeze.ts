/**
 * Writes jing's verdicts down, so that the tests need no jing:
 *   node out/test/schema-tools/freeze.js
 * `corpus-invalid-<release>.txt` names the documents of the corpus that jing refuses; `mutants.txt` has for every
 * document of the corpus the verdicts on its mutants. To be run again when the mutator or the corpus changes.
 */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RELEASES } from '../engine/schema/schemas';
import { corpusDocuments, mutantOf, wellFormed } from './corpus';
import { FROZEN_FOLDER, SEEDS, fingerprint } from './frozen';
import { refusedByJing, refusedByXmllint } from './jing';

const DATA = join(process.env['LIBVIRT_DOMAIN_SHARED'] ?? join(__dirname, '../../../../shared'), 'data');
const schemaFile = (release: string): string => join(DATA, 'schemas', release, 'domain.rng');

const all = corpusDocuments(DATA);
for (const release of RELEASES) {
  const refused = refusedByJing(
    schemaFile(release),
    all.map(({ text }) => text),
  );
  const names = all.filter((_, index) => refused.has(index)).map(({ name }) => name);
  const head = `# Documents of data/corpus that jing 20220510 refuses with domain.rng of libvirt ${release} (freeze.ts).`;
  writeFileSync(join(FROZEN_FOLDER, `corpus-invalid-${release}.txt`), `${[head, ...names].join('\n')}\n`);
  console.log(`${release}: jing refuses ${names.length} of ${all.length} documents`);
}

const documents = wellFormed(all);
const mutants = documents.flatMap((_, index) => SEEDS.map(seed => mutantOf(documents, index, seed)));
const verdicts = RELEASES.map(release => refusedByJing(schemaFile(release), mutants));
const lines = documents.map(({ name }, index) => {
  const marks = SEEDS.map((_, place) => {
    const mutant = index * SEEDS.length + place;
    return verdicts.map(refused => (refused.has(mutant) ? '-' : '+')).join('');
  });
  return `${name} ${marks.join(' ')}`;
});

const refusedOnlyByLibxml2 = RELEASES.flatMap((release, place) => {
  const xmllint = refusedByXmllint(schemaFile(release), mutants);
  return [...xmllint]
    .filter(mutant => verdicts[place]?.has(mutant) !== true)
    .sort((a, b) => a - b)
    .map(mutant => {
      const document = documents[Math.floor(mutant / SEEDS.length)]?.name ?? '';
      return `${release} ${SEEDS[mutant % SEEDS.length] ?? ''} ${document}`;
    });
});
const libxml2Head = `# Mutants (release, seed, document) that jing takes and xmllint (libxml2 2.9.14) refuses (freeze.ts).`;
writeFileSync(
  join(FROZEN_FOLDER, 'libxml2-refuses.txt'),
  `${[libxml2Head, ...refusedOnlyByLibxml2].join('\n')}\n`,
);
const head = `# Verdicts of jing 20220510 on mutants of data/corpus (freeze.ts): a line a document, a word each for the seeds
# ${SEEDS.join(', ')}; in a word + is valid and - invalid by domain.rng of libvirt ${RELEASES.join(', ')}.
# Mutants: ${fingerprint(mutants)}`;
writeFileSync(join(FROZEN_FOLDER, 'mutants.txt'), `${[head, ...lines].join('\n')}\n`);
console.log(
  `${mutants.length} mutants; jing refuses ${verdicts.map((refused, index) => `${refused.size} by ${RELEASES[index] ?? ''}`).join(', ')}`,
);
