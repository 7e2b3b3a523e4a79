import * as vscode from 'vscode';
import { SERVER_COMMANDS, type CheckWorkspaceAnswer } from '../../../server/src/protocol';
import type { Scene } from '../scene';
import { workspaceSummary } from '../words';

/** Check Workspace: all libvirt documents of the folders. The server shows its progress, and its findings in Problems. */
export async function checkWorkspace(scene: Scene): Promise<void> {
  const answer = await scene.server.command<CheckWorkspaceAnswer>(SERVER_COMMANDS.checkWorkspace, {});
  if (!answer.ok) {
    scene.tellFailure(answer);
    return;
  }
  scene.server.workspaceIsChecked();
  for (const { path, message } of answer.unreadable) scene.log.warn(`${path} was not checked: ${message}`);
  void vscode.window.showInformationMessage(workspaceSummary(answer));
  if (answer.withFindings > 0) await vscode.commands.executeCommand('workbench.actions.view.problems');
}
