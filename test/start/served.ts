/** VS Code from npm, served on loopback to any browser of this machine that knows the address. */

import { installEditor } from '../host/install';
import { CACHE, VSIX } from '../host/repository';
import { startEditorServer } from '../host/server';
import type { Running } from './start';

/** Serves `folder` with the packaged extension. Everyone who has the printed address can work as you. */
export async function startServed(
  folder: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<Running> {
  const editor = await installEditor(CACHE, text => console.log(text));
  const server = await startEditorServer(editor, {
    vsix: [VSIX],
    trust: 'ask',
    // Without the question a new window just stays restricted, and Connect is off for no visible reason.
    settings: { ...settings, 'security.workspace.trust.startupPrompt': 'always' },
  });
  const port = new URL(server.origin).port;
  const words = [
    `VS Code: ${server.pageOf(folder)}`,
    'The token in this address gives whoever has it your rights: keep it to yourself.',
    `From another machine: ssh -L ${port}:127.0.0.1:${port} to this one, then the same address.`,
  ].join('\n');
  return { words, ended: server.ended, stop: () => server.stop() };
}
