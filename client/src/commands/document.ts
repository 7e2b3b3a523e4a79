import * as vscode from 'vscode';
import {
  SERVER_COMMANDS,
  type FindingsAnswer,
  type FindingsArguments,
  type ShowReferencesArguments,
} from '../../../server/src/protocol';
import type { Scene } from '../scene';
import { findingsSummary } from '../words';

/** Check Document: says how many findings there are and shows them in Problems. */
export async function checkDocument(scene: Scene, argument?: unknown): Promise<void> {
  const document = await scene.subject(argument);
  if (document === undefined) return;
  const about: FindingsArguments = { uri: document.uri.toString() };
  const answer = await scene.server.command<FindingsAnswer>(SERVER_COMMANDS.findings, about);
  if (!answer.ok) {
    scene.tellFailure(answer);
    return;
  }
  const name = vscode.workspace.asRelativePath(document.uri);
  if (!answer.libvirt) {
    void vscode.window.showInformationMessage(`${name} is not a libvirt domain, so it is not checked.`);
    return;
  }
  const summary = findingsSummary(answer.findings);
  void vscode.window.showInformationMessage(
    summary === undefined ? `${name}: nothing found.` : `${name}: ${summary}.`,
  );
  if (summary !== undefined) await vscode.commands.executeCommand('workbench.actions.view.problems');
}

export async function restartServer(scene: Scene): Promise<void> {
  await scene.server.restart();
}

export function showLog(scene: Scene): void {
  scene.log.show();
}

/** The command of the lens above a group: its places in the editor's own list of references. */
export async function showReferences(argument: ShowReferencesArguments): Promise<void> {
  const { start, locations } = { start: argument.position, locations: argument.locations };
  await vscode.commands.executeCommand(
    'editor.action.showReferences',
    vscode.Uri.parse(argument.uri),
    new vscode.Position(start.line, start.character),
    locations.map(
      ({ uri, range }) =>
        new vscode.Location(
          vscode.Uri.parse(uri),
          new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character),
        ),
    ),
  );
}
