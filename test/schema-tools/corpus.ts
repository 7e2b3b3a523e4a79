/** The documents of the corpus that mutants are made from, and mutants by document and seed. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SourceText, parseXml } from '../../server/src/engine';
import { mutate } from './mutate';

export interface CorpusDocument {
  readonly name: string;
  readonly text: string;
}

/** All documents of `data/corpus`, by name. */
export const corpusDocuments = (data: string): CorpusDocument[] =>
  readFileSync(join(data, 'corpus/verdicts.tsv'), 'utf8')
    .trim()
    .split('\n')
    .map(line => {
      const name = line.split('\t')[0] ?? '';
      return { name, text: readFileSync(join(data, 'corpus', name), 'utf8') };
    });

/** Those that are well-formed: only of these are there mutants. */
export const wellFormed = (documents: readonly CorpusDocument[]): CorpusDocument[] =>
  documents.filter(({ text }) => parseXml(SourceText.of(text)).problemCount === 0);

/** The mutant of the document at a place in the list; the seed chooses the donor too. */
export function mutantOf(documents: readonly CorpusDocument[], index: number, seed: number): string {
  const donor = documents[(index + seed * 7) % documents.length];
  return mutate(documents[index]?.text ?? '', donor?.text ?? '', seed * 100_003 + index);
}
