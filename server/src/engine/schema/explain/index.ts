/** Words and fixes for the errors of a schema. */

export { schemaReports, type SchemaReport } from './schema-findings';
export type { StructureRuleId } from './explanation';
