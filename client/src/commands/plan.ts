import * as vscode from 'vscode';
import {
  SERVER_COMMANDS,
  type ApplyAnswer,
  type ApplyArguments,
  type PlanAnswer,
  type PlanArguments,
} from '../../../server/src/protocol';
import type { Allowed } from '../allowed-plan';
import { carryOut } from '../carry-out';
import type { Connection } from '../connections';
import type { Proposal } from '../plan-view';
import type { Scene } from '../scene';
import { applyTitle, GROUP_DELETED, recordText, vmName, vmTitle, weightOf } from '../words';
import { planAllowing } from './allowing';
import { connectionOf } from './connect';
import { planesFor } from './planes';

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

/** Return to Libvirt's Chain: the filters of running disks as libvirt's live XML has them. Its plan first, as for all. */
export async function returnToLibvirt(scene: Scene, argument?: unknown): Promise<void> {
  const document = await scene.subject(argument);
  const connection = document === undefined ? undefined : await connectionOf(scene, document);
  if (document === undefined || connection === undefined) return;
  const proposal = await propose(scene, document, connection, { planes: ['live'], return: true });
  if (proposal === undefined) return;
  offer(scene, proposal);
  if (proposal.button !== undefined) return;
  void vscode.window.showInformationMessage(
    `The disks of ${vmTitle(connection.target, connection.address)} have the filters of libvirt's XML already.`,
  );
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
  const planes = await planesFor(scene, document.uri, connection);
  if (planes === undefined) return undefined;
  const proposal = await propose(scene, document, connection, { planes });
  if (proposal !== undefined && proposal.button === undefined) {
    void vscode.window.showInformationMessage(
      `${vmTitle(connection.target, connection.address)} already has the throttle groups and filters of this document.`,
    );
  }
  return proposal;
}

/** What is wanted of the VM: what the document says, or libvirt's chains back. */
type Wanted = Pick<PlanArguments, 'planes' | 'return'>;

/** Shows the plan. */
async function propose(
  scene: Scene,
  document: vscode.TextDocument,
  connection: Connection,
  wanted: Wanted,
): Promise<Proposal | undefined> {
  const about = { uri: document.uri.toString(), address: connection.address, ...wanted };
  const allowed = await planAllowing(scene, document.uri, connection, allow => {
    const argument: PlanArguments = { ...about, allow };
    return scene.server.command<PlanAnswer>(SERVER_COMMANDS.plan, argument);
  });
  if (allowed === undefined) return undefined;
  const proposal = proposalOf(scene, document, connection, wanted, allowed);
  await scene.plans.show(proposal);
  return proposal;
}

function proposalOf(
  scene: Scene,
  document: vscode.TextDocument,
  connection: Connection,
  wanted: Wanted,
  { answer, allow }: Allowed<PlanAnswer>,
): Proposal {
  const { address, target, changes, hash } = answer;
  const vm = vmName(target, address);
  const back = wanted.return === true;
  return {
    title: back ? `Return of ${vm} to libvirt's chain` : `Plan for ${vm}`,
    source: document.uri,
    address,
    vm,
    button: changes === 0 ? undefined : applyTitle(changes, target, address),
    text: answer.text,
    diff: {
      before: answer.vmGroups,
      after: answer.documentGroups,
      title: `Throttle groups: ${vm} ↔ ${back ? "libvirt's XML" : nameOf(document)}`,
    },
    weight: weightOf(
      { reasons: answer.deletes ? [GROUP_DELETED] : [], consequences: answer.consequences },
      allow,
      connection,
    ),
    carryOut: async (allowed, { token, onProgress }) => {
      const argument: ApplyArguments = {
        uri: document.uri.toString(),
        address,
        hash,
        ...wanted,
        allow: [...new Set([...allow, ...allowed])],
      };
      const command = SERVER_COMMANDS.apply;
      const applied = await scene.server.command<ApplyAnswer>(command, argument, token, onProgress);
      return applied.ok ? { ...applied, record: recordText(applied) } : applied;
    },
    again: async () => {
      const now = scene.connections.of(document.uri) ?? connection;
      await (back ? propose(scene, document, now, wanted) : plan(scene, document, now));
    },
  };
}

const nameOf = (document: vscode.TextDocument): string => document.uri.path.split('/').at(-1) ?? 'document';
