/** Check Workspace: findings of files, whether they are closed, shown, or open and shown nowhere. */

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, diagnosed, fileOf, findings, open, replace, rulesOn, when } from './editor';

const MISTAKE = 'limit-not-a-number@12';
const found = (rules: readonly string[]): boolean => rules.length > 0;

suite('Check Workspace', () => {
  teardown(closeAll);

  test('finds what is wrong in files that are not open; an open one is told once', async () => {
    await vscode.commands.executeCommand('libvirtDomain.checkWorkspace');
    const uri = fileOf('snapshot.xml');
    assert.deepEqual(await diagnosed(uri, found), [MISTAKE]);
    assert.deepEqual(rulesOn(fileOf('pom.xml')), []);
    await open('snapshot.xml');
    await diagnosed(uri, rules => rules.length === 1);
    assert.equal(findings(uri).length, 1);
  });

  test('a document whose tab was closed is told still, as its text is now', async () => {
    const name = 'never opened before.xml';
    const uri = fileOf(name);
    await vscode.workspace.fs.writeFile(uri, await vscode.workspace.fs.readFile(fileOf('snapshot.xml')));
    try {
      await vscode.commands.executeCommand('libvirtDomain.checkWorkspace');
      assert.deepEqual(await diagnosed(uri, found), [MISTAKE]);
      const document = await open(name);
      await when(vscode.window.tabGroups.onDidChangeTabs, () => hasTab(uri));
      assert.deepEqual(await diagnosed(uri, found), [MISTAKE]);
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      assert.equal(hasTab(uri), false);
      assert.equal(document.isClosed, false, 'VS Code keeps what an extension opened');
      assert.deepEqual(await diagnosed(uri, found), [MISTAKE]);
      // VS Code shows what is changed and not saved.
      await replace(document, '50MiB', '5');
      assert.deepEqual(await diagnosed(uri, rules => rules.length === 0), []);
      await replace(document, '<total_bytes_sec>5', '<total_bytes_sec>5x');
      assert.deepEqual(await diagnosed(uri, found), [MISTAKE]);
      assert.equal(findings(uri).length, 1);
    } finally {
      await open(name);
      await closeAll();
      await vscode.workspace.fs.delete(uri);
    }
  });
});

const hasTab = (uri: vscode.Uri): boolean =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
