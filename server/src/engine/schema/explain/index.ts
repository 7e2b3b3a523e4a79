/** Words and fixes for the errors of a schema. */

export { schemaReports } from './schema-findings';
export { libxml2Reports } from './libxml2-reports';
export type { SchemaReport, StructureRuleId } from './explanation';
