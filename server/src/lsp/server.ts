/** The language server on a connection: start, documents, end. */

import { isAbsolute } from 'node:path';
import { CLIENT_COMMANDS, SETTINGS_SECTION, TRUST_NOTIFICATION } from '../protocol';
import { CodeLensRefreshRequest, DidChangeConfigurationNotification } from 'vscode-languageserver/node';
import type { Connection, InitializeParams, InitializeResult } from 'vscode-languageserver/node';
import { clientOf, serverCapabilities } from './abilities';
import { registerCommands } from './commands';
import { serveDiagnostics } from './diagnostics';
import { registerEditing } from './editing';
import type { Diagnostics } from './diagnostics';
import { settle, takeSettings, takeWorld } from './follow-settings';
import { guardedNotification } from './guard';
import { registerFeatures } from './handlers';
import { SessionSchemas } from './schemas';
import { newSession } from './session';
import type { Session } from './session';
import { recordOf, sectionOf, stringsOr } from './settings';
import { serveWorkspace, type Workspace } from './workspace';
import type { WorkspaceCheck } from './workspace-check';

/** Serves the connection from now on. Returns at once; the connection's end is the server's end. */
export function startServer(connection: Connection): void {
  const session: Session = newSession(connection, () => schemas.domainIsOpen());
  const workspace = serveWorkspace(session);
  const diagnostics = withWorkspace(serveDiagnostics(session), workspace.check);
  const refresh = (): void => {
    diagnostics.refresh();
    if (session.client.refreshesLenses) void connection.sendRequest(CodeLensRefreshRequest.type);
  };
  const schemas = new SessionSchemas(session, () => {
    takeWorld(session);
    refresh();
  });
  const commands = registerCommands(session, workspace.check, schemas, () => {
    // A diagnostic's result id names the count: all are made anew.
    session.settingsCount++;
    refresh();
  });
  registerStart(session, workspace, schemas, refresh);
  connection.onNotification(TRUST_NOTIFICATION, (params: unknown) => {
    session.trusted = recordOf(params).get('trusted') === true;
    if (!session.trusted) commands.releaseAll();
  });
  connection.onShutdown(async () => {
    diagnostics.stop();
    await commands.stop();
  });
  registerDocuments(session, diagnostics, workspace.check);
  registerFeatures(session);
  registerEditing(session);
  connection.listen();
}

/** What makes the findings of open documents anew makes those of the other files of a checked workspace anew. */
const withWorkspace = (diagnostics: Diagnostics, check: WorkspaceCheck): Diagnostics => ({
  ...diagnostics,
  refresh: () => {
    diagnostics.refresh();
    check.refresh();
  },
});

/** What the client says of itself and the user's settings, at the start and when they change. */
function registerStart(
  session: Session,
  workspace: Workspace,
  schemas: SessionSchemas,
  refresh: () => void,
): void {
  const { connection } = session;
  connection.onInitialize((params): InitializeResult => {
    takeOptions(session, params);
    workspace.initialize(params);
    return {
      capabilities: serverCapabilities(session.client),
      serverInfo: { name: 'libvirt-domain-xml' },
    };
  });
  connection.onInitialized(() => {
    workspace.initialized();
    if (session.client.watchesConfiguration) {
      void connection.client.register(DidChangeConfigurationNotification.type, { section: SETTINGS_SECTION });
    }
    session.settled = settle(session, schemas, refresh);
  });
  connection.onDidChangeConfiguration(({ settings }) => {
    if (!session.client.configuration && takeSettings(session, sectionOf(settings))) refresh();
    session.settled = settle(session, schemas, refresh);
  });
}

/** The initialization options that ARCHITECTURE.md documents. */
function takeOptions(session: Session, { initializationOptions, capabilities }: InitializeParams): void {
  const options = recordOf(initializationOptions);
  const ours: readonly string[] = Object.values(CLIENT_COMMANDS);
  const offered = stringsOr(options.get('commands'), []).filter(command => ours.includes(command));
  const storage = options.get('storage');
  session.client = clientOf(capabilities, offered, options.get('showsSchema') === true);
  session.storage = typeof storage === 'string' && isAbsolute(storage) ? storage : undefined;
  session.trusted = options.get('trusted') === true;
  takeSettings(session, options.get('settings'));
}

function registerDocuments(session: Session, diagnostics: Diagnostics, check: WorkspaceCheck): void {
  const { connection, documents } = session;
  connection.onDidOpenTextDocument(
    guardedNotification(session, 'textDocument/didOpen', params => {
      documents.open(params);
      check.opened(params.textDocument.uri);
      diagnostics.changed(params.textDocument.uri);
    }),
  );
  connection.onDidChangeTextDocument(
    guardedNotification(session, 'textDocument/didChange', params => {
      documents.change(params);
      diagnostics.changed(params.textDocument.uri);
    }),
  );
  connection.onDidCloseTextDocument(
    guardedNotification(session, 'textDocument/didClose', params => {
      documents.close(params.textDocument.uri);
      diagnostics.closed(params.textDocument.uri);
      check.closed(params.textDocument.uri);
    }),
  );
}
