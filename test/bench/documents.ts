/** The documents that are measured: everyday domains, only larger. */

export interface BenchDocument {
  readonly title: string;
  readonly text: string;
  /** An offset in the text of a limit, in the middle of the document: where the keystroke falls. */
  readonly keystroke: number;
  /** An offset between the quotes of a filter's `group`: where completion is asked for. */
  readonly completion: number;
}

export const SIZES = [
  { title: '15 KB', disks: 18, groups: 6 },
  { title: '0.74 MB', disks: 1000, groups: 200 },
  { title: '7.4 MB', disks: 10_000, groups: 2000 },
] as const;

export function benchDocument({ title, disks, groups }: (typeof SIZES)[number]): BenchDocument {
  const text = `<domain type='kvm'>
  <name>bench</name>
  <uuid>0e6bd3a9-5a1c-4f0e-9b1e-3c8d4d1a9f00</uuid>
  <memory unit='KiB'>8388608</memory>
  <vcpu placement='static'>8</vcpu>
  <throttlegroups>
${Array.from({ length: groups }, (_, index) => group(index)).join('')}  </throttlegroups>
  <os>
    <type arch='x86_64' machine='pc-q35-10.0'>hvm</type>
  </os>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
${Array.from({ length: disks }, (_, index) => disk(index, groups)).join('')}  </devices>
</domain>
`;
  const middleDisk = text.indexOf(`/disk${Math.floor(disks / 2)}.qcow2`);
  const middleGroup = text.indexOf(
    '<total_iops_sec>',
    text.indexOf(`<group_name>group${Math.floor(groups / 2)}<`),
  );
  return {
    title,
    text,
    keystroke: middleGroup + '<total_iops_sec>1'.length,
    completion: text.indexOf("group='", middleDisk) + "group='".length,
  };
}

const group = (index: number): string => `    <throttlegroup>
      <group_name>group${index}</group_name>
      <total_iops_sec>1000</total_iops_sec>
      <total_iops_sec_max>5000</total_iops_sec_max>
      <total_iops_sec_max_length>10</total_iops_sec_max_length>
      <read_bytes_sec>52428800</read_bytes_sec>
      <write_bytes_sec>26214400</write_bytes_sec>
    </throttlegroup>
`;

const disk = (index: number, groups: number): string => `    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2' cache='none' io='native' discard='unmap' detect_zeroes='unmap' queues='4'/>
      <source file='/var/lib/libvirt/images/bench/disk${index}.qcow2' index='${index + 1}'/>
      <backingStore/>
      <target dev='vd${targetName(index)}' bus='virtio'/>
      <throttlefilters>
        <throttlefilter group='group${index % groups}'/>
        <throttlefilter group='group${(index + 1) % groups}'/>
      </throttlefilters>
      <serial>BENCH${index}</serial>
      <alias name='virtio-disk${index}'/>
      <blockio logical_block_size='512' physical_block_size='4096'/>
      <address type='pci' domain='0x0000' ${pciPlace(index)}/>
    </disk>
`;

/** A place of its own for each disk, eight to a slot. */
function pciPlace(index: number): string {
  const hex = (number: number, digits: number): string => `'0x${number.toString(16).padStart(digits, '0')}'`;
  return `bus=${hex(1 + (index >> 8), 2)} slot=${hex((index >> 3) & 31, 2)} function=${hex(index & 7, 1)}`;
}

/** a, b, ..., z, aa, ab, ...: as libvirt numbers disks. */
export function targetName(index: number): string {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : targetName(Math.floor(index / 26) - 1) + last;
}
