/** The practice VM of the command line, and the whole way on it: plan, apply, look, delete. */

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { SAMPLES, domxml, practice, temporaryFolder } from './domxml';
import { APPLY_SHAPE, PLAN_SHAPE, assertShape } from './shape';

const DB01 = join(SAMPLES, 'db01.domain.xml');

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  test(`${signal} ends it with 0 and leaves no socket`, async t => {
    const { path, end } = await practice(t, DB01);
    assert.ok(existsSync(path));
    const { code, stdout } = await end(signal);
    assert.deepEqual([code, stdout, existsSync(path)], [0, `unix:${path}\n`, false]);
  });
}

test('it plays the document: nothing to do, then a changed group is applied and read back', async t => {
  const { vm } = await practice(t, DB01);
  const same = await domxml(['plan', '--vm', vm, '--detailed-exitcode', '--format', 'json', DB01]);
  assertShape(JSON.parse(same.stdout), PLAN_SHAPE);
  assert.equal(same.code, 0, same.stdout);

  const set = await domxml(['groups', 'set', '--vm', vm, '--yes', 'silver', '--total-bytes-sec', '1MiB']);
  assert.equal(set.code, 0, set.stdout + set.stderr);
  assert.equal((await domxml(['plan', '--vm', vm, '--detailed-exitcode', DB01])).code, 2);

  const applied = await domxml(['apply', '--vm', vm, '--yes', '--format', 'json', DB01]);
  const outcome: unknown = JSON.parse(applied.stdout);
  assertShape(outcome, APPLY_SHAPE);
  assert.equal(applied.code, 0);
  assert.equal((await domxml(['plan', '--vm', vm, '--detailed-exitcode', DB01])).code, 0);
});

test('its groups are used by the disks of the document, and cannot be deleted', async t => {
  const { vm } = await practice(t, DB01);
  const { stdout } = await domxml(['groups', 'list', '--vm', vm]);
  assert.match(stdout, /^bulk .*virtio-disk0.*virtio-disk1/m);
  const deleted = await domxml(['groups', 'delete', '--vm', vm, '--yes', 'gold']);
  assert.equal(deleted.code, 1);
  assert.match(deleted.stdout, /^refused: .*used by/);
});

test('what cannot be played is said: a document with mistakes, a path that is taken, no document', async t => {
  const folder = await temporaryFolder(t);
  const listen = ['--listen', `unix:${join(folder, 'vm.sock')}`];
  const mistakes = await domxml(['simulate', join(SAMPLES, 'db01-with-mistakes.domain.xml'), ...listen]);
  assert.deepEqual([mistakes.code, mistakes.stdout], [1, '']);
  assert.match(mistakes.stderr, /has an error/);

  await writeFile(join(folder, 'taken'), 'precious');
  const taken = await domxml(['simulate', DB01, '--listen', `unix:${join(folder, 'taken')}`]);
  assert.deepEqual([taken.code, taken.stdout], [1, '']);
  assert.ok(existsSync(join(folder, 'taken')));

  assert.equal((await domxml(['simulate', join(folder, 'nothing.xml'), ...listen])).code, 2);
  assert.equal((await domxml(['simulate', DB01, '--listen', 'libvirt:db01'])).code, 2);
  assert.equal((await domxml(['simulate', DB01, '--listen', '/tmp/x'])).code, 2);
});
