/** The schema engine beside xmllint and jing, in one run: loading, checking, a keystroke, and the corpus in one go. */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SchemaFolder, SourceText, parseXml, reparse, validate, type Schema } from '../../server/src/engine';
import { findSchemas } from '../../server/src/files';
import { SIZES, benchDocument, type BenchDocument } from './documents';
import { inMilliseconds, measure, printTable } from './measure';

const SHARED = process.env['LIBVIRT_DOMAIN_SHARED'] ?? join(__dirname, '../../../../shared');

const DOMXML = join(__dirname, '../../../dist/cli.js');

export async function benchSchema(): Promise<void> {
  const folder = await schemaFolder();
  if (folder === undefined) {
    console.log('The schema engine is left out: there is no schema of libvirt here.\n');
    return;
  }
  const main = join(folder, 'domain.rng');
  console.log(`Schema ${main} (milliseconds, the minimum of repeated runs)\n`);
  console.log(`Loading, in a new process each: ${inMilliseconds(loadTime(folder))}\n`);
  const schema = schemaOf(folder);
  const rows: string[][] = [];
  for (const size of SIZES) rows.push(await benchOne(schema, main, benchDocument(size)));
  printTable(
    ['document', 'first check', 'check, warm', 'keystroke, check', 'xmllint --relaxng', 'jing'],
    rows,
  );
  benchCorpus(folder);
}

/** Libvirt's own of 11.3 beside the repository, else those that are installed here. */
export async function schemaFolder(): Promise<string | undefined> {
  const shared = join(SHARED, 'data/schemas/11.3');
  if (existsSync(shared)) return shared;
  const found = await findSchemas(undefined);
  return found.kind === 'found' ? found.folder : undefined;
}

function schemaOf(folder: string): Schema {
  const schema = new SchemaFolder(readdirSync(folder), name =>
    existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : undefined,
  ).schemaFor('domain');
  if (schema === undefined) throw new Error('the schema has faults');
  return schema;
}

/** From the files' texts to a schema that can check, with code that never ran before. */
function loadTime(folder: string): number {
  const script = `
    const { SchemaFolder } = require(${JSON.stringify(join(__dirname, '../../server/src/engine'))});
    const { readFileSync, readdirSync } = require('fs');
    const folder = ${JSON.stringify(folder)};
    const start = process.hrtime.bigint();
    const files = new Map(readdirSync(folder).map(name => [name, readFileSync(folder + '/' + name, 'utf8')]));
    if (SchemaFolder.of(files).schemaFor('domain') === undefined) throw new Error();
    console.log(Number(process.hrtime.bigint() - start) / 1e6);`;
  const times = Array.from({ length: 8 }, () =>
    Number(spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' }).stdout),
  );
  return Math.min(...times);
}

async function benchOne(schema: Schema, main: string, document: BenchDocument): Promise<string[]> {
  const source = SourceText.of(document.text);
  const begin = process.hrtime.bigint();
  validate(schema, parseXml(source));
  const first = Number(process.hrtime.bigint() - begin) / 1e6;
  const rounds = Math.min(300, Math.max(8, Math.ceil(20_000_000 / document.text.length)));
  // A tree that was checked before is looked up: each round has one of its own, made outside of the clock.
  let tree = parseXml(source);
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    tree = parseXml(source);
    const start = process.hrtime.bigint();
    validate(schema, tree);
    times.push(Number(process.hrtime.bigint() - start) / 1e6);
  }
  const { keystroke } = document;
  const typing = await measure(40, round => {
    const span = { start: keystroke, end: keystroke + (round % 2) };
    tree = reparse(tree, { span, newText: round % 2 === 0 ? '0' : '' });
    return validate(schema, tree);
  });
  return [
    document.title,
    inMilliseconds(first),
    inMilliseconds(Math.min(...times)),
    inMilliseconds(typing.min),
    ...withFile(document.text, file => [
      asProcess('xmllint', ['--noout', '--huge', '--relaxng', main, file]),
      asProcess('jing', ['-i', main, file]),
    ]),
  ];
}

/** All of the corpus in one go: every program in a new process, with reading, parsing and loading. */
function benchCorpus(folder: string): void {
  const corpus = join(SHARED, 'data/corpus');
  if (!existsSync(corpus) || !existsSync(DOMXML)) return;
  const files = readdirSync(corpus)
    .filter(name => name.endsWith('.xml'))
    .map(name => join(corpus, name));
  const main = join(folder, 'domain.rng');
  console.log(`${files.length} documents of the corpus in one go\n`);
  withFolder(caches => {
    const env = { XDG_CACHE_HOME: caches };
    const check = [DOMXML, 'check', '--schema', folder, ...files];
    printTable(
      ['domxml check', 'again', 'xmllint --relaxng', 'jing'],
      [
        [
          asProcess(process.execPath, [...check, '--no-cache']),
          // The minimum is of a run after the first.
          asProcess(process.execPath, check, env),
          asProcess('xmllint', ['--noout', '--relaxng', main, ...files]),
          asProcess('jing', ['-i', main, ...files]),
        ],
      ],
    );
  });
}

const withFile = <T>(text: string, use: (file: string) => T): T =>
  withFolder(folder => {
    const file = join(folder, 'document.xml');
    writeFileSync(file, text);
    return use(file);
  });

function withFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'domxml-bench-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function asProcess(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
  const times: number[] = [];
  for (let round = 0; round < 4; round++) {
    const start = process.hrtime.bigint();
    const run = spawnSync(program, args, { maxBuffer: 1 << 28, env: { ...process.env, ...env } });
    if (run.error !== undefined) return 'not installed';
    times.push(Number(process.hrtime.bigint() - start) / 1e6);
  }
  return inMilliseconds(Math.min(...times));
}
