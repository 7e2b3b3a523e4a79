import * as vscode from 'vscode';
import type { ConfigurationItem } from 'vscode-languageclient/node';
import { SETTINGS_SECTION, type Settings } from '../../server/src/protocol';
import { stringsOf } from './addresses';

/** Settings that decide whom the extension talks to: taken from the user or the machine, never from a workspace. */
const MACHINE_SETTINGS = [
  'vms',
  'allowRemoteTcp',
  'connectUris',
  'allowTaint',
  'deadline',
] as const satisfies readonly (keyof Settings)[];

/** Addresses that the user has set for this machine. */
export const addressesFromSettings = (): readonly string[] => stringsOf(machineValue('vms'));

/** Connections of libvirt whose domains are offered. */
export const connectUrisFromSettings = (): readonly string[] => stringsOf(machineValue('connectUris'));

/**
 * The answer to the server's question for settings. VS Code itself ignores what a workspace says of settings of
 * scope `machine`; this holds even if that scope were lost from package.json.
 */
export function configurationForServer<T>(items: readonly ConfigurationItem[], values: T): T | unknown[] {
  if (!Array.isArray(values)) return values;
  return values.map((value: unknown, index) =>
    items[index]?.section === SETTINGS_SECTION && typeof value === 'object' && value !== null
      ? { ...value, ...machineValues(), ...schemaOfUntrusted() }
      : value,
  );
}

const machineValues = (): Readonly<Record<string, unknown>> => ({
  ...Object.fromEntries(MACHINE_SETTINGS.map(key => [key, machineValue(key)])),
  virsh: { command: machineValue('virsh.command') },
});

/** Without trust no path from the workspace is used; VS Code holds that back itself, by package.json. */
const schemaOfUntrusted = (): Readonly<Record<string, unknown>> =>
  vscode.workspace.isTrusted ? {} : { schema: machineValue('schema') };

function machineValue(key: (typeof MACHINE_SETTINGS)[number] | 'schema' | 'virsh.command'): unknown {
  const inspected = vscode.workspace.getConfiguration(SETTINGS_SECTION).inspect<unknown>(key);
  return inspected?.globalValue ?? inspected?.defaultValue;
}
