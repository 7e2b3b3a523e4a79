/** One thing of a VM that is changed: its plan is shown, and carried out where the user says so. */

import type * as vscode from 'vscode';
import type {
  AddressArguments,
  AttachDiskArguments,
  ChangeAnswer,
  CommandAnswer,
  DetachDiskArguments,
  GroupArguments,
  Planes,
  ServerCommand,
} from '../../../server/src/protocol';
import type { Connection } from '../connections';
import type { Proposal, Result, Run } from '../plan-view';
import type { Scene } from '../scene';
import { recordText, vmName, vmTitle, weightOf } from '../words';
import { planAllowing } from './allowing';
import { offer } from './plan';
import { planesFor } from './planes';

/** A document and its VM. */
export interface ConnectedDocument {
  readonly source: vscode.Uri;
  readonly connection: Connection;
}

export interface Change {
  readonly command: ServerCommand;
  /** Without what the user is asked: planes, what is allowed, the confirmation. */
  readonly argument: AddressArguments | GroupArguments | AttachDiskArguments | DetachDiskArguments;
  /** The server knows itself which sides are meant, so nobody is asked. */
  readonly knowsPlanes?: true;
  /** "Delete group gold on db01", for the VM as it is called. */
  readonly titleFor: (vm: string) => string;
  /** Sentences for which a modal asks before it is carried out. */
  readonly reasons: (planes: Planes) => readonly string[];
}

/** Shows what would be done, and offers to do it. */
export async function proposeChange(scene: Scene, about: ConnectedDocument, change: Change): Promise<void> {
  const { source, connection } = about;
  const planes = change.knowsPlanes === true ? [] : await planesFor(scene, source, connection);
  if (planes === undefined) return;
  const allowed = await planAllowing(scene, source, connection, allow =>
    scene.server.command<ChangeAnswer>(change.command, { ...change.argument, planes, allow }),
  );
  if (allowed === undefined) return;
  const { answer, allow } = allowed;
  const { address, target } = connection;
  const vm = vmName(target, address);
  const proposal: Proposal = {
    title: change.titleFor(vm),
    source,
    address,
    vm,
    button: answer.outcome === 'unchanged' ? undefined : change.titleFor(vmTitle(target, address)),
    text: answer.text,
    diff: undefined,
    weight: weightOf(
      { reasons: change.reasons(planes), consequences: answer.consequences ?? [] },
      allow,
      connection,
    ),
    carryOut: (more, run) => {
      const argument = { ...change.argument, planes, allow: [...new Set([...allow, ...more])] };
      return confirm(scene, { ...change, argument }, answer.hash, run);
    },
    again: () => proposeChange(scene, about, change),
  };
  await scene.plans.show(proposal);
  offer(scene, proposal);
}

async function confirm(
  scene: Scene,
  change: Change,
  hash: string | undefined,
  { token, onProgress }: Run,
): Promise<CommandAnswer<Result>> {
  const argument: Change['argument'] = {
    ...change.argument,
    confirmed: true,
    ...(hash === undefined ? {} : { hash }),
  };
  const answer = await scene.server.command<ChangeAnswer>(change.command, argument, token, onProgress);
  if (!answer.ok) return answer;
  const { outcome = 'unknown', message = answer.text, steps = [], differs = [], transcript = '' } = answer;
  const record = recordText({ outcome, message, steps, differs, transcript });
  return { ok: true, outcome, message, record };
}
