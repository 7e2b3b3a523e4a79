/** The last change of each VM, kept for whoever wants to take it back: in the user's folder for state, for its owner only. */

import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** The text that was kept for that address; undefined where there is none, or it cannot be read. Never throws. */
export async function lastChangeAt(address: string, folder = stateFolder()): Promise<string | undefined> {
  try {
    return await readFile(fileOf(address, folder), 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * Keeps a text in the place of the one before, in one step: who reads meanwhile sees the one or the other. Says why where
 * it cannot be kept; never throws.
 */
export async function keepLastChange(
  address: string,
  text: string,
  folder = stateFolder(),
): Promise<string | undefined> {
  const fresh = join(folder, `${randomBytes(8).toString('hex')}.new`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(fresh, text, { mode: 0o600, flag: 'wx' });
    await rename(fresh, fileOf(address, folder));
    return undefined;
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => undefined);
    return error instanceof Error ? error.message : String(error);
  }
}

/** The address may hold anything: it is no part of a path. */
const fileOf = (address: string, folder: string): string =>
  join(folder, `last-change-${createHash('sha256').update(address).digest('hex').slice(0, 32)}.json`);

/** Where this system keeps what a program should find again: `~/.local/state/libvirt-domain-xml` on Linux. */
function stateFolder(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  const [xdg, local] = [env['XDG_STATE_HOME'], env['LOCALAPPDATA']];
  // The XDG base directory specification wants a path that is not absolute to be passed over.
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, PRODUCT);
  if (platform === 'win32' && local !== undefined && isAbsolute(local)) return join(local, PRODUCT);
  return platform === 'darwin'
    ? join(homedir(), 'Library', 'Application Support', PRODUCT)
    : join(homedir(), '.local', 'state', PRODUCT);
}

const PRODUCT = 'libvirt-domain-xml';
