import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ORIGIN_FILE } from './schemas-version';

/**
 * Puts schemas into a folder in the place of those that are there, all of them or none. Where two do so at a time, those
 * of one of them stay, whole. `from` is where they come from, for whoever wonders. Throws what the file system throws.
 */
export async function keepSchemas(
  folder: string,
  files: ReadonlyMap<string, string>,
  from: string,
): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const fresh = await mkdtemp(`${folder}.`);
  try {
    for (const [name, text] of files) await writeFile(join(fresh, name), text);
    await writeFile(join(fresh, ORIGIN_FILE), `${JSON.stringify({ libvirt: null, from }, undefined, 2)}\n`);
    await replace(folder, fresh);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** There is no way to put one folder in another's place in one step: somebody else's may come in between. */
async function replace(folder: string, fresh: string): Promise<void> {
  for (let tries = 3; ; tries--) {
    await rm(folder, { recursive: true, force: true });
    try {
      await rename(fresh, folder);
      return;
    } catch (error) {
      if (tries === 0 || !isTaken(error)) throw error;
    }
  }
}

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOTEMPTY' || error.code === 'EEXIST');
