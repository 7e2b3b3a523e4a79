import * as vscode from 'vscode';
import type { SchemaInfo } from '../../server/src/protocol';
import { stringsOf } from './addresses';
import { COMMANDS, LANGUAGE } from './command-names';
import type { DomainDocuments } from './domain-documents';
import type { Server } from './server';
import { schemaIsLacking, schemaLabel, schemaNotice, schemaTooltip } from './schema-words';
import { patternOfPath } from './xml-pattern';

/**
 * Which of libvirt's schemas documents are checked by, at the braces in the status bar; and where there is none, one
 * notice, once and for all, that tells how to get one.
 */
export function showSchema(
  server: Server,
  documents: DomainDocuments,
  state: vscode.Memento,
): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('libvirtDomain.schema', { language: LANGUAGE });
  item.name = 'Schema of libvirt';
  item.text = 'libvirt schema';
  item.command = { command: COMMANDS.fetchSchemas, title: 'Fetch…' };
  const select = (): void => {
    // Of `xml` documents only those that are libvirt's.
    const single = documents.all().map(({ uri, languageId }) => ({
      language: languageId,
      scheme: uri.scheme,
      pattern: patternOfPath(uri.fsPath),
    }));
    item.selector = [{ language: LANGUAGE }, ...single];
  };
  const update = (info: SchemaInfo): void => {
    item.text = schemaLabel(info);
    item.detail = schemaTooltip(info);
    item.severity = schemaIsLacking(info)
      ? vscode.LanguageStatusSeverity.Warning
      : vscode.LanguageStatusSeverity.Information;
    const notice = schemaNotice(info);
    if (notice !== undefined) void tellOnce(notice, state);
  };
  return vscode.Disposable.from(
    item,
    documents.onDidOpen(select),
    documents.onDidClose(select),
    server.onDidChangeSchema(update),
  );
}

const TOLD = 'libvirtDomain.schemaNotices';

/** Each notice once on this machine, whichever others came between. */
async function tellOnce(notice: string, state: vscode.Memento): Promise<void> {
  const told = stringsOf(state.get<unknown>(TOLD));
  if (told.includes(notice)) return;
  const kept = state.update(TOLD, [...told, notice]);
  const fetch = 'Fetch from Libvirt Host…';
  const setting = 'Name a Folder';
  const chosen = await vscode.window.showInformationMessage(notice, fetch, setting);
  await kept;
  if (chosen === fetch) await vscode.commands.executeCommand(COMMANDS.fetchSchemas);
  if (chosen === setting) {
    await vscode.commands.executeCommand('workbench.action.openSettings', 'libvirtDomain.schema');
  }
}
