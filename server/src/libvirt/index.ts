/** The public face of virsh as a peer: other folders import from here only. */

export * from './errors';
export { readContact, type Contact, type ContactKind } from './first-contact';
export { connectUri, type UriResult } from './uri';
export { option, virshLine, type VirshLine } from './quote';
export { openVirsh, Virsh, virshArgv, type RunOptions, type VirshOptions, type VirshRunner } from './virsh';
