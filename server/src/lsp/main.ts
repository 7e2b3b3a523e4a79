/** `dist/server.js`: the language server as a program, on `--stdio`, `--node-ipc`, `--pipe=NAME` or `--socket=PORT`. */

import { createConnection } from 'vscode-languageserver/node';
import type { Connection } from 'vscode-languageserver/node';
import { startServer } from './server';

const connection = connectionOfArguments();
if (connection === undefined) {
  process.stderr.write(
    'Say how to speak to the language server: --stdio, --node-ipc, --pipe=NAME or --socket=PORT.\n',
  );
  process.exitCode = 2;
} else {
  // Over node-ipc the end of the parent is not the end of a stream.
  process.on('disconnect', () => process.exit(1));
  // Ended by a signal, what is to be tidied away at the end (a practice VM's folder) is tidied away too.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));
  startServer(connection);
}

function connectionOfArguments(): Connection | undefined {
  try {
    return createConnection();
  } catch {
    return undefined;
  }
}
