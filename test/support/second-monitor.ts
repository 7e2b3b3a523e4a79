/** A second monitor on a real QEMU that reads the block graph by itself: nothing of the product is used. */

import { qmpText } from './qmp-text';

/** A disk as QEMU shows it: the device, and from it down the nodes; filters with their groups. */
export interface SeenDisk {
  readonly qdev: string;
  /** Groups of the filters from the image up, as a document lists them. */
  readonly groups: readonly string[];
  /** The node below the last filter. */
  readonly base: string;
  /** The file of that node, as QEMU names it. */
  readonly image: string;
}

export interface SecondMonitor {
  /** Sends a command and gives what it returns. Rejects with QEMU's words. */
  execute(command: string, args?: object): Promise<unknown>;
  /** All disks, by the id of their device. */
  disks(): Promise<ReadonlyMap<string, SeenDisk>>;
  /** Names of all nodes, sorted. */
  nodes(): Promise<readonly string[]>;
  close(): void;
}

export async function secondMonitor(path: string): Promise<SecondMonitor> {
  const link = qmpText(path);
  await link.next();
  /** One command at a time; events are passed over. */
  let turn: Promise<unknown> = Promise.resolve();
  const converse = async (command: string, args: object): Promise<unknown> => {
    link.send(`${JSON.stringify({ execute: command, arguments: args })}\n`);
    for (;;) {
      const message: unknown = JSON.parse(await link.next());
      if (has(message, 'error')) throw new Error(`${command}: ${text(member(message.error, 'desc'))}`);
      if (has(message, 'return')) return message.return;
    }
  };
  const execute = (command: string, args: object = {}): Promise<unknown> => {
    const reply = turn.then(() => converse(command, args));
    turn = reply.catch(() => undefined);
    return reply;
  };
  await execute('qmp_capabilities');
  return {
    execute,
    disks: async () => disksOf(await execute('query-blockstats'), await namedNodes(execute)),
    nodes: async () => (await namedNodes(execute)).map(node => text(member(node, 'node-name'))).sort(),
    close: () => link.close(),
  };
}

const namedNodes = async (execute: SecondMonitor['execute']): Promise<readonly unknown[]> =>
  list(await execute('query-named-block-nodes', { flat: true }));

function disksOf(stats: unknown, nodes: readonly unknown[]): ReadonlyMap<string, SeenDisk> {
  const groups = new Map<string, string>();
  const files = new Map(nodes.map(node => [text(member(node, 'node-name')), text(member(node, 'file'))]));
  for (const node of nodes) {
    if (member(node, 'drv') !== 'throttle') continue;
    const group = /^json:\{"throttle-group": "([^"]+)"/.exec(text(member(node, 'file')))?.[1] ?? '?';
    groups.set(text(member(node, 'node-name')), group);
  }
  const disks = new Map<string, SeenDisk>();
  for (const device of list(stats)) {
    const qdev = text(member(device, 'qdev'));
    const id = /^(?:\/machine\/peripheral\/)?([^/]+)/.exec(qdev)?.[1] ?? qdev;
    const chain: string[] = [];
    for (let node: unknown = device; has(node, 'node-name'); node = member(node, 'parent')) {
      chain.push(text(node['node-name']));
    }
    const base = chain.find(node => !groups.has(node)) ?? '';
    disks.set(id, {
      qdev,
      groups: chain.flatMap(node => groups.get(node) ?? []).reverse(),
      base,
      image: files.get(base) ?? '',
    });
  }
  return disks;
}

const has = <Key extends string>(value: unknown, key: Key): value is { readonly [key in Key]: unknown } =>
  typeof value === 'object' && value !== null && key in value;

const member = (value: unknown, key: string): unknown => (has(value, key) ? value[key] : undefined);

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
