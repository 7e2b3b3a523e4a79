import * as vscode from 'vscode';
import {
  SERVER_COMMANDS,
  SETTINGS_SECTION,
  type FetchSchemasAnswer,
  type FetchSchemasArguments,
} from '../../../server/src/protocol';
import type { Scene } from '../scene';

/** Fetch Schemas from Libvirt Host…: asks for the host, and only then reaches it. */
export async function fetchSchemas(scene: Scene): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    scene.tellFailure({
      ok: false,
      reason: 'untrusted',
      message: 'Schemas are fetched over ssh, which is off until you trust this workspace.',
    });
    return;
  }
  const typed = await vscode.window.showInputBox({
    title: 'Fetch Schemas from Libvirt Host',
    prompt:
      'A libvirt host that ssh reaches without asking for a password. Its /usr/share/libvirt/schemas is read.',
    placeHolder: 'qemu+ssh://root@host/system, or root@host',
    ignoreFocusOut: true,
  });
  const from = typed?.trim() ?? '';
  if (from === '') return;
  const argument: FetchSchemasArguments = { from };
  const { answer, cancelled } = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: `Fetching schemas from ${from}`,
      cancellable: true,
    },
    async (_progress, token) => {
      const { fetchSchemas: command } = SERVER_COMMANDS;
      const said = await scene.server.command<FetchSchemasAnswer>(command, argument, token);
      return { answer: said, cancelled: token.isCancellationRequested };
    },
  );
  if (!answer.ok) {
    // Who stopped it knows; the schemas of before are where they were.
    if (cancelled) return;
    scene.tellFailure(answer);
    return;
  }
  if (answer.used) {
    void vscode.window.showInformationMessage(`Documents are checked by the schemas of ${answer.host} now.`);
    return;
  }
  const use = 'Use Them';
  const chosen = await vscode.window.showInformationMessage(
    `The schemas of ${answer.host} are here, but others come first: those that are installed on this machine, or what the setting libvirtDomain.schema says.`,
    use,
  );
  if (chosen === use) {
    await vscode.workspace
      .getConfiguration(SETTINGS_SECTION)
      .update('schema', answer.directory, vscode.ConfigurationTarget.Global);
  }
}
