/** What a plan needs that only the user can allow, asked in VS Code. */

import * as vscode from 'vscode';
import type { ConsequenceKind } from '../../../server/src/engine';
import type { CommandAnswer } from '../../../server/src/protocol';
import { planAsking, type Allowed } from '../allowed-plan';
import type { Connection } from '../connections';
import type { Scene } from '../scene';
import { TAINT, vmName } from '../words';

/**
 * Asks for a plan, and the user for what it needs: the VM of another domain by its name, taint by a modal. Undefined: the
 * user said no, or it failed with words.
 */
export async function planAllowing<T extends object>(
  scene: Scene,
  document: vscode.Uri,
  connection: Connection,
  ask: (allow: readonly ConsequenceKind[]) => Promise<CommandAnswer<T>>,
): Promise<Allowed<T> | undefined> {
  const title = `Reading ${vmName(connection.target, connection.address)}`;
  const asked = await planAsking(
    allowedFor(connection),
    allow =>
      vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () => ask(allow)),
    {
      meansOtherDomain: message => meansOtherDomain(connection, message),
      meansTaint: async (held, otherwise) => {
        const decision = await meansTaint(connection, held, otherwise);
        if (decision === 'taint') allowTaint(scene, document);
        return decision;
      },
    },
  );
  switch (asked.kind) {
    case 'planned':
      return asked.allowed;
    case 'declined':
      return undefined;
    case 'failed':
      scene.tellFailure(asked.failure);
      return undefined;
  }
}

/** What the user has allowed on a VM for as long as the document is connected to it. */
export const allowedFor = ({ mayTaint }: Connection): readonly ConsequenceKind[] =>
  mayTaint === true ? ['taint'] : [];

function allowTaint(scene: Scene, document: vscode.Uri): void {
  const connection = scene.connections.of(document);
  if (connection !== undefined) scene.connections.set(document, { ...connection, mayTaint: true });
}

/** Undefined: the user went away. */
async function meansTaint(
  { target, address }: Connection,
  held: string,
  otherwise: 'plan-without' | 'no-plan',
): Promise<'taint' | 'without' | undefined> {
  const allow = 'Allow Until Disconnected';
  const without = 'Plan Without';
  const vm = vmName(target, address);
  const picked = await vscode.window.showWarningMessage(
    `Reach QEMU of ${vm} behind libvirt's back?`,
    { modal: true, detail: [held, TAINT].filter(text => text !== '').join('\n\n') },
    ...(otherwise === 'plan-without' ? [allow, without] : [allow]),
  );
  if (picked === undefined) return undefined;
  return picked === allow ? 'taint' : 'without';
}

/** Another domain's VM is only meant where the user types its name. */
async function meansOtherDomain(connection: Connection, message: string): Promise<boolean> {
  const name = vmName(connection.target, connection.address);
  const typed = await vscode.window.showInputBox({
    title: 'This is the VM of another domain',
    prompt: `${message} To go on all the same, type the VM's name: ${name}`,
    ignoreFocusOut: true,
    validateInput: text =>
      text === name ? undefined : `Type ${name}, or press Escape to leave the VM alone.`,
  });
  return typed === name;
}
