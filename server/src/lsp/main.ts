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
  startServer(connection);
}

function connectionOfArguments(): Connection | undefined {
  try {
    return createConnection();
  } catch {
    return undefined;
  }
}
