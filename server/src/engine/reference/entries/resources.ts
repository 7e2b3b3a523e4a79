/** Shares of the host's disks, throttle groups, and the place in its tree of resources. */

import type { ElementEntry } from '../entry';

const DEVICE = 'domain/blkiotune/device';

export const RESOURCE_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain/blkiotune',
    summary:
      "Shares and limits of the host's block devices for the whole guest, through cgroups. Page cache writes escape it: it works for disks with cache none. To limit one disk of the guest, use throttle groups or iotune.",
    since: '0.8.8',
    example:
      '<blkiotune>\n  <device>\n    <path>/dev/nvme0n1</path>\n    <write_iops_sec>2000</write_iops_sec>\n  </device>\n</blkiotune>',
    chapter: 'block-i-o-tuning',
  },
  {
    path: 'domain/blkiotune/weight',
    summary:
      "The guest's share of disk time against other guests, while the devices are busy. Needs an I/O scheduler on the host that knows weights (BFQ).",
    values: "100 to 1000, on today's kernels 10 to 1000; a relative number.",
    since: '0.8.8',
    chapter: 'block-i-o-tuning',
  },
  {
    path: DEVICE,
    summary:
      'Share and limits for one block device of the host. All image files on a file system count for the device beneath it.',
    since: '0.9.8',
    chapter: 'block-i-o-tuning',
  },
  {
    path: `${DEVICE}/path`,
    summary: "The host's block device that is meant, not the image file on it.",
    values: 'An absolute path, such as /dev/sda.',
    since: '0.9.8',
    chapter: 'block-i-o-tuning',
  },
  {
    path: `${DEVICE}/weight`,
    summary: "The guest's share of time of this one device, in place of its general weight.",
    values: "100 to 1000, on today's kernels 10 to 1000.",
    since: '0.9.8',
    chapter: 'block-i-o-tuning',
  },
  {
    path: `${DEVICE}/read_bytes_sec`,
    summary: 'Ceiling of what the guest reads from this device of the host.',
    unit: 'bytes per second',
    since: '1.2.2',
    chapter: 'block-i-o-tuning',
  },
  {
    path: `${DEVICE}/write_bytes_sec`,
    summary: 'Ceiling of what the guest writes to this device of the host.',
    unit: 'bytes per second',
    since: '1.2.2',
    chapter: 'block-i-o-tuning',
  },
  {
    path: `${DEVICE}/read_iops_sec`,
    summary: 'Ceiling of read requests from the guest to this device of the host.',
    unit: 'operations per second',
    since: '1.2.2',
    chapter: 'block-i-o-tuning',
  },
  {
    path: `${DEVICE}/write_iops_sec`,
    summary: 'Ceiling of write requests from the guest to this device of the host.',
    unit: 'operations per second',
    since: '1.2.2',
    chapter: 'block-i-o-tuning',
  },
  {
    path: 'domain/iommufd',
    summary:
      'Whether host devices are assigned through the newer IOMMUFD interface of the kernel. Each device can differ by the driver element in its hostdev.',
    since: '12.2.0',
    example: "<iommufd enabled='yes'/>",
    chapter: 'host-device-iommufd',
    attributes: {
      enabled: { summary: 'Default for all assigned devices.', values: '`yes` or `no`.' },
      fdgroup: {
        summary:
          'Name of file descriptors that an application hands over (virDomainFDAssociate), instead of letting libvirt open /dev/iommu.',
      },
    },
  },
  {
    path: 'domain/throttlegroups',
    summary:
      'Named sets of I/O limits that disks of this guest share. A group limits what all disks that name it in throttlefilters do together.',
    since: '11.2.0',
    example:
      '<throttlegroups>\n  <throttlegroup>\n    <group_name>db</group_name>\n    <total_iops_sec>5000</total_iops_sec>\n  </throttlegroup>\n</throttlegroups>',
    chapter: 'disk-throttle-group-management',
  },
  {
    path: 'domain/throttlegroups/throttlegroup',
    summary:
      'One group: a name and its limits, the same as in iotune. It takes effect once a throttlefilter of a disk names it, and can be changed on the running guest (virsh domthrottlegroupset).',
    since: '11.2.0',
    chapter: 'disk-throttle-group-management',
  },
  {
    path: 'domain/throttlegroups/throttlegroup/group_name',
    summary:
      'The name that throttlefilter refers to; needed, and unique in the domain. QEMU knows the group as throttle-NAME.',
    values: 'Letters, digits, dot, dash and underscore, for QEMU takes no others.',
    since: '11.2.0',
    chapter: 'disk-throttle-group-management',
  },
  {
    path: 'domain/resource',
    summary: "Where the host books the guest's use of resources.",
    since: '1.0.5',
    chapter: 'resource-partitioning',
  },
  {
    path: 'domain/resource/partition',
    summary:
      "Node of the host's cgroup tree that the guest is placed under, so that several guests share one limit. It must exist before the guest starts; systemd calls it a slice.",
    values: 'An absolute path, such as /machine/production; /machine is the default.',
    since: '1.0.5',
    example: '<resource>\n  <partition>/machine/production</partition>\n</resource>',
    chapter: 'resource-partitioning',
  },
  {
    path: 'domain/resource/fibrechannel',
    summary:
      "Marks the guest's traffic in a Fibre Channel network, so that switches can treat and count it apart. Needs hardware and a kernel that know it, and the module nvme_fc.",
    since: '7.7.0',
    chapter: 'fibre-channel-vmid',
    attributes: {
      appid: {
        summary: 'Name by which the network tells this guest from others.',
        values: 'Up to 128 bytes.',
      },
    },
  },
];
