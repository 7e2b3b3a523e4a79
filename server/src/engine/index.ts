/** The engine's public face: other folders import from here only. */

export * from './text';
export * from './version';
export * from './xml/tree';
export * from './xml/navigate';
export { parseXml } from './xml/parse';
export { reparse } from './xml/reparse';
export { decodeEntities, encodeAttribute, encodeText } from './xml/entities';
export * from './limits/table';
export * from './limits/units';
export * from './limits/values';
export { readLimit } from './limits/read';
export * from './domain/model';
export { libvirtKind, type DocumentKind } from './domain/kind';
export { readDomain } from './domain/read';
export { absolute } from './domain/pieces';
export * from './domain/references';
export { holdsTemplate } from './domain/template';
export * from './rules/rule';
export { RULES, ruleNamed } from './rules';
export { analyze, fixesOf, type Analysis, type Fault, type Previous } from './analyze';
export * from './plan/types';
