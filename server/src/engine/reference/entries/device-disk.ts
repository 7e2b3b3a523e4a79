/** A disk, drive or image as the guest sees it; sources, drivers and throttling have files of their own. */

import type { ElementEntry } from '../entry';

const chapter = 'hard-drives-floppy-disks-cdroms';

export const DISK_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain/devices/disk',
    summary:
      'A hard disk, CD-ROM or floppy of the guest: `<source>` says where the data lies, `<target>` how the guest sees it, `<driver>` how QEMU does the work.',
    example:
      "<disk type='file' device='disk'>\n  <driver name='qemu' type='qcow2' cache='none' discard='unmap'/>\n  <source file='/var/lib/libvirt/images/guest.qcow2'/>\n  <target dev='vda' bus='virtio'/>\n</disk>",
    chapter,
    attributes: {
      type: {
        summary:
          'What kind of storage `<source>` names; it decides the attributes and children that fit there.',
        values:
          '`file`, `block` (a device of the host), `network`, `volume` (of a libvirt pool), `dir` (offered as a FAT disk), `nvme` (a namespace driven by QEMU itself, since 6.0.0), `vhostuser` (another process does the I/O, since 7.1.0), `vhostvdpa` (since 9.8.0), `ctl` (FreeBSD, since 12.0.0).',
      },
      device: {
        summary: 'What the guest sees.',
        values:
          "`disk` (default); `cdrom` and `floppy`, whose medium can be changed or missing; `lun`, a raw block device that also takes the guest's SCSI commands (clusters with reservations, tape software).",
      },
      model: {
        summary:
          'Variant of the virtio disk. Transitional ones go into a conventional PCI slot and work with very old guest drivers.',
        values:
          '`virtio`, `virtio-transitional`, `virtio-non-transitional`; for bus `usb` also `usb-storage` and `usb-bot` (since 11.5.0).',
        since: '5.2.0',
      },
      rawio: {
        summary:
          'Lets QEMU send privileged SCSI commands to a `lun`. The capability belongs to the process, so all disks of the domain gain it.',
        values: '`yes` or `no` (default).',
        since: '0.9.10',
      },
      sgio: {
        summary:
          'Once told the kernel not to filter SCSI commands of a `lun`. No hypervisor driver honours it any more: take it out.',
        values: '`filtered` (default) or `unfiltered`.',
        since: '1.0.2',
      },
      snapshot: {
        summary: 'What a snapshot of the domain does with this disk when it does not say otherwise.',
        values:
          '`internal` (inside a qcow2 image), `external` (new writes go to an overlay), `manual` (you take it by other means), `no` (left out; the default of read-only disks).',
        since: '0.9.5',
      },
    },
  },
  {
    path: 'domain/devices/disk/target',
    summary:
      'How the disk is shown to the guest. virsh commands name the disk by `dev`; inside the guest it may be called otherwise.',
    example: "<target dev='vda' bus='virtio'/>",
    chapter,
    attributes: {
      dev: {
        summary:
          'Name of the disk, once in a domain. It gives the order of the disks and, without `bus`, the bus as well; it promises nothing about the name inside the guest.',
        values:
          '`vda` for virtio, `sda` for SCSI, SATA and USB, `hda` for IDE, `fda` for a floppy, `xvda` for Xen.',
      },
      bus: {
        summary:
          'Interface of the drive. `virtio` is fastest and has one PCI device for each disk; `scsi` on a virtio-scsi controller carries many disks and passes SCSI commands; `sata` and `ide` need no driver in the guest.',
        values: '`virtio`, `scsi`, `sata`, `ide`, `usb`, `fdc`, `xen`, `sd`, `nvme` (since 11.5.0).',
        since: '0.4.3',
      },
      tray: {
        summary: 'Whether the tray of a CD-ROM or floppy stands open. Can be changed while the guest runs.',
        values: '`open` or `closed` (default).',
        since: '0.9.11',
      },
      removable: {
        summary:
          'Shows a USB or SCSI disk as removable, as sticks are; some guests then refuse to install on it.',
        values: '`on` or `off` (default).',
        since: '1.1.3',
      },
      rotation_rate: {
        summary:
          'Speed that a SCSI, SATA or IDE disk reports. With 1 the guest takes it for a solid state disk, chooses another scheduler and may offer to trim it.',
        unit: 'revolutions per minute',
        values: '1 for solid state, or 1025 to 65534.',
        since: '7.3.0',
      },
      dpofua: {
        summary:
          "Whether a SCSI disk reports that it can force single writes to the medium. Leave it out: QEMU's default fits the machine type.",
        values: '`on` or `off`.',
        since: '11.10.0',
      },
    },
  },
  {
    path: 'domain/devices/disk/boot',
    summary: 'Makes the disk bootable and gives it its turn. Excludes `<boot dev>` in `<os>`.',
    example: "<boot order='1'/>",
    chapter,
    since: '0.8.8',
  },
  {
    path: 'domain/devices/disk/alias',
    summary:
      "A name of your own for the disk, or the one that libvirt made when it started the guest. QEMU's device has the same name, so error events and `qemu-monitor-command` can be matched with it.",
    example: "<alias name='ua-database'/>",
    chapter: 'devices',
    since: '3.9.0',
  },
  {
    path: 'domain/devices/disk/readonly',
    summary:
      'The guest can read the disk but not write to it. CD-ROMs always are; a virtio or SCSI disk that also has throttle filters does not start.',
    chapter,
  },
  {
    path: 'domain/devices/disk/shareable',
    summary:
      'Several guests use the disk at the same time, as in a cluster: libvirt does not lock it for one guest and turns the host cache off unless `cache` says otherwise. Needs the raw format and a file system made for it.',
    chapter,
  },
  {
    path: 'domain/devices/disk/transient',
    summary:
      'Throws away what the guest wrote when it stops: QEMU writes to a temporary overlay beside the image. Such a guest can neither migrate nor be snapshotted.',
    chapter,
    since: '0.9.5',
    attributes: {
      shareBacking: {
        summary:
          'Lets several running guests start from the same image. The disk is plugged in during start, so its bus must allow hotplug.',
        values: '`yes` or `no` (default).',
        since: '7.4.0',
      },
    },
  },
  {
    path: 'domain/devices/disk/serial',
    summary:
      'Serial number that the guest reads, by which Linux makes `/dev/disk/by-id` links. A virtio or IDE disk keeps only 20 characters of it; SCSI disks by file take more.',
    example: '<serial>WD-WMAP9A966149</serial>',
    chapter,
    since: '0.7.1',
  },
  {
    path: 'domain/devices/disk/wwn',
    summary:
      'World wide name that a SCSI or IDE disk reports, refused on other buses; multipath software takes disks with the same one for one disk.',
    values: '16 hexadecimal digits.',
    example: '<wwn>5000c50015ea71ac</wwn>',
    chapter,
    since: '0.10.1',
  },
  {
    path: 'domain/devices/disk/vendor',
    summary:
      "Maker's name that a disk on bus `scsi` reports. Set where software in the guest looks for a certain make.",
    values: 'Up to 8 printable characters.',
    chapter,
    since: '1.0.1',
  },
  {
    path: 'domain/devices/disk/product',
    summary: 'Model name that the disk reports, on bus `scsi`, and on `sata` and `ide` since 11.1.0.',
    values: 'Up to 16 printable characters on SCSI, 40 on SATA and IDE.',
    chapter,
    since: '1.0.1',
  },
  {
    path: 'domain/devices/disk/geometry',
    summary:
      'Overrides cylinders, heads and sectors that QEMU guesses. For DASD disks of s390 and very old systems only.',
    example: "<geometry cyls='16383' heads='16' secs='63' trans='lba'/>",
    chapter,
    since: '0.10.0',
    attributes: {
      cyls: { summary: 'How many cylinders the guest is told.' },
      heads: { summary: 'How many heads the guest is told.' },
      secs: { summary: 'How many sectors a track has.' },
      trans: {
        summary: 'How the BIOS turns these numbers into the ones that old boot code uses.',
        values: '`none`, `lba` or `auto`.',
      },
    },
  },
  {
    path: 'domain/devices/disk/blockio',
    summary:
      'Block sizes that the disk reports. Set to match storage with sectors of 4 KiB, so that the guest lays out its partitions and writes in step with it.',
    example: "<blockio logical_block_size='512' physical_block_size='4096'/>",
    chapter,
    since: '0.10.2',
    attributes: {
      logical_block_size: {
        summary:
          'Smallest unit the guest can read or write. An existing guest with 512 does not boot any more from a disk changed to 4096.',
        unit: 'bytes',
        values: 'A power of two, in practice 512 (default) or 4096.',
      },
      physical_block_size: {
        summary:
          'Size of a sector of the real medium: partitioning tools align to it. May differ from the logical size.',
        unit: 'bytes',
        values: 'A power of two, at least the logical size.',
      },
      discard_granularity: {
        summary:
          'Smallest piece that can be trimmed. QEMU chooses it well in most cases; set to the allocation unit of thin storage where it does not.',
        unit: 'bytes',
        values: 'A multiple of the logical block size.',
      },
    },
  },
  {
    path: 'domain/devices/disk/backenddomain',
    summary: 'Xen: the driver domain that holds the disk, when it is not the host itself.',
    chapter,
    since: '1.2.13',
    attributes: { name: { summary: 'What `xl list` calls it; it must run before this guest starts.' } },
  },
  {
    path: 'domain/devices/disk/throttlefilters',
    summary:
      'The chain of throttle filters above the image. A request must pass all of them, so the tightest group counts and the order changes nothing. Excludes limits in `<iotune>`; CD-ROMs, `lun` disks and read-only disks cannot have filters.',
    example:
      "<throttlefilters>\n  <throttlefilter group='disk-vda'/>\n  <throttlefilter group='all-disks'/>\n</throttlefilters>",
    chapter,
    since: '11.2.0',
  },
  {
    path: 'domain/devices/disk/throttlefilters/throttlefilter',
    summary:
      'Puts the disk under the limits of one throttle group. Disks that name the same group share its budget. The first filter lies next to the image, the last next to the guest.',
    chapter,
    since: '11.2.0',
    attributes: {
      group: {
        summary:
          'A `<group_name>` from the `<throttlegroups>` of this domain, exact to the blank, and once on a disk.',
      },
    },
  },
  {
    path: 'domain/devices/disk/iotune',
    summary:
      'Limits of this disk alone, or of all disks with the same `<group_name>`. Can be changed on a running guest with `virsh blkdeviotune`. Limits left out or 0 do not limit; they cannot stand beside `<throttlefilters>`.',
    example:
      '<iotune>\n  <total_iops_sec>500</total_iops_sec>\n  <total_bytes_sec>52428800</total_bytes_sec>\n</iotune>',
    chapter,
    since: '0.9.8',
  },
  {
    path: 'domain/devices/disk/iotune/group_name',
    summary:
      'Disks that give the same name share one budget, and must write the same limits. A name of its own world: it has nothing to do with `<throttlegroups>`, but must not be the name of one with `throttle-` in front.',
    example: '<group_name>tenant7</group_name>',
    chapter,
    since: '3.0.0',
  },
  {
    path: 'domain/devices/disk/privateData',
    summary: 'What libvirt keeps for itself in the status of a running guest. Never written by hand.',
    chapter,
  },
];
