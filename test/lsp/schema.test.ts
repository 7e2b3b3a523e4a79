/** The server and libvirt's schemas: loaded, shown, changed by settings, absent, and fetched from a host. */

import assert from 'node:assert/strict';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fetchSchemas } from '../../server/src/libvirt';
import type { SchemaInfo } from '../../server/src/protocol';
import { LspClient, PULLING } from '../support/lsp-client';
import { smallSchema } from '../support/small-schema';

const URI = 'file:///vm.domain.xml';
const MISSPELT = `<domain type='kvm'>\n  <name>vm</name>\n  <memroy>1</memroy>\n</domain>\n`;
const NETWORK = `<network>\n  <name>lan</name>\n  <forward mode='nta'/>\n</network>\n`;

const starting = (schema: string, more: object = {}) => ({
  capabilities: PULLING,
  initializationOptions: { settings: { schema }, ...more },
});

async function codesOf(client: LspClient, uri: string): Promise<unknown[]> {
  return (await client.pull(uri)).items.map(({ code }) => code);
}

async function infoOf(client: LspClient): Promise<SchemaInfo> {
  const answer: { schema: SchemaInfo } = await client.request('workspace/executeCommand', {
    command: 'domxml.schemaInfo',
    arguments: [{}],
  });
  return answer.schema;
}

async function folderOf(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'domxml-lsp-schema-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test('the first diagnostics of the first document are by the schema, and it is told which', async t => {
  const { folder } = await smallSchema(t);
  const client = await LspClient.start(t, starting(folder));
  await client.open(URI, MISSPELT);
  assert.deepEqual(await codesOf(client, URI), ['element-unknown']);
  const info = {
    kind: 'loaded',
    directory: folder,
    libvirt: '11.3.0',
    told: 'dpkg: libvirt-common 11.3.0-3',
    origin: 'found',
  };
  assert.deepEqual(await infoOf(client), info);
  const told = client.notifications.filter(({ method }) => method === 'libvirtDomain/schema');
  assert.deepEqual(
    told.map(({ params }) => params),
    [info],
  );
});

test('another setting takes another schema, and documents are judged anew', async t => {
  const { folder } = await smallSchema(t);
  const settings = { value: { schema: folder } as unknown };
  const client = await LspClient.start(t, { settings });
  await client.open(URI, MISSPELT);
  await client.pushed(URI, diagnostics => diagnostics[0]?.code === 'element-unknown');
  settings.value = { schema: 'none' };
  await client.notify('workspace/didChangeConfiguration', { settings: null });
  await client.pushed(URI, diagnostics => diagnostics.length === 0);
  assert.deepEqual(await infoOf(client), { kind: 'off' });
  settings.value = { schema: folder };
  await client.notify('workspace/didChangeConfiguration', { settings: null });
  await client.pushed(URI, diagnostics => diagnostics[0]?.code === 'element-unknown');
});

test('a folder that cannot be used: said once, and the throttle rules go on', async t => {
  const folder = await folderOf(t);
  for (const [given, why] of [
    [folder, /it holds no domain\.rng/],
    ['schemas', /write the whole path/],
  ] as const) {
    const client = await LspClient.start(t, starting(given));
    await client.open(URI, `<domain type='kvm'><throttlegroups>`);
    assert.ok((await codesOf(client, URI)).includes('xml-syntax'));
    await client.open('file:///b.domain.xml', MISSPELT);
    assert.deepEqual(await codesOf(client, 'file:///b.domain.xml'), []);
    const said = client.notifications.filter(({ method }) => /showMessage/.test(method));
    assert.equal(said.length, 1);
    assert.match(JSON.stringify(said[0]?.params), why);
  }
});

test("a network is judged in our language and in libvirt's folders, and is nobody's elsewhere", async t => {
  const { folder } = await smallSchema(t);
  const client = await LspClient.start(t, starting(folder));
  await client.open('file:///lan.domain.xml', NETWORK);
  await client.open('file:///etc/libvirt/qemu/networks/lan.xml', NETWORK, 'xml');
  await client.open('file:///home/a/lan.xml', NETWORK, 'xml');
  await client.open('file:///home/a/../../etc/libvirt/../x/lan.xml', NETWORK, 'xml');
  assert.deepEqual(await codesOf(client, 'file:///lan.domain.xml'), ['value-not-allowed']);
  assert.deepEqual(await codesOf(client, 'file:///etc/libvirt/qemu/networks/lan.xml'), ['value-not-allowed']);
  assert.deepEqual(await codesOf(client, 'file:///home/a/lan.xml'), []);
  assert.deepEqual(await codesOf(client, 'file:///home/a/../../etc/libvirt/../x/lan.xml'), []);
  const list: { items: { label: string }[] } = await client.request('textDocument/completion', {
    textDocument: { uri: 'file:///lan.domain.xml' },
    position: { line: 1, character: 2 },
  });
  assert.ok(list.items.some(({ label }) => label === 'bridge'));
  const hover: unknown = await client.request('textDocument/hover', {
    textDocument: { uri: 'file:///lan.domain.xml' },
    position: { line: 2, character: 18 },
  });
  assert.match(JSON.stringify(hover), /nat/);
});

