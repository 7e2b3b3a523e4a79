/** The only file reader: documents on disk and on standard input, and the product's own version. */

export { MAX_DOCUMENT_BYTES, readDocument, type DocumentRead } from './document';
export { keepSchemas } from './keep-schemas';
export { findDocuments, isFolder, type FoundDocument, type FoundRead, type IsOurs } from './find';
export { KeptAnswers, cacheFolder } from './kept-answers';
export { keepLastChange, lastChangeAt } from './last-changes';
export { productBuild, productVersion } from './product';
export { ReadText } from './read-text';
export {
  isFolderWish,
  loadSchemas,
  readySchemas,
  wantedSchemas,
  PACKAGED_SCHEMAS,
  type LoadedSchemas,
  type WantedSchemas,
  type SchemaWish,
} from './load-schemas';
export { SCHEMA_FOLDERS, findSchemas, type InstalledSchemas, type SchemasFound } from './schemas';
export type { SchemasVersion } from './schemas-version';
export { fileStamp, readWorkspaceFile, workspaceFiles } from './workspace';
