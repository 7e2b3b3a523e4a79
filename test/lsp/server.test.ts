/** The language server over stdio, without an editor. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { CancellationTokenSource, ResponseError } from 'vscode-jsonrpc/node';
import { SourceText } from '../../server/src/engine';
import { LspClient, PULLING } from '../support/lsp-client';
import { seeded } from '../support/seeded';

const URI = 'file:///vm.domain.xml';

const domain = (body: string): string => `<domain type='kvm'>
  <name>vm</name>
  ${body}
</domain>
`;

const GOOD = domain(`<throttlegroups>
    <throttlegroup>
      <group_name>gold</group_name>
      <total_iops_sec>500</total_iops_sec>
    </throttlegroup>
  </throttlegroups>
  <devices>
    <disk type='file' device='disk'>
      <target dev='vda' bus='virtio'/>
      <throttlefilters>
        <throttlefilter group='gold'/>
      </throttlefilters>
    </disk>
  </devices>`);

/** Not closed: an error of every document. */
const BROKEN = GOOD.replace('</throttlefilters>', '');

const codes = (items: readonly { readonly code?: unknown }[]): unknown[] => items.map(({ code }) => code);

const at = (text: string, needle: string, by = 0): { line: number; character: number } =>
  SourceText.of(text).positionAt(text.indexOf(needle) + by);

test('diagnostics are given to an editor that asks, and told unchanged when they are', async t => {
  const client = await LspClient.start(t, { capabilities: PULLING });
  await client.open(URI, BROKEN);
  const first = await client.pull(URI);
  assert.equal(first.kind, 'full');
  assert.deepEqual(codes(first.items), ['xml-syntax']);
  assert.deepEqual(first.items[0]?.data, { refusedBy: 'libvirt' });
  const second = await client.pull(URI, first.resultId);
  assert.equal(second.kind, 'unchanged');
  await client.change(URI, { text: GOOD });
  const third = await client.pull(URI, first.resultId);
  assert.deepEqual([third.kind, third.items], ['full', []]);
  assert.equal(
    client.notifications.filter(({ method }) => method === 'textDocument/publishDiagnostics').length,
    0,
  );
});

test('diagnostics are pushed to an editor that does not ask, and taken back on close', async t => {
  const client = await LspClient.start(t);
  assert.equal(client.capabilities.current['diagnosticProvider'], undefined);
  await client.open(URI, BROKEN);
  assert.deepEqual(codes(await client.pushed(URI, () => true)), ['xml-syntax']);
  await client.change(URI, { text: GOOD });
  await client.pushed(URI, diagnostics => diagnostics.length === 0);
  await client.change(URI, { text: BROKEN });
  await client.pushed(URI, diagnostics => diagnostics.length === 1);
  await client.notify('textDocument/didClose', { textDocument: { uri: URI } });
  await client.pushed(URI, diagnostics => diagnostics.length === 0);
});

test('settings switch a rule off and change a severity, and diagnostics are refreshed', async t => {
  const settings = { value: { rules: { 'xml-syntax': 'off' } } as unknown };
  const client = await LspClient.start(t, { settings });
  await client.open(URI, BROKEN);
  assert.deepEqual(await client.pushed(URI, () => true), []);
  settings.value = { rules: { 'xml-syntax': 'hint' } };
  await client.notify('workspace/didChangeConfiguration', { settings: null });
  const [shown] = await client.pushed(URI, diagnostics => diagnostics.length === 1);
  assert.equal(shown?.severity, 4);
  settings.value = { rules: 'nonsense', deadline: 'soon', vms: [1, 'unix:/x'], __proto__: 1 };
  await client.notify('workspace/didChangeConfiguration', { settings: null });
  await client.pushed(URI, diagnostics => diagnostics[0]?.severity === 1);
});

test('settings come with didChangeConfiguration from an editor that answers no questions', async t => {
  const client = await LspClient.start(t, {
    initializationOptions: { settings: { rules: { 'xml-syntax': 'off' } } },
  });
  await client.open(URI, BROKEN);
  assert.deepEqual(await client.pushed(URI, () => true), []);
  await client.notify('workspace/didChangeConfiguration', {
    settings: { libvirtDomain: { rules: { 'xml-syntax': 'warning' } } },
  });
  const [shown] = await client.pushed(URI, diagnostics => diagnostics.length === 1);
  assert.equal(shown?.severity, 2);
});

