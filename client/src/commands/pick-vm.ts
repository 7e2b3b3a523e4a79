import * as vscode from 'vscode';
import {
  SERVER_COMMANDS,
  type ListDomainsAnswer,
  type ListDomainsArguments,
} from '../../../server/src/protocol';
import type { Scene } from '../scene';
import { addressesFromSettings, connectUrisFromSettings } from '../settings';

/** What a pick stands for. */
export type Choice = { readonly address: string } | 'type' | 'practice';

type Item = vscode.QuickPickItem & {
  readonly choice?: Choice;
  /** Why a connection of libvirt's could not be asked. */
  readonly problem?: string;
};

/**
 * The VMs that there are: addresses of the settings, recent ones, and libvirt's domains, which are asked for now and come
 * in one connection after the other, behind the rest, so that nothing moves under the user's hand.
 */
export async function pickVm(scene: Scene): Promise<Choice | undefined> {
  const picker = vscode.window.createQuickPick<Item>();
  const away = new vscode.CancellationTokenSource();
  const before = knownItems(scene);
  const listed = new Map<string, readonly Item[]>(connectUrisFromSettings().map(uri => [uri, []]));
  const show = (): void => {
    if (away.token.isCancellationRequested) return;
    const active = picker.activeItems;
    picker.items = [...before, ...section('Domains of libvirt', [...listed.values()].flat())];
    if (active.length > 0) picker.activeItems = active;
  };
  picker.title = 'Connect to VM';
  picker.placeholder = 'Which VM belongs to this document?';
  picker.matchOnDetail = true;
  picker.matchOnDescription = true;
  picker.keepScrollPosition = true;
  picker.busy = listed.size > 0;
  show();
  const all = [...listed.keys()].map(async uri => {
    listed.set(uri, await itemsOf(scene, uri, away.token));
    show();
  });
  void Promise.all(all).then(() => {
    if (!away.token.isCancellationRequested) picker.busy = false;
  });
  try {
    return await chosen(picker);
  } finally {
    away.cancel();
    away.dispose();
    picker.dispose();
  }
}

/** A connection that failed can be picked to read why; the question stays. */
function chosen(picker: vscode.QuickPick<Item>): Promise<Choice | undefined> {
  return new Promise(resolve => {
    picker.onDidAccept(() => {
      const [item] = picker.selectedItems;
      if (item?.problem !== undefined) void vscode.window.showWarningMessage(item.problem);
      else if (item?.choice !== undefined) resolve(item.choice);
    });
    picker.onDidHide(() => resolve(undefined));
    picker.show();
  });
}

async function itemsOf(scene: Scene, uri: string, token: vscode.CancellationToken): Promise<readonly Item[]> {
  const about: ListDomainsArguments = { uris: [uri] };
  const answer = await scene.server.command<ListDomainsAnswer>(SERVER_COMMANDS.listDomains, about, token);
  if (!answer.ok) return [problemItem(uri, answer.message)];
  return answer.connections.flatMap(({ domains, problem }) => {
    if (problem !== undefined) {
      if (!token.isCancellationRequested) scene.log.warn(`${uri}: ${problem}`);
      return [problemItem(uri, problem)];
    }
    if (domains.length === 0) return [{ label: `$(circle-slash) ${uri} has no domains` }];
    return domains.map(({ name, running, address }) => ({
      label: `$(${running ? 'vm-running' : 'vm-outline'}) ${name}`,
      description: running ? 'running' : 'shut off',
      detail: address,
      choice: { address },
    }));
  });
}

const problemItem = (uri: string, problem: string): Item => ({
  label: `$(warning) ${uri} cannot be asked`,
  detail: problem,
  problem,
});

function knownItems(scene: Scene): readonly Item[] {
  const offered = addressesFromSettings();
  const recent = scene.recent.all().filter(address => !offered.includes(address));
  const addressItem = (address: string): Item => ({ label: `$(vm) ${address}`, choice: { address } });
  return [
    ...section('From the setting libvirtDomain.vms', offered.map(addressItem)),
    ...section('Recently used', recent.map(addressItem)),
    ...section('Other', [
      {
        label: '$(edit) Type an address…',
        detail: 'unix:PATH, tcp:HOST:PORT or libvirt:DOMAIN',
        choice: 'type',
      },
      {
        label: '$(beaker) Practice VM for this document',
        detail: 'A simulated VM to learn on: nothing real is changed.',
        choice: 'practice',
      },
    ]),
  ];
}

const section = (label: string, items: readonly Item[]): readonly Item[] =>
  items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
