/** The wiring of what concerns the whole workspace: its folders, its symbols, its check. */

import type { InitializeParams } from 'vscode-languageserver/node';
import { guarded, guardedNotification } from './guard';
import type { Session } from './session';
import { recordOf } from './settings';
import { WorkspaceCheck } from './workspace-check';
import { WorkspaceDocuments } from './workspace-documents';

export interface Workspace {
  readonly check: WorkspaceCheck;
  /** Takes the folders that the editor names; without any there is no workspace. */
  initialize(params: InitializeParams): void;
  /** The editor is ready for requests of ours. */
  initialized(): void;
}

export function serveWorkspace(session: Session): Workspace {
  const { connection } = session;
  const documents = new WorkspaceDocuments(session);
  const check = new WorkspaceCheck(session, documents);
  let tellsFolders = false;
  connection.onWorkspaceSymbol(({ query }, token) =>
    guarded(session, 'workspace/symbol', () => documents.find(query, token)),
  );
  connection.onDidChangeWatchedFiles(
    guardedNotification(session, 'workspace/didChangeWatchedFiles', ({ changes }) => check.changed(changes)),
  );
  return {
    check,
    initialize: params => {
      const { workspaceFolders, capabilities } = params;
      documents.folders = workspaceFolders?.map(folder => folder.uri) ?? rootOf(params);
      tellsFolders = capabilities.workspace?.workspaceFolders === true;
    },
    initialized: () => {
      if (!tellsFolders) return;
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(folder => folder.uri));
        documents.folders = [
          ...documents.folders.filter(uri => !gone.has(uri)),
          ...added.map(folder => folder.uri),
        ];
        check.refresh();
      });
    },
  };
}

/** What older editors name, which know one folder only. */
function rootOf(params: object): readonly string[] {
  const root = recordOf(params).get('rootUri');
  return typeof root === 'string' ? [root] : [];
}