test('300 random edits, sent as increments, leave what the whole text gives', async t => {
  const client = await LspClient.start(t, { capabilities: PULLING });
  const whole = 'file:///whole.domain.xml';
  const random = seeded(20261124);
  const pieces = [
    '<',
    '>',
    '/',
    "'",
    '"',
    '\n',
    '\r\n',
    ' ',
    '&',
    '<!--',
    '-->',
    '<throttlefilter group=',
    '5',
    'é😀',
    '',
  ];
  let text = GOOD;
  await client.open(URI, text);
  await client.open(whole, text);
  for (let round = 0; round < 300; round++) {
    const edits = Array.from({ length: 1 + random(3) }, () => {
      const source = SourceText.of(text);
      const start = random(text.length + 1);
      const end = Math.min(text.length, start + random(random(4) === 0 ? 40 : 4));
      const newText = pieces[random(pieces.length)] ?? '';
      const range = source.rangeOf({ start, end });
      // Positions in the middle of a line break are clamped, as LSP wants: what they mean is what counts.
      text = text.slice(0, source.offsetAt(range.start)) + newText + text.slice(source.offsetAt(range.end));
      return { range, text: newText };
    });
    await client.change(URI, ...edits);
    if (random(10) === 0) {
      text = GOOD;
      await client.change(URI, { text });
    }
    await client.change(whole, { text });
    const [incremental, full] = await Promise.all([client.pull(URI), client.pull(whole)]);
    assert.deepEqual(
      incremental.items,
      full.items.map(item => JSON.parse(JSON.stringify(item).replaceAll(whole, URI)) as unknown),
      `after round ${round} in ${JSON.stringify(text)}`,
    );
    const symbols = (uri: string) => client.request('textDocument/documentSymbol', { textDocument: { uri } });
    assert.deepEqual(await symbols(URI), await symbols(whole), `after round ${round}`);
  }
});

test('what a user asks for at a group: hover, definition, references, highlight, lens, outline, folding', async t => {
  const client = await LspClient.start(t, {
    capabilities: PULLING,
    initializationOptions: { commands: ['domxml.showReferences', 'rm'] },
  });
  await client.open(URI, GOOD);
  const textDocument = { uri: URI };
  const position = at(GOOD, "group='gold'", 8);
  const hover: { contents: { value: string } } = await client.request('textDocument/hover', {
    textDocument,
    position,
  });
  assert.match(hover.contents.value, /500 IOPS/);
  const [link]: { targetSelectionRange: unknown }[] = await client.request('textDocument/definition', {
    textDocument,
    position,
  });
  assert.deepEqual(link?.targetSelectionRange, {
    start: at(GOOD, 'gold'),
    end: at(GOOD, 'gold', 4),
  });
  const references: unknown[] = await client.request('textDocument/references', {
    textDocument,
    position,
    context: { includeDeclaration: true },
  });
  assert.equal(references.length, 2);
  const highlights: unknown[] = await client.request('textDocument/documentHighlight', {
    textDocument,
    position,
  });
  assert.equal(highlights.length, 2);
  const [lens]: { command: { title: string; command: string } }[] = await client.request(
    'textDocument/codeLens',
    {
      textDocument,
    },
  );
  assert.deepEqual([lens?.command.title, lens?.command.command], ['used by vda', 'domxml.showReferences']);
  const [symbol]: { name: string; children: { name: string; detail: string }[] }[] = await client.request(
    'textDocument/documentSymbol',
    { textDocument },
  );
  assert.equal(symbol?.name, 'vm');
  assert.deepEqual(
    symbol.children.map(({ name, detail }) => `${name}: ${detail}`),
    ['gold: 500 IOPS', 'vda: throttled by gold'],
  );
  const folds: unknown[] = await client.request('textDocument/foldingRange', { textDocument });
  assert.ok(folds.length >= 5);
});

test('completion over the wire', async t => {
  const client = await LspClient.start(t, { capabilities: PULLING });
  const text = GOOD.replace("<throttlefilter group='gold'/>", '<thr');
  await client.open(URI, text);
  const list: { items: { label: string; textEdit: { newText: string } }[] } = await client.request(
    'textDocument/completion',
    { textDocument: { uri: URI }, position: at(text, '<thr\n', 4) },
  );
  assert.deepEqual(
    list.items.map(({ label, textEdit }) => [label, textEdit.newText]),
    [['throttlefilter gold', "<throttlefilter group='gold'/>"]],
  );
});

test('a rename that is impossible is refused with words, a good one gives edits of this version', async t => {
  const client = await LspClient.start(t, { capabilities: PULLING });
  await client.open(URI, GOOD);
  const textDocument = { uri: URI };
  const position = at(GOOD, 'gold', 1);
  await assert.rejects(
    client.request('textDocument/rename', { textDocument, position, newName: 'no blanks' }),
    (error: unknown) => error instanceof ResponseError && error.message.includes('no blanks'),
  );
  await assert.rejects(
    client.request('textDocument/prepareRename', { textDocument, position: { line: 0, character: 0 } }),
    (error: unknown) =>
      error instanceof ResponseError && error.message.includes('no name of a throttle group'),
  );
  const edit: { documentChanges: { textDocument: unknown; edits: unknown[] }[] } = await client.request(
    'textDocument/rename',
    { textDocument, position, newName: 'platinum' },
  );
  assert.deepEqual(edit.documentChanges[0]?.textDocument, { uri: URI, version: 1 });
  assert.equal(edit.documentChanges[0].edits.length, 2);
});

