/** The engine's public face: other folders import from here only. */

export * from './text';
export * from './version';
export * from './json-value';
export * from './xml/tree';
export * from './xml/navigate';
export { parseXml } from './xml/parse';
export { reparse } from './xml/reparse';
export { decodeEntities, encodeAttribute, encodeText } from './xml/entities';
export * from './schema';
export * from './reference';
export * from './limits/table';
export * from './limits/units';
export * from './limits/values';
export { readLimit } from './limits/read';
export * from './domain/model';
export { hasOtherLibvirtRoot, libvirtKind, type DocumentKind } from './domain/kind';
export { isGeneratedByLibvirt } from './domain/generated';
export { readDomain } from './domain/read';
export { absolute } from './domain/pieces';
export * from './domain/references';
export * from './domain/device';
export * from './domain/setting';
export * from './domain/cross-references';
export * from './domain/disk-names';
export * from './domain/numbers';
export { holdsTemplate, templatesIn } from './domain/template';
export * from './edit';
export * from './rules/rule';
export { RULES, ruleNamed } from './rules';
export { schemaAgrees, validationOf } from './schema-check';
export { analyze, analyzeTree, fixesOf, type Analysis, type Fault, type Previous } from './analyze';
export * from './plan/vm-state';
export * from './plan/types';
export * from './plan/outcome';
export * from './limits/qemu';
export * from './plan/plan';
export * from './plan/desired';
export * from './plan/group-commands';
export { planAttach } from './plan/plug/attach';
export * from './plan/plug/attach-wish';
export { planDetach } from './plan/plug/detach';
export * from './plan/describe';
export { driftOf, type Drift } from './plan/drift';
export { lastChangeText, readLastChange } from './plan/last-change/codec';
export * from './plan/last-change/last-change';
export { undoWish, type UndoWish } from './plan/last-change/undo-wish';
export * from './plan/json';
export * from './plan/state';
export { hashOf } from './plan/hash';
export {
  identityOf,
  matchIdentity,
  otherDomain,
  sameUuid,
  vmTitle,
  type DocumentIdentity,
  type IdentityMatch,
} from './plan/identity';
export { namingOf, resolveNames, sameNames, usersOnVm, groupKeys, type ResolvedNames } from './plan/names';
export {
  derivedAlias,
  hasImage,
  matchDisk,
  type DesiredDisk,
  type DiskMatch,
  type DriveAddress,
} from './plan/disks';
export { iotuneOf, sameChain, sameIotune } from './plan/disk-changes';
export { groupTitle, diskTitleOf } from './plan/steps';
export * from './plan/guards';
export { devicePath } from './plan/qmp-commands';
export { libvirtConsequences } from './plan/libvirt-consequences';
export { refusalOfState, refusalOfValues, refused } from './plan/refusals';
export { cleanupOf, leftoversOf, wayBack, type Leftovers, type WayBack } from './plan/undo';
export { RESUME } from './plan/steps';
export { chainWords, changeSummary, iotuneWords, listed, listedBriefly, shown } from './plan/words';
