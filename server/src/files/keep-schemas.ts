import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ORIGIN_FILE } from './schemas-version';

/**
 * Puts schemas into a folder in the place of those that are there, all at once: whoever reads the folder meanwhile sees
 * the old ones. `from` is where they come from, for whoever wonders. Throws what the file system throws.
 */
export async function keepSchemas(
  folder: string,
  files: ReadonlyMap<string, string>,
  from: string,
): Promise<void> {
  const fresh = `${folder}.new`;
  await mkdir(dirname(folder), { recursive: true });
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh);
  for (const [name, text] of files) await writeFile(join(fresh, name), text);
  await writeFile(join(fresh, ORIGIN_FILE), `${JSON.stringify({ libvirt: null, from }, undefined, 2)}\n`);
  await rm(folder, { recursive: true, force: true });
  await rename(fresh, folder);
}
