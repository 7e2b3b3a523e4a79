/** The schema that `check --schema` asks for, and how people are told which one it is. */

import { versionText, type SchemaFolder, type Version, type World } from '../../engine';
import { readySchemas, type WantedSchemas } from '../../files';
import { UsageError } from '../arguments';
import { printable, quoted } from '../printable';

/** Schemas that documents are checked by. */
export interface UsedSchema {
  readonly kind: 'used';
  readonly schemas: SchemaFolder;
  readonly folder: string;
  /** Undefined where no file of a package manager tells it. */
  readonly version: Version | undefined;
}

export type SchemaChoice =
  | UsedSchema
  /** The user wants none. */
  | { readonly kind: 'off' }
  /** None is installed. */
  | { readonly kind: 'none' }
  /** What is installed can't be used. */
  | { readonly kind: 'broken'; readonly folder: string; readonly message: string };

/**
 * `auto` takes what is installed, and goes without where nothing is. A folder that the user names must be usable: throws
 * a UsageError where it is not, for documents would pass that the schema refuses. `isKnown`: documents have been checked
 * by these schemas before, so that they are compiled only if one needs it.
 */
export function chosenSchema(wish: string, wanted: WantedSchemas, isKnown: boolean): SchemaChoice {
  const loaded = wanted.kind === 'found' ? readySchemas(wanted, isKnown) : wanted;
  switch (loaded.kind) {
    case 'loaded':
      return { ...loaded, kind: 'used' };
    case 'off':
    case 'none':
      return { kind: loaded.kind };
    case 'unusable':
      if (wish === 'auto') return { ...loaded, kind: 'broken' };
      throw new UsageError(
        `--schema: libvirt's schemas in ${quoted(loaded.folder)} can't be used: ${printable(loaded.message)}. Give the folder of libvirt's *.rng files, or none`,
      );
  }
}

export const worldOfSchema = (choice: SchemaChoice): World =>
  choice.kind === 'used' ? { schema: choice.schemas } : {};

/** "by the schema of libvirt 11.3.0 (/usr/share/libvirt/schemas)", to be put behind "checked". */
export function schemaWords(choice: SchemaChoice): string {
  switch (choice.kind) {
    case 'used': {
      const { folder, version } = choice;
      const libvirt = version === undefined ? 'libvirt' : `libvirt ${versionText(version)}`;
      return `by the schema of ${libvirt} (${printable(folder)})`;
    }
    case 'off':
      return "without libvirt's schema";
    case 'broken':
      return `without libvirt's schema (that in ${printable(choice.folder)} can't be used: ${printable(choice.message)})`;
    case 'none':
      return "without libvirt's schema (none is installed; --schema DIR names one)";
  }
}
