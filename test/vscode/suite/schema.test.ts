/** Which of libvirt's schemas is used, shown at the braces of the status bar; and fetching them from a host. */

import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import * as vscode from 'vscode';
import { fakeSsh, hostWithSchemas, type FakeSsh } from '../../support/fake-ssh';
import { smallSchema } from '../../support/small-schema';
import { closeAll, diagnosed, open, openText, schemaInfo, served, when } from './editor';
import { ownVscode, Person, type Asked } from './person';

const MISSPELT = "<domain type='kvm'>\n  <name>vm</name>\n  <memroy>1</memroy>\n</domain>\n";

/** The extension makes its item when it starts, so this stands in the way before: files are loaded before any test. */
const item = watchedItem('libvirtDomain.schema');

suite('Schema of libvirt', () => {
  const endings: (() => Promise<void>)[] = [];
  const t = { after: (run: () => Promise<void>) => void endings.push(run) };
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('libvirtDomain');
  const choose = (schema: string | undefined): Thenable<void> =>
    settings().update('schema', schema, vscode.ConfigurationTarget.Workspace);
  let person: Person | undefined;
  /** From here on there is somebody who answers. */
  const meet = (answer: (asked: Asked) => string | undefined): Person => (person = new Person(answer));

  teardown(async () => {
    person?.leave();
    person = undefined;
    // First of all: with the settings of before the server looks again for what is there.
    for (let end = endings.pop(); end !== undefined; end = endings.pop()) await end();
    await choose(undefined);
    await settings().update('schema', undefined, vscode.ConfigurationTarget.Global);
    await closeAll();
  });

  test('documents are checked by the schema that is named, and the item says which', async () => {
    const { folder } = await smallSchema(t);
    const { uri } = await openText(MISSPELT);
    await choose(folder);
    await diagnosed(uri, rules => rules.includes('element-unknown@3'));
    await item.shows('libvirt 11.3.0 schema');
    const { detail, severity, command } = item.now();
    assert.equal(detail, `${folder} (dpkg: libvirt-common 11.3.0-3)`);
    assert.equal(severity, vscode.LanguageStatusSeverity.Information);
    assert.equal(command?.command, 'libvirtDomain.fetchSchemas');

    await choose('none');
    await diagnosed(uri, rules => !rules.includes('element-unknown@3'));
    await item.shows('No libvirt schema');
    assert.equal(item.now().severity, vscode.LanguageStatusSeverity.Information, 'as the user wants it');
  });

  test("the item stands at libvirt's documents, whatever their names, and at no other", async () => {
    const isAt = (document: vscode.TextDocument): boolean =>
      vscode.languages.match(item.now().selector, document) > 0;
    for (const [file, expected] of [
      ['guest.domain.xml', true],
      ['plain.xml', true],
      ['odd {name} [1].xml', true],
      ['pom.xml', false],
      ['wildfly/domain.xml', false],
    ] as const) {
      const document = await open(file);
      if (expected) await diagnosed(document.uri, rules => rules.length > 0);
      assert.equal(isAt(document), expected, file);
    }
  });

  test('a folder that cannot be used is a warning, and is told once with the ways out', async () => {
    const folder = `/nonexistent/${String(process.pid)}`;
    const someone = meet(() => undefined);
    await openText(MISSPELT);
    const notices = (): readonly Asked[] => someone.asked.filter(({ text }) => text.includes(folder));
    await choose(folder);
    const { text, buttons } = await someone.hears(/cannot be used: it holds no domain\.rng/);
    assert.match(text, /^The schemas in \/nonexistent\//);
    assert.deepEqual(buttons, ['Fetch from Libvirt Host…', 'Name a Folder']);
    assert.equal(item.now().severity, vscode.LanguageStatusSeverity.Warning);
    assert.equal(item.now().detail, `${folder}: it holds no domain.rng`);
    await choose('none');
    await item.shows('No libvirt schema', 'switched off by the setting libvirtDomain.schema');
    await choose(folder);
    await item.shows('No libvirt schema', `${folder}: it holds no domain.rng`);
    assert.equal(notices().length, 1);
  });

  test('the notice leads to fetching, and who goes away there has reached no host', async () => {
    const ssh = await sshOfServer('exit 1');
    const someone = meet(({ kind, buttons }) => (kind === 'input' ? undefined : buttons[0]));
    await choose(`/nonexistent/for fetching ${String(process.pid)}`);
    const box = await someone.hears(/^Fetch Schemas from Libvirt Host$/);
    assert.match(box.detail ?? '', /without asking for a password/);
    assert.equal((await schemaInfo()).kind, 'unusable');
    assert.equal(await ssh.called(), undefined);
  });

  test('schemas are fetched from a host, and used where the user says so', async () => {
    const { folder } = await smallSchema(t);
    const ssh = await sshOfServer(hostWithSchemas(folder));
    const { uri } = await openText(MISSPELT);
    await vscode.workspace
      .getConfiguration('libvirtDomain')
      .update('schema', 'none', vscode.ConfigurationTarget.Global);
    await item.shows('No libvirt schema', 'switched off by the setting libvirtDomain.schema');
    const someone = meet(({ kind, buttons }) => (kind === 'input' ? ' root@kvm1 ' : buttons[0]));
    await vscode.commands.executeCommand('libvirtDomain.fetchSchemas');
    const { buttons } = await someone.hears(/^The schemas of root@kvm1 are here, but others come first/);
    assert.deepEqual(buttons, ['Use Them']);
    endings.push(forgetFetched);
    assert.ok((await ssh.called())?.includes('root@kvm1'));
    await diagnosed(uri, rules => rules.includes('element-unknown@3'));
    const info = await schemaInfo();
    assert.ok(info.kind === 'loaded' && info.origin === 'fetched', JSON.stringify(info));
    assert.equal(settings().inspect('schema')?.globalValue, info.directory);
    await item.shows('libvirt schema', `fetched, ${info.directory} (release unknown)`);

    // A second time they are what is used already.
    await vscode.commands.executeCommand('libvirtDomain.fetchSchemas');
    await someone.hears(/^Documents are checked by the schemas of root@kvm1 now\.$/);
  });

  test('a host that says no is told in its words', async () => {
    await sshOfServer('echo "Permission denied (publickey)." >&2; exit 255');
    const someone = meet(({ kind }) => (kind === 'input' ? 'kvm2' : undefined));
    await vscode.commands.executeCommand('libvirtDomain.fetchSchemas');
    const { kind, text } = await someone.hears(/kvm2/);
    assert.equal(kind, 'error');
    assert.match(text, /did not send its schemas: Permission denied \(publickey\)/);
  });

  /** The server finds this program as `ssh` from now on. */
  async function sshOfServer(script: string): Promise<FakeSsh> {
    const ssh = await fakeSsh(t, script);
    const before = process.env['PATH'];
    process.env['PATH'] = ssh.path;
    endings.push(() => {
      process.env['PATH'] = before;
      return Promise.resolve();
    });
    await served(await openText(MISSPELT));
    await vscode.commands.executeCommand('libvirtDomain.restartServer');
    return ssh;
  }
});

/** No other test is judged by what was fetched here: by default it would be. */
async function forgetFetched(): Promise<void> {
  const info = await schemaInfo();
  if (info.kind === 'loaded' && info.origin === 'fetched') {
    await rm(info.directory, { recursive: true, force: true });
  }
}

interface WatchedItem {
  now(): vscode.LanguageStatusItem;
  /** Waits until it says this, and this below where that is given. */
  shows(text: string, detail?: string): Promise<void>;
}

/** Keeps hold of the status item of our extension with this id. Call before the extension starts. */
function watchedItem(id: string): WatchedItem {
  const { languages } = ownVscode();
  const changed = new vscode.EventEmitter<void>();
  let kept: vscode.LanguageStatusItem | undefined;
  const make = languages.createLanguageStatusItem;
  Object.assign(languages, {
    createLanguageStatusItem: (given: string, selector: vscode.DocumentSelector) => {
      const made = make(given, selector);
      if (given !== id) return made;
      kept = made;
      return new Proxy(made, {
        set: (target, key, value) => {
          const done = Reflect.set(target, key, value);
          changed.fire();
          return done;
        },
      });
    },
  });
  const now = (): vscode.LanguageStatusItem => {
    if (kept === undefined) throw new Error(`The extension has made no status item ${id}.`);
    return kept;
  };
  return {
    now,
    shows: (text, detail) =>
      when(
        changed.event,
        () => now().text === text && (detail === undefined || now().detail === detail),
        () => `the item shows ${now().text}, ${now().detail ?? ''}`,
      ),
  };
}
