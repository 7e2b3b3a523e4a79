/** Libvirt's schemas out of the shared data, read once. */

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SchemaFolder, SourceText, parseXml, validate, type Schema } from '../../../server/src/engine';

/** The releases of libvirt whose schemas stand in `data/schemas`. */
export const RELEASES = ['9.0', '11.3', '12.8'] as const;
export type Release = (typeof RELEASES)[number];

const folders = new Map<string, SchemaFolder>();

/** The schemas of a release; one object for a run of a test file, so that they are compiled once. */
export function schemasOf(data: string, release: Release): SchemaFolder {
  const folder = join(data, 'schemas', release);
  let schemas = folders.get(folder);
  if (schemas === undefined) {
    schemas = new SchemaFolder(readdirSync(folder), name =>
      existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : undefined,
    );
    folders.set(folder, schemas);
  }
  return schemas;
}

/** The schema for a root element; an error where there is none. */
export function schemaOf(data: string, release: Release, root = 'domain'): Schema {
  const schema = schemasOf(data, release).schemaFor(root);
  if (schema === undefined) throw new Error(`no schema for <${root}> in ${release}`);
  return schema;
}

/** Whether a text is well-formed and valid, as a validator says it in one word. */
export function verdictOn(schema: Schema, text: string): 'valid' | 'invalid' {
  const document = parseXml(SourceText.of(text));
  return document.problemCount === 0 && validate(schema, document).valid ? 'valid' : 'invalid';
}
