/** What concerns the whole workspace, over stdio: its symbols and its check. */

import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { CheckWorkspaceAnswer, CommandAnswer } from '../../server/src/protocol';
import { LspClient, PULLING, type StartOptions } from '../support/lsp-client';
import { smallSchema } from '../support/small-schema';

const domain = (name: string, limit: string): string => `<domain type='kvm'><name>${name}</name>
<throttlegroups><throttlegroup><group_name>group-of-${name}</group_name><total_iops_sec>${limit}</total_iops_sec></throttlegroup></throttlegroups>
<devices><disk type='file' device='disk'><target dev='vda'/>
<throttlefilters><throttlefilter group='group-of-${name}'/></throttlefilters></disk></devices></domain>
`;

const FILES: Readonly<Record<string, string>> = {
  'good.xml': domain('good', '5'),
  'deep/er/bad.domain.xml': domain('bad', 'five'),
  'pom.xml': '<project/>',
  'note.txt': domain('note', 'x'),
};

interface Place {
  readonly folder: string;
  uri(name: string): string;
  write(name: string, text: string): void;
}

function workspace(t: TestContext, files = FILES): Place {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'domxml-workspace-')));
  t.after(() => rmSync(folder, { recursive: true }));
  const place: Place = {
    folder,
    uri: name => pathToFileURL(join(folder, name)).href,
    write: (name, text) => {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), text);
    },
  };
  for (const [name, text] of Object.entries(files)) place.write(name, text);
  return place;
}

const startIn = (t: TestContext, place: Place, options: StartOptions = {}): Promise<LspClient> =>
  LspClient.start(t, {
    capabilities: {
      ...PULLING,
      workspace: { ...PULLING.workspace, didChangeWatchedFiles: { dynamicRegistration: true } },
      window: { workDoneProgress: true },
    },
    workspaceFolders: [{ uri: pathToFileURL(place.folder).href, name: 'vms' }],
    ...options,
  });

async function checked(client: LspClient): Promise<CheckWorkspaceAnswer> {
  const answer = await client.request<CommandAnswer<CheckWorkspaceAnswer>>('workspace/executeCommand', {
    command: 'domxml.checkWorkspace',
    arguments: [{}],
  });
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer;
}

const RULE = 'limit-not-a-number';
const saysRule = (diagnostics: readonly { readonly code?: unknown }[]): boolean =>
  diagnostics.length === 1 && diagnostics[0]?.code === RULE;

test('a check sends the findings of files that are not open, and says what it came to', async t => {
  const place = workspace(t);
  const client = await startIn(t, place);
  const answer = await checked(client);
  const { checked: count, withFindings, findings, unreadable, limited, cancelled } = answer;
  assert.deepEqual([count, withFindings, limited, cancelled, unreadable], [2, 1, false, false, []]);
  assert.deepEqual(findings, { error: 1, warning: 0, information: 0, hint: 0 });
  await client.pushed(place.uri('deep/er/bad.domain.xml'), saysRule);
  const told = client.notifications.filter(({ method }) => method === 'textDocument/publishDiagnostics');
  assert.equal(told.length, 1, 'nothing is said about a file without findings');
});

test('progress is shown, and the editor is asked to tell of changes', async t => {
  const client = await startIn(t, workspace(t));
  await checked(client);
  const values = client.notifications
    .filter(({ method }) => method === '$/progress')
    .map(({ params }) => (params as { value: { kind: string; cancellable?: boolean } }).value);
  assert.deepEqual([values[0]?.kind, values[0]?.cancellable, values.at(-1)?.kind], ['begin', true, 'end']);
  const registered = await client.until(() =>
    client.notifications.find(
      ({ method, params }) =>
        method === 'client/registerCapability' && JSON.stringify(params).includes('didChangeWatchedFiles'),
    ),
  );
  assert.match(JSON.stringify(registered.params), /\*\*\/\*\.xml/);
});