test('nothing is fetched without trust, nor without a folder to keep it in', async t => {
  const storage = await folderOf(t);
  const fetch = (client: LspClient): Promise<{ ok: boolean; reason: string }> =>
    client.request('workspace/executeCommand', {
      command: 'domxml.fetchSchemas',
      arguments: [{ from: 'root@host' }],
    });
  const untrusted = await LspClient.start(t, starting('auto', { storage }));
  assert.deepEqual(await fetch(untrusted).then(({ ok, reason }) => [ok, reason]), [false, 'untrusted']);
  const homeless = await LspClient.start(t, starting('auto', { trusted: true }));
  assert.deepEqual(await fetch(homeless).then(({ ok, reason }) => [ok, reason]), [false, 'usage']);
  assert.deepEqual(await readdir(storage), []);
});

/** A program that is called as ssh is: notes its arguments and does what `script` says. */
async function fakeSsh(t: TestContext, script: string): Promise<{ argv: readonly string[]; folder: string }> {
  const folder = await folderOf(t);
  const path = join(folder, 'ssh');
  await writeFile(path, `#!/bin/sh\nprintf '%s\\n' "$@" > "${folder}/called"\n${script}\n`);
  await chmod(path, 0o755);
  return { argv: [path], folder };
}

test('schemas come from a host over ssh: schema files only, and nothing of a path', async t => {
  const { folder } = await smallSchema(t);
  await writeFile(join(folder, 'notes.txt'), 'x');
  await writeFile(join(folder, 'odd name.rng'), 'x');
  const ssh = await fakeSsh(t, `exec tar -C '${folder}' -cf - .`);
  const fetched = await fetchSchemas('qemu+ssh://root@kvm1:2222/system', { ssh: ssh.argv });
  assert.ok(fetched.kind === 'fetched', JSON.stringify(fetched));
  assert.deepEqual(
    [fetched.host, [...fetched.files.keys()].sort()],
    ['root@kvm1', ['domain.rng', 'network.rng']],
  );
  const { readFile } = await import('node:fs/promises');
  const called = (await readFile(join(ssh.folder, 'called'), 'utf8')).trim().split('\n');
  assert.deepEqual(called.slice(-10), [
    '-p',
    '2222',
    '--',
    'root@kvm1',
    'tar',
    '-C',
    '/usr/share/libvirt/schemas',
    '-cf',
    '-',
    '.',
  ]);
  assert.ok(called.includes('BatchMode=yes'));
});

test('what is no host is not given to ssh', async t => {
  const ssh = await fakeSsh(t, 'exit 0');
  for (const from of [
    '-oProxyCommand=touch x',
    'a b',
    'host;id',
    'qemu:///system',
    'qemu+tcp://host/system',
    'qemu+ssh://-oProxyCommand=x/system',
    'qemu+ssh://host/system?command=/bin/x',
    '',
  ]) {
    assert.equal((await fetchSchemas(from, { ssh: ssh.argv })).kind, 'refused', from);
  }
  assert.ok(!(await readdir(ssh.folder)).includes('called'));
});

test('a host that says no, sends too much, something else, or nothing in time is told in words', async t => {
  const messageOf = async (script: string, deadline?: number): Promise<string> => {
    const { argv } = await fakeSsh(t, script);
    const fetched = await fetchSchemas('kvm1', {
      ssh: argv,
      ...(deadline === undefined ? {} : { deadline }),
    });
    return fetched.kind === 'refused' ? fetched.message : fetched.kind;
  };
  assert.match(
    await messageOf('echo "Permission denied (publickey)." >&2; exit 255'),
    /kvm1 .*Permission denied/,
  );
  assert.match(
    await messageOf('exec head -c 20000000 /dev/zero | tr "\\0" x'),
    /more than 16 MiB|no tar archive/,
  );
  assert.match(await messageOf('echo hello'), /no tar archive/);
  assert.match(await messageOf('exec tar -cf - -T /dev/null'), /has no domain\.rng/);
  assert.match(await messageOf('exec sleep 600', 300), /longer than 0\.3 s/);
});
