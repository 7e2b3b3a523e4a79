/** The desktop VS Code of this machine, with settings and extensions of its own, so that the user's stay as they are. */

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onPath } from '../host/browser';
import { VSIX } from '../host/repository';
import { startGroup } from '../run/process-group';
import type { Running } from './start';

/** The program `code`, where it can open a window here. */
export function desktopCode(): string | undefined {
  const { env } = process;
  const display = process.platform !== 'linux' || (env['DISPLAY'] ?? env['WAYLAND_DISPLAY'] ?? '') !== '';
  // Inside a terminal of a remote VS Code, `code` talks to that window and knows no folders of its own.
  const remote = env['VSCODE_IPC_HOOK_CLI'] !== undefined;
  // VS Code refuses to run as root without giving up its sandbox.
  if (!display || remote || process.getuid?.() === 0) return undefined;
  return onPath(process.platform === 'win32' ? 'code.cmd' : 'code');
}

/** Opens `folder` in a window of its own and lasts until that window is closed. */
export async function startDesktop(
  code: string,
  folder: string,
  state: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<Running> {
  const user = path.join(state, 'code', 'User');
  mkdirSync(user, { recursive: true });
  writeFileSync(path.join(user, 'settings.json'), JSON.stringify(settings, null, 2));
  const own = ['--user-data-dir', path.dirname(user), '--extensions-dir', path.join(state, 'ext')];
  let said = '';
  const installing = startGroup(code, [...own, '--install-extension', VSIX], {
    output: text => (said += text),
  });
  const { code: status } = await installing.ended;
  if (status !== 0) throw new Error(`${code} did not install ${VSIX}:\n${said}`);
  const window = startGroup(code, [...own, '--new-window', '--wait', folder]);
  const words = `VS Code: a window of ${code} with settings of its own is opening.`;
  return { words, ended: window.ended, stop: () => window.stop() };
}
