/** The server and libvirt's schemas: loaded, shown, changed by settings, absent, and fetched from a host. */

import assert from 'node:assert/strict';
import { existsSync, watch } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { SCHEMA_FOLDERS } from '../../server/src/files';
import { fetchSchemas } from '../../server/src/libvirt';
import type { CommandAnswer, FetchSchemasAnswer, SchemaInfo } from '../../server/src/protocol';
import { CancellationTokenSource, type CancellationToken } from 'vscode-jsonrpc/node';
import { fakeSsh, hostWithSchemas, type FakeSsh } from '../support/fake-ssh';
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
    assert.deepEqual(
      said.map(({ method }) => method),
      ['window/showMessage'],
    );
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

/** A server whose ssh is the fake one, and which keeps what it fetches in `storage`. */
function fetching(t: TestContext, ssh: FakeSsh, storage: string, schema: string): Promise<LspClient> {
  const more = { storage, trusted: true };
  return LspClient.start(t, { ...starting(schema, more), env: { PATH: ssh.path } });
}

const fetchFrom = (
  client: LspClient,
  from: string,
  token?: CancellationToken,
): Promise<CommandAnswer<FetchSchemasAnswer>> =>
  client.request(
    'workspace/executeCommand',
    { command: 'domxml.fetchSchemas', arguments: [{ from }] },
    token,
  );

test('fetched schemas are kept, judge what is open at once, and are there the next time', async t => {
  const { folder } = await smallSchema(t);
  const storage = join(await folderOf(t), 'not made yet');
  const kept = join(storage, 'schemas');
  const ssh = await fakeSsh(t, hostWithSchemas(folder));
  // The folder is named in the settings, so that an installed libvirt does not stand before it.
  const client = await fetching(t, ssh, storage, kept);
  await client.open(URI, MISSPELT);
  assert.deepEqual(await codesOf(client, URI), []);
  assert.equal((await infoOf(client)).kind, 'unusable');
  const answer = await fetchFrom(client, 'qemu+ssh://root@kvm1/system');
  assert.deepEqual(answer, { ok: true, host: 'root@kvm1', directory: kept, files: 2, used: true });
  assert.ok((await ssh.called())?.includes('root@kvm1'));
  const info = { kind: 'loaded', directory: kept, libvirt: null, told: null, origin: 'fetched' };
  assert.deepEqual(await infoOf(client), info);
  assert.deepEqual(
    client.notifications.filter(({ method }) => method === 'libvirtDomain/schema').at(-1)?.params,
    info,
  );
  assert.ok(client.notifications.some(({ method }) => method === 'workspace/diagnostic/refresh'));
  assert.deepEqual(await codesOf(client, URI), ['element-unknown']);
  assert.deepEqual((await readdir(kept)).sort(), ['domain.rng', 'network.rng', 'origin.json']);
  assert.match(await readFile(join(kept, 'origin.json'), 'utf8'), /"from": "root@kvm1"/);

  // Another server, of another window or of the next day, finds them without anybody asking a host.
  const next = await fetching(t, await fakeSsh(t, 'exit 1'), storage, 'auto');
  await next.open(URI, MISSPELT);
  const installed = SCHEMA_FOLDERS.some(path => existsSync(join(path, 'domain.rng')));
  if (!installed) {
    assert.deepEqual(await infoOf(next), info);
    assert.deepEqual(await codesOf(next, URI), ['element-unknown']);
  }
  const again = await fetchFrom(await fetching(t, ssh, storage, 'auto'), 'root@kvm1');
  assert.ok(again.ok);
  assert.equal(again.used, !installed, 'schemas of an installed libvirt come first');
});

test('a host that says no, or is cancelled, leaves the schemas of before', async t => {
  const { folder } = await smallSchema(t);
  const storage = await folderOf(t);
  const kept = join(storage, 'schemas');
  assert.ok(
    (await fetchFrom(await fetching(t, await fakeSsh(t, hostWithSchemas(folder)), storage, kept), 'kvm1')).ok,
  );
  const before = await readFile(join(kept, 'domain.rng'), 'utf8');

  const no = await fakeSsh(t, 'echo "Permission denied (publickey)." >&2; exit 255');
  const refused = await fetchFrom(await fetching(t, no, storage, kept), 'kvm2');
  assert.ok(!refused.ok && refused.reason === 'refused');
  assert.match(refused.message, /^kvm2 did not send its schemas: .*Permission denied/);

  const slow = await fakeSsh(
    t,
    `echo $$ > "$(dirname "$0")/pid"; : > "$(dirname "$0")/begun"\nexec sleep 600`,
  );
  const client = await fetching(t, slow, storage, kept);
  const cancel = new CancellationTokenSource();
  const answer = fetchFrom(client, 'kvm3', cancel.token);
  await appears(slow.folder, 'begun');
  cancel.cancel();
  const cancelled = await answer;
  assert.ok(!cancelled.ok);
  assert.match(cancelled.message, /cancelled/);
  const pid = Number(await readFile(join(slow.folder, 'pid'), 'utf8'));
  assert.throws(() => process.kill(pid, 0), 'ssh is ended');

  assert.equal(await readFile(join(kept, 'domain.rng'), 'utf8'), before);
  assert.deepEqual(await readdir(storage), ['schemas']);
});

/** Waits until a file of this name is in the folder. */
function appears(folder: string, name: string): Promise<void> {
  return new Promise(resolve => {
    const watcher = watch(folder);
    const look = (): void => {
      if (!existsSync(join(folder, name))) return;
      watcher.close();
      resolve();
    };
    watcher.on('change', look);
    look();
  });
}

test('schemas come from a host over ssh: schema files only, and nothing of a path', async t => {
  const { folder } = await smallSchema(t);
  await writeFile(join(folder, 'notes.txt'), 'x');
  await writeFile(join(folder, 'odd name.rng'), 'x');
  const ssh = await fakeSsh(t, hostWithSchemas(folder));
  const fetched = await fetchSchemas('qemu+ssh://root@kvm1:2222/system', { ssh: ssh.argv });
  assert.ok(fetched.kind === 'fetched', JSON.stringify(fetched));
  assert.deepEqual(
    [fetched.host, [...fetched.files.keys()].sort()],
    ['root@kvm1', ['domain.rng', 'network.rng']],
  );
  const called = (await ssh.called()) ?? [];
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
  assert.equal(await ssh.called(), undefined);
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
