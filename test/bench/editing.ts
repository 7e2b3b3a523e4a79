/** What an editor asks while a document is edited, through the bundled server over stdio. */

import { SourceText } from '../../server/src/engine';
import { SIZES, benchDocument, type BenchDocument } from './documents';
import { inMilliseconds, measure, printTable, timed } from './measure';
import { schemaFolder } from './schema';
import { startServer } from './server';

export async function benchEditing(): Promise<void> {
  const rows: string[][] = [];
  for (const size of SIZES) rows.push(...(await benchOne(benchDocument(size))));
  console.log('Editing, through the language server over stdio (milliseconds)\n');
  printTable(['document', 'request', 'first', 'median', 'minimum'], rows);
}

async function benchOne({ title, text, completion }: BenchDocument): Promise<string[][]> {
  const server = await startServer((await schemaFolder()) ?? 'none');
  try {
    const uri = 'file:///bench.domain.xml';
    // The same document as another editor may have left it: no indentation, double quotes.
    const untidy = 'file:///untidy.domain.xml';
    const untidyText = text.replace(/^ +/gm, '').replaceAll("'", '"');
    for (const [which, content] of [
      [uri, text],
      [untidy, untidyText],
    ] as const) {
      const textDocument = { uri: which, languageId: 'libvirt-domain', version: 1, text: content };
      await server.connection.sendNotification('textDocument/didOpen', { textDocument });
      await server.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri: which } });
    }
    const position = SourceText.of(text).positionAt(completion);
    const options = { tabSize: 2, insertSpaces: true };
    const screen = { start: position, end: { line: position.line + 60, character: 0 } };
    const requests: readonly (readonly [string, string, string, object])[] = [
      ['outline', 'textDocument/documentSymbol', uri, {}],
      ['formatting, nothing to do', 'textDocument/formatting', uri, { options }],
      ['formatting, every line', 'textDocument/formatting', untidy, { options }],
      ['formatting of 60 lines', 'textDocument/rangeFormatting', uri, { options, range: screen }],
      ['a new line', 'textDocument/onTypeFormatting', uri, { options, position, ch: '\n' }],
      ['close tag', 'libvirtDomain/closingTag', uri, { position }],
      ['linked names', 'textDocument/linkedEditingRange', uri, { position }],
      ['highlights', 'textDocument/documentHighlight', uri, { position }],
      ['selections', 'textDocument/selectionRange', uri, { positions: [position] }],
      ['folding', 'textDocument/foldingRange', uri, {}],
      ['links', 'textDocument/documentLink', uri, {}],
      ['semantic tokens', 'textDocument/semanticTokens/full', uri, {}],
      ['semantic tokens of 60 lines', 'textDocument/semanticTokens/range', uri, { range: screen }],
    ];
    const rows: string[][] = [];
    for (const [name, method, which, params] of requests) {
      const ask = (): Promise<unknown> =>
        server.connection.sendRequest(method, { textDocument: { uri: which }, ...params });
      const first = await timed(ask);
      const { median, min } = await measure(30, ask);
      rows.push([title, name, ...[first, median, min].map(inMilliseconds)]);
    }
    return rows;
  } finally {
    await server.stop();
  }
}
