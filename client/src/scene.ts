import * as vscode from 'vscode';
import type { CommandFailure } from '../../server/src/protocol';
import { COMMANDS } from './command-names';
import type { ChosenPlanes } from './chosen-planes';
import type { Connections } from './connections';
import type { DomainDocuments } from './domain-documents';
import type { PlanView } from './plan-view';
import type { ReadDocuments } from './read-documents';
import type { RecentVms } from './recent-vms';
import type { Server } from './server';

/** What a command works with. */
export class Scene {
  constructor(
    readonly server: Server,
    readonly documents: DomainDocuments,
    readonly connections: Connections,
    readonly reading: ReadDocuments,
    readonly plans: PlanView,
    readonly recent: RecentVms,
    readonly planes: ChosenPlanes,
    readonly log: vscode.LogOutputChannel,
  ) {}

  /**
   * The libvirt domain that a command is about: the one that it was called with, the active one, or the one that
   * the active plan was made for. Says so and gives undefined where there is none.
   */
  async subject(argument?: unknown): Promise<vscode.TextDocument | undefined> {
    const uri = uriOf(argument) ?? vscode.window.activeTextEditor?.document.uri;
    const source = this.plans.any(uri)?.source ?? uri;
    if (source !== undefined) {
      const document = await vscode.workspace.openTextDocument(source).then(undefined, () => undefined);
      if (document !== undefined && this.documents.has(document)) return document;
    }
    void vscode.window.showWarningMessage(
      'Open a libvirt domain first: an XML document whose root element is <domain>, or a file named *.domain.xml.',
    );
    return undefined;
  }

  /** Shows why something could not be done. Nobody waits for the message to be closed. */
  tellFailure(failure: CommandFailure): void {
    this.log.warn(`${failure.reason}: ${failure.message}`);
    void vscode.window.showErrorMessage(failure.message, 'Show Log').then(button => {
      if (button !== undefined) void vscode.commands.executeCommand(COMMANDS.showLog);
    });
  }
}

/** Menus and lenses call with a Uri; a keybinding or another extension may with `{ uri }`. */
function uriOf(argument: unknown): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) return argument;
  if (typeof argument !== 'object' || argument === null || !('uri' in argument)) return undefined;
  if (argument.uri instanceof vscode.Uri) return argument.uri;
  return typeof argument.uri === 'string' ? vscode.Uri.parse(argument.uri) : undefined;
}
