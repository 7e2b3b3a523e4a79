/** The language server's public face, for `domxml serve`. */

import { createConnection } from 'vscode-languageserver/node';
import { startServer } from './server';

export { startServer };

/** Serves standard input and output until the editor says exit or the input ends; then the process ends. */
export const serveStdio = (): void => startServer(createConnection(process.stdin, process.stdout));
