import * as vscode from 'vscode';
import {
  SERVER_COMMANDS,
  type AddressArguments,
  type DiskSummary,
  type DocumentDisk,
  type DocumentDisksAnswer,
  type DocumentDisksArguments,
  type ListDisksAnswer,
} from '../../../server/src/protocol';
import type { Scene } from '../scene';
import { detachedWords, disksText, filtersWords, vmName } from '../words';
import { allowedFor } from './allowing';
import { proposeChange, type ConnectedDocument } from './change';
import { connectionOf } from './connect';
import { planesFor } from './planes';

/** Show Disks: the filters and limits that each disk of the VM has now. Writes nothing. */
export async function showDisks(scene: Scene, argument?: unknown): Promise<void> {
  const about = await connectedDocument(scene, argument);
  const disks = about && (await disksOfVm(scene, about));
  if (about === undefined || disks === undefined) return;
  const title = `Disks of ${vmOf(about)}`;
  const owner = encodeURIComponent(about.connection.address);
  await scene.reading.show(scene.reading.put(`${title}.md`, owner, disksText(title, disks)));
}

/** Attach Disk to VM…: one of the document's disks, with its filters. With `{ uri, target }` nobody picks. */
export async function attachDisk(scene: Scene, argument?: unknown): Promise<void> {
  const about = await connectedDocument(scene, argument);
  const target = about && (textOf(argument, 'target') ?? (await pickOfDocument(scene, about)));
  if (about === undefined || target === undefined) return;
  await proposeChange(scene, about, {
    command: SERVER_COMMANDS.attachDisk,
    argument: { uri: about.source.toString(), address: about.connection.address, target },
    titleFor: vm => `Attach ${target} to ${vm}`,
    reasons: () => [],
  });
}

/** Detach Disk from VM…: with `{ uri, disk }`, a target or alias, nobody picks. */
export async function detachDisk(scene: Scene, argument?: unknown): Promise<void> {
  const about = await connectedDocument(scene, argument);
  const disk = about && (textOf(argument, 'disk') ?? (await pickOfVm(scene, about)));
  if (about === undefined || disk === undefined) return;
  await proposeChange(scene, about, {
    command: SERVER_COMMANDS.detachDisk,
    argument: { address: about.connection.address, disk },
    titleFor: vm => `Detach ${disk} from ${vm}`,
    reasons: planes => [detachedWords(planes)],
  });
}

async function connectedDocument(scene: Scene, argument: unknown): Promise<ConnectedDocument | undefined> {
  const document = await scene.subject(argument);
  const connection = document && (await connectionOf(scene, document));
  return document && connection && { source: document.uri, connection };
}

async function disksOfVm(
  scene: Scene,
  { connection }: ConnectedDocument,
): Promise<readonly DiskSummary[] | undefined> {
  const argument: AddressArguments = { address: connection.address, allow: allowedFor(connection) };
  const answer = await scene.server.command<ListDisksAnswer>(SERVER_COMMANDS.listDisks, argument);
  if (answer.ok) return answer.disks;
  scene.tellFailure(answer);
  return undefined;
}

type DiskItem = vscode.QuickPickItem & { readonly disk?: string };

/** The target of a disk of the document: those that the VM lacks come first. Undefined: the user went away. */
async function pickOfDocument(scene: Scene, about: ConnectedDocument): Promise<string | undefined> {
  const { source, connection } = about;
  const planes = await planesFor(scene, source, connection);
  if (planes === undefined) return undefined;
  const argument: DocumentDisksArguments = {
    uri: source.toString(),
    address: connection.address,
    planes,
    allow: allowedFor(connection),
  };
  const answer = await scene.server.command<DocumentDisksAnswer>(SERVER_COMMANDS.documentDisks, argument);
  if (!answer.ok) {
    scene.tellFailure(answer);
    return undefined;
  }
  if (answer.disks.length === 0) {
    void vscode.window.showInformationMessage('This document has no disk that could be attached.');
    return undefined;
  }
  const item = ({ target, source: image, filters }: DocumentDisk): DiskItem => ({
    label: target,
    description: filtersWords(filters),
    detail: image ?? 'No image',
    disk: target,
  });
  const items: readonly DiskItem[] = [
    ...section('Not on the VM', answer.disks.filter(({ attached }) => !attached).map(item)),
    ...section('On the VM already', answer.disks.filter(({ attached }) => attached).map(item)),
  ];
  const title = `Attach a disk to ${vmOf(about)}`;
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: 'Attach which disk of this document?',
    matchOnDetail: true,
  });
  return picked?.disk;
}

/** Target or alias of a disk of the VM. Undefined: the user went away, or it failed with words. */
async function pickOfVm(scene: Scene, about: ConnectedDocument): Promise<string | undefined> {
  const disks = await disksOfVm(scene, about);
  if (disks === undefined) return undefined;
  if (disks.length === 0) {
    void vscode.window.showInformationMessage(`${vmOf(about)} has no disks.`);
    return undefined;
  }
  const items = disks.map(({ alias, target, filters, remarks }): DiskItem => ({
    label: target ?? alias,
    description: [...(target === null || target === alias ? [] : [alias]), filtersWords(filters)].join(', '),
    detail: remarks.join(', '),
    disk: target ?? alias,
  }));
  const title = `Detach a disk from ${vmOf(about)}`;
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder: 'Detach which disk?' });
  return picked?.disk;
}

const section = (label: string, items: readonly DiskItem[]): readonly DiskItem[] =>
  items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];

const vmOf = ({ connection }: ConnectedDocument): string => vmName(connection.target, connection.address);

/** A text that the command was called with, as by a lens or another extension. */
function textOf(argument: unknown, name: 'target' | 'disk'): string | undefined {
  if (typeof argument !== 'object' || argument === null || !(name in argument)) return undefined;
  const value: unknown = Reflect.get(argument, name);
  return typeof value === 'string' ? value : undefined;
}
