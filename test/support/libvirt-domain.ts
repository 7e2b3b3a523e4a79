/** Small domains for a real libvirt: firmware that idles, or the guest with I/O. */

import type { Guest } from './guest';

export interface DomainDisk {
  /** `sda` is a disk of a virtio-scsi controller, `vda` one of virtio-blk. */
  readonly target: string;
  readonly image: string;
  readonly format: 'raw' | 'qcow2';
  /** Groups of its filters; the first is nearest the image. */
  readonly filters?: readonly string[];
  readonly serial?: string;
}

export interface DomainOptions {
  readonly name: string;
  readonly uuid?: string;
  readonly disks: readonly DomainDisk[];
  /** Throttle groups with their total_iops_sec. */
  readonly groups?: { readonly [name: string]: number };
  /** Paths of QMP sockets of our own beside libvirt's; they mark the domain as started with arguments of its own. */
  readonly qmp?: readonly string[];
  readonly guest?: Guest;
}

/** The domain's XML. Names and paths come from tests and hold nothing that XML would have to escape. */
export function domainXml(options: DomainOptions): string {
  const { name, uuid, disks, groups = {}, qmp = [], guest } = options;
  return `<domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
  <name>${name}</name>
  ${uuid === undefined ? '' : `<uuid>${uuid}</uuid>`}
  <memory unit='MiB'>${guest === undefined ? 64 : 192}</memory>
  <vcpu>${guest === undefined ? 1 : 2}</vcpu>
  ${throttleGroups(groups)}
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
    ${guest === undefined ? '' : bootElements(guest)}
  </os>
  <features><acpi/></features>
  <devices>
    ${disks.map(diskXml).join('\n    ')}
    <controller type='scsi' model='virtio-scsi'/>
    <controller type='usb' model='none'/>
    ${guest === undefined ? '' : `<serial type='unix'><source mode='connect' path='${guest.console}'/></serial>`}
    <memballoon model='none'/>
  </devices>
  ${qmp.length === 0 ? '' : monitorElement(qmp)}
</domain>
`;
}

/** The disk's element alone, as attach-device and update-device take it. */
export function diskXml({ target, image, format, filters = [], serial }: DomainDisk): string {
  return `<disk type='file' device='disk'>
      <driver name='qemu' type='${format}'/>
      <source file='${image}'/>
      <target dev='${target}' bus='${target.startsWith('sd') ? 'scsi' : 'virtio'}'/>
      ${serial === undefined ? '' : `<serial>${serial}</serial>`}
      ${filters.length === 0 ? '' : `<throttlefilters>${filters.map(group => `<throttlefilter group='${group}'/>`).join('')}</throttlefilters>`}
    </disk>`;
}

const throttleGroups = (groups: { readonly [name: string]: number }): string =>
  Object.keys(groups).length === 0
    ? ''
    : `<throttlegroups>${Object.entries(groups)
        .map(
          ([name, iops]) =>
            `<throttlegroup><group_name>${name}</group_name><total_iops_sec>${iops}</total_iops_sec></throttlegroup>`,
        )
        .join('')}</throttlegroups>`;

const bootElements = ({ boot }: Guest): string =>
  `<kernel>${boot.kernel}</kernel><initrd>${boot.initrd}</initrd><cmdline>${boot.commandLine}</cmdline>`;

const monitorElement = (paths: readonly string[]): string =>
  `<qemu:commandline>${paths
    .map(path => `<qemu:arg value='-qmp'/><qemu:arg value='unix:${path},server=on,wait=off'/>`)
    .join('')}</qemu:commandline>`;
