/** The engine's public face: other folders import from here only. */

export * from './text';
export * from './version';
export * from './xml/tree';
export * from './xml/navigate';
export { decodeEntities, encodeAttribute, encodeText } from './xml/entities';
export * from './limits/table';
export * from './domain/model';
export * from './rules/rule';
export * from './plan/types';
export * from './limits/qemu';
export * from './edit/format';
