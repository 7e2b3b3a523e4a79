import * as vscode from 'vscode';
import type { Planes } from '../../../server/src/protocol';
import { isThroughLibvirt } from '../addresses';
import type { Connection } from '../connections';
import type { Scene } from '../scene';
import { planesWords, SHUT_OFF, vmName } from '../words';
import { connectionOf } from './connect';

/** What of the VM a change is for. Asked once a document where libvirt knows two answers. Undefined: the user went away. */
export async function planesFor(
  scene: Scene,
  document: vscode.Uri,
  connection: Connection,
): Promise<Planes | undefined> {
  if (!isThroughLibvirt(connection.address)) return ['live'];
  return scene.planes.of(document) ?? (await choose(scene, document, connection));
}

/** Choose Live or Config…: for a document that has chosen already. */
export async function choosePlanes(scene: Scene, argument?: unknown): Promise<void> {
  const document = await scene.subject(argument);
  const connection = document === undefined ? undefined : await connectionOf(scene, document);
  if (document === undefined || connection === undefined) return;
  if (isThroughLibvirt(connection.address)) {
    await choose(scene, document.uri, connection);
    return;
  }
  void vscode.window.showInformationMessage(
    `${vmName(connection.target, connection.address)} is reached by a QMP socket, which knows the running VM only. Connect to libvirt:DOMAIN to change its persistent definition too.`,
  );
}

async function choose(
  scene: Scene,
  document: vscode.Uri,
  { target, address, runState }: Connection,
): Promise<Planes | undefined> {
  const before = scene.planes.of(document);
  const isOff = runState === SHUT_OFF;
  const off = isOff ? 'not running now' : '';
  type Item = vscode.QuickPickItem & { readonly planes: Planes };
  const item = (label: string, planes: Planes, description: string, detail: string): Item => ({
    label,
    planes,
    description:
      before !== undefined && planesWords(before) === planesWords(planes) ? 'as before' : description,
    detail,
  });
  const both = item(
    'Both',
    ['live', 'config'],
    off,
    'The running VM now, and its persistent definition, so that the next start has the same.',
  );
  const live = item('Live', ['live'], off, 'The running VM only: lost when it is started anew.');
  const config = item(
    'Config',
    ['config'],
    '',
    'The persistent definition only: counts from the next start of the VM.',
  );
  const picked = await vscode.window.showQuickPick(isOff ? [config, both, live] : [both, live, config], {
    title: `What of ${vmName(target, address)} is to change?`,
    placeHolder: 'Remembered for this document; Choose Live or Config… asks again.',
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  if (picked !== undefined) await scene.planes.choose(document, picked.planes);
  return picked?.planes;
}
