import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { keepSchemas } from '../../server/src/files';

const filesOf = (release: string): ReadonlyMap<string, string> =>
  new Map(['domain.rng', 'network.rng', `${release}.rng`].map(name => [name, release]));

test('schemas take the place of those of before, of which none stays', async t => {
  const folder = await place(t);
  await keepSchemas(folder, filesOf('old'), 'host-a');
  await keepSchemas(folder, filesOf('new'), 'host-b');
  assert.deepEqual((await readdir(folder)).filter(name => name.endsWith('.rng')).sort(), [
    'domain.rng',
    'network.rng',
    'new.rng',
  ]);
  assert.equal(await readFile(join(folder, 'domain.rng'), 'utf8'), 'new');
});

test('of many who keep schemas at a time one has the last word, whole, and nothing else is left', async t => {
  const folder = await place(t);
  const releases = Array.from({ length: 6 }, (_, index) => `r${index}`);
  const kept = await Promise.allSettled(
    releases.map(release => keepSchemas(folder, filesOf(release), release)),
  );
  assert.ok(kept.some(({ status }) => status === 'fulfilled'));
  const last = await readFile(join(folder, 'domain.rng'), 'utf8');
  assert.equal(await readFile(join(folder, 'network.rng'), 'utf8'), last);
  assert.equal(await readFile(join(folder, `${last}.rng`), 'utf8'), last);
  assert.deepEqual(await readdir(join(folder, '..')), ['schemas']);
});

test('what cannot be put there leaves nothing behind', async t => {
  const folder = await place(t);
  await writeFile(folder, 'a file that somebody put here');
  const files = new Map([['no/such/folder.rng', '']]);
  await assert.rejects(keepSchemas(folder, files, 'host'), /ENOENT/);
  assert.deepEqual(await readdir(join(folder, '..')), ['schemas']);
  assert.equal(await readFile(folder, 'utf8'), 'a file that somebody put here');
});

async function place(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'keep-schemas-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'schemas');
}