test('findings go when a file is opened, mended, removed or closed, and come back when it is wrong again', async t => {
  const place = workspace(t);
  const client = await startIn(t, place);
  const file = 'deep/er/bad.domain.xml';
  const uri = place.uri(file);
  const none = (diagnostics: readonly unknown[]): boolean => diagnostics.length === 0;
  const changed = (type: number): Promise<void> =>
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type }] });
  await checked(client);
  await client.pushed(uri, saysRule);
  // Opened: the editor asks for the findings of its own text.
  await client.open(uri, domain('bad', '5'));
  await client.pushed(uri, none);
  assert.deepEqual((await client.pull(uri)).items, []);
  // Closed without saving: the file counts again.
  await client.notify('textDocument/didClose', { textDocument: { uri } });
  await client.pushed(uri, saysRule);
  place.write(file, domain('bad', '6'));
  await changed(2);
  await client.pushed(uri, none);
  place.write(file, domain('bad', 'six'));
  await changed(2);
  await client.pushed(uri, saysRule);
  unlinkSync(join(place.folder, file));
  await changed(3);
  await client.pushed(uri, none);
});

test('settings count for the whole workspace: severities, and how many files are read', async t => {
  const place = workspace(t, {
    'a.xml': domain('a', 'x'),
    'b.xml': domain('b', 'x'),
    'c.xml': domain('c', 'x'),
  });
  const settings = { value: { workspaceFiles: 2 } as unknown };
  const client = await LspClient.start(t, {
    capabilities: PULLING,
    settings,
    workspaceFolders: [{ uri: pathToFileURL(place.folder).href, name: 'vms' }],
  });
  await client.open('untitled:wait', '<domain/>');
  await client.pull('untitled:wait'); // The settings have been asked for by then.
  const answer = await checked(client);
  assert.deepEqual([answer.checked, answer.limited], [3, true], 'two files and the open document');
  settings.value = { rules: { [RULE]: 'hint' } };
  await client.notify('workspace/didChangeConfiguration', { settings: null });
  await client.pushed(place.uri('c.xml'), diagnostics => diagnostics[0]?.severity === 4);
});

test('open documents count as they are in the editor, documents that cannot be read are named', async t => {
  const place = workspace(t);
  writeFileSync(join(place.folder, 'latin.domain.xml'), Buffer.from([0x3c, 0x61, 0xe4, 0x3e]));
  writeFileSync(join(place.folder, 'latin.xml'), Buffer.from([0x3c, 0x61, 0xe4, 0x3e]));
  const client = await startIn(t, place);
  await client.open(place.uri('good.xml'), domain('good', 'no number'), 'xml');
  const answer = await checked(client);
  assert.deepEqual([answer.checked, answer.withFindings], [2, 2]);
  assert.deepEqual(
    answer.unreadable.map(({ path, message }) => [path.slice(place.folder.length + 1), message]),
    [['latin.domain.xml', 'it is not UTF-8 text; save it as UTF-8']],
  );
});

test('a check can be stopped, by the progress or by the request', async t => {
  const files = Object.fromEntries(
    Array.from({ length: 200 }, (_, index) => [`${String(index)}.xml`, domain(`vm${String(index)}`, '1')]),
  );
  const client = await startIn(t, workspace(t, files));
  const answer = checked(client);
  const token = await client.until(() => {
    const begun = client.notifications.find(({ method }) => method === '$/progress');
    return (begun?.params as { token: string } | undefined)?.token;
  });
  await client.notify('window/workDoneProgress/cancel', { token });
  const { cancelled, checked: count } = await answer;
  assert.ok(cancelled && count < 200, `${String(count)} were checked`);
});

test('without a folder there is nothing to check, and that is said', async t => {
  const client = await LspClient.start(t, { capabilities: PULLING });
  const answer = await client.request<CommandAnswer<CheckWorkspaceAnswer>>('workspace/executeCommand', {
    command: 'domxml.checkWorkspace',
    arguments: [],
  });
  assert.ok(!answer.ok);
  assert.match(answer.message, /Open a folder/);
});

