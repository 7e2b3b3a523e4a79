/** What README, ARCHITECTURE and CONTRIBUTING name is there, and what is there they name. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { COMMANDS } from '../../server/src/cli/commands';
import { CLIENT_COMMANDS, SERVER_COMMANDS, SETTINGS_SECTION } from '../../server/src/protocol';
import { ROOT } from '../host/repository';

const DOCUMENTS = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'] as const;
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

const serverCommands: ReadonlySet<string> = new Set(Object.values(SERVER_COMMANDS));

/** Commands of the server that a text names in code: `domxml.plan`. */
const namedIn = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/`(domxml\.[A-Za-z]+)\b/g)].map(([, name = '']) => name));

test("ARCHITECTURE has a row for each of the server's commands, and for no other", () => {
  const rows = read('ARCHITECTURE.md')
    .split('\n')
    .filter(line => line.startsWith('| `domxml.'))
    .flatMap(line => [...namedIn(line.split('|')[1] ?? '')]);
  assert.deepEqual(
    [...new Set(rows)].sort(),
    [...serverCommands].sort(),
    'protocol/commands.ts has the list',
  );
});

test('no document names a command that is not there', () => {
  const known = new Set<string>([...serverCommands, ...Object.values(CLIENT_COMMANDS)]);
  for (const file of DOCUMENTS) {
    for (const name of namedIn(read(file))) assert.ok(known.has(name), `${name} in ${file}`);
  }
});

/** The first words behind `domxml` where a text shows a command line. */
const commandLinesIn = (text: string): readonly string[] =>
  [...text.matchAll(/(?:^|`)domxml ([a-z][a-z-]*(?: (?:list|info|set|delete)\b)?)/gm)].map(
    ([, words = '']) => words,
  );

test('documents show commands of domxml that are there, and README shows each kind of them', () => {
  const names = new Set(COMMANDS.flatMap(({ syntax: { name } }) => [name, name.split(' ')[0] ?? '']));
  for (const file of DOCUMENTS) {
    for (const words of commandLinesIn(read(file))) {
      assert.ok(words === 'help' || names.has(words), `domxml ${words} in ${file}`);
    }
  }
  const shown = new Set(commandLinesIn(read('README.md')).map(words => words.split(' ')[0]));
  const first = COMMANDS.map(({ syntax: { name } }) => name.split(' ')[0] ?? '');
  assert.deepEqual(
    first.filter(word => !shown.has(word)),
    [],
    'cli/commands.ts has the list',
  );
});

test("README's table has each setting with a row of its own, and no other", () => {
  const table = read('README.md').split(`| setting (\`${SETTINGS_SECTION}.\`…)`)[1]?.split('\n\n')[0] ?? '';
  const rows = table
    .split('\n')
    .filter(line => line.startsWith('| `'))
    .flatMap(line =>
      [...(line.split('|')[1] ?? '').matchAll(/`([A-Za-z.]+)`/g)].map(([, name = '']) => name),
    );
  const { contributes } = JSON.parse(read('package.json')) as {
    readonly contributes: { readonly configuration: readonly { readonly properties: object }[] };
  };
  const before = `${SETTINGS_SECTION}.`;
  const settings = contributes.configuration
    .flatMap(({ properties }) => Object.keys(properties))
    .map(name => {
      assert.ok(name.startsWith(before), name);
      return name.slice(before.length);
    });
  // For whoever looks for a fault of ours; VS Code's settings page tells it.
  assert.deepEqual([...rows, 'trace.server'].sort(), settings.sort());
});
