/** Plans that the server makes only, or makes whole only, where the user allows something first. */

import * as vscode from 'vscode';
import type { ConsequenceKind } from '../../../server/src/engine';
import type { CommandAnswer } from '../../../server/src/protocol';
import { stringsOf } from '../addresses';
import type { Connection } from '../connections';
import type { Scene } from '../scene';
import { TAINT, vmName } from '../words';

/** A plan, and what the user allowed for it. */
export interface Allowed<T> {
  readonly answer: { readonly ok: true } & T;
  readonly allow: readonly ConsequenceKind[];
}

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
  const allow = new Set(allowedFor(connection));
  let taintRefused = false;
  for (;;) {
    const answer = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Window,
        title: `Reading ${vmName(connection.target, connection.address)}`,
      },
      () => ask([...allow]),
    );
    if (!answer.ok && answer.reason === 'other-domain' && !allow.has('other-domain')) {
      if (!(await meansOtherDomain(connection, answer.message))) return undefined;
      allow.add('other-domain');
    } else if (wantsTaint(answer) && !allow.has('taint') && !taintRefused) {
      const held = answer.ok ? heldIn(answer) : answer.message;
      const decision = await meansTaint(connection, held, answer.ok ? 'plan-without' : 'no-plan');
      if (decision === undefined) return undefined;
      if (decision === 'without') taintRefused = true;
      else {
        allow.add('taint');
        allowTaint(scene, document);
      }
      if (taintRefused && answer.ok) return { answer, allow: [...allow] };
    } else if (answer.ok) {
      return { answer, allow: [...allow] };
    } else {
      scene.tellFailure(answer);
      return undefined;
    }
  }
}

/** What the user has allowed on a VM for as long as the document is connected to it. */
export const allowedFor = ({ mayTaint }: Connection): readonly ConsequenceKind[] =>
  mayTaint === true ? ['taint'] : [];

function allowTaint(scene: Scene, document: vscode.Uri): void {
  const connection = scene.connections.of(document);
  if (connection !== undefined) scene.connections.set(document, { ...connection, mayTaint: true });
}

/** The server says so of a whole plan that is not made, and of one that leaves something out. */
const wantsTaint = (answer: CommandAnswer<object>): boolean =>
  answer.ok ? 'wantsTaint' in answer && answer.wantsTaint === true : answer.reason === 'taint';

const heldIn = (answer: object): string => ('held' in answer ? stringsOf(answer.held).join('\n\n') : '');

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
