/** Finds libvirt's schemas on this machine and tells whose they are, by files alone: nothing is run. */

import { readFileSync, statSync } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { whyUnreadable } from './document';
import { schemasVersion, type SchemasVersion } from './schemas-version';

/** Schemas of one folder. */
export interface InstalledSchemas {
  readonly kind: 'found';
  readonly folder: string;
  /** Texts by file name, `domain.rng` among them. */
  readonly files: ReadonlyMap<string, string>;
  /** The libvirt that they came with, where a package manager's files tell. */
  readonly version: SchemasVersion | undefined;
}

export type SchemasFound =
  | InstalledSchemas
  /** There are none in any of these folders. */
  | { readonly kind: 'none'; readonly looked: readonly string[] }
  /** There is a folder, and it can't be used; why in words. */
  | { readonly kind: 'unusable'; readonly folder: string; readonly message: string };

/** Where packages put them: Linux distributions, local builds, Homebrew on ARM, on Intel and on Linux. */
export const SCHEMA_FOLDERS = [
  '/usr/share/libvirt/schemas',
  '/usr/local/share/libvirt/schemas',
  '/opt/homebrew/share/libvirt/schemas',
  '/home/linuxbrew/.linuxbrew/share/libvirt/schemas',
] as const;

/**
 * The schemas of a folder that the user names, or of the first usual folder that holds any. Never throws.
 * `places` replaces the usual folders, for tests.
 */
export async function findSchemas(
  given: string | undefined,
  places: readonly string[] = SCHEMA_FOLDERS,
): Promise<SchemasFound> {
  if (given !== undefined) {
    const folder = resolve(given);
    const read = await readSchemas(folder);
    return read ?? { kind: 'unusable', folder, message: 'it holds no domain.rng' };
  }
  for (const folder of places) {
    const read = await readSchemas(folder);
    if (read?.kind === 'found') return read;
  }
  return { kind: 'none', looked: places };
}

/** The largest of libvirt's has 250 KB; a folder of larger or more files is none of schemas. */
const MOST_BYTES = 8 * 1024 * 1024;
const MOST_FILES = 200;

async function readSchemas(folder: string): Promise<Exclude<SchemasFound, { kind: 'none' }> | undefined> {
  try {
    const names = (await readdir(folder)).filter(name => name.endsWith('.rng')).sort();
    if (!names.includes('domain.rng')) return undefined;
    const files = new Map<string, string>();
    let bytes = 0;
    // At once, not in turns with others: reading sixty small files in turns takes several times as long.
    for (const name of names.slice(0, MOST_FILES)) {
      const path = join(folder, name);
      const status = statSync(path);
      bytes += status.size;
      if (!status.isFile() || bytes > MOST_BYTES) continue;
      files.set(name, readFileSync(path, 'utf8'));
    }
    return { kind: 'found', folder, files, version: await schemasVersion(await realpath(folder)) };
  } catch (error) {
    return isMissing(error) ? undefined : { kind: 'unusable', folder, message: whyUnreadable(error) };
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
