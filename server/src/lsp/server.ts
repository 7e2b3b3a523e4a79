/** The language server on a connection: start, settings, documents, end. */

import { isAbsolute } from 'node:path';
import { CLIENT_COMMANDS, SETTINGS_SECTION, TRUST_NOTIFICATION } from '../protocol';
import { CodeLensRefreshRequest, DidChangeConfigurationNotification } from 'vscode-languageserver/node';
import type { Connection, InitializeResult } from 'vscode-languageserver/node';
import { clientOf, serverCapabilities } from './abilities';
import { registerCommands } from './commands';
import { serveDiagnostics } from './diagnostics';
import { registerEditing } from './editing';
import type { Diagnostics } from './diagnostics';
import { guardedNotification, messageOf } from './guard';
import { registerFeatures } from './handlers';
import { SessionSchemas } from './schemas';
import { newSession } from './session';
import type { Session } from './session';
import { recordOf, sectionOf, settingsOf, stringsOr, worldOf } from './settings';
import { serveWorkspace, type Workspace } from './workspace';
import type { WorkspaceCheck } from './workspace-check';

/** Serves the connection from now on. Returns at once; the connection's end is the server's end. */
export function startServer(connection: Connection): void {
  const session: Session = newSession(connection, () => schemas.domainIsOpen());
  const workspace = serveWorkspace(session);
  const diagnostics = withWorkspace(serveDiagnostics(session), workspace.check);
  const schemas = new SessionSchemas(session, () => {
    takeWorld(session);
    refreshAll(session, diagnostics);
  });
  registerLifecycle(session, diagnostics, workspace, schemas);
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

function registerLifecycle(
  session: Session,
  diagnostics: Diagnostics,
  workspace: Workspace,
  schemas: SessionSchemas,
): void {
  const { connection } = session;
  const commands = registerCommands(session, workspace.check, schemas, () => {
    // A diagnostic's result id names the count: all are made anew.
    session.settingsCount++;
    refreshAll(session, diagnostics);
  });
  connection.onInitialize((params): InitializeResult => {
    const options = recordOf(params.initializationOptions);
    const ours: readonly string[] = Object.values(CLIENT_COMMANDS);
    const offered = stringsOr(options.get('commands'), []).filter(command => ours.includes(command));
    session.client = clientOf(params.capabilities, offered, options.get('showsSchema') === true);
    const storage = options.get('storage');
    session.storage = typeof storage === 'string' && isAbsolute(storage) ? storage : undefined;
    session.trusted = options.get('trusted') === true;
    takeSettings(session, options.get('settings'));
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
    session.settled = settle(session, diagnostics, schemas);
  });
  connection.onDidChangeConfiguration(({ settings }) => {
    if (!session.client.configuration && takeSettings(session, sectionOf(settings))) {
      refreshAll(session, diagnostics);
    }
    session.settled = settle(session, diagnostics, schemas);
  });
  connection.onNotification(TRUST_NOTIFICATION, (params: unknown) => {
    session.trusted = recordOf(params).get('trusted') === true;
    if (!session.trusted) commands.releaseAll();
  });
  connection.onShutdown(async () => {
    diagnostics.stop();
    await commands.stop();
  });
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

/** How long diagnostics wait for an editor that is slow to tell its settings, and for the schema, milliseconds. */
const SETTINGS_DEADLINE = 2000;

/** Settings, then the schema that they want. Never rejects: without an answer the settings stay as they are. */
function settle(session: Session, diagnostics: Diagnostics, schemas: SessionSchemas): Promise<void> {
  const asked = session.client.configuration ? askForSettings(session, diagnostics) : Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>(resolve => {
    timer = setTimeout(resolve, SETTINGS_DEADLINE);
  });
  return Promise.race([asked.then(() => schemas.follow()), late]).finally(() => clearTimeout(timer));
}

const askForSettings = (session: Session, diagnostics: Diagnostics): Promise<void> =>
  session.connection.workspace.getConfiguration(SETTINGS_SECTION).then(
    (answer: unknown) => {
      if (takeSettings(session, answer)) refreshAll(session, diagnostics);
    },
    (error: unknown) => {
      session.connection.console.warn(`The editor did not tell its settings: ${messageOf(error)}`);
    },
  );

/** Whether anything is other than before. */
function takeSettings(session: Session, value: unknown): boolean {
  const settings = settingsOf(value);
  if (JSON.stringify(settings) === JSON.stringify(session.settings)) return false;
  session.settings = settings;
  takeWorld(session);
  return true;
}

/** What the settings and the schema in use let the rules know. */
function takeWorld(session: Session): void {
  const { settings, schema } = session;
  session.world = { ...worldOf(settings), ...(schema === undefined ? {} : { schema }) };
  session.settingsCount++;
}

function refreshAll(session: Session, diagnostics: Diagnostics): void {
  diagnostics.refresh();
  if (session.client.refreshesLenses) void session.connection.sendRequest(CodeLensRefreshRequest.type);
}