test('nothing outside of the workspace is read', async t => {
  const outside = workspace(t, { 'secret.domain.xml': domain('secret', 'x') });
  const place = workspace(t, { 'own.xml': domain('own', '1') });
  symlinkSync(join(outside.folder, 'secret.domain.xml'), join(place.folder, 'link.domain.xml'));
  symlinkSync(outside.folder, join(place.folder, 'folder'));
  const client = await startIn(t, place);
  assert.equal((await checked(client)).checked, 1);
  const changes = [{ uri: outside.uri('secret.domain.xml'), type: 2 }];
  await client.notify('workspace/didChangeWatchedFiles', { changes });
  assert.deepEqual(await client.request('workspace/symbol', { query: 'secret' }), []);
  await checked(client);
  assert.deepEqual(
    client.notifications.filter(({ method }) => method === 'textDocument/publishDiagnostics'),
    [],
  );
});

interface Found {
  readonly name: string;
  readonly location: { readonly uri: string };
}

test('symbols of all files, of open documents as they are in the editor, and of files as they are now', async t => {
  const place = workspace(t);
  const client = await startIn(t, place);
  const find = async (query: string): Promise<string[]> =>
    (await client.request<Found[]>('workspace/symbol', { query })).map(({ name }) => name);
  assert.deepEqual(await find('group-of'), ['group-of-good', 'group-of-bad']);
  await client.open(place.uri('good.xml'), domain('better', '1'), 'xml');
  assert.deepEqual(await find('group-of'), ['group-of-better', 'group-of-bad']);
  place.write('deep/er/bad.domain.xml', domain('mended', '1'));
  place.write('new.xml', domain('new', '1'));
  assert.deepEqual(await find('group-of'), ['group-of-better', 'group-of-new', 'group-of-mended']);
});

test('folders come and go while the server runs', async t => {
  const place = workspace(t);
  const other = workspace(t, { 'other.xml': domain('other', 'x') });
  const client = await LspClient.start(t, {
    capabilities: { ...PULLING, workspace: { ...PULLING.workspace, workspaceFolders: true } },
    workspaceFolders: [{ uri: pathToFileURL(place.folder).href, name: 'vms' }],
  });
  assert.equal((await checked(client)).checked, 2);
  await client.notify('workspace/didChangeWorkspaceFolders', {
    event: {
      added: [{ uri: pathToFileURL(other.folder).href, name: 'other' }],
      removed: [{ uri: pathToFileURL(place.folder).href, name: 'vms' }],
    },
  });
  await client.pushed(other.uri('other.xml'), saysRule);
  await client.pushed(place.uri('deep/er/bad.domain.xml'), diagnostics => diagnostics.length === 0);
});

test("what is libvirt's when it is opened is checked while it is closed: networks in libvirt's folders, or by their name", async t => {
  const { folder } = await smallSchema(t);
  const network = "<network><name>lan</name><forward mode='nta'/></network>\n";
  const place = workspace(t, {
    '.config/libvirt/qemu/networks/lan.xml': network,
    'lan.domain.xml': network,
    'somebody/elses.xml': network,
    '.config/libvirt/storage/odd.xml': '<nothing/>',
  });
  const client = await startIn(t, place, { initializationOptions: { settings: { schema: folder } } });
  const answer = await checked(client);
  assert.deepEqual([answer.checked, answer.withFindings, answer.findings.error], [2, 2, 2]);
  const isJudged = (diagnostics: readonly { readonly code?: unknown }[]): boolean =>
    diagnostics.length === 1 && diagnostics[0]?.code === 'value-not-allowed';
  for (const file of ['.config/libvirt/qemu/networks/lan.xml', 'lan.domain.xml']) {
    await client.pushed(place.uri(file), isJudged);
    // Opened it is told the same.
    await client.open(place.uri(file), network, file.endsWith('.domain.xml') ? 'libvirt-domain' : 'xml');
    assert.ok(isJudged((await client.pull(place.uri(file))).items), file);
  }
  await client.open(place.uri('somebody/elses.xml'), network, 'xml');
  assert.deepEqual((await client.pull(place.uri('somebody/elses.xml'))).items, []);
});
