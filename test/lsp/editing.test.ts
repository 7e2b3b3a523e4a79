/** The editing features over stdio: that each is offered, asked and answered. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SourceText, type Position } from '../../server/src/engine';
import { LspClient, PULLING } from '../support/lsp-client';
import { withEdits } from '../support/marked-text';

const URI = 'file:///vms/vm.domain.xml';

const TEXT = `<domain type="kvm">
<name>vm</name>
  <throttlegroups><throttlegroup><group_name>gold</group_name></throttlegroup></throttlegroups>
  <devices>
    <disk><source file='/img/a.qcow2'/></disk>
  </devices>
</domain>
`;

const at = (needle: string, by = 0): Position => SourceText.of(TEXT).positionAt(TEXT.indexOf(needle) + by);

const OPTIONS = { tabSize: 2, insertSpaces: true };

async function opened(t: Parameters<typeof LspClient.start>[0], settings?: unknown): Promise<LspClient> {
  const client = await LspClient.start(t, {
    capabilities: PULLING,
    ...(settings === undefined ? {} : { settings: { value: settings } }),
  });
  await client.open(URI, TEXT);
  return client;
}

const asked = <T>(client: LspClient, method: string, params: object = {}, uri = URI): Promise<T> =>
  client.request<T>(method, { textDocument: { uri }, ...params });

type Edits = Parameters<typeof withEdits>[1];

test('the features are announced', async t => {
  const client = await opened(t);
  const { current } = client.capabilities;
  assert.deepEqual(current['documentOnTypeFormattingProvider'], {
    firstTriggerCharacter: '\n',
    moreTriggerCharacter: ['>'],
  });
  for (const provider of [
    'documentFormattingProvider',
    'documentRangeFormattingProvider',
    'linkedEditingRangeProvider',
    'selectionRangeProvider',
    'documentHighlightProvider',
    'documentLinkProvider',
    'semanticTokensProvider',
    'workspaceSymbolProvider',
  ]) {
    assert.ok(current[provider], provider);
  }
});

test('a document is formatted as the settings want it, and then there is nothing left to do', async t => {
  const client = await opened(t, { format: { quotes: 'double', blankLines: -1, lineWidth: 'wide' } });
  await client.pull(URI); // The settings have been asked for by then.
  const edits = await asked<Edits>(client, 'textDocument/formatting', { options: OPTIONS });
  const after = withEdits(TEXT, edits);
  assert.match(
    after,
    /^<domain type="kvm">\n {2}<name>vm<\/name>\n {2}<throttlegroups>\n {4}<throttlegroup>/,
  );
  assert.match(after, /<source file="\/img\/a.qcow2"\/>\n {4}<\/disk>/);
  await client.change(URI, { text: after });
  assert.deepEqual(await asked(client, 'textDocument/formatting', { options: OPTIONS }), []);
});

test('a range, and a line while it is typed', async t => {
  const client = await opened(t);
  const range = { start: at('<name>'), end: at('</name>') };
  const edits = await asked<Edits>(client, 'textDocument/rangeFormatting', { range, options: OPTIONS });
  assert.equal(withEdits(TEXT, edits), TEXT.replace('\n<name', '\n  <name'));
  await client.change(URI, { range: { start: at('  </devices>'), end: at('  </devices>') }, text: '\n' });
  const typed = await asked<Edits>(client, 'textDocument/onTypeFormatting', {
    position: at('  </devices>'),
    ch: '\n',
    options: OPTIONS,
  });
  assert.deepEqual(typed, [
    { range: { start: { line: 5, character: 0 }, end: { line: 5, character: 0 } }, newText: '    ' },
  ]);
});

test('tags: linked, highlighted, selected, closed', async t => {
  const client = await opened(t);
  const position = at('<devices', 3);
  const linked = await asked<{ ranges: unknown[] }>(client, 'textDocument/linkedEditingRange', { position });
  assert.equal(linked.ranges.length, 2);
  const highlights = await asked<unknown[]>(client, 'textDocument/documentHighlight', { position });
  assert.equal(highlights.length, 2);
  const selections = await asked<unknown[]>(client, 'textDocument/selectionRange', {
    positions: [position, at('gold')],
  });
  assert.equal(selections.length, 2);
  assert.equal(await asked(client, 'libvirtDomain/closingTag', { position: at('<disk>', 6) }), null);
  await client.change(URI, { text: '<domain><devices></domain>' });
  assert.deepEqual(
    await asked(client, 'libvirtDomain/closingTag', { position: { line: 0, character: 17 } }),
    { newText: '</devices>', cursor: 'before' },
  );
});

test('links', async t => {
  const client = await opened(t);
  const links = await asked<{ target: string }[]>(client, 'textDocument/documentLink');
  assert.deepEqual(
    links.map(({ target }) => target),
    ['file:///img/a.qcow2'],
  );
});

interface Tokens {
  readonly resultId: string;
  readonly data?: number[];
  readonly edits?: { readonly start: number; readonly deleteCount: number; readonly data: number[] }[];
}

test('semantic tokens: whole, then what has changed, and whole again for who missed something', async t => {
  const client = await opened(t);
  const whole = await asked<Tokens>(client, 'textDocument/semanticTokens/full');
  assert.ok(whole.data !== undefined && whole.data.length > 0);
  const start = at('gold');
  await client.change(URI, { range: { start, end: start }, text: 'old-' });
  const delta = await asked<Tokens>(client, 'textDocument/semanticTokens/full/delta', {
    previousResultId: whole.resultId,
  });
  const patched = [...whole.data];
  for (const edit of delta.edits ?? []) patched.splice(edit.start, edit.deleteCount, ...edit.data);
  assert.notDeepEqual(patched, whole.data);
  const again = await asked<Tokens>(client, 'textDocument/semanticTokens/full');
  assert.deepEqual(patched, again.data);
  const same = await asked<Tokens>(client, 'textDocument/semanticTokens/full/delta', {
    previousResultId: again.resultId,
  });
  assert.deepEqual(same.edits, []);
  const late = await asked<Tokens>(client, 'textDocument/semanticTokens/full/delta', {
    previousResultId: whole.resultId,
  });
  assert.deepEqual(late.data, again.data);
  const range = { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } };
  assert.deepEqual((await asked<Tokens>(client, 'textDocument/semanticTokens/range', { range })).data, []);
});

test('about a document that is no libvirt domain nothing is said', async t => {
  const client = await opened(t);
  const pom = 'file:///pom.xml';
  await client.open(pom, '<project>\n<a/><source file="/x"/></project>', 'xml');
  const position = { line: 0, character: 2 };
  for (const [method, params] of [
    ['textDocument/formatting', { options: OPTIONS }],
    ['textDocument/onTypeFormatting', { position, ch: '\n', options: OPTIONS }],
    ['textDocument/linkedEditingRange', { position }],
    ['textDocument/documentLink', {}],
    ['textDocument/semanticTokens/full', {}],
    ['libvirtDomain/closingTag', { position }],
  ] as const) {
    assert.equal(await asked(client, method, params, pom), null, method);
  }
});
