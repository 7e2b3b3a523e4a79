/** The wiring of what concerns the whole workspace: its folders, its symbols, its check. */

import type { InitializeParams } from 'vscode-languageserver/node';
import { guarded, guardedNotification } from './guard';
import type { Session } from './session';
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
    initialize: ({ workspaceFolders, rootUri, capabilities }) => {
      // rootUri is what older editors name; newer ones say null there, or the first of the folders.
      const root = rootUri ?? undefined;
      documents.folders = workspaceFolders?.map(folder => folder.uri) ?? (root === undefined ? [] : [root]);
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
