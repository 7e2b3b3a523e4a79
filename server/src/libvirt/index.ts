/** The public face of virsh as a peer: other folders import from here only. */

export * from './errors';
export { fetchSchemas, type FetchedSchemas, type FetchOptions } from './fetch-schemas';
export {
  attachDevice,
  deleteGroup,
  detachDisk,
  setGroup,
  setIotune,
  updateDisk,
  type Plane,
} from './changes';
export { diskXml, withoutIotune } from './device-xml';
export { readDomainView, type DomainView, type LibvirtDisk } from './domain-view';
export {
  findDomain,
  hostVersions,
  listDomains,
  listEverywhere,
  LOCAL_URIS,
  type HostVersions,
  type ListedDomain,
  type Listing,
} from './domains';
export { readContact, type Contact, type ContactKind } from './first-contact';
export { monitorOf } from './monitor';
export { option, virshLine, type VirshLine } from './quote';
export { readLibvirtDomain, type LibvirtDomain } from './read';
export { runOnce } from './run-once';
export { connectUri, type UriResult } from './uri';
export { virshArgv, type RunOptions, type VirshOptions, type VirshRunner } from './options';
export { openVirsh, Virsh } from './virsh';
