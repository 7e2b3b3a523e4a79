/**
 * Red Hat's XML extension beside ours. Runs last (files go by name): what was installed and is active stays until the
 * window is closed.
 */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { behind, closeAll, diagnosed, open, openText, replace, when } from './editor';

const NEIGHBOUR = 'redhat.vscode-xml';
const ROOT = path.resolve(__dirname, '..', '..', '..', '..');

suite('Beside Red Hat XML', () => {
  teardown(closeAll);

  test('alone we edit XML documents that are domains', async () => {
    assert.equal(vscode.extensions.getExtension(NEIGHBOUR), undefined, 'not installed yet');
    const document = await flat('plain.xml');
    assert.ok((await formatting(document)).length > 1);
    assert.ok(await linksNames(document));
    assert.ok((await formattingTyped(document)).length > 0);
  });

  test('installed while documents are open, it has XML documents to itself; those of our language stay ours', async () => {
    const xml = await flat('plain.xml');
    const ours = await flat('guest.domain.xml');
    await install();
    assert.equal(vscode.extensions.getExtension(NEIGHBOUR)?.isActive, false);
    assert.deepEqual(await formatting(xml), []);
    assert.deepEqual(await formattingTyped(xml), []);
    assert.equal(await linksNames(xml), false);
    assert.ok((await formatting(ours)).length > 1);
    assert.ok((await formattingTyped(ours)).length > 0);
    assert.ok(await linksNames(ours));
    // Checking is nobody else's.
    await vscode.window.showTextDocument(xml);
    await diagnosed(xml.uri, rules => rules.includes('limit-not-a-number@10'));
  });

  test('activated later it is the only one that formats XML documents, also those that are opened then', async () => {
    const before = await flat('plain.xml');
    await vscode.extensions.getExtension(NEIGHBOUR)?.activate();
    const after = await flat('odd {name} [1].xml');
    for (const document of [before, after]) {
      const texts = (await formatting(document)).map(({ newText }) => newText);
      assert.deepEqual(texts, ['<!-- neighbour -->'], document.uri.path);
      assert.equal(await linksNames(document), false);
    }
    const ours = await flat('guest.domain.xml');
    const texts = (await formatting(ours)).map(({ newText }) => newText);
    assert.ok(texts.length > 1 && !texts.includes('<!-- neighbour -->'), texts.join());
  });

  test('tags of XML documents are closed by it, those of our language by us', async () => {
    const xml = await open('plain.xml');
    await diagnosed(xml.uri, rules => rules.length > 0);
    await replace(xml, '</domain>', '<description\n</domain>');
    await type(behind(xml, '<description'), '>');
    // The next key is answered behind it: had anything been inserted, it would be there by then.
    const ours = await openText('<domain>\n  <os\n</domain>\n');
    await diagnosed(ours.uri, rules => rules.length > 0);
    await type(behind(ours, '<os'), '>');
    await when(vscode.workspace.onDidChangeTextDocument, () => ours.getText().includes('</os>'));
    assert.match(xml.getText(), /<description>\n<\/domain>/);
  });
});

/** A document of the workspace whose findings are there and whose lines all begin at their beginnings. */
async function flat(file: string): Promise<vscode.TextDocument> {
  const document = await open(file);
  await diagnosed(document.uri, rules => rules.length > 0);
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, all, document.getText().replace(/^ +/gm, ''));
  assert.ok(await vscode.workspace.applyEdit(edit));
  return document;
}

const OPTIONS = { tabSize: 2, insertSpaces: true };

/** VS Code gives nothing where there is no formatter, or where it would do nothing. */
const formatting = async ({ uri }: vscode.TextDocument): Promise<vscode.TextEdit[]> =>
  (await vscode.commands.executeCommand<vscode.TextEdit[] | undefined>(
    'vscode.executeFormatDocumentProvider',
    uri,
    OPTIONS,
  )) ?? [];

/** What a line break behind the first tag would do. */
const formattingTyped = async (document: vscode.TextDocument): Promise<vscode.TextEdit[]> =>
  (await vscode.commands.executeCommand<vscode.TextEdit[] | undefined>(
    'vscode.executeFormatOnTypeProvider',
    document.uri,
    behind(document, "<domain type='kvm'>\n"),
    '\n',
    OPTIONS,
  )) ?? [];

/** Whether the name of the first element is changed in its open and close tag at once. VS Code's own command: it has no other. */
async function linksNames(document: vscode.TextDocument): Promise<boolean> {
  const { line, character } = behind(document, '<dom');
  const answer: unknown = await vscode.commands.executeCommand(
    '_executeLinkedEditingProvider',
    document.uri,
    { lineNumber: line + 1, column: character + 1 },
  );
  return answer !== undefined && answer !== null;
}

async function type(at: vscode.Position, text: string): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  assert.ok(editor);
  editor.selection = new vscode.Selection(at, at);
  await vscode.commands.executeCommand('type', { text });
}

/** Packs the stand-in of test/vscode/neighbour and installs it, as a person would install a VSIX. */
async function install(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'neighbour-'));
  try {
    const vsix = path.join(folder, 'neighbour.vsix');
    const vsce = path.join(ROOT, 'node_modules', '@vscode', 'vsce', 'vsce');
    const quiet = ['--no-dependencies', '--allow-missing-repository', '--skip-license'];
    const child = spawn(process.execPath, [vsce, 'package', ...quiet, '--out', vsix], {
      cwd: path.join(ROOT, 'test', 'vscode', 'neighbour'),
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    const code = await new Promise<number | null>(resolve => child.once('close', resolve));
    assert.equal(code, 0, said);
    await vscode.commands.executeCommand('workbench.extensions.installExtension', vscode.Uri.file(vsix));
    await when(vscode.extensions.onDidChange, () => vscode.extensions.getExtension(NEIGHBOUR) !== undefined);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
