/** Throttling on a live VM: the public face. Other folders import from here only. */

export {
  formatVmAddress,
  isLoopback,
  parseVmAddress,
  type AddressResult,
  type LibvirtAddress,
  type VmAddress,
} from './address';
export type { ApplyRequest } from './apply';
export { errorWords, isAborted, VmAddressError, VmGuardError, VmUnreadableError } from './errors';
export { readState } from './read';
export { connectVm, type VmOptions, type VmSession } from './session';
export {
  isThroughLibvirt,
  planLibvirt,
  planLibvirtDeleteGroup,
  planLibvirtSetGroup,
  type LibvirtPlanOptions,
} from './libvirt-plan';
export { OFF } from './libvirt-state';
export { planReturn } from './libvirt-return';
export { planWish, RETURN_WITHOUT_LIBVIRT, type VmWish, type WishOptions } from './wish';
