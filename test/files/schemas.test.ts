/** Finding installed schemas, and telling their version by the files of package managers. */

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { versionText } from '../../server/src/engine';
import { findSchemas } from '../../server/src/files';

/** A root with these files in it. */
async function rootWith(t: TestContext, files: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'domxml-schemas-'));
  t.after(() => rm(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
}

const SCHEMAS = 'usr/share/libvirt/schemas';
const schemas = { [`${SCHEMAS}/domain.rng`]: '<grammar/>', [`${SCHEMAS}/part.rng`]: '<grammar/>' };

async function toldOf(root: string, folder = SCHEMAS): Promise<string> {
  const found = await findSchemas(undefined, [join(root, folder)]);
  if (found.kind !== 'found') return found.kind;
  const { version } = found;
  return version === undefined
    ? 'unknown'
    : `${versionText(version.version)} ${version.told.replace(root, '')}`;
}

test('the first folder with a domain.rng is read, all schema files of it', async t => {
  const root = await rootWith(t, { ...schemas, [`${SCHEMAS}/notes.txt`]: 'x', 'empty/x.txt': '' });
  const found = await findSchemas(undefined, [join(root, 'none'), join(root, 'empty'), join(root, SCHEMAS)]);
  assert.ok(found.kind === 'found');
  assert.deepEqual([...found.files.keys()], ['domain.rng', 'part.rng']);
  assert.equal(found.folder, join(root, SCHEMAS));
});

test('where there are none, it says where it looked', async t => {
  const root = await rootWith(t, {});
  assert.deepEqual(await findSchemas(undefined, [join(root, 'a')]), {
    kind: 'none',
    looked: [join(root, 'a')],
  });
});

test('a folder that the user names is used, or refused in words', async t => {
  const root = await rootWith(t, schemas);
  assert.equal((await findSchemas(join(root, SCHEMAS))).kind, 'found');
  assert.deepEqual(await findSchemas(root), {
    kind: 'unusable',
    folder: root,
    message: 'it holds no domain.rng',
  });
});

test('dpkg tells by the list that names the schema, and its status', async t => {
  const root = await rootWith(t, {
    ...schemas,
    'var/lib/dpkg/info/libvirt-clients.list': '/usr/bin/virsh\n',
    'var/lib/dpkg/info/libvirt0:amd64.list': '/.\n/usr/share/libvirt/schemas/domain.rng\n',
    'var/lib/dpkg/status':
      'Package: libvirt-clients\nVersion: 1.0-1\n\nPackage: libvirt0\nStatus: install ok installed\nVersion: 1:9.0.0-4+deb12u2\n',
  });
  assert.equal(await toldOf(root), '9.0.0 dpkg: libvirt0 1:9.0.0-4+deb12u2');
});

test('pacman tells by the name of its folder', async t => {
  const root = await rootWith(t, {
    ...schemas,
    'var/lib/pacman/local/libvirt-python-1:12.1.0-1/desc': '',
    'var/lib/pacman/local/libvirt-1:12.0.0-2/desc': '',
  });
  assert.equal(await toldOf(root), '12.0.0 pacman: libvirt 1:12.0.0-2');
});

test('Homebrew tells by the path behind its link', async t => {
  const cellar = 'opt/homebrew/Cellar/libvirt/11.3.0_1/share/libvirt';
  const root = await rootWith(t, { [`${cellar}/schemas/domain.rng`]: '<grammar/>' });
  await mkdir(join(root, 'opt/homebrew/share'), { recursive: true });
  await symlink(join(root, cellar), join(root, 'opt/homebrew/share/libvirt'));
  assert.equal(await toldOf(root, 'opt/homebrew/share/libvirt/schemas'), '11.3.0 Homebrew: 11.3.0_1');
});

test('libvirt.pc tells where nothing else does', async t => {
  const pc = 'usr/lib/x86_64-linux-gnu/pkgconfig/libvirt.pc';
  const root = await rootWith(t, { ...schemas, [pc]: 'Name: libvirt\nVersion: 10.5.0\n' });
  assert.equal(await toldOf(root), `10.5.0 pkg-config: /${pc}`);
});

test('where nothing tells, the version stays unknown', async t => {
  assert.equal(await toldOf(await rootWith(t, schemas)), 'unknown');
});
