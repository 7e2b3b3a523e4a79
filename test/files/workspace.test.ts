import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileStamp, readWorkspaceFile, workspaceFiles } from '../../server/src/files';

/** A folder with files of these texts; removed at the end. */
function folderOf(t: TestContext, files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'domxml-workspace-')));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

async function listed(folder: string, ...others: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for await (const path of workspaceFiles([folder, ...others])) found.push(relative(folder, path));
  return found;
}

test('XML files by name, what is in a folder before the folders in it', async t => {
  const folder = folderOf(t, {
    'b.xml': '',
    'a/z.XML': '',
    'a/b/c.domain.xml': '',
    'a.txt': '',
    '.git/x.xml': '',
    'node_modules/x.xml': '',
    '.hidden/y.xml': '',
  });
  assert.deepEqual(await listed(folder), ['b.xml', '.hidden/y.xml', 'a/z.XML', 'a/b/c.domain.xml']);
});

test('nothing outside of the folders is met or read, whatever links there are', async t => {
  const outside = folderOf(t, { 'secret.xml': '<domain/>', 'sub/more.xml': '<domain/>' });
  const folder = folderOf(t, { 'own.xml': '<domain/>' });
  symlinkSync(join(outside, 'secret.xml'), join(folder, 'link.xml'));
  symlinkSync(outside, join(folder, 'folder'));
  symlinkSync(folder, join(folder, 'circle'));
  assert.deepEqual(await listed(folder), ['own.xml']);
  assert.equal(await fileStamp(join(folder, 'link.xml')), undefined);
  const read = await readWorkspaceFile(join(folder, 'link.xml'));
  assert.equal(read.kind, 'unreadable');
  assert.deepEqual(await readWorkspaceFile(join(folder, 'own.xml')), { kind: 'text', text: '<domain/>' });
});

test('folders and files that are not there are passed over or said to be unreadable', async t => {
  const folder = folderOf(t, { 'own.xml': 'a' });
  assert.deepEqual(await listed(folder, join(folder, 'gone')), ['own.xml']);
  assert.deepEqual(await readWorkspaceFile(join(folder, 'gone.xml')), {
    kind: 'unreadable',
    message: 'there is no such file or folder',
  });
  assert.equal((await readWorkspaceFile(folder)).kind, 'unreadable');
});

test('the stamp of a file changes with it', async t => {
  const folder = folderOf(t, { 'own.xml': 'a' });
  const before = await fileStamp(join(folder, 'own.xml'));
  assert.equal(await fileStamp(join(folder, 'own.xml')), before);
  writeFileSync(join(folder, 'own.xml'), 'ab');
  assert.notEqual(await fileStamp(join(folder, 'own.xml')), before);
});
