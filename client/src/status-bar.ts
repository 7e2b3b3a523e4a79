import * as vscode from 'vscode';
import { BUTTON_COMMANDS, CONTEXT_KEYS } from './command-names';
import type { Scene } from './scene';
import { isThroughLibvirt } from './addresses';
import type { Connection } from './connections';
import { vmName } from './words';

/** Keeps the status bar item and the context keys true to the active document. */
export function showVmOfActiveDocument(scene: Scene): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('vm', vscode.StatusBarAlignment.Right, 100);
  item.name = 'VM of the libvirt domain';
  item.command = BUTTON_COMMANDS.vmMenu;
  const update = (): void => updateItem(scene, item);
  update();
  return vscode.Disposable.from(
    item,
    vscode.window.onDidChangeActiveTextEditor(update),
    scene.connections.onDidChange(update),
    scene.documents.onDidOpen(update),
    scene.documents.onDidClose(update),
    vscode.workspace.onDidGrantWorkspaceTrust(update),
  );
}

function updateItem(scene: Scene, item: vscode.StatusBarItem): void {
  const document = vscode.window.activeTextEditor?.document;
  const isDomain = document !== undefined && scene.documents.has(document);
  // A plan in front still speaks of the VM of its source.
  const source = scene.plans.any(document?.uri)?.source ?? (isDomain ? document.uri : undefined);
  const connection = source === undefined ? undefined : scene.connections.of(source);
  void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.isDomain, isDomain);
  void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.connected, connection !== undefined);
  const isLibvirt = connection !== undefined && isThroughLibvirt(connection.address);
  void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.isLibvirt, isLibvirt);
  if (source === undefined) {
    item.hide();
    return;
  }
  if (connection === undefined) {
    const trusted = vscode.workspace.isTrusted;
    item.text = '$(vm-outline) No VM';
    item.tooltip = trusted
      ? 'This document is connected to no VM. Click to connect.'
      : 'Connecting to VMs is off until you trust this workspace.';
  } else {
    item.text = `$(vm) ${vmName(connection.target, connection.address)}`;
    item.tooltip = tooltipOf(connection);
  }
  item.accessibilityInformation = { label: `${item.text.replace(/\$\([^)]*\) /, '')}, VM of this document` };
  item.show();
}

function tooltipOf({ address, target, runState, practice, mayTaint }: Connection): string {
  return [
    practice ? 'Practice VM: simulated, nothing real is changed' : 'VM of this document',
    address,
    ...(target.libvirt === null ? [] : [`libvirt ${target.libvirt}`]),
    `QEMU ${target.qemu}, ${runState}`,
    ...(target.managedBy === null ? [] : [`Managed by ${target.managedBy}`]),
    ...(mayTaint === true ? ["QEMU is reached behind libvirt's back, as you allowed"] : []),
    ...(target.uuid === null ? [] : [target.uuid]),
  ].join('\n');
}
