/** The only file reader: documents on disk and on standard input, and the product's own version. */

export { MAX_DOCUMENT_BYTES, readDocument, type DocumentRead } from './document';
export { keepSchemas } from './keep-schemas';
export { findDocuments, isFolder, type FoundDocument, type IsOurs, type TreeRead } from './find';
export { productVersion } from './product';
export {
  isFolderWish,
  loadSchemas,
  PACKAGED_SCHEMAS,
  type LoadedSchemas,
  type SchemaWish,
} from './load-schemas';
export { SCHEMA_FOLDERS, findSchemas, type InstalledSchemas, type SchemasFound } from './schemas';
export type { SchemasVersion } from './schemas-version';
export { fileStamp, readWorkspaceFile, workspaceFiles } from './workspace';
