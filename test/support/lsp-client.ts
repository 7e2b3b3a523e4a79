/** A language client of a few lines: starts the server as an editor does, over stdio, and speaks JSON-RPC with it. */

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { TestContext } from 'node:test';
import {
  StreamMessageReader,
  StreamMessageWriter,
  createMessageConnection,
  type CancellationToken,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import type { Diagnostic } from 'vscode-languageserver-types';
import { TEST_STATE } from './state-folder';

const SERVER = path.join(__dirname, '..', '..', 'server', 'src', 'lsp', 'main.js');

export interface StartOptions {
  readonly capabilities?: object;
  readonly initializationOptions?: unknown;
  /** What the client answers to `workspace/configuration`; without it the client announces no configuration. */
  readonly settings?: { value: unknown };
  readonly processId?: number | null;
  /** Beside the environment of the test. */
  readonly env?: Readonly<Record<string, string>>;
  readonly workspaceFolders?: readonly { readonly uri: string; readonly name: string }[];
}

export class LspClient {
  /** Everything that the server logged, newest last. */
  readonly logged: string[] = [];
  readonly notifications: { readonly method: string; readonly params: unknown }[] = [];
  private readonly waiting = new Set<() => void>();
  private version = 0;
  /** Rejects when the server's process ends: whoever waits for an answer then fails instead of waiting for ever. */
  private readonly gone: Promise<never>;

  private constructor(
    readonly child: ChildProcess,
    readonly connection: MessageConnection,
    readonly capabilities: { current: Record<string, unknown> },
  ) {
    this.gone = new Promise((_resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        reject(new Error(`The server ended (${String(code ?? signal)}) while the test waited for it.`));
      });
    });
    this.gone.catch(() => undefined);
  }

  /** Starts a server and initializes it; the test's end is its end, also when the test fails. */
  static async start(t: TestContext, options: StartOptions = {}): Promise<LspClient> {
    const env = { ...process.env, XDG_STATE_HOME: TEST_STATE, ...options.env };
    const child = spawn(process.execPath, [SERVER, '--stdio'], { env, stdio: ['pipe', 'pipe', 'inherit'] });
    t.after(() => end(child));
    const connection = createMessageConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    const client = new LspClient(child, connection, { current: {} });
    connection.onNotification((method, params) => {
      client.notifications.push({ method, params });
      if (method === 'window/logMessage') client.logged.push(messageIn(params));
      for (const look of [...client.waiting]) look();
    });
    // The library keeps these from the handler above.
    connection.onUnhandledProgress(params => {
      client.notifications.push({ method: '$/progress', params });
      for (const look of [...client.waiting]) look();
    });
    connection.onRequest((method, params: unknown) => {
      client.notifications.push({ method, params });
      for (const look of [...client.waiting]) look();
      if (method === 'workspace/configuration') return [options.settings?.value ?? null];
      return null;
    });
    connection.onError(() => undefined);
    connection.listen();
    const answer: { capabilities: Record<string, unknown> } = await client.request('initialize', {
      processId: options.processId === undefined ? process.pid : options.processId,
      rootUri: null,
      ...(options.workspaceFolders === undefined ? {} : { workspaceFolders: options.workspaceFolders }),
      capabilities: {
        ...options.capabilities,
        ...(options.settings === undefined
          ? {}
          : { workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } } }),
      },
      initializationOptions: options.initializationOptions,
    });
    client.capabilities.current = answer.capabilities;
    await connection.sendNotification('initialized', {});
    return client;
  }

  request<T>(method: string, params: unknown, token?: CancellationToken): Promise<T> {
    // An undefined token would count as one more parameter.
    const answer =
      token === undefined
        ? this.connection.sendRequest<T>(method, params)
        : this.connection.sendRequest<T>(method, params, token);
    return Promise.race([answer, this.gone]);
  }

  notify(method: string, params: unknown): Promise<void> {
    return this.connection.sendNotification(method, params);
  }

  open(uri: string, text: string, languageId = 'libvirt-domain'): Promise<void> {
    this.version++;
    return this.notify('textDocument/didOpen', {
      textDocument: { uri, languageId, version: this.version, text },
    });
  }

  change(uri: string, ...contentChanges: readonly object[]): Promise<void> {
    this.version++;
    return this.notify('textDocument/didChange', {
      textDocument: { uri, version: this.version },
      contentChanges,
    });
  }

  /** The diagnostics of a document, asked for. */
  async pull(uri: string, previousResultId?: string): Promise<PulledDiagnostics> {
    return this.request('textDocument/diagnostic', { textDocument: { uri }, previousResultId });
  }

  /** Waits until `found` finds something in what came in; it is called again with everything that comes. */
  async until<T>(found: () => T | undefined): Promise<T> {
    const wait = new Promise<T>(resolve => {
      const look = (): void => {
        const value = found();
        if (value === undefined) return;
        this.waiting.delete(look);
        resolve(value);
      };
      this.waiting.add(look);
      look();
    });
    return Promise.race([wait, this.gone]);
  }

  /** The newest pushed diagnostics of a document for which `wanted` holds. */
  async pushed(uri: string, wanted: (diagnostics: readonly Diagnostic[]) => boolean): Promise<Diagnostic[]> {
    return this.until(() => {
      const last = this.notifications.filter(
        ({ method, params }) =>
          method === 'textDocument/publishDiagnostics' && (params as { uri: string }).uri === uri,
      );
      const diagnostics = (last.at(-1)?.params as { diagnostics: Diagnostic[] } | undefined)?.diagnostics;
      return diagnostics !== undefined && wanted(diagnostics) ? diagnostics : undefined;
    });
  }

  /** The exit code of the server's process. */
  async exited(): Promise<number | null> {
    if (this.child.exitCode !== null) return this.child.exitCode;
    await once(this.child, 'exit');
    return this.child.exitCode;
  }
}

export interface PulledDiagnostics {
  readonly kind: 'full' | 'unchanged';
  readonly resultId?: string;
  readonly items: Diagnostic[];
}

/** An editor that asks for diagnostics, and can do most things. */
export const PULLING = {
  textDocument: {
    diagnostic: { dynamicRegistration: false, relatedInformation: true },
    publishDiagnostics: { relatedInformation: true },
    completion: {
      completionItem: { snippetSupport: true, insertTextModeSupport: { valueSet: [1, 2] } },
    },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    definition: { linkSupport: true },
  },
  workspace: { workspaceEdit: { documentChanges: true }, diagnostics: { refreshSupport: true } },
};

const messageIn = (params: unknown): string => (params as { message: string }).message;

/**
 * Ends a server as an editor that is closed does: its input ends, and it takes down what it had started. One that does
 * not end by that is killed, and nothing of it keeps the test's process alive.
 */
async function end(child: ChildProcess): Promise<void> {
  const ended = child.exitCode !== null || child.signalCode !== null ? undefined : once(child, 'exit');
  child.stdin?.destroy();
  const deadline = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(deadline);
  child.stdout?.destroy();
  child.unref();
}
