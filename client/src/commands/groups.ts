import * as vscode from 'vscode';
import { formatLimit, LIMITS, parseQuantity, type LimitField } from '../../../server/src/engine';
import {
  SERVER_COMMANDS,
  type AddressArguments,
  type GroupSummary,
  type ListGroupsAnswer,
} from '../../../server/src/protocol';
import type { Scene } from '../scene';
import { GROUP_DELETED, groupsText, vmName } from '../words';
import { allowedFor } from './allowing';
import { proposeChange, type ConnectedDocument } from './change';
import { connectionOf } from './connect';

/** A document, its VM, and the groups that the VM has now. */
interface GroupScene extends ConnectedDocument {
  readonly groups: readonly GroupSummary[];
}

export async function listGroups(scene: Scene, argument?: unknown): Promise<void> {
  const read = await readGroups(scene, argument);
  if (read === undefined) return;
  await showGroups(scene, read, `Throttle groups of ${vmOf(read)}`, read.groups);
}

export async function showGroup(scene: Scene, argument?: unknown): Promise<void> {
  const read = await readGroups(scene, argument);
  const group = read === undefined ? undefined : await pickGroup(read, 'Show which throttle group?');
  if (read === undefined || group === undefined) return;
  await showGroups(scene, read, `Throttle group ${group.name} of ${vmOf(read)}`, [group]);
}

export async function deleteGroup(scene: Scene, argument?: unknown): Promise<void> {
  const read = await readGroups(scene, argument);
  const group = read === undefined ? undefined : await pickGroup(read, 'Delete which throttle group?');
  if (read === undefined || group === undefined) return;
  await proposeChange(scene, read, {
    command: SERVER_COMMANDS.deleteGroup,
    argument: { address: read.connection.address, name: group.name },
    titleFor: vm => `Delete group ${group.name} on ${vm}`,
    reasons: () => [GROUP_DELETED],
  });
}

export async function setGroup(scene: Scene, argument?: unknown): Promise<void> {
  const read = await readGroups(scene, argument);
  if (read === undefined) return;
  const name = await pickOrNameGroup(read);
  if (name === undefined) return;
  const current = read.groups.find(group => group.name === name);
  const limits = await editLimits(name, current);
  if (limits === undefined) return;
  await proposeChange(scene, read, {
    command: SERVER_COMMANDS.setGroup,
    argument: { address: read.connection.address, name, limits: Object.fromEntries(limits) },
    titleFor: vm => `${current === undefined ? 'Create' : 'Set'} group ${name} on ${vm}`,
    reasons: () => [],
  });
}

async function readGroups(scene: Scene, argument: unknown): Promise<GroupScene | undefined> {
  const document = await scene.subject(argument);
  const connection = document === undefined ? undefined : await connectionOf(scene, document);
  if (document === undefined || connection === undefined) return undefined;
  const about: AddressArguments = { address: connection.address, allow: allowedFor(connection) };
  const answer = await scene.server.command<ListGroupsAnswer>(SERVER_COMMANDS.listGroups, about);
  if (answer.ok) return { source: document.uri, connection, groups: answer.groups };
  scene.tellFailure(answer);
  return undefined;
}

async function showGroups(
  scene: Scene,
  read: GroupScene,
  title: string,
  groups: readonly GroupSummary[],
): Promise<void> {
  const owner = encodeURIComponent(read.connection.address);
  await scene.reading.show(scene.reading.put(`${title}.md`, owner, groupsText(title, groups)));
}

const groupItem = (group: GroupSummary): vscode.QuickPickItem & { readonly group: GroupSummary } => ({
  label: group.name,
  description: group.limitsText,
  detail: group.usedBy.length === 0 ? 'Used by nothing' : `Used by ${group.usedBy.join(', ')}`,
  group,
});

async function pickGroup(read: GroupScene, placeHolder: string): Promise<GroupSummary | undefined> {
  if (read.groups.length === 0) {
    void vscode.window.showInformationMessage(`${vmOf(read)} has no throttle groups.`);
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(read.groups.map(groupItem), {
    title: `Throttle groups of ${vmOf(read)}`,
    placeHolder,
  });
  return picked?.group;
}

async function pickOrNameGroup(read: GroupScene): Promise<string | undefined> {
  type Item = vscode.QuickPickItem & { readonly group?: GroupSummary };
  const items: Item[] = [{ label: '$(add) New throttle group…' }, ...read.groups.map(groupItem)];
  const title = `Set a throttle group of ${vmOf(read)}`;
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: 'Set which throttle group?',
  });
  if (picked === undefined) return undefined;
  if (picked.group !== undefined) return picked.group.name;
  return vscode.window.showInputBox({
    title,
    prompt: 'Name of the new throttle group',
    ignoreFocusOut: true,
    validateInput: text => {
      if (text === '') return 'A throttle group needs a name.';
      return read.groups.some(group => group.name === text) ? `There is a group ${text} already.` : undefined;
    },
  });
}

/** The limits that the user sets, by XML name, as digits. Undefined: the user went away. */
async function editLimits(
  name: string,
  current: GroupSummary | undefined,
): Promise<ReadonlyMap<string, string> | undefined> {
  const limits = new Map<string, string>();
  for (;;) {
    type Item = vscode.QuickPickItem & { readonly field?: LimitField };
    const rows = LIMITS.map((field): Item => limitItem(field, limits.get(field.xml), current));
    const done = { label: '$(check) Show the Plan', description: `${limits.size} set`, alwaysShow: true };
    const picked: Item | undefined = await vscode.window.showQuickPick<Item>(
      limits.size === 0 ? rows : [done, ...rows],
      {
        title: `Limits of ${name}`,
        placeHolder: 'Pick a limit to set',
        matchOnDetail: true,
        ignoreFocusOut: true,
      },
    );
    if (picked === undefined) return undefined;
    if (picked.field === undefined) return limits;
    const value = await typeLimit(
      picked.field,
      limits.get(picked.field.xml) ?? current?.limits[picked.field.xml],
    );
    if (value !== undefined) limits.set(picked.field.xml, value);
  }
}

function limitItem(
  field: LimitField,
  changed: string | undefined,
  current: GroupSummary | undefined,
): vscode.QuickPickItem & { readonly field: LimitField } {
  const now = current?.limits[field.xml];
  const value = changed ?? now;
  const words = value === undefined ? 'not set' : formatLimit(field, BigInt(value));
  return {
    label: field.xml,
    description: changed === undefined ? words : `→ ${words}`,
    detail: field.summary,
    field,
  };
}

async function typeLimit(field: LimitField, value: string | undefined): Promise<string | undefined> {
  const typed = await vscode.window.showInputBox({
    title: field.xml,
    prompt: `${field.summary} In ${field.unit}${field.resource === 'bytes' && field.kind !== 'burst-length' ? '; 5M or 50MiB work too' : ''}.`,
    value: value ?? '',
    ignoreFocusOut: true,
    validateInput: text =>
      parseQuantity(text.trim()) === undefined
        ? `A whole number of ${field.unit}; 0 sets no limit.`
        : undefined,
  });
  return typed === undefined ? undefined : parseQuantity(typed.trim())?.toString();
}

const vmOf = ({ connection }: GroupScene): string => vmName(connection.target, connection.address);
