/** `domxml check --schema`: which schema is used and said, and which documents are judged by it. */

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { SCHEMA_FOLDERS } from '../../server/src/files';
import { smallSchema } from '../support/small-schema';
import { testWithShared } from '../support/shared';
import { GOOD, domxml, temporaryFolder } from './domxml';
import { CHECK_SHAPE, assertShape } from './shape';

interface CheckJson {
  readonly schema: { readonly directory: string; readonly libvirt: string | null } | null;
  readonly files: readonly {
    readonly path: string;
    readonly status: string;
    readonly findings: readonly { readonly rule: string; readonly message: string }[];
  }[];
}

async function checked(
  words: readonly string[],
  stdin = '',
): Promise<{ code: number | null; json: CheckJson }> {
  const { code, stdout } = await domxml(['check', '--format', 'json', ...words], { stdin });
  const json: unknown = JSON.parse(stdout);
  assertShape(json, CHECK_SHAPE);
  return { code, json: json as CheckJson };
}

const MISSPELT = GOOD.replaceAll('memory', 'memroy');
const NETWORK = `<network>\n  <name>lan</name>\n  <forward mode='nta'/>\n</network>\n`;

test('a mistake that only the schema knows: exit 1, and the JSON says whose schema it is', async t => {
  const { folder } = await smallSchema(t);
  const { code, json } = await checked(['--schema', folder, '-'], MISSPELT);
  assert.equal(code, 1);
  assert.deepEqual(json.schema, { directory: folder, libvirt: '11.3.0' });
  assert.deepEqual(
    json.files[0]?.findings.map(({ rule }) => rule),
    ['element-unknown'],
  );
  const none = await checked(['--schema', 'none', '-'], MISSPELT);
  assert.deepEqual([none.code, none.json.schema, none.json.files[0]?.findings], [0, null, []]);
});

test('the text says which schema of which libvirt it was', async t => {
  const { folder } = await smallSchema(t);
  const { code, stderr } = await domxml(['check', '--schema', folder, '-'], { stdin: GOOD });
  assert.equal(code, 0);
  assert.equal(
    stderr,
    `domxml: 1 document checked by the schema of libvirt 11.3.0 (${folder}): nothing found\n`,
  );
});

test('auto takes what is installed, and says where nothing is', async () => {
  const { code, json } = await checked(['-'], GOOD);
  const installed = SCHEMA_FOLDERS.find(folder => existsSync(join(folder, 'domain.rng')));
  assert.equal(code, 0);
  assert.equal(json.schema?.directory, installed);
  const { stderr } = await domxml(['check', '-'], { stdin: GOOD });
  assert.match(stderr, installed === undefined ? /none is installed/ : /by the schema of libvirt/);
});

test('a folder that is no folder of schemas is a usage error', async t => {
  const folder = await temporaryFolder(t);
  for (const given of [folder, join(folder, 'absent')]) {
    const { code, stdout, stderr } = await domxml(['check', '--schema', given, '-'], { stdin: GOOD });
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /it holds no domain\.rng\. Give the folder of libvirt's \*\.rng files, or none/);
  }
  await writeFile(join(folder, 'domain.rng'), 'no schema');
  const { code, stderr } = await domxml(['check', '--schema', folder, '-'], { stdin: GOOD });
  assert.equal(code, 2);
  assert.match(stderr, /domain\.rng is no RELAX NG schema/);
});

test('a network is judged by its schema; without one it is said that it was not checked', async t => {
  const { folder } = await smallSchema(t);
  const { code, json } = await checked(['--schema', folder, '-'], NETWORK);
  assert.equal(code, 1);
  assert.deepEqual(
    json.files[0]?.findings.map(({ rule }) => rule),
    ['value-not-allowed'],
  );
  const without = await domxml(['check', '--schema', 'none', '-'], { stdin: NETWORK });
  assert.equal(without.code, 0);
  assert.match(without.stderr, /only libvirt's schema tells about this document/);
});

test("below a folder, somebody else's network is passed over", async t => {
  const { folder } = await smallSchema(t);
  const cwd = await temporaryFolder(t);
  await mkdir(join(cwd, 'nets'));
  await writeFile(join(cwd, 'nets/lan.xml'), NETWORK);
  await writeFile(join(cwd, 'nets/graph.xml'), '<network><node id="1"/><link to="2"/></network>');
  await writeFile(join(cwd, 'nets/namespace.xml'), '<network xmlns="urn:x"><name>x</name></network>');
  await writeFile(join(cwd, 'vm.xml'), GOOD);
  const { json } = await checked(['--schema', folder, cwd]);
  assert.deepEqual(
    json.files.map(({ path }) => path.slice(cwd.length + 1)),
    ['nets/lan.xml', 'vm.xml'],
  );
  const named = await checked(['--schema', folder, join(cwd, 'nets/graph.xml')]);
  assert.equal(named.code, 1, 'a file that is named is judged by what it is called');
});

test('a schema of before 11.2 still checks throttle groups, and says that they need 11.2', async t => {
  const { folder } = await smallSchema(t, '9.0.0');
  const { code, json } = await checked(['--schema', folder, '-'], GOOD);
  assert.equal(code, 1);
  assert.equal(json.schema?.libvirt, '9.0.0');
  assert.deepEqual(
    json.files[0]?.findings.map(({ rule }) => rule),
    ['needs-newer-libvirt'],
  );
});

testWithShared("the corpus in one go, by libvirt 11.3's schema", async data => {
  const { json } = await checked(['--schema', join(data, 'schemas/11.3'), join(data, 'corpus')]);
  assert.equal(json.files.length, 1279);
  assert.deepEqual(
    json.files.filter(({ status }) => status !== 'checked').map(({ path }) => path),
    [],
  );
});
