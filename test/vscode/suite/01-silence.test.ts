/** Runs first (files go by name): no libvirt document has been open yet in this window. */

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { SCHEMA_FOLDERS } from '../../../server/src/files';
import { closeAll, diagnosed, open, rulesOn, schemaInfo, serverRuns } from './editor';
import { EXTENSION, Person } from './person';

const NO_SCHEMA = /^Libvirt is not installed on this machine/;

suite('XML of other products', () => {
  teardown(closeAll);

  for (const file of ['pom.xml', 'glassfish/domain.xml', 'wildfly/domain.xml']) {
    test(`${file} starts no server`, async () => {
      await open(file);
      const extension = vscode.extensions.getExtension(EXTENSION);
      assert.ok(extension, `${EXTENSION} is installed`);
      await extension.activate();
      assert.equal(await serverRuns(), false);
      if (process.platform === 'linux') assert.deepEqual(serverProcesses(), []);
    });
  }

  test('the first domain starts the server; where libvirt is not installed that is told, once', async () => {
    const person = new Person(() => undefined);
    try {
      const { uri } = await open('plain.xml');
      await diagnosed(uri, rules => rules.length > 0);
      const lacking = !hasSchemas();
      if (lacking) await person.hears(NO_SCHEMA);
      await vscode.commands.executeCommand('libvirtDomain.restartServer');
      // The server tells of its schema before it answers, and a notice is shown as soon as it is told.
      await schemaInfo();
      const notices = person.asked.filter(({ text }) => NO_SCHEMA.test(text));
      assert.equal(notices.length, lacking ? 1 : 0);
    } finally {
      person.leave();
    }
  });

  test('beside a libvirt domain, pom.xml has no provider of ours', async () => {
    const domain = await open('plain.xml');
    await diagnosed(domain.uri, rules => rules.length > 0);
    const { uri } = await open('pom.xml');
    const start = new vscode.Position(3, 4);
    assert.deepEqual(rulesOn(uri), []);
    for (const command of [
      'vscode.executeHoverProvider',
      'vscode.executeDefinitionProvider',
      'vscode.executeReferenceProvider',
    ]) {
      const answer: unknown = await vscode.commands.executeCommand(command, uri, start);
      assert.ok(answer === undefined || (Array.isArray(answer) && answer.length === 0), command);
    }
    for (const command of ['vscode.executeCodeLensProvider', 'vscode.executeDocumentSymbolProvider']) {
      const answer: unknown = await vscode.commands.executeCommand(command, uri);
      assert.ok(answer === undefined || (Array.isArray(answer) && answer.length === 0), command);
    }
    // A provider of ours would answer that nothing can be renamed there, which is an error.
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit | undefined>(
      'vscode.executeDocumentRenameProvider',
      uri,
      start,
      'x',
    );
    assert.equal(edit?.size ?? 0, 0);
  });
});

/** Whether there is a libvirt on this machine, or were schemas where the extension was packed. */
function hasSchemas(): boolean {
  const packed = vscode.extensions.getExtension(EXTENSION)?.extensionPath ?? '';
  const folders = [...SCHEMA_FOLDERS, path.join(packed, 'dist', 'schemas')];
  return folders.some(folder => existsSync(path.join(folder, 'domain.rng')));
}

/** Server processes below this extension host. */
function serverProcesses(): readonly string[] {
  return readdirSync('/proc')
    .filter(entry => /^\d+$/.test(entry))
    .filter(pid => isServer(pid) && isBelowUs(pid));
}

const isServer = (pid: string): boolean => readOf(pid, 'cmdline').includes('dist/server.js');

function isBelowUs(pid: string): boolean {
  for (let at = pid; at !== '' && at !== '0'; at = /^PPid:\s*(\d+)/m.exec(readOf(at, 'status'))?.[1] ?? '') {
    if (at === String(process.pid)) return true;
  }
  return false;
}

/** Empty where the process has ended meanwhile. */
function readOf(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
