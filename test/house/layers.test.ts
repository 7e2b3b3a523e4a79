import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../host/repository';
import { FOLDERS, importsOf, targetOf } from './sources';

/**
 * Who may import whom, as ARCHITECTURE.md has it. A change here is a change of the house: the same table stands in
 * the `references` of each folder's tsconfig.json, by which the compiler checks it.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  engine: [],
  protocol: ['engine'],
  files: ['engine'],
  qmp: [],
  libvirt: ['engine', 'qmp'],
  vm: ['engine', 'qmp', 'libvirt'],
  language: ['engine', 'protocol'],
  practice: ['engine', 'qmp'],
  lsp: ['engine', 'protocol', 'files', 'language', 'qmp', 'libvirt', 'vm', 'practice'],
  cli: ['engine', 'files', 'vm', 'libvirt', 'practice', 'lsp'],
  client: ['engine', 'protocol'],
};

/** npm packages by folder; a package that is not here is in no folder. `types` may only be imported as types. */
const PACKAGES: Readonly<
  Record<string, { readonly code?: readonly string[]; readonly types?: readonly string[] }>
> = {
  libvirt: { code: ['fast-xml-parser'] },
  language: { code: ['vscode-languageserver-types'] },
  lsp: { code: ['vscode-languageserver'] },
  client: { code: ['vscode', 'vscode-languageclient'] },
};

/** Parts of Node by folder. Only files/ reads documents; who else touches the file system says here why. */
const NODE: Readonly<Record<string, readonly string[]>> = {
  // crypto: digests tell one build, schema and text from another.
  files: ['crypto', 'fs', 'fs/promises', 'os', 'path', 'url'],
  // fs: sockets are files, looked at (whose they are, where they really lie) before they are opened.
  qmp: [
    'child_process',
    'events',
    'fs/promises',
    'net',
    'path',
    'stream',
    'string_decoder',
    'timers/promises',
  ],
  libvirt: ['child_process', 'crypto', 'events', 'fs/promises', 'os', 'path', 'string_decoder'],
  vm: ['crypto', 'path', 'timers/promises'],
  // fs: makes and removes the socket it listens on.
  practice: [
    'crypto',
    'events',
    'fs',
    'fs/promises',
    'net',
    'os',
    'path',
    'string_decoder',
    'timers/promises',
  ],
  lsp: ['crypto', 'os', 'path', 'timers/promises', 'url'],
  cli: ['crypto', 'path', 'readline', 'readline/promises', 'url'],
  client: ['crypto', 'os', 'path'],
};

const shortName = (folder: string): string =>
  folder === 'client/src' ? 'client' : folder.slice('server/src/'.length);

for (const folder of FOLDERS) {
  const name = shortName(folder);

  test(`${name} imports only folders below it, by their index`, () => {
    const allowed = MAY_IMPORT[name] ?? [];
    const wrong = importsOf(folder).flatMap(found => {
      const target = targetOf(found);
      if (target === undefined || target.folder === folder) return [];
      const fine = allowed.includes(shortName(target.folder)) && target.below === '';
      return fine ? [] : [`${found.file} imports ${found.from}`];
    });
    assert.deepEqual(wrong, [], 'the table is MAY_IMPORT in test/house/layers.test.ts');
  });

  test(`${name} has the project references of the table`, () => {
    const config = JSON.parse(readFileSync(path.join(ROOT, folder, 'tsconfig.json'), 'utf8')) as {
      readonly references: readonly { readonly path: string }[];
    };
    const references = config.references.map(reference => shortName(path.posix.join(folder, reference.path)));
    assert.deepEqual(references.sort(), [...(MAY_IMPORT[name] ?? [])].sort(), `see ${folder}/tsconfig.json`);
  });

  test(`${name} uses only its npm packages and parts of Node`, () => {
    const allowed = PACKAGES[name] ?? {};
    const wrong = importsOf(folder).filter(({ from, typesOnly }) => {
      if (from.startsWith('.')) return false;
      if (from.startsWith('node:')) return !(NODE[name] ?? []).includes(from.slice('node:'.length));
      const [first = '', second = ''] = from.split('/');
      const found = first.startsWith('@') ? `${first}/${second}` : first;
      return !(allowed.code ?? []).includes(found) && !(typesOnly && (allowed.types ?? []).includes(found));
    });
    assert.deepEqual(
      wrong.map(found => `${found.file} imports ${found.from}`),
      [],
      'the tables are PACKAGES and NODE in test/house/layers.test.ts',
    );
  });
}

test('every import is read: the statements of a file of each kind', () => {
  assert.ok(importsOf('server/src/lsp').some(found => found.from === 'vscode-languageserver/node'));
  assert.ok(importsOf('server/src/engine').some(found => found.typesOnly));
  assert.ok(importsOf('client/src').some(found => found.from === 'vscode'));
});

test('every package that is imported is in package.json', () => {
  const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  const named = Object.values(PACKAGES).flatMap(({ code = [], types = [] }) => [...code, ...types]);
  for (const name of named.filter(each => each !== 'vscode')) {
    assert.ok(Object.hasOwn(manifest.devDependencies, name), `${name} is missing in devDependencies`);
  }
});
