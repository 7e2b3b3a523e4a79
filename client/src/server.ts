import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import {
  CloseAction,
  ExecuteCommandRequest,
  LanguageClient,
  State,
  TransportKind,
  WorkDoneProgress,
  type CloseHandlerResult,
  type ErrorHandler,
  type LanguageClientOptions,
} from 'vscode-languageclient/node';
import {
  CLIENT_COMMANDS,
  CLOSING_TAG_REQUEST,
  SCHEMA_NOTIFICATION,
  TRUST_NOTIFICATION,
  type ClosingTagAnswer,
  type ClosingTagParams,
  type CommandAnswer,
  type InitializationOptions,
  type SchemaInfo,
  type ServerCommand,
  type TrustParams,
} from '../../server/src/protocol';
import { COMMANDS, DOCUMENT_SCHEMES, LANGUAGE } from './command-names';
import type { DomainDocuments } from './domain-documents';
import { HiddenDocuments } from './hidden-documents';
import { configurationForServer } from './settings';
import type { XmlNeighbour } from './xml-neighbour';
import { XmlRegistrations } from './xml-registrations';

/**
 * The language server: one process, started when the first libvirt domain is open and not before.
 * Its answers to commands never throw: what goes wrong comes back as words.
 */
export class Server implements vscode.Disposable {
  private readonly stopped = new vscode.EventEmitter<void>();
  private readonly subscriptions: { dispose(): unknown }[] = [
    this.stopped,
    { dispose: () => this.schema.dispose() },
  ];
  private readonly schema = new vscode.EventEmitter<SchemaInfo>();
  private client: LanguageClient | undefined;
  private hidden: HiddenDocuments | undefined;
  private starting: Promise<void> | undefined;

  /** The server process is gone, and with it its VM sessions and practice VMs. */
  readonly onDidStop = this.stopped.event;
  /** Documents are checked by another schema from now on. */
  readonly onDidChangeSchema = this.schema.event;

  constructor(
    private readonly module: string,
    /** A folder of our own on this machine. */
    private readonly storage: string,
    private readonly documents: DomainDocuments,
    private readonly neighbour: XmlNeighbour,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.subscriptions.push(
      documents.onDidOpen(() => void this.start()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => void this.tellTrust()),
    );
  }

  /** Resolves when the server answers, or when it is known that it does not; the failure is shown to the user. */
  start(): Promise<void> {
    return (this.starting ??= this.startClient());
  }

  async restart(): Promise<void> {
    if (this.client === undefined) return this.start();
    try {
      await this.client.restart();
    } catch (error) {
      this.tellStartFailed(error);
    }
  }

  /** Asks the server to do something, and hears how far it is. Starts it where it is not running. */
  async command<T>(
    command: ServerCommand,
    argument: object,
    token?: vscode.CancellationToken,
    onProgress?: (message: string) => void,
  ): Promise<CommandAnswer<T>> {
    await this.start();
    if (this.client?.state !== State.Running) {
      return failure('The language server is not running. Use "libvirt Domain: Restart Server".');
    }
    const workDoneToken = randomUUID();
    const progress = this.client.onProgress(WorkDoneProgress.type, workDoneToken, value => {
      if (value.kind !== 'end' && value.message !== undefined) onProgress?.(value.message);
    });
    try {
      const params = { command, arguments: [argument], workDoneToken };
      const answer: unknown = await this.client.sendRequest(ExecuteCommandRequest.type, params, token);
      if (isAnswer<T>(answer)) return answer;
      return failure('The language server gave an answer that this extension does not understand.');
    } catch (error) {
      this.log.error(`${command}: ${wordsOf(error)}`);
      if (token?.isCancellationRequested === true) {
        return failure(
          'Cancelled before the server could say how far it came. Show the plan again to see what is on the VM now.',
        );
      }
      return failure(wordsOf(error));
    } finally {
      progress.dispose();
    }
  }

