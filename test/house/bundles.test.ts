import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../host/repository';
import { FOLDERS, importsOf, sourcesOf } from './sources';

/** esbuild's own account of what it put into each file; written by esbuild.mjs. */
interface Bundles {
  readonly outputs: Readonly<
    Record<
      string,
      {
        readonly inputs: Readonly<Record<string, unknown>>;
        readonly imports: readonly { readonly path: string }[];
      }
    >
  >;
}

const bundles = JSON.parse(readFileSync(path.join(ROOT, 'out', 'bundles.json'), 'utf8')) as Bundles;

/** Parts of Node that open a connection to somewhere over HTTP, or send datagrams: nobody here needs them. */
const NETWORK = ['http', 'https', 'http2', 'dgram', 'dns', 'tls', 'undici'];

/** What may stand in each bundle besides our own folders; packages that bring packages are named with them. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'dist/client.js': [
    ...['vscode-languageclient', 'vscode-languageserver-protocol', 'vscode-languageserver-types'],
    ...['vscode-jsonrpc', 'vscode-languageserver-textdocument'],
    ...['minimatch', 'brace-expansion', 'balanced-match', 'semver'],
  ],
  'dist/server.js': [
    ...['vscode-languageserver', 'vscode-languageserver-protocol', 'vscode-languageserver-types'],
    ...['vscode-jsonrpc', 'vscode-languageserver-textdocument', 'fast-xml-parser', 'strnum'],
    ...[
      '@nodable/entities',
      'anynum',
      'path-expression-matcher',
      'fast-xml-builder',
      'xml-naming',
      'is-unsafe',
    ],
  ],
};
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  ...PACKAGES,
  'dist/cli.js': PACKAGES['dist/server.js'] ?? [],
};

test('there are three bundles and no more', () => {
  assert.deepEqual(Object.keys(bundles.outputs).sort(), ['dist/cli.js', 'dist/client.js', 'dist/server.js']);
});

for (const [file, { inputs, imports }] of Object.entries(bundles.outputs)) {
  test(`${file} holds our sources and its packages only`, () => {
    const wrong = Object.keys(inputs).filter(input => {
      const name = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
      if (name !== undefined) return !(ALLOWED[file] ?? []).includes(name);
      return !FOLDERS.some(folder => input.startsWith(`${folder}/`));
    });
    assert.deepEqual(wrong, [], 'the list is PACKAGES in test/house/bundles.test.ts');
  });

  test(`${file} needs nothing at run time but Node${file === 'dist/client.js' ? ' and vscode' : ''}`, () => {
    const outside = [...new Set(imports.map(found => found.path.replace(/^node:/, '')))];
    assert.equal(outside.includes('vscode'), file === 'dist/client.js');
    assert.deepEqual(
      outside.filter(name => NETWORK.includes(name)),
      [],
      'a part of Node that talks to the network',
    );
  });
}

test('the client carries none of the server, the server none of the client', () => {
  const inputsOf = (file: string): readonly string[] => Object.keys(bundles.outputs[file]?.inputs ?? {});
  const server = /^server\/src\/(?!engine\/|protocol\/)/;
  assert.deepEqual(
    inputsOf('dist/client.js').filter(input => server.test(input)),
    [],
  );
  assert.deepEqual(
    inputsOf('dist/server.js').filter(input => input.startsWith('client/')),
    [],
  );
  assert.deepEqual(
    inputsOf('dist/cli.js').filter(input => input.startsWith('client/')),
    [],
  );
});

test('no telemetry: no source of ours asks for anything over the web', () => {
  const wrong = FOLDERS.flatMap(folder => [
    ...importsOf(folder)
      .filter(({ from }) => NETWORK.includes(from.replace(/^node:/, '')))
      .map(({ file, from }) => `${file} imports ${from}`),
    ...sourcesOf(folder).filter(file =>
      /(?<![.\w])fetch\(|\bXMLHttpRequest\b|\bnew WebSocket\b|createTelemetryLogger|sendBeacon/.test(
        readFileSync(path.join(ROOT, file), 'utf8'),
      ),
    ),
  ]);
  assert.deepEqual(wrong, []);
});

test(
  'domxml can be run as it is',
  { skip: process.platform === 'win32' && 'Windows has no executable bit' },
  () => {
    const program = path.join(ROOT, 'dist', 'cli.js');
    assert.equal(readFileSync(program, 'utf8').split('\n', 1)[0], '#!/usr/bin/env node');
    assert.equal(statSync(program).mode & 0o111, 0o111);
    assert.match(execFileSync(program, ['--help'], { encoding: 'utf8' }), /domxml check/);
  },
);

test('the licence of every package inside comes with the bundles', () => {
  const licences = readFileSync(path.join(ROOT, 'dist', 'THIRD-PARTY-LICENSES.txt'), 'utf8');
  const inside = Object.values(bundles.outputs).flatMap(({ inputs }) => Object.keys(inputs));
  const names = new Set(
    inside.flatMap(input => /^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []),
  );
  for (const name of names) assert.ok(licences.includes(`\n${name} `), `${name} has no licence in the file`);
});
