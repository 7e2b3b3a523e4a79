import * as vscode from 'vscode';
import {
  SERVER_COMMANDS,
  type ConnectAnswer,
  type ConnectArguments,
  type DisconnectArguments,
  type StartPracticeVmAnswer,
  type StartPracticeVmArguments,
} from '../../../server/src/protocol';
import { addressProblem, isThroughLibvirt } from '../addresses';
import { COMMANDS } from '../command-names';
import type { Connection } from '../connections';
import type { Scene } from '../scene';
import { counted, planesWords, vmName, vmTitle } from '../words';
import { pickVm } from './pick-vm';

/** Connect to VM…: with `{ uri, address }` without asking, else the user picks or types an address. */
export async function connect(scene: Scene, argument?: unknown): Promise<void> {
  const document = await scene.subject(argument);
  if (document === undefined || !isTrusted()) return;
  await connectDocument(scene, document, addressOf(argument));
}

/** The document's connection; asks for a VM where it has none. Undefined: the user went away, or it failed with words. */
export async function connectionOf(
  scene: Scene,
  document: vscode.TextDocument,
): Promise<Connection | undefined> {
  if (!isTrusted()) return undefined;
  return scene.connections.of(document.uri) ?? connectDocument(scene, document, undefined);
}

export async function disconnect(scene: Scene, argument?: unknown): Promise<void> {
  const document = await scene.subject(argument);
  if (document !== undefined) await release(scene, document.uri);
}

/** Takes a document's connection away; the server ends the session where no other document has the VM. */
export async function release(scene: Scene, document: vscode.Uri): Promise<void> {
  const last = scene.connections.remove(document);
  if (last === undefined) return;
  // A practice VM is the document's own.
  const command = last.practice ? SERVER_COMMANDS.stopPracticeVm : SERVER_COMMANDS.disconnect;
  const argument: DisconnectArguments = { address: last.address, uri: document.toString() };
  if (last.practice && scene.connections.uses(last.address)) return;
  const answer = await scene.server.command<object>(command, argument);
  if (!answer.ok) scene.log.warn(`${last.address}: ${answer.message}`);
}

/** The menu of the status bar item: Connect, or what can be done with the VM. */
export async function vmMenu(scene: Scene): Promise<void> {
  const document = await scene.subject();
  if (document === undefined) return;
  const connection = scene.connections.of(document.uri);
  if (connection === undefined) return connect(scene, document.uri);
  const items = [
    { label: '$(git-compare) Show Plan', command: COMMANDS.showPlan },
    { label: '$(cloud-upload) Apply to VM', command: COMMANDS.apply },
    ...(isThroughLibvirt(connection.address) ? libvirtItems(scene, document.uri) : []),
    { label: '$(list-unordered) List Throttle Groups', command: COMMANDS.listGroups },
    { label: '$(list-tree) Show Disks', command: COMMANDS.showDisks },
    { label: '$(add) Attach Disk to VM…', command: COMMANDS.attachDisk },
    { label: '$(remove) Detach Disk from VM…', command: COMMANDS.detachDisk },
    { label: '$(discard) Undo Last Change on VM…', command: COMMANDS.undo },
    { label: '$(vm-connect) Connect to Another VM…', command: COMMANDS.connect },
    { label: '$(debug-disconnect) Disconnect', command: COMMANDS.disconnect },
  ];
  const title = vmTitle(connection.target, connection.address);
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder: `${title}: what to do?` });
  if (picked !== undefined) await vscode.commands.executeCommand(picked.command, document.uri);
}

const libvirtItems = (scene: Scene, document: vscode.Uri) => {
  const planes = scene.planes.of(document);
  return [
    {
      label: '$(settings) Choose Live or Config…',
      ...(planes === undefined ? {} : { description: `now ${planesWords(planes)}` }),
      command: COMMANDS.choosePlanes,
    },
    { label: "$(discard) Return to Libvirt's Chain", command: COMMANDS.returnToLibvirt },
  ];
};

async function connectDocument(
  scene: Scene,
  document: vscode.TextDocument,
  given: string | undefined,
): Promise<Connection | undefined> {
  const choice = given === undefined ? await pickVm(scene) : { address: given };
  if (choice === undefined) return undefined;
  if (choice === 'practice') return connectToPractice(scene, document);
  const address = choice === 'type' ? await typeAddress() : choice.address;
  return address === undefined ? undefined : connectTo(scene, document, address, { practice: false });
}

async function connectToPractice(
  scene: Scene,
  document: vscode.TextDocument,
): Promise<Connection | undefined> {
  const argument: StartPracticeVmArguments = { uri: document.uri.toString() };
  const answer = await scene.server.command<StartPracticeVmAnswer>(SERVER_COMMANDS.startPracticeVm, argument);
  if (answer.ok) return connectTo(scene, document, answer.address, { practice: true });
  scene.tellFailure(answer);
  return undefined;
}

async function connectTo(
  scene: Scene,
  document: vscode.TextDocument,
  address: string,
  { practice }: { readonly practice: boolean },
): Promise<Connection | undefined> {
  // A simulated VM says nothing of the libvirt and QEMU that the document is meant for.
  const argument: ConnectArguments = { address, ...(practice ? {} : { uri: document.uri.toString() }) };
  const answer = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Connecting to ${address}`, cancellable: true },
    (_progress, token) => scene.server.command<ConnectAnswer>(SERVER_COMMANDS.connect, argument, token),
  );
  if (!answer.ok) {
    scene.tellFailure(answer);
    return undefined;
  }
  const before = scene.connections.of(document.uri);
  if (before !== undefined && before.address !== answer.address) await release(scene, document.uri);
  const { target, runState } = answer;
  const connection = { address: answer.address, target, runState, practice };
  scene.connections.set(document.uri, connection);
  if (!practice) await scene.recent.add(answer.address);
  scene.log.info(
    `Connected to ${vmName(target, answer.address)}: QEMU ${target.qemu}, ${counted(answer.groups.length, 'throttle group')}`,
  );
  return connection;
}

async function typeAddress(): Promise<string | undefined> {
  const typed = await vscode.window.showInputBox({
    title: 'Connect to VM',
    prompt: "Address of the VM's QMP socket, or libvirt:DOMAIN",
    placeHolder: 'unix:/run/vm.sock',
    ignoreFocusOut: true,
    validateInput: addressProblem,
  });
  return typed?.trim();
}

function addressOf(argument: unknown): string | undefined {
  if (typeof argument !== 'object' || argument === null || !('address' in argument)) return undefined;
  return typeof argument.address === 'string' ? argument.address : undefined;
}

/** The commands are off in package.json; this holds where they are called past it. */
function isTrusted(): boolean {
  if (vscode.workspace.isTrusted) return true;
  void vscode.window
    .showWarningMessage('Connecting to VMs is off until you trust this workspace.', 'Manage Trust')
    .then(button => {
      if (button !== undefined) void vscode.commands.executeCommand('workbench.trust.manage');
    });
  return false;
}
