import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, diagnosed, open, openText, when } from './editor';

suite('Editing', () => {
  teardown(closeAll);

  for (const file of ['guest.domain.xml', 'plain.xml']) {
    test(`${file}: Format Document lays it out, and a second time changes nothing`, async () => {
      const document = await open(file);
      // A finding tells that the server is there: without it VS Code would ask which formatter is meant.
      await diagnosed(document.uri, rules => rules.length > 0);
      const before = document.getText();
      const flat = before.replace(/^ +/gm, '');
      await edit(document, [vscode.TextEdit.replace(wholeOf(document), flat)]);
      assert.equal(document.getText(), flat);
      await edit(document, await formatting(document));
      assert.match(document.getText(), /\n {2}<throttlegroups>\n {4}<throttlegroup>\n/);
      const blankless = (text: string): string => text.replace(/\s+/g, '');
      assert.equal(blankless(document.getText()), blankless(before));
      assert.deepEqual(await formatting(document), []);
    });
  }

  test('a tag is closed while it is typed, with the cursor between the two', async () => {
    const document = await typing('<domain>\n  <devices$0\n</domain>\n', '>');
    await when(vscode.workspace.onDidChangeTextDocument, () => document.getText().includes('</devices>'));
    assert.equal(document.getText(), '<domain>\n  <devices></devices>\n</domain>\n');
    await when(vscode.window.onDidChangeTextEditorSelection, () => cursorAt(1, 11));
  });

  test('a close tag is completed, with the cursor behind it', async () => {
    const document = await typing('<domain>\n  <name>vm<$0\n</domain>\n', '/');
    await when(vscode.workspace.onDidChangeTextDocument, () => document.getText().includes('</name>'));
    assert.equal(document.getText(), '<domain>\n  <name>vm</name>\n</domain>\n');
    await when(vscode.window.onDidChangeTextEditorSelection, () => cursorAt(1, 17));
  });

  test('what is typed in a comment closes nothing', async () => {
    const document = await typing('<domain>\n  <!-- <devices$0 -->\n</domain>\n', '>');
    // The next key is answered behind it: had anything been inserted, it would be there by then.
    const next = await typing('<domain>\n  <os$0\n</domain>\n', '>');
    await when(vscode.workspace.onDidChangeTextDocument, () => next.getText().includes('</os>'));
    assert.equal(document.getText(), '<domain>\n  <!-- <devices> -->\n</domain>\n');
  });
});

const wholeOf = (document: vscode.TextDocument): vscode.Range =>
  new vscode.Range(0, 0, document.lineCount, 0);

/** What the formatter of the document would do; VS Code gives nothing where it would do nothing. */
async function formatting(document: vscode.TextDocument): Promise<vscode.TextEdit[]> {
  const options = { tabSize: 2, insertSpaces: true };
  const edits = await vscode.commands.executeCommand<vscode.TextEdit[] | undefined>(
    'vscode.executeFormatDocumentProvider',
    document.uri,
    options,
  );
  return edits ?? [];
}

async function edit(document: vscode.TextDocument, edits: vscode.TextEdit[]): Promise<void> {
  const all = new vscode.WorkspaceEdit();
  all.set(document.uri, edits);
  if (!(await vscode.workspace.applyEdit(all))) throw new Error('VS Code did not make the edits.');
}

/** A document of our language with the text, and then a key pressed at `$0`. */
async function typing(marked: string, key: string): Promise<vscode.TextDocument> {
  const offset = marked.indexOf('$0');
  const document = await openText(marked.replace('$0', ''));
  await diagnosed(document.uri, rules => rules.length > 0 || marked.includes('<!--'));
  const editor = vscode.window.activeTextEditor;
  assert.equal(editor?.document, document);
  const at = document.positionAt(offset);
  editor.selection = new vscode.Selection(at, at);
  await vscode.commands.executeCommand('type', { text: key });
  return document;
}

function cursorAt(line: number, character: number): boolean {
  const at = vscode.window.activeTextEditor?.selection.active;
  return at?.line === line && at.character === character;
}
