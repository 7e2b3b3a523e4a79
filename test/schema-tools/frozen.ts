/** The frozen verdicts of jing, as `freeze.ts` writes them. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const FROZEN_FOLDER = join(__dirname, '../../../test/data/schema');

/** Of each document as many mutants are frozen. */
export const SEEDS = [1, 2, 3] as const;

/** Tells whether the mutator still makes the mutants that the verdicts are about. */
export const fingerprint = (mutants: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const mutant of mutants) hash.update(mutant).update('\0');
  return hash.digest('hex').slice(0, 16);
};

export interface FrozenMutants {
  readonly fingerprint: string;
  /** For each document its words, one for each seed, each of one sign for each release. */
  readonly documents: readonly { readonly name: string; readonly words: readonly string[] }[];
}

export function frozenMutants(): FrozenMutants {
  const lines = readFileSync(join(FROZEN_FOLDER, 'mutants.txt'), 'utf8').trim().split('\n');
  const mark = lines.find(line => line.startsWith('# Mutants: ')) ?? '';
  const documents = lines
    .filter(line => !line.startsWith('#'))
    .map(line => {
      const [name = '', ...words] = line.split(' ');
      return { name, words };
    });
  return { fingerprint: mark.slice('# Mutants: '.length), documents };
}

/** The lines of a frozen list that are not remarks. */
export const frozenList = (name: string): string[] =>
  readFileSync(join(FROZEN_FOLDER, name), 'utf8')
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'));
