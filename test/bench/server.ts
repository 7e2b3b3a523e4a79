/** The bundled language server over stdio, as an editor meets it. */

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  StreamMessageReader,
  StreamMessageWriter,
  createMessageConnection,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import { SourceText } from '../../server/src/engine';
import { SIZES, benchDocument, type BenchDocument } from './documents';
import { inMilliseconds, measure, printTable, timed, type Times } from './measure';
import { schemaFolder } from './schema';

const SERVER = join(__dirname, '../../../dist/server.js');

export async function benchServer(): Promise<void> {
  const start = await measure(8, async () => {
    const server = await startServer('none');
    await server.stop();
  });
  const schema = (await schemaFolder()) ?? 'none';
  const rows: string[][] = [];
  for (const size of SIZES) rows.push(await benchTyping(benchDocument(size), schema));
  console.log(`Language server over stdio, schema ${schema} (milliseconds)\n`);
  printTable(['document', 'keystroke to diagnostics, median', 'minimum'], rows);
  const completions: string[][] = [];
  for (const size of SIZES) completions.push(...(await benchCompletion(benchDocument(size), schema)));
  console.log('Completion in the middle of the document (milliseconds)\n');
  printTable(['document', 'what is completed', 'first', 'median', 'minimum', 'offered'], completions);
  console.log(
    `Server start to initialize: ${inMilliseconds(start.min)} ms at the minimum, ${inMilliseconds(start.median)} at the median.\n`,
  );
}

async function benchTyping({ title, text, keystroke }: BenchDocument, schema: string): Promise<string[]> {
  const server = await startServer(schema);
  try {
    const { change, diagnostics, source } = await opened(server, text);
    const at = source.positionAt(keystroke);
    const typing = await measure(40, async round => {
      const end = round % 2 === 0 ? at : { line: at.line, character: at.character + 1 };
      await change({ start: at, end }, round % 2 === 0 ? '0' : '');
      await diagnostics();
    });
    return [title, inMilliseconds(typing.median), inMilliseconds(typing.min)];
  } finally {
    await server.stop();
  }
}

/** Each in servers of its own, so that the first one is a first one. */
async function benchCompletion(
  { title, text, completion }: BenchDocument,
  schema: string,
): Promise<string[][]> {
  const element = text.indexOf('<backingStore/>', completion - 600);
  const places = [
    { what: 'group of a filter', at: completion, typed: '' },
    ...(schema === 'none'
      ? []
      : [
          { what: 'element', at: element, typed: '<' },
          { what: 'attribute', at: element + '<backingStore'.length, typed: ' ' },
        ]),
  ];
  const rows: string[][] = [];
  for (const place of places) {
    const runs: CompletionTimes[] = [];
    for (let run = 0; run < STARTS; run++) runs.push(await timedCompletion(text, place, schema));
    const firsts = runs.map(({ first }) => first).sort((a, b) => a - b);
    const { warm, offered } = runs.at(-1) ?? { warm: { median: NaN, min: NaN }, offered: NaN };
    const times = [firsts[STARTS >> 1] ?? NaN, warm.median, warm.min];
    rows.push([title, place.what, ...times.map(inMilliseconds), String(offered)]);
  }
  return rows;
}

/** There is one first completion a server: the middle one of as many servers counts. */
const STARTS = 3;

interface CompletionTimes {
  readonly first: number;
  readonly warm: Times;
  readonly offered: number;
}

async function timedCompletion(
  text: string,
  { at, typed }: { readonly at: number; readonly typed: string },
  schema: string,
): Promise<CompletionTimes> {
  const server = await startServer(schema);
  try {
    const { change, diagnostics, source, uri } = await opened(server, text);
    const start = source.positionAt(at);
    if (typed !== '') await change({ start, end: start }, typed);
    await diagnostics();
    // What a server does between keystrokes, such as getting ready to complete, is over by then.
    await pause(1500);
    const position = { line: start.line, character: start.character + typed.length };
    let offered = 0;
    const complete = async (): Promise<void> => {
      const answer: { items: unknown[] } | unknown[] | null = await server.connection.sendRequest(
        'textDocument/completion',
        { textDocument: { uri }, position },
      );
      offered = (Array.isArray(answer) ? answer : (answer?.items ?? [])).length;
    };
    const first = await timed(complete);
    return { first, warm: await measure(30, complete), offered };
  } finally {
    await server.stop();
  }
}

interface Opened {
  readonly uri: string;
  readonly source: SourceText;
  readonly change: (range: object, text: string) => Promise<void>;
  readonly diagnostics: () => Promise<unknown>;
}

async function opened({ connection }: Server, text: string): Promise<Opened> {
  const uri = 'file:///bench.domain.xml';
  let version = 1;
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'libvirt-domain', version, text },
  });
  const diagnostics = (): Promise<unknown> =>
    connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
  await diagnostics();
  return {
    uri,
    source: SourceText.of(text),
    diagnostics,
    change: (range, newText) =>
      connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version: ++version },
        contentChanges: [{ range, text: newText }],
      }),
  };
}

export interface Server {
  readonly connection: MessageConnection;
  stop(): Promise<void>;
}

/** Starts the server with the schemas of a folder, or `none`. */
export async function startServer(schema: string): Promise<Server> {
  const child: ChildProcess = spawn(process.execPath, [SERVER, '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  if (child.stdout === null || child.stdin === null) throw new Error('no pipes');
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    // As VS Code says it.
    capabilities: {
      textDocument: { diagnostic: {}, documentSymbol: { hierarchicalDocumentSymbolSupport: true } },
    },
    initializationOptions: { settings: { schema } },
  });
  await connection.sendNotification('initialized', {});
  return {
    connection,
    stop: async () => {
      const ended = once(child, 'exit');
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      connection.dispose();
      await ended;
    },
  };
}
