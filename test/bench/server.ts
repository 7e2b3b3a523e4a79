/** The bundled language server over stdio, as an editor meets it. */

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import {
  StreamMessageReader,
  StreamMessageWriter,
  createMessageConnection,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import { SourceText } from '../../server/src/engine';
import { SIZES, benchDocument, type BenchDocument } from './documents';
import { inMilliseconds, measure, printTable } from './measure';

const SERVER = join(__dirname, '../../../dist/server.js');

export async function benchServer(): Promise<void> {
  const start = await measure(8, async () => {
    const server = await startServer();
    await server.stop();
  });
  const rows: string[][] = [];
  for (const size of SIZES) rows.push(await benchOne(benchDocument(size)));
  console.log('Language server over stdio (milliseconds)\n');
  printTable(
    ['document', 'keystroke to diagnostics, median', 'minimum', 'completion, median', 'minimum'],
    rows,
  );
  console.log(
    `Server start to initialize: ${inMilliseconds(start.min)} ms at the minimum, ${inMilliseconds(start.median)} at the median.\n`,
  );
}

async function benchOne({ title, text, keystroke, completion }: BenchDocument): Promise<string[]> {
  const server = await startServer();
  try {
    const uri = 'file:///bench.domain.xml';
    const source = SourceText.of(text);
    const { connection } = server;
    await connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'libvirt-domain', version: 1, text },
    });
    const diagnostics = (): Promise<unknown> =>
      connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
    await diagnostics();
    const at = source.positionAt(keystroke);
    let version = 1;
    const typing = await measure(30, async round => {
      const end = round % 2 === 0 ? at : { line: at.line, character: at.character + 1 };
      await connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version: ++version },
        contentChanges: [{ range: { start: at, end }, text: round % 2 === 0 ? '0' : '' }],
      });
      await diagnostics();
    });
    const position = source.positionAt(completion);
    const completing = await measure(30, () =>
      connection.sendRequest('textDocument/completion', { textDocument: { uri }, position }),
    );
    return [title, typing.median, typing.min, completing.median, completing.min].map(cell =>
      typeof cell === 'string' ? cell : inMilliseconds(cell),
    );
  } finally {
    await server.stop();
  }
}

export interface Server {
  readonly connection: MessageConnection;
  stop(): Promise<void>;
}

export async function startServer(): Promise<Server> {
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
    capabilities: { textDocument: { diagnostic: {} } },
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
