import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { KeptAnswers, cacheFolder } from '../../server/src/files';

test('an answer belongs to its question and its key, and is there for the next run', async t => {
  const folder = await place(t);
  const first = KeptAnswers.open(folder, ['build', 'schema']);
  assert.ok(first.isEmpty);
  first.keep('a', 'of a');
  first.save();
  const next = KeptAnswers.open(folder, ['build', 'schema']);
  assert.deepEqual([next.isEmpty, next.get('a'), next.get('b')], [false, 'of a', undefined]);
  // Other parts, and the same letters cut in another way.
  for (const key of [['build', 'other'], ['builds', 'chema'], ['build']]) {
    assert.ok(KeptAnswers.open(folder, key).isEmpty);
  }
});

test('of very many answers those that nobody asks for go first, and very long ones are not kept', async t => {
  const folder = await place(t);
  const before = KeptAnswers.open(folder, ['key']);
  for (let number = 0; number < 20_000; number++) before.keep(`${number}`, 'old');
  before.save();
  const next = KeptAnswers.open(folder, ['key']);
  assert.equal(next.get('19999'), 'old');
  next.keep('new', 'new');
  next.keep('long', 'x'.repeat(64 * 1024 + 1));
  next.save();
  const last = KeptAnswers.open(folder, ['key']);
  assert.deepEqual([last.get('19999'), last.get('new'), last.get('0')], ['old', 'new', 'old']);
  assert.deepEqual([last.get('19998'), last.get('long')], [undefined, undefined]);
});

test('answers lie where each system has what a program may lose', () => {
  const on = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string => cacheFolder(env, platform);
  assert.equal(on('linux', { XDG_CACHE_HOME: '/caches' }), '/caches/libvirt-domain-xml');
  assert.match(on('linux', {}), /\/\.cache\/libvirt-domain-xml$/);
  assert.match(on('linux', { XDG_CACHE_HOME: 'not/absolute' }), /\/\.cache\/libvirt-domain-xml$/);
  assert.match(on('darwin', {}), /\/Library\/Caches\/libvirt-domain-xml$/);
  assert.equal(on('win32', { LOCALAPPDATA: '/local' }), '/local/libvirt-domain-xml');
});

async function place(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kept-answers-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'not', 'there', 'yet');
}
