import * as vscode from 'vscode';
import { isGeneratedByLibvirt, parseXml, readDomain, SourceText } from '../../server/src/engine';
import type { DomainDocuments } from './domain-documents';
import { virshEdit } from './words';

/** Warns once a file and window that libvirt will write over it, and offers the command that edits the definition. */
export function warnOfGeneratedFiles(documents: DomainDocuments): vscode.Disposable {
  const told = new Set<string>();
  return documents.onDidOpen(document => {
    const file = document.uri.toString();
    if (told.has(file)) return;
    const tree = parseXml(SourceText.of(document.getText()));
    if (!isGeneratedByLibvirt(tree)) return;
    told.add(file);
    void warn(document, readDomain(tree)?.name?.value);
  });
}

async function warn(document: vscode.TextDocument, domain: string | undefined): Promise<void> {
  const command = virshEdit(domain ?? '');
  const file = vscode.workspace.asRelativePath(document.uri);
  const copy = 'Copy Command';
  const chosen = await vscode.window.showWarningMessage(
    `Libvirt wrote ${file} itself and will write over it: what is changed here is lost. Edit the definition through libvirt: ${command}`,
    copy,
  );
  if (chosen === copy) await vscode.env.clipboard.writeText(command);
}
