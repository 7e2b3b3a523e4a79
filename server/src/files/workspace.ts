import { constants } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeDocument } from './decode';
import { MAX_DOCUMENT_BYTES, whyUnreadable, type DocumentRead } from './document';

/**
 * Paths of all `*.xml` files in the folders, by name, one folder after the other. Symbolic links are not followed, so
 * nothing outside of the folders is met; `.git` and `node_modules` are not entered, unreadable folders passed over.
 * Ends early after very many entries: a home folder may be open as a workspace.
 */
export async function* workspaceFiles(folders: readonly string[]): AsyncGenerator<string> {
  const pending = [...folders].reverse();
  let entries = 0;
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    const inside: string[] = [];
    for (const entry of await entriesOf(folder)) {
      if (++entries > MOST_ENTRIES) return;
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) inside.push(path);
      else if (entry.isFile() && entry.name.toLowerCase().endsWith('.xml')) yield path;
    }
    for (const path of inside.reverse()) pending.push(path);
  }
}

/** Tells one state of a file from another; undefined for what is no file (any more), a symbolic link for one. */
export async function fileStamp(path: string): Promise<string | undefined> {
  try {
    const status = await lstat(path);
    return status.isFile() ? `${String(status.mtimeMs)}-${String(status.size)}` : undefined;
  } catch {
    return undefined;
  }
}

/** As `readDocument`, of a file that was met in a workspace: a symbolic link put in its place since is not followed. */
export async function readWorkspaceFile(path: string): Promise<DocumentRead> {
  try {
    const file = await open(path, READ_NO_LINK);
    try {
      const status = await file.stat();
      if (!status.isFile()) return { kind: 'unreadable', message: 'it is not a file' };
      if (status.size > MAX_DOCUMENT_BYTES) return { kind: 'unreadable', message: TOO_LARGE };
      const decoded = decodeDocument(await file.readFile());
      return decoded.kind === 'text' ? decoded : { kind: 'unreadable', message: decoded.message };
    } finally {
      await file.close();
    }
  } catch (error) {
    return { kind: 'unreadable', message: whyUnreadable(error) };
  }
}

/** Windows has neither flag: there they are undefined, which counts as none. */
const READ_NO_LINK = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

const MOST_ENTRIES = 200_000;
const TOO_LARGE = `it is larger than ${String(MAX_DOCUMENT_BYTES / 1024 / 1024)} MiB`;
const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['.git', 'node_modules']);

async function entriesOf(folder: string) {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    // By UTF-16 code units: the same order on every machine.
    return entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  } catch {
    return [];
  }
}
