/** Jing (Debian's package) and xmllint as judges. Neither is needed to run the tests: their verdicts are frozen. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The places among `texts` that jing refuses with the schema file. Throws where jing can't be run. */
export function refusedByJing(schema: string, texts: readonly string[]): Set<number> {
  return refused(texts, (files, folder) => {
    let output = '';
    let left = [...files];
    while (left.length > 0) {
      const said = run('jing', ['-i', schema, ...left]);
      output += said;
      // Behind a document that is not well-formed jing looks at no other: the rest has its own turn.
      const fatal = /\/d\/(\d+)\.xml:\d+:\d+: fatal:/.exec(said)?.[1];
      left = fatal === undefined ? [] : left.slice(left.indexOf(join(folder, `${fatal}.xml`)) + 1);
    }
    return output;
  });
}

/** As `refusedByJing`, of xmllint. */
export function refusedByXmllint(schema: string, texts: readonly string[]): Set<number> {
  return refused(texts, files => run('xmllint', ['--noout', '--huge', '--relaxng', schema, ...files]));
}

/** So many files go on one command line. */
const AT_ONCE = 2000;

function refused(
  texts: readonly string[],
  judge: (files: readonly string[], folder: string) => string,
): Set<number> {
  const top = mkdtempSync(join(tmpdir(), 'domxml-judge-'));
  const folder = join(top, 'd');
  const refusedOnes = new Set<number>();
  try {
    mkdirSync(folder);
    for (let from = 0; from < texts.length; from += AT_ONCE) {
      const files = texts.slice(from, from + AT_ONCE).map((text, index) => {
        const file = join(folder, `${from + index}.xml`);
        writeFileSync(file, text);
        return file;
      });
      for (const [, number] of judge(files, folder).matchAll(/\/d\/(\d+)\.xml(?::\d+| fails to validate)/g)) {
        refusedOnes.add(Number(number));
      }
    }
  } finally {
    rmSync(top, { recursive: true, force: true });
  }
  return refusedOnes;
}

function run(program: string, args: readonly string[]): string {
  const done = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 30 });
  if (done.error !== undefined) throw done.error;
  // 0: all valid; 1: jing, some invalid; 3: xmllint, some invalid.
  if (done.status !== 0 && done.status !== 1 && done.status !== 3 && done.status !== 4) {
    throw new Error(`${program} ended with ${done.status ?? 'a signal'}: ${done.stderr.slice(0, 400)}`);
  }
  const output = done.stdout + done.stderr;
  const badSchema = /\.rng:\d+:\d+: (?:error|fatal).*/.exec(output);
  if (badSchema !== null) throw new Error(`${program}: ${badSchema[0]}`);
  return output;
}
