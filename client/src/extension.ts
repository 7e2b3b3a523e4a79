import * as vscode from 'vscode';
import { registerCommands } from './commands';
import { release } from './commands/connect';
import { closeTagsWhileTyping } from './closing-tags';
import { ChosenPlanes } from './chosen-planes';
import { Connections } from './connections';
import { DomainDocuments } from './domain-documents';
import { warnOfGeneratedFiles } from './generated-files';
import { PlanView } from './plan-view';
import { ReadDocuments } from './read-documents';
import { RecentVms } from './recent-vms';
import { Scene } from './scene';
import { showSchema } from './schema-status';
import { Server } from './server';
import { showVmOfActiveDocument } from './status-bar';
import { XmlNeighbour } from './xml-neighbour';

let server: Server | undefined;

/** Called when the first XML or libvirt document is opened. The server starts with the first libvirt domain. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('libvirt Domain XML', { log: true });
  const documents = new DomainDocuments();
  const connections = new Connections();
  const reading = new ReadDocuments();
  const plans = new PlanView(reading);
  const neighbour = new XmlNeighbour();
  const storage = context.globalStorageUri.fsPath;
  server = new Server(context.asAbsolutePath('dist/server.js'), storage, documents, neighbour, log);
  const recent = new RecentVms(context.globalState);
  const planes = new ChosenPlanes(context.workspaceState);
  const scene = new Scene(server, documents, connections, reading, plans, recent, planes, log);
  context.subscriptions.push(
    log,
    documents,
    neighbour,
    connections,
    reading,
    plans,
    registerCommands(scene),
    showVmOfActiveDocument(scene),
    showSchema(server, documents, context.globalState),
    warnOfGeneratedFiles(documents),
    closeTagsWhileTyping(server, documents, neighbour),
    documents.onDidClose(document => void releaseUnlessReopened(scene, document.uri)),
    server.onDidStop(() => connections.clear()),
  );
  documents.lookAtOpenDocuments();
}

export async function deactivate(): Promise<void> {
  await server?.dispose();
}

/** A change of the language mode closes a document and opens it again in one breath: its VM stays. */
async function releaseUnlessReopened(scene: Scene, document: vscode.Uri): Promise<void> {
  await Promise.resolve();
  const reopened = scene.documents.all().some(other => other.uri.toString() === document.toString());
  if (!reopened) await release(scene, document);
}
