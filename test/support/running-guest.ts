/** A running domain as libvirt would tell of it, to whom nobody can talk but by a scripted virsh. */

import type { KnownDomain } from './virsh-of-domain';

const NAME = 'guest';
const UUID = '7d3c9a52-0c1b-4b0e-9a56-3a3f0d7b8c11';

/** Its document with these groups as filters of vda; both groups are there. */
export const guestDocument = (filters: readonly string[]): string =>
  `<domain type='kvm'>
  <name>${NAME}</name>
  <uuid>${UUID}</uuid>
  <memory unit='MiB'>64</memory>
  <throttlegroups>
    <throttlegroup>
      <group_name>gold</group_name>
      <total_iops_sec>500</total_iops_sec>
    </throttlegroup>
    <throttlegroup>
      <group_name>silver</group_name>
      <total_iops_sec>300</total_iops_sec>
    </throttlegroup>
  </throttlegroups>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
  </os>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' type='raw'/>
      <source file='/images/guest.raw'/>
      <target dev='vda' bus='virtio'/>
      <throttlefilters>
${filters.map(group => `        <throttlefilter group='${group}'/>\n`).join('')}      </throttlefilters>
    </disk>
  </devices>
</domain>
`;

/** It runs with one filter, and has the same in its persistent definition. */
export const GUEST: KnownDomain = {
  name: NAME,
  uuid: UUID,
  live: guestDocument(['gold'])
    .replace("<domain type='kvm'>", "<domain type='kvm' id='1'>")
    .replace('</throttlefilters>', "</throttlefilters>\n      <alias name='virtio-disk0'/>"),
  config: guestDocument(['gold']),
};
