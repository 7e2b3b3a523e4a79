/** Libvirt's schemas ready to check with: those that the user names, else the first that are found on this machine. */

import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { SchemaFolder, type Version } from '../engine';
import { findSchemas, SCHEMA_FOLDERS, type InstalledSchemas, type SchemasFound } from './schemas';

/** What the user wants: `auto`, `none`, or a folder; `~/` is the home folder. */
export type SchemaWish = string;

export type LoadedSchemas =
  | {
      readonly kind: 'loaded';
      readonly schemas: SchemaFolder;
      readonly folder: string;
      /** The libvirt that they came with, where a file tells. */
      readonly version: Version | undefined;
      /** Which file told it: `dpkg: libvirt-common 11.3.0-3+deb13u3`. */
      readonly told: string | undefined;
    }
  /** The user wants none. */
  | { readonly kind: 'off' }
  /** There are none on this machine. */
  | { readonly kind: 'none'; readonly looked: readonly string[] }
  /** The folder can't be used; why in words. */
  | { readonly kind: 'unusable'; readonly folder: string; readonly message: string };

/** The schemas that the user's wish leads to, as texts. */
export type WantedSchemas = SchemasFound | { readonly kind: 'off' };

/**
 * Never throws. With `auto` the schemas of an installed libvirt come first, then those in `fetched` (a folder that
 * schemas of a host were put into), then those that are part of the package. `installed` replaces the usual folders, for
 * tests.
 */
export async function wantedSchemas(
  wish: SchemaWish,
  fetched: string | undefined,
  installed: readonly string[] = SCHEMA_FOLDERS,
): Promise<WantedSchemas> {
  if (wish === 'none') return { kind: 'off' };
  const places = [...installed, ...(fetched === undefined ? [] : [fetched]), PACKAGED_SCHEMAS];
  const given = wish === 'auto' || wish === '' ? undefined : withoutTilde(wish);
  const found = await findSchemas(given, places);
  return found.kind === 'none' ? { kind: 'none', looked: installed } : found;
}

/**
 * Schemas ready to check with, compiled as far as documents need it. A schema of before 11.2 is completed with our own
 * grammar of throttle groups. `isKnown`: they are known to be usable, and need not be looked into before.
 */
export function readySchemas({ files, folder, version }: InstalledSchemas, isKnown = false): LoadedSchemas {
  const schemas = SchemaFolder.of(files, 'with-throttling');
  if (!isKnown && schemas.schemaFor('domain') === undefined) {
    const [fault = 'domain.rng is no schema for domains'] = schemas.faults;
    return { kind: 'unusable', folder, message: fault };
  }
  return { kind: 'loaded', schemas, folder, version: version?.version, told: version?.told };
}

/** As `wantedSchemas`, ready to check with. Never throws. */
export async function loadSchemas(
  wish: SchemaWish,
  fetched: string | undefined,
  installed: readonly string[] = SCHEMA_FOLDERS,
): Promise<LoadedSchemas> {
  const wanted = await wantedSchemas(wish, fetched, installed);
  return wanted.kind === 'found' ? readySchemas(wanted) : wanted;
}

/** Whether a setting names a folder in a way that means the same wherever it is read. */
export const isFolderWish = (wish: SchemaWish): boolean => isAbsolute(withoutTilde(wish));

const withoutTilde = (path: string): string =>
  path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path;

/** Beside the bundle, where a package was made on a machine with a libvirt of 11.2 or later; else there is no such folder. */
export const PACKAGED_SCHEMAS = join(__dirname, 'schemas');
