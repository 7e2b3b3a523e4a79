import * as vscode from 'vscode';
import type { ConsequenceKind } from '../../../server/src/engine';
import {
  SERVER_COMMANDS,
  type ApplyAnswer,
  type ApplyArguments,
  type CommandAnswer,
  type PlanAnswer,
  type PlanArguments,
} from '../../../server/src/protocol';
import { carryOut } from '../carry-out';
import type { Connection } from '../connections';
import type { Proposal } from '../plan-view';
import type { Scene } from '../scene';
import { applyTitle, recordText, vmName, vmTitle } from '../words';
import { connectionOf } from './connect';

/** Show Plan: what Apply would do, as a document and a diff. Writes nothing. */
export async function showPlan(scene: Scene, argument?: unknown): Promise<void> {
  const document = await scene.subject(argument);
  const connection = document === undefined ? undefined : await connectionOf(scene, document);
  if (document !== undefined && connection !== undefined) await plan(scene, document, connection);
}

/**
 * Apply to VM. On a plan: carries it out. On a document: shows its plan first and offers its button in a message;
 * nothing is written before that.
 */
export async function apply(scene: Scene, argument?: unknown): Promise<void> {
  const uri = argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
  const shown = scene.plans.open(uri);
  if (shown !== undefined) return carryOut(scene, shown);
  const document = await scene.subject(argument);
  const connection = document === undefined ? undefined : await connectionOf(scene, document);
  if (document === undefined || connection === undefined) return;
  const proposal = await plan(scene, document, connection);
  if (proposal !== undefined) offer(scene, proposal);
}

export async function showDiff(scene: Scene, argument?: unknown): Promise<void> {
  const proposal = scene.plans.any(argument instanceof vscode.Uri ? argument : undefined);
  if (proposal !== undefined) await scene.plans.showDiff(proposal);
}

export async function planAgain(scene: Scene, argument?: unknown): Promise<void> {
  await scene.plans.any(argument instanceof vscode.Uri ? argument : undefined)?.again();
}

/** Offers the button of a plan that stands open. Nobody waits for the message to be closed. */
export function offer(scene: Scene, proposal: Proposal): void {
  const { button } = proposal;
  if (button === undefined) return;
  void vscode.window.showInformationMessage(`${button}? Its plan is open.`, button).then(pressed => {
    if (pressed !== undefined) void carryOut(scene, proposal);
  });
}

async function plan(
  scene: Scene,
  document: vscode.TextDocument,
  connection: Connection,
): Promise<Proposal | undefined> {
  let allow: readonly ConsequenceKind[] = [];
  let answer = await askForPlan(scene, document.uri, connection, allow);
  if (
    !answer.ok &&
    answer.reason === 'other-domain' &&
    (await meansOtherDomain(connection, answer.message))
  ) {
    allow = ['other-domain'];
    answer = await askForPlan(scene, document.uri, connection, allow);
  } else if (!answer.ok && answer.reason === 'other-domain') {
    return undefined;
  }
  if (!answer.ok) {
    scene.tellFailure(answer);
    return undefined;
  }
  const proposal = proposalOf(scene, document, connection, answer, allow);
  await scene.plans.show(proposal);
  if (answer.changes === 0) {
    void vscode.window.showInformationMessage(
      `${vmTitle(answer.target, answer.address)} already has the throttle groups of this document.`,
    );
  }
  return proposal;
}

async function askForPlan(
  scene: Scene,
  document: vscode.Uri,
  connection: Connection,
  allow: readonly ConsequenceKind[],
): Promise<CommandAnswer<PlanAnswer>> {
  const argument: PlanArguments = { uri: document.toString(), address: connection.address, allow };
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Window,
      title: `Reading ${vmName(connection.target, connection.address)}`,
    },
    () => scene.server.command<PlanAnswer>(SERVER_COMMANDS.plan, argument),
  );
}

function proposalOf(
  scene: Scene,
  document: vscode.TextDocument,
  connection: Connection,
  answer: PlanAnswer,
  allow: readonly ConsequenceKind[],
): Proposal {
  const vm = vmName(answer.target, answer.address);
  return {
    title: `Plan for ${vm}`,
    source: document.uri,
    address: answer.address,
    vm,
    button: answer.changes === 0 ? undefined : applyTitle(answer.changes, answer.target, answer.address),
    text: answer.text,
    diff: {
      before: answer.vmGroups,
      after: answer.documentGroups,
      title: `Throttle groups: ${vm} ↔ ${nameOf(document)}`,
    },
    weight: { deletes: answer.deletes, consequences: answer.consequences },
    carryOut: async (allowed, token) => {
      const argument: ApplyArguments = {
        uri: document.uri.toString(),
        address: answer.address,
        hash: answer.hash,
        allow: [...new Set([...allow, ...allowed])],
      };
      const applied = await scene.server.command<ApplyAnswer>(SERVER_COMMANDS.apply, argument, token);
      return applied.ok ? { ...applied, record: recordText(applied) } : applied;
    },
    again: async () => {
      await plan(scene, document, connection);
    },
  };
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

const nameOf = (document: vscode.TextDocument): string => document.uri.path.split('/').at(-1) ?? 'document';
