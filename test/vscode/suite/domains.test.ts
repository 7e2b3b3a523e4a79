import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { behind, closeAll, diagnosed, fileOf, findings, open, openText, replace, rulesOn } from './editor';

const MISTAKE = 'limit-not-a-number@10';
const hasMistake = (rules: readonly string[]): boolean => rules.includes(MISTAKE);

suite('Libvirt domains', () => {
  teardown(closeAll);

  for (const file of ['guest.domain.xml', 'plain.xml', 'odd {name} [1].xml']) {
    test(`${file}: the mistake is found, in its place`, async () => {
      const { uri } = await open(file);
      assert.deepEqual(await diagnosed(uri, hasMistake), [MISTAKE]);
      const [finding] = findings(uri);
      assert.equal(finding?.severity, vscode.DiagnosticSeverity.Error);
      assert.match(finding.message, /50MiB/);
    });
  }

  test('the domain inside a snapshot is checked', async () => {
    const { uri } = await open('snapshot.xml');
    assert.deepEqual(await diagnosed(uri, rules => rules.length > 0), ['limit-not-a-number@12']);
  });

  test('each keystroke reaches an XML document once', async () => {
    const document = await open('odd {name} [1].xml');
    await diagnosed(document.uri, hasMistake);
    await replace(document, '50MiB', '5');
    await diagnosed(document.uri, rules => rules.length === 0);
    await replace(document, '<total_bytes_sec>5', '<total_bytes_sec>5x');
    assert.deepEqual(await diagnosed(document.uri, rules => rules.length > 0), [MISTAKE]);
  });

  test('a document that becomes a domain while it is written is checked from then on', async () => {
    const content = '<nothing/>';
    const document = await vscode.workspace.openTextDocument({ language: 'xml', content });
    await vscode.window.showTextDocument(document);
    await replace(
      document,
      content,
      "<domain type='kvm'><throttlegroups><throttlegroup/></throttlegroups></domain>",
    );
    const rules = await diagnosed(document.uri, found => found.length > 0);
    assert.ok(rules.includes('group-name-missing@1'), rules.join());
  });

  test('the fix of a finding mends the document', async () => {
    const document = await open('guest.domain.xml');
    await diagnosed(document.uri, hasMistake);
    const [finding] = findings(document.uri);
    assert.ok(finding);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      finding.range,
    );
    const fix = actions.find(action => action.edit !== undefined && action.title.includes('52428800'));
    assert.ok(fix?.edit, actions.map(action => action.title).join('\n'));
    await vscode.workspace.applyEdit(fix.edit);
    assert.match(document.getText(), /<total_bytes_sec>52428800<\/total_bytes_sec>/);
    assert.deepEqual(await diagnosed(document.uri, rules => rules.length === 0), []);
  });

  test('a filter completes the names of the groups', async () => {
    const document = await open('good.domain.xml');
    await replace(document, "group='silver'", "group=''");
    const items = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      behind(document, "<throttlefilter group='gold'/>\n").with(24, 31),
    );
    const names = items.items.map(item => (typeof item.label === 'string' ? item.label : item.label.label));
    assert.deepEqual(names.filter(name => ['gold', 'silver'].includes(name)).sort(), ['gold', 'silver']);
  });

  test('renaming a group renames its filters', async () => {
    const document = await open('good.domain.xml');
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      document.uri,
      behind(document, '<group_name>go'),
      'fast',
    );
    await vscode.workspace.applyEdit(edit);
    assert.match(document.getText(), /<group_name>fast<\/group_name>/);
    assert.match(document.getText(), /<throttlefilter group='fast'\/>/);
    assert.doesNotMatch(document.getText(), /gold/);
  });

  test('a lens above a group says who uses it', async () => {
    const { uri } = await open('good.domain.xml');
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      uri,
    );
    const titles = lenses.map(lens => lens.command?.title ?? '');
    assert.ok(
      titles.some(title => title.includes('vda')),
      titles.join(),
    );
    assert.ok(
      titles.some(title => title.includes('vdb')),
      titles.join(),
    );
  });

  test('a setting changes the severity of a rule, and switches it off', async () => {
    const { uri } = await open('guest.domain.xml');
    await diagnosed(uri, hasMistake);
    const settings = vscode.workspace.getConfiguration('libvirtDomain');
    try {
      await settings.update('rules', { 'limit-not-a-number': 'hint' }, vscode.ConfigurationTarget.Workspace);
      await diagnosed(uri, () => findings(uri)[0]?.severity === vscode.DiagnosticSeverity.Hint);
      await settings.update('rules', { 'limit-not-a-number': 'off' }, vscode.ConfigurationTarget.Workspace);
      await diagnosed(uri, rules => rules.length === 0);
    } finally {
      await settings.update('rules', undefined, vscode.ConfigurationTarget.Workspace);
    }
    assert.deepEqual(await diagnosed(uri, hasMistake), [MISTAKE]);
  });

  test('after a restart the server checks what is open, XML documents too', async () => {
    const plain = await open('plain.xml');
    const domain = await open('guest.domain.xml');
    await diagnosed(plain.uri, hasMistake);
    await diagnosed(domain.uri, hasMistake);
    await vscode.commands.executeCommand('libvirtDomain.restartServer');
    assert.deepEqual(await diagnosed(domain.uri, hasMistake), [MISTAKE]);
    await vscode.window.showTextDocument(plain);
    assert.deepEqual(await diagnosed(plain.uri, hasMistake), [MISTAKE]);
  });

  test('a closed document leaves nothing behind', async () => {
    const { uri } = await open('plain.xml');
    await diagnosed(uri, hasMistake);
    await closeAll();
    assert.deepEqual(await diagnosed(uri, rules => rules.length === 0), []);
  });

  test('the other documents that this suite opened have no findings of ours', () => {
    for (const file of ['pom.xml', 'glassfish/domain.xml', 'wildfly/domain.xml']) {
      assert.deepEqual(rulesOn(fileOf(file)), [], file);
    }
  });

  test('an untitled document of the language is checked', async () => {
    const { uri } = await openText(
      "<domain type='kvm'>\n<throttlegroups><throttlegroup/></throttlegroups></domain>",
    );
    const rules = await diagnosed(uri, found => found.length > 0);
    assert.ok(rules.includes('group-name-missing@2'), rules.join());
  });
});
