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
export * from './plan/plan';
export * from './plan/desired';
export * from './plan/group-commands';
export * from './plan/describe';
export * from './plan/json';
export * from './plan/state';
export { hashOf } from './plan/hash';
export { matchIdentity, vmTitle, type DocumentIdentity, type IdentityMatch } from './plan/identity';
export { namingOf, resolveNames, usersOnVm, groupKeys, type ResolvedNames } from './plan/names';
export { derivedAlias, matchDisk, type DesiredDisk, type DiskMatch } from './plan/disks';
export { groupTitle } from './plan/steps';
export { changeSummary, listed, listedBriefly, shown } from './plan/words';
export * from './limits/values';