  /** The close tag that is due at the position; undefined where none is missing, or nobody can tell. */
  async closingTag(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<ClosingTagAnswer | undefined> {
    if (this.client?.state !== State.Running) return undefined;
    const params: ClosingTagParams = {
      textDocument: { uri: this.client.code2ProtocolConverter.asUri(document.uri) },
      position: { line: position.line, character: position.character },
    };
    try {
      return (
        (await this.client.sendRequest<ClosingTagAnswer | null>(CLOSING_TAG_REQUEST, params)) ?? undefined
      );
    } catch (error) {
      this.log.error(`${CLOSING_TAG_REQUEST}: ${wordsOf(error)}`);
      return undefined;
    }
  }

  /** Findings of documents that are open and not shown are told as well from now on. */
  workspaceIsChecked(): void {
    this.hidden?.workspaceIsChecked();
  }

  async dispose(): Promise<void> {
    for (const subscription of this.subscriptions) subscription.dispose();
    await this.client?.dispose().catch((error: unknown) => this.log.error(wordsOf(error)));
  }

  private async startClient(): Promise<void> {
    const client = this.newClient();
    this.client = client;
    const registrations = new XmlRegistrations(client, this.neighbour);
    const add = (document: vscode.TextDocument): void => {
      if (document.languageId !== LANGUAGE && client.state === State.Running) registrations.add(document);
    };
    this.subscriptions.push(
      this.documents.onDidOpen(add),
      this.documents.onDidClose(document => registrations.remove(document)),
      this.neighbour.onDidChange(() => {
        for (const document of this.documents.all()) {
          registrations.remove(document);
          add(document);
        }
      }),
      client.onDidChangeState(({ newState }) => {
        if (newState === State.Running) {
          for (const document of this.documents.all()) add(document);
        } else if (newState === State.Stopped) {
          registrations.forgetAll();
          this.stopped.fire();
        }
      }),
    );
    // After the registrations: what it asks for goes by them.
    this.hidden = new HiddenDocuments(client, this.documents);
    this.subscriptions.push(this.hidden);
    client.onNotification(SCHEMA_NOTIFICATION, (info: SchemaInfo) => this.schema.fire(info));
    try {
      await client.start();
    } catch (error) {
      this.tellStartFailed(error);
    }
  }

  private newClient(): LanguageClient {
    const options = { module: this.module, transport: TransportKind.ipc };
    const client: LanguageClient = new LanguageClient(
      'libvirtDomain',
      'libvirt Domain XML',
      { run: options, debug: { ...options, options: { execArgv: ['--nolazy', '--inspect=6009'] } } },
      { ...this.clientOptions(), errorHandler: new CrashWords(() => client.createDefaultErrorHandler()) },
    );
    return client;
  }

  private clientOptions(): LanguageClientOptions {
    return {
      documentSelector: DOCUMENT_SCHEMES.map(scheme => ({ language: LANGUAGE, scheme })),
      outputChannel: this.log,
      initializationOptions: (): InitializationOptions => ({
        trusted: vscode.workspace.isTrusted,
        commands: Object.values(CLIENT_COMMANDS),
        storage: this.storage,
        showsSchema: true,
      }),
      initializationFailedHandler: () => false,
      middleware: {
        workspace: {
          configuration: async (params, token, next) =>
            configurationForServer(params.items, await next(params, token)),
        },
      },
    };
  }

  private async tellTrust(): Promise<void> {
    if (this.client?.state !== State.Running) return;
    const params: TrustParams = { trusted: vscode.workspace.isTrusted };
    await this.client.sendNotification(TRUST_NOTIFICATION, params);
  }

  private tellStartFailed(error: unknown): void {
    this.log.error(`The language server did not start: ${wordsOf(error)}`);
    tellServerTrouble('The libvirt domain language server did not start, so documents are not checked.');
  }
}

/** The default handling of crashes (five within three minutes end it), told in words. */
class CrashWords implements ErrorHandler {
  private handler: ErrorHandler | undefined;

  constructor(private readonly usual: () => ErrorHandler) {}

  error(...args: Parameters<ErrorHandler['error']>): ReturnType<ErrorHandler['error']> {
    return (this.handler ??= this.usual()).error(...args);
  }

  async closed(): Promise<CloseHandlerResult> {
    const result = await (this.handler ??= this.usual()).closed();
    if (result.action === CloseAction.DoNotRestart) {
      tellServerTrouble(
        'The libvirt domain language server stopped again and again, so it is left off: documents are not checked.',
      );
    }
    return { ...result, handled: true };
  }
}

function tellServerTrouble(message: string): void {
  const buttons = new Map([
    ['Restart Server', COMMANDS.restartServer],
    ['Show Log', COMMANDS.showLog],
  ]);
  void vscode.window.showErrorMessage(message, ...buttons.keys()).then(button => {
    const command = button === undefined ? undefined : buttons.get(button);
    if (command !== undefined) void vscode.commands.executeCommand(command);
  });
}

const failure = (message: string) => ({ ok: false, reason: 'server', message }) as const;

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Answers come from our own server, of this very version: its `ok` tells that they are meant as one. */
const isAnswer = <T>(answer: unknown): answer is CommandAnswer<T> =>
  typeof answer === 'object' && answer !== null && 'ok' in answer && typeof answer.ok === 'boolean';
