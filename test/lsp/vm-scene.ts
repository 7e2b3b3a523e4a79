/** A language server with a document open, and a real QEMU for its commands. */

import type { TestContext } from 'node:test';
import { LspClient } from '../support/lsp-client';
import { startQemu, type Qemu, type QemuOptions } from '../support/qemu';

export const URI = 'file:///vm.domain.xml';

export type Answer = Record<string, unknown> & { readonly ok: boolean };

export interface VmScene {
  readonly client: LspClient;
  readonly qemu: Qemu;
  readonly address: string;
  /** Runs a command of the server: `plan` is `domxml.plan`. */
  readonly run: (command: string, argument: object) => Promise<Answer>;
}

/** A trusted server with a document open, and QEMU that calls itself by the document's name. */
export async function vmScene(
  t: TestContext,
  text: string | ((qemu: Qemu) => Promise<string>),
  { args = [], ...options }: QemuOptions = {},
): Promise<VmScene> {
  const qemu = await startQemu({ extraQmp: 1, ...options, args: ['-name', 'db01', ...args] });
  t.after(() => qemu.stop());
  const client = await LspClient.start(t, { initializationOptions: { trusted: true } });
  await client.open(URI, typeof text === 'string' ? text : await text(qemu));
  return { client, qemu, address: `unix:${qemu.sockets[0] ?? ''}`, run: runner(client) };
}

export const runner =
  (client: LspClient) =>
  (command: string, argument: object): Promise<Answer> =>
    client.request('workspace/executeCommand', { command: `domxml.${command}`, arguments: [argument] });
