import * as vscode from 'vscode';
import { SETTINGS_SECTION, type ClosingTagAnswer } from '../../server/src/protocol';
import { LANGUAGE } from './command-names';
import type { DomainDocuments } from './domain-documents';
import type { Server } from './server';
import type { XmlNeighbour } from './xml-neighbour';

/**
 * Closes a tag while it is typed: after `>` the close tag is put behind the cursor, after `</` its name. Only one
 * character that a person types counts: nothing pasted, undone, or typed at several cursors.
 */
export function closeTagsWhileTyping(
  server: Server,
  documents: DomainDocuments,
  neighbour: XmlNeighbour,
): vscode.Disposable {
  return vscode.workspace.onDidChangeTextDocument(event => {
    const { document } = event;
    const typed = typedPosition(event);
    if (typed === undefined || !documents.has(document) || !isWanted(document)) return;
    if (document.languageId !== LANGUAGE && neighbour.present) return;
    void close(server, document, typed);
  });
}

const isWanted = (document: vscode.TextDocument): boolean =>
  vscode.workspace.getConfiguration(SETTINGS_SECTION, document).get('closeTags') === true;

/** Where the cursor is after one `>`, or the `/` of `</`, was typed in the active editor. */
function typedPosition(event: vscode.TextDocumentChangeEvent): vscode.Position | undefined {
  const { document, contentChanges, reason } = event;
  const [change] = contentChanges;
  if (change === undefined || contentChanges.length > 1 || reason !== undefined) return undefined;
  if (change.rangeLength > 0 || (change.text !== '>' && change.text !== '/')) return undefined;
  const { start } = change.range;
  if (
    change.text === '/' &&
    document.getText(new vscode.Range(start.translate(0, -Math.min(1, start.character)), start)) !== '<'
  )
    return undefined;
  const editor = vscode.window.activeTextEditor;
  return editor?.document === document && editor.selections.length === 1 ? start.translate(0, 1) : undefined;
}

async function close(
  server: Server,
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<void> {
  const { version } = document;
  // Once all listeners have heard of the change: the language client, which tells the server of it, is one of them.
  await Promise.resolve();
  const answer = await server.closingTag(document, position);
  const editor = vscode.window.activeTextEditor;
  if (answer === undefined || editor?.document !== document || document.version !== version) return;
  if (!isAt(editor.selections, position) && !(await comesTo(editor, position))) return;
  await insert(editor, position, answer);
}

/**
 * The editor tells of a change before it tells of the cursor that went with it, and the server may answer in between.
 * What comes next decides: the cursor at the position, or anything else.
 */
function comesTo(editor: vscode.TextEditor, position: vscode.Position): Promise<boolean> {
  return new Promise(resolve => {
    const listeners: vscode.Disposable[] = [];
    const end = (there: boolean): void => {
      vscode.Disposable.from(...listeners).dispose();
      resolve(there);
    };
    listeners.push(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        // An event without changes tells that the document has something to be saved.
        if (document === editor.document && contentChanges.length > 0) end(false);
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections, kind }) => {
        if (textEditor !== editor) return;
        end(kind !== vscode.TextEditorSelectionChangeKind.Mouse && isAt(selections, position));
      }),
      vscode.window.onDidChangeActiveTextEditor(() => end(false)),
    );
  });
}

function isAt(selections: readonly vscode.Selection[], position: vscode.Position): boolean {
  const [only] = selections;
  return selections.length === 1 && only !== undefined && only.isEmpty && only.active.isEqual(position);
}

/** One undo takes it out again. A snippet with its end in front would be shorter; its cursor came to stand behind. */
async function insert(
  editor: vscode.TextEditor,
  position: vscode.Position,
  { newText, cursor }: ClosingTagAnswer,
): Promise<void> {
  const { document } = editor;
  const { version } = document;
  const done = await editor.edit(builder => builder.insert(position, newText));
  // Whoever has typed on meanwhile has a cursor of their own.
  if (!done || cursor === 'behind' || document.version !== version + 1) return;
  editor.selection = new vscode.Selection(position, position);
}
