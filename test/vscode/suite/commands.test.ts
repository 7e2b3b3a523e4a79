import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, diagnosed, open, replace } from './editor';

const EXTENSION = 'libvirt-domain-xml.libvirt-domain-xml';
const PLAN_SCHEME = 'libvirt-domain-plan';

suite('Commands', () => {
  teardown(closeAll);

  test('every command of the manifest is there', async () => {
    const manifest: unknown = vscode.extensions.getExtension(EXTENSION)?.packageJSON;
    const text = JSON.stringify(manifest);
    const announced = [...text.matchAll(/"command":"(libvirtDomain\.\w+)","title"/g)].map(match => match[1]);
    assert.ok(announced.length >= 11, text.slice(0, 200));
    await open('guest.domain.xml');
    const known = await vscode.commands.getCommands();
    assert.deepEqual(
      announced.filter(command => command === undefined || !known.includes(command)),
      [],
    );
  });

  test('groups go from the document to a practice VM, and are read back', async () => {
    const document = await open('good.domain.xml');
    const uri = document.uri.toString();
    const { address } = await done<{ address: string }>('domxml.startPracticeVm', { uri });
    try {
      await vscode.commands.executeCommand('libvirtDomain.connect', { uri, address });
      await replace(document, '500</total_iops_sec>', '750</total_iops_sec>');

      await vscode.commands.executeCommand('libvirtDomain.showPlan', document.uri);
      const plan = vscode.window.activeTextEditor?.document;
      assert.equal(plan?.uri.scheme, PLAN_SCHEME);
      assert.match(plan.getText(), /gold/);
      assert.match(plan.getText(), /750/);
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        plan.uri,
      );
      const titles = lenses.map(lens => lens.command?.title ?? '');
      assert.ok(
        titles.some(title => title.endsWith(`Apply 1 change to guest (${address})`)),
        titles.join('\n'),
      );

      // The modal question cannot be answered from inside the extension host; the UI suite does that.
      const { hash, changes } = await done<{ hash: string; changes: number }>('domxml.plan', {
        uri,
        address,
      });
      assert.equal(changes, 1);
      const { outcome } = await done<{ outcome: string }>('domxml.apply', { uri, address, hash });
      assert.equal(outcome, 'applied');
      const { groups } = await done<{ groups: { name: string; limits: Record<string, string> }[] }>(
        'domxml.listGroups',
        { address },
      );
      assert.equal(groups.find(group => group.name === 'gold')?.limits['total_iops_sec'], '750');

      await vscode.commands.executeCommand('libvirtDomain.listGroups', document.uri);
      assert.match(vscode.window.activeTextEditor?.document.getText() ?? '', /total_iops_sec +750/);
      await vscode.commands.executeCommand('libvirtDomain.disconnect', document.uri);
    } finally {
      await vscode.commands.executeCommand('domxml.stopPracticeVm', { address });
    }
  });

  test('a document with errors is not planned', async () => {
    const good = await open('good.domain.xml');
    const { address } = await done<{ address: string }>('domxml.startPracticeVm', {
      uri: good.uri.toString(),
    });
    const document = await open('guest.domain.xml');
    const uri = document.uri.toString();
    await diagnosed(document.uri, rules => rules.length > 0);
    try {
      const answer = await vscode.commands.executeCommand<{ ok: boolean; message: string }>('domxml.plan', {
        uri,
        address,
      });
      assert.equal(answer.ok, false);
      assert.match(answer.message, /line 10/);
    } finally {
      await vscode.commands.executeCommand('domxml.stopPracticeVm', { address });
    }
  });
});

/** Runs a command of the server that has to succeed. */
async function done<T>(command: string, argument: object): Promise<T> {
  const answer = await vscode.commands.executeCommand<T & { ok: boolean; message?: string }>(
    command,
    argument,
  );
  assert.ok(answer.ok, `${command}: ${answer.message ?? 'failed without words'}`);
  return answer;
}
