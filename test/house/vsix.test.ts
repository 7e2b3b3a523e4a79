import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ROOT, VSIX } from '../host/repository';

/** Everything that is in the VSIX. What is new must be something that runs, and .vscodeignore must let it in. */
const CONTENT = [
  '[Content_Types].xml',
  'extension.vsixmanifest',
  'extension/LICENSE.txt',
  'extension/changelog.md',
  'extension/client/icon.png',
  'extension/dist/THIRD-PARTY-LICENSES.txt',
  'extension/dist/cli.js',
  'extension/dist/client.js',
  'extension/dist/server.js',
  'extension/package.json',
  'extension/readme.md',
  'extension/syntaxes/language-configuration.json',
  'extension/syntaxes/libvirt-domain.injection.tmLanguage.json',
  'extension/syntaxes/libvirt-domain.tmLanguage.json',
  'extension/syntaxes/snippets.json',
];

const vsix = readFileSync(VSIX);

/** Libvirt's schemas, where the package was made on a machine that has them: all of them with their licence, or none. */
const SCHEMAS = 'extension/dist/schemas/';
const BESIDE_SCHEMAS = ['COPYING.LESSER.txt', 'NOTICE.txt', 'origin.json'];

test('the VSIX holds what runs and nothing else', () => {
  const names = [...namesIn(vsix)].filter(name => !name.startsWith(SCHEMAS));
  assert.deepEqual(names.sort(), CONTENT, 'see .vscodeignore');
});

test('schemas in the VSIX have their licence and origin with them', () => {
  const names = [...namesIn(vsix)].filter(name => name.startsWith(SCHEMAS));
  if (names.length === 0) return;
  const others = names.map(name => name.slice(SCHEMAS.length)).filter(name => !name.endsWith('.rng'));
  assert.deepEqual(others.sort(), BESIDE_SCHEMAS, 'see pack-schemas.mjs');
  assert.ok(names.includes(`${SCHEMAS}domain.rng`));
});

test("libvirt's schemas are no part of the repository", () => {
  const files = execFileSync('git', ['ls-files', '*.rng'], { cwd: ROOT, encoding: 'utf8' });
  assert.equal(files, '');
});

test('the VSIX is smaller than 1.2 MB, with schemas too', () => {
  assert.ok(vsix.length < 1_200_000, `${String(vsix.length)} bytes`);
});

/** The names in a ZIP file's central directory (PKWARE's APPNOTE.TXT, 4.3.12 and 4.3.16). */
function* namesIn(zip: Buffer): Generator<string> {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  for (let entry = 0; entry < count; entry++) {
    const nameLength = zip.readUInt16LE(at + 28);
    yield zip.toString('utf8', at + 46, at + 46 + nameLength);
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
}
