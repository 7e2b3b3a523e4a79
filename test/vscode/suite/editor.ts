/** What the suite does in VS Code, and how it waits: always for an event, mocha's deadline ends it. */

import * as vscode from 'vscode';
import type { CommandAnswer, SchemaInfo } from '../../../server/src/protocol';

/** Shows a file of the workspace. */
export async function open(name: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(fileOf(name));
  await vscode.window.showTextDocument(document, { preview: false });
  // On a busy machine what a test before this one typed may not be taken back yet.
  if (document.isDirty) await vscode.commands.executeCommand('workbench.action.files.revert');
  return document;
}

export function fileOf(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('No folder is open.');
  return vscode.Uri.joinPath(folder.uri, name);
}

/** An untitled document of our language, shown. */
export async function openText(content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language: 'libvirt-domain', content });
  await vscode.window.showTextDocument(document);
  // Where the backup of an earlier document of this name is not cleared away yet, VS Code takes that for the content.
  if (document.getText() !== content) await replace(document, document.getText(), content);
  return document;
}

/** Our findings on a document, as "rule@line" in order, lines counted from 1. */
export const rulesOn = (uri: vscode.Uri): readonly string[] =>
  findings(uri)
    .map(finding => `${codeOf(finding)}@${finding.range.start.line + 1}`)
    .sort();

export const findings = (uri: vscode.Uri): readonly vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(uri).filter(diagnostic => codeOf(diagnostic) !== '');

/** Waits until what VS Code knows of a document is as wanted, and gives it. */
export async function diagnosed(
  uri: vscode.Uri,
  wanted: (rules: readonly string[]) => boolean,
): Promise<readonly string[]> {
  const now = (): string => `the findings are [${rulesOn(uri).join()}]`;
  await when(vscode.languages.onDidChangeDiagnostics, () => wanted(rulesOn(uri)), now);
  return rulesOn(uri);
}

/** Resolves as soon as the condition holds: now, or after one of the events. `state` says how it is, for the report. */
export function when<T>(
  event: vscode.Event<T>,
  condition: () => boolean,
  state = (): string => '',
): Promise<void> {
  if (condition()) return Promise.resolve();
  const where = new Error().stack ?? '';
  return new Promise(resolve => {
    const wait: Wait = { told: () => `waited in vain: ${state()}${where.slice(where.indexOf('\n'))}` };
    waits.add(wait);
    const subscription = event(() => {
      if (!condition()) return;
      subscription.dispose();
      waits.delete(wait);
      resolve();
    });
  });
}

/** Something that is waited for and has not come. */
interface Wait {
  told(): string;
}

const waits = new Set<Wait>();

/** What the test that came to its deadline waited for, in words; forgotten with that. */
export function waitsInVain(): readonly string[] {
  const told = [...waits].map(wait => wait.told());
  waits.clear();
  return told;
}

/** The place of the cursor mark's text in a document: right behind it. */
export function behind(document: vscode.TextDocument, text: string): vscode.Position {
  const at = document.getText().indexOf(text);
  if (at < 0) throw new Error(`${document.uri.path} does not hold ${text}.`);
  return document.positionAt(at + text.length);
}

export async function replace(document: vscode.TextDocument, old: string, text: string): Promise<void> {
  const end = behind(document, old);
  const start = document.positionAt(document.offsetAt(end) - old.length);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(start, end), text);
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error('VS Code did not make the edit.');
}

/** Gives a document up without saving it. */
export async function closeAll(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Waits until the server runs and knows a document, also one in which nothing is wrong. */
export async function served(document: vscode.TextDocument): Promise<void> {
  await vscode.commands.executeCommand('libvirtDomain.checkDocument', document.uri);
}

/** Which schema the server uses; it answers once it has the settings of now. */
export async function schemaInfo(): Promise<SchemaInfo> {
  const answer = await vscode.commands.executeCommand<CommandAnswer<{ schema: SchemaInfo }>>(
    'domxml.schemaInfo',
    {},
  );
  if (!answer.ok) throw new Error(answer.message);
  return answer.schema;
}

/** The server registers its commands when it runs: they tell whether it does. */
export async function serverRuns(): Promise<boolean> {
  return (await vscode.commands.getCommands()).includes('domxml.findings');
}

const codeOf = ({ code, source }: vscode.Diagnostic): string => {
  if (source !== 'domxml') return '';
  return String(typeof code === 'object' ? code.value : (code ?? ''));
};
