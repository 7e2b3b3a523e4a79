import * as vscode from 'vscode';
import type { Scene } from './scene';
import type { Proposal, Result } from './plan-view';
import { allowedBy, reasonsToAsk, toneOf } from './words';

/** VMs that were changed from this window: only the first change to each asks a question of its own. */
const changedVms = new Set<string>();

/** Carries out a plan that the user has seen: asks where a modal is due, shows progress, tells the outcome. */
export async function carryOut(scene: Scene, proposal: Proposal): Promise<void> {
  const { address, vm, button } = proposal;
  if (button === undefined) return;
  const weight = { ...proposal.weight, firstToVm: !changedVms.has(address) };
  const reasons = reasonsToAsk(weight, vm);
  if (reasons.length > 0 && !(await agrees(button, reasons))) return;
  const answer = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: button, cancellable: true },
    (progress, token) =>
      proposal.carryOut(allowedBy(weight), { token, onProgress: message => progress.report({ message }) }),
  );
  if (!answer.ok) {
    scene.tellFailure(answer);
    return;
  }
  if (answer.outcome === 'applied') changedVms.add(address);
  scene.plans.finish(proposal, answer.outcome);
  tellOutcome(scene, proposal, answer);
}

async function agrees(button: string, reasons: readonly string[]): Promise<boolean> {
  const options = { modal: true, detail: reasons.join('\n\n') };
  return (await vscode.window.showWarningMessage(`${button}?`, options, button)) === button;
}

/** Shows what is true now. Nobody waits for the message to be closed. */
function tellOutcome(scene: Scene, proposal: Proposal, result: Result): void {
  scene.log.info(`${proposal.vm}: ${result.outcome}: ${result.message}`);
  const actions = new Map<string, () => Promise<void>>();
  const { record } = result;
  if (record !== undefined) actions.set('Show Transcript', () => showRecord(scene, proposal, record));
  if (result.outcome === 'drifted') actions.set('Plan Again', () => proposal.again());
  void messageOf(result)(result.message, ...actions.keys()).then(button =>
    button === undefined ? undefined : actions.get(button)?.(),
  );
}

function messageOf(result: Result): (message: string, ...buttons: string[]) => Thenable<string | undefined> {
  switch (toneOf(result.outcome)) {
    case 'information':
      return (message, ...buttons) => vscode.window.showInformationMessage(message, ...buttons);
    case 'warning':
      return (message, ...buttons) => vscode.window.showWarningMessage(message, ...buttons);
    case 'error':
      return (message, ...buttons) => vscode.window.showErrorMessage(message, ...buttons);
  }
}

async function showRecord(scene: Scene, proposal: Proposal, record: string): Promise<void> {
  const owner = encodeURIComponent(`${proposal.address} ${new Date().toISOString()}`);
  await scene.reading.show(scene.reading.put(`Transcript of ${proposal.vm}.txt`, owner, record));
}
