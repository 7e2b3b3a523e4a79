import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { BUTTON_COMMANDS, COMMANDS, CONTEXT_KEYS, LANGUAGE } from '../../client/src/command-names';
import { RULES } from '../../server/src/engine';
import { DEFAULT_SETTINGS, SETTINGS_SECTION } from '../../server/src/protocol';
import { manifest, ROOT, type SettingRow } from './manifest';

const { contributes, capabilities } = manifest;
const settings = new Map<string, SettingRow>(
  contributes.configuration.flatMap(section => Object.entries(section.properties)),
);
const commands = new Map(contributes.commands.map(row => [row.command, row]));

/** Settings that only the client reads. */
const CLIENT_SETTINGS = ['trace.server', 'closeTags'];
/** Settings that decide whom the extension talks to. */
const MACHINE_SETTINGS = ['vms', 'allowRemoteTcp', 'connectUris', 'virsh.command', 'allowTaint', 'deadline'];
/** Commands that reach a VM. */
const VM_COMMANDS = [
  COMMANDS.connect,
  COMMANDS.disconnect,
  COMMANDS.showPlan,
  COMMANDS.apply,
  COMMANDS.setGroup,
  COMMANDS.deleteGroup,
  COMMANDS.showGroup,
  COMMANDS.listGroups,
  COMMANDS.showDisks,
  COMMANDS.attachDisk,
  COMMANDS.detachDisk,
  COMMANDS.undo,
  COMMANDS.returnToLibvirt,
  COMMANDS.choosePlanes,
];
/** Commands that run something: off without trust too. */
const RUNNING_COMMANDS = [COMMANDS.fetchSchemas];
/** Settings with a path in them: a workspace may set them where it is trusted. */
const PATH_SETTINGS = ['schema'];

test('package.json lists exactly the commands that the code has', () => {
  assert.deepEqual(
    [...commands.keys()].sort(),
    Object.values(COMMANDS).sort(),
    'package.json contributes.commands and client/src/command-names.ts differ',
  );
});

test('every command has a title of its own and the category of all', () => {
  for (const row of contributes.commands) assert.equal(row.category, 'libvirt Domain', row.command);
  const titles = contributes.commands.map(row => row.title);
  assert.equal(new Set(titles).size, titles.length);
  for (const title of titles) assert.match(title, /^[A-Z][A-Za-z' ]+…?$/);
});

test('what reaches a VM is off in an untrusted workspace, the rest is not', () => {
  for (const [id, row] of commands) {
    const off = row.enablement?.split(' && ').includes('isWorkspaceTrusted') ?? false;
    assert.equal(
      off,
      [...VM_COMMANDS, ...RUNNING_COMMANDS].some(command => command === id),
      `enablement of ${id} in package.json`,
    );
  }
});

test('menus name known commands, and their conditions known keys', () => {
  const keys = new Set<string>([...Object.values(CONTEXT_KEYS), 'isWorkspaceTrusted']);
  const conditions = [...commands.values()].map(row => row.enablement ?? '');
  for (const [menu, rows] of Object.entries(contributes.menus)) {
    for (const { command, when = '' } of rows) {
      assert.ok(commands.has(command), `${menu} names ${command}`);
      conditions.push(when);
    }
  }
  for (const condition of conditions) {
    for (const key of condition.match(/[A-Za-z][\w.]*/g) ?? []) {
      assert.ok(keys.has(key), `"${condition}" in package.json: nobody sets ${key}`);
    }
  }
});

test('commands of buttons and lenses are not in the palette', () => {
  for (const id of Object.values(BUTTON_COMMANDS)) assert.ok(!commands.has(id), id);
});

test('package.json has the settings of server/src/protocol/settings.ts with their defaults', () => {
  const { format, virsh, ...others } = DEFAULT_SETTINGS;
  const defaults = new Map<string, unknown>([
    ...Object.entries(others),
    ...Object.entries(format).map(([name, value]) => [`format.${name}`, value] as const),
    ...Object.entries(virsh).map(([name, value]) => [`virsh.${name}`, value] as const),
  ]);
  const wanted = [...defaults.keys(), ...CLIENT_SETTINGS].map(name => `${SETTINGS_SECTION}.${name}`);
  assert.deepEqual([...settings.keys()].sort(), wanted.sort());
  for (const [name, value] of defaults) {
    assert.deepEqual(settings.get(`${SETTINGS_SECTION}.${name}`)?.default, value, name);
  }
});

test('every setting is described, and no workspace decides whom the extension talks to', () => {
  for (const [name, row] of settings) assert.ok((row.markdownDescription ?? '').length > 20, name);
  const names = MACHINE_SETTINGS.map(name => `${SETTINGS_SECTION}.${name}`);
  const machine = [...settings].filter(([, row]) => row.scope === 'machine').map(([name]) => name);
  assert.deepEqual(machine.sort(), names.sort());
  const paths = PATH_SETTINGS.map(name => `${SETTINGS_SECTION}.${name}`);
  for (const name of paths) assert.equal(settings.get(name)?.scope, 'machine-overridable', name);
  assert.deepEqual(
    [...capabilities.untrustedWorkspaces.restrictedConfigurations].sort(),
    [...names, ...paths].sort(),
  );
});

test('the setting of rules offers every rule', () => {
  const offered = Object.keys(settings.get(`${SETTINGS_SECTION}.rules`)?.properties ?? {});
  for (const rule of RULES) {
    assert.ok(offered.includes(rule.id), `package.json, libvirtDomain.rules: ${rule.id} is missing`);
  }
});

test('untrusted and virtual workspaces are declared', () => {
  assert.equal(capabilities.untrustedWorkspaces.supported, 'limited');
  assert.equal(capabilities.virtualWorkspaces.supported, 'limited');
  assert.deepEqual(manifest.extensionKind, ['workspace']);
});

test('the extension wakes up for XML only, and every file that it names is there', () => {
  assert.deepEqual(manifest.activationEvents, [`onLanguage:${LANGUAGE}`, 'onLanguage:xml']);
  assert.deepEqual(
    contributes.languages.map(language => language.id),
    [LANGUAGE],
  );
  const files = [
    manifest.icon,
    ...contributes.languages.map(language => language.configuration),
    ...contributes.grammars.map(grammar => grammar.path),
    ...contributes.snippets.map(snippets => snippets.path),
  ];
  for (const file of files) assert.ok(existsSync(path.join(ROOT, file)), file);
});

test('the icon is a PNG of 256 by 256', () => {
  const icon = readFileSync(path.join(ROOT, manifest.icon));
  assert.equal(icon.toString('latin1', 1, 4), 'PNG');
  assert.deepEqual([icon.readUInt32BE(16), icon.readUInt32BE(20)], [256, 256]);
});

test('the types of VS Code are those of the oldest VS Code that is promised', () => {
  assert.equal(manifest.engines.vscode, `^${manifest.devDependencies['@types/vscode'] ?? ''}`);
});

test('no more keywords than the marketplace takes', () => assert.ok(manifest.keywords.length <= 30));