test('a pom.xml beside it stays silent', async t => {
  const client = await LspClient.start(t, { capabilities: PULLING });
  const pom = 'file:///pom.xml';
  await client.open(pom, '<project xmlns="http://maven.apache.org/POM/4.0.0"><broken></project>', 'xml');
  const textDocument = { uri: pom };
  const position = { line: 0, character: 3 };
  assert.deepEqual((await client.pull(pom)).items, []);
  for (const method of [
    'hover',
    'completion',
    'definition',
    'documentHighlight',
    'prepareRename',
    'codeLens',
    'documentSymbol',
    'foldingRange',
  ]) {
    assert.equal(await client.request(`textDocument/${method}`, { textDocument, position }), null, method);
  }
});

test('a pom.xml is told nothing by pushes either, but an xml document that becomes a domain is', async t => {
  const client = await LspClient.start(t);
  const other = 'file:///other.xml';
  await client.open(other, '<project><broken></project>', 'xml');
  await client.open(URI, BROKEN, 'xml');
  await client.pushed(URI, diagnostics => diagnostics.length === 1);
  await client.change(other, { text: BROKEN });
  await client.pushed(other, diagnostics => diagnostics.length === 1);
  await client.change(other, { text: '<project><broken></project>' });
  await client.pushed(other, diagnostics => diagnostics.length === 0);
  const told = client.notifications.filter(
    ({ method, params }) =>
      method === 'textDocument/publishDiagnostics' && (params as { uri: string }).uri === other,
  );
  assert.equal(told.length, 2);
});

test('a cancelled request answers so, and the next one is served', async t => {
  const client = await LspClient.start(t, { capabilities: PULLING });
  await client.open(URI, GOOD);
  const source = new CancellationTokenSource();
  const asked = client.request('textDocument/documentSymbol', { textDocument: { uri: URI } }, source.token);
  source.cancel();
  await assert.rejects(asked, (error: unknown) => error instanceof ResponseError && error.code === -32800);
  assert.ok(await client.request('textDocument/documentSymbol', { textDocument: { uri: URI } }));
});

test('a request that crashes is answered and logged, and the server goes on', async t => {
  const client = await LspClient.start(t, { capabilities: PULLING });
  await client.open(URI, GOOD);
  await assert.rejects(client.request('textDocument/hover', {}), /textDocument\/hover failed/);
  await client.until(() => client.logged.find(line => line.includes('textDocument/hover failed')));
  await assert.rejects(
    client.request('textDocument/completion', { textDocument: { uri: URI } }),
    /textDocument\/completion failed/,
  );
  await assert.rejects(
    client.request('workspace/executeCommand', { command: 'domxml.nothing' }),
    /no command/,
  );
  await client.notify('textDocument/didOpen', {});
  await client.until(() => client.logged.find(line => line.includes('textDocument/didOpen failed')));
  assert.ok(await client.request('textDocument/documentSymbol', { textDocument: { uri: URI } }));
});

test('a change that cannot be followed drops the document until it is opened again', async t => {
  const client = await LspClient.start(t, { capabilities: PULLING });
  await client.open(URI, BROKEN);
  await client.change(URI, { text: GOOD }, { range: 5 });
  await client.until(() => client.logged.find(line => line.includes('textDocument/didChange failed')));
  assert.deepEqual((await client.pull(URI)).items, []);
  await client.open(URI, BROKEN);
  assert.equal((await client.pull(URI)).items.length, 1);
});

test('findings as a command', async t => {
  const client = await LspClient.start(t);
  await client.open(URI, BROKEN);
  const run = (argument: unknown) =>
    client.request<Record<string, unknown>>('workspace/executeCommand', {
      command: 'domxml.findings',
      arguments: [argument],
    });
  const answer = await run({ uri: URI });
  assert.equal(answer['ok'], true);
  assert.deepEqual(codes(await client.pushed(URI, () => true)), ['xml-syntax']);
  assert.equal((await run({}))['reason'], 'usage');
  assert.equal((await run({ uri: 'file:///not-open.xml' }))['reason'], 'document');
});

test('the server ends with shutdown and exit: 0, and 1 where exit comes alone', async t => {
  const client = await LspClient.start(t);
  await client.request('shutdown', undefined);
  await client.notify('exit', undefined);
  assert.equal(await client.exited(), 0);
  const rude = await LspClient.start(t);
  await rude.notify('exit', undefined);
  assert.equal(await rude.exited(), 1);
});

test('the server ends when its input ends', async t => {
  const client = await LspClient.start(t);
  client.child.stdin?.end();
  assert.equal(await client.exited(), 1);
});

test('the server ends when the editor that started it is gone', async t => {
  const editor = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  t.after(() => editor.kill('SIGKILL'));
  const client = await LspClient.start(t, { processId: editor.pid ?? null });
  editor.kill('SIGKILL');
  await once(editor, 'exit');
  assert.equal(await client.exited(), 1);
});

test('without a way to speak the server says which ways there are', async t => {
  const child = spawn(process.execPath, [require.resolve('../../server/src/lsp/main.js')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  assert.equal(code, 2);
  assert.match(said, /--stdio/);
});
