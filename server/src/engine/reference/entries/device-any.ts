/** What all devices have in common: where they sit, what they are called, in which order the firmware tries them. */

import type { AttributeEntry, ElementEntry } from '../entry';
import { virtioDriverAttributes } from './device-virtio';

/** Of the label of one source, be it a disk's or a serial port's. */
export const sourceLabelAttributes: Readonly<Record<string, AttributeEntry>> = {
  model: {
    summary: 'The security driver that is meant; one element for each.',
    values: '`selinux`, `apparmor` or `dac`.',
  },
  relabel: {
    summary: 'With `no` libvirt leaves owner or label as they are, and the file must let QEMU in already.',
    values: '`yes` or `no`.',
  },
  labelskip: {
    summary: 'Written by libvirt where labelling was tried and the file system would not take it.',
    values: '`yes`.',
  },
};

export const ANY_DEVICE_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain/devices/*/alias',
    summary:
      'A name by which the device is known to virsh and in QEMU. One of your own makes it easy to unplug or change the device later; without it libvirt makes one at each start, such as `virtio-disk0`.',
    example: "<alias name='ua-data0'/>",
    chapter: 'devices',
    since: '3.9.0',
    attributes: {
      name: {
        summary:
          'Names given by hand begin with `ua-` and occur once in the domain; others are thrown away when the domain is defined.',
        values: 'Letters, digits, `_` and `-` after the prefix `ua-`.',
      },
    },
  },
  {
    path: 'domain/devices/*/boot',
    summary:
      'Makes the device bootable and gives it its turn. Excludes `<boot dev>` in `<os>`: use one way or the other.',
    example: "<boot order='1'/>",
    chapter: 'specifying-boot-order',
    since: '0.8.8',
    attributes: {
      order: {
        summary:
          'The firmware tries the device with the lowest number first. No two devices share a number; s390 guests look at the first only.',
        values: 'From 1 up.',
      },
      loadparm: {
        summary: 'Tells the boot loader of an s390 guest which boot entry to take.',
        values: 'Up to eight characters: letters, digits, dots and blanks.',
        since: '3.5.0',
      },
    },
  },
  {
    path: 'domain/devices/*/acpi',
    summary:
      'An index that firmware tables hand to the guest. Linux with systemd names network interfaces after it (`eno7`), so the name stays when the PCI address changes.',
    chapter: 'network-interfaces',
    since: '7.3.0',
    attributes: {
      index: { summary: 'No two devices of a domain share an index.', values: '1 to 16383.' },
      nodeset: {
        summary:
          'For an assigned device that brings memory of its own, such as a slice of a GPU: the guest NUMA nodes that belong to it.',
        values: 'Node numbers and ranges such as `0-3,5`.',
        since: '11.8.0',
      },
    },
  },
  {
    path: 'domain/devices/*/rom',
    summary:
      'Changes the option ROM of a PCI device, the code that firmware runs to boot from it. Turned off to start faster, replaced for a network boot ROM that the card lacks.',
    example: "<rom bar='on' file='/usr/share/ipxe/10ec8139.rom'/>",
    chapter: 'interface-rom-bios-configuration',
    since: '0.9.7',
    attributes: {
      bar: {
        summary: 'Whether the guest sees the ROM in its memory map at all.',
        values: '`on` or `off`; current QEMU shows it.',
      },
      file: {
        summary: "Absolute path of a ROM image on the host that takes the place of the device's own.",
        since: '0.9.10',
      },
      enabled: {
        summary:
          'With `no` QEMU loads no ROM for the device; `bar` and `file` are refused then. Cures guests that hang in the ROM of an assigned card.',
        values: '`yes` (default) or `no`.',
        since: '4.3.0',
      },
    },
  },
  {
    path: 'domain/devices/*/driver',
    summary:
      'How the device is carried out on the host; for virtio devices also how its queues are laid out.',
    chapter: 'virtio-related-options',
    since: '3.5.0',
    attributes: virtioDriverAttributes,
  },
  {
    path: 'domain/devices/*/source/seclabel',
    summary:
      'Labels this one source in another way than `<seclabel>` of the domain says, or not at all: for files that several guests share, or on file systems that take no labels.',
    example: "<seclabel model='dac' relabel='no'/>",
    chapter: 'security-label',
    since: '0.9.9',
    attributes: sourceLabelAttributes,
  },
  {
    path: 'domain/devices/*/source/seclabel/label',
    summary: 'The label itself, for SELinux a context, for `dac` user and group, such as `+107:+107`.',
    chapter: 'security-label',
    since: '0.9.9',
  },
  {
    path: 'domain/devices/*/address',
    summary:
      'Where the device sits on its bus in the guest. Libvirt fills it in when the domain is defined and keeps it, so that the guest finds its hardware in the same place; written by hand to fix a slot or to choose a controller.',
    example: "<address type='pci' domain='0x0000' bus='0x04' slot='0x00' function='0x0'/>",
    chapter: 'device-addresses',
    attributes: {
      type: {
        summary: 'The kind of bus, which decides the other attributes.',
        values:
          '`pci`, `drive` (disks on IDE, SATA and SCSI), `virtio-serial` (channels), `usb`, `ccid` (smart cards), `ccw` (s390), `spapr-vio` (POWER), `virtio-mmio` (ARM), `isa`, `dimm` (memory), `unassigned` (a hostdev that libvirt prepares but the guest does not get). `pci` alone, with no more attributes, asks libvirt for a free PCI slot.',
      },
      domain: {
        summary: 'PCI segment. QEMU knows only one.',
        values: 'Hexadecimal; `0x0000`.',
      },
      bus: {
        summary:
          'Of type `pci`: index of the PCI controller the device is plugged into. Of type `usb`: index of the USB controller. Of type `drive`: channel of the controller, 0 or 1 on IDE, always 0 on SATA and virtio-scsi.',
        values: '`pci`: `0x00` to `0xff`; `usb`: up to `0xfff`; `drive`: 0 up.',
      },
      slot: {
        summary:
          'Place on the bus. A PCIe root port has only slot 0, a bridge 1 to 31. Of type `dimm`: the memory slot; of type `ccid`: the slot of the card reader.',
        values: 'PCI: `0x00` to `0x1f`.',
      },
      function: {
        summary:
          'One of the eight functions of a PCI slot. Several devices share a slot when function 0 has `multifunction` on; they can be plugged and unplugged only together.',
        values: '`0x0` to `0x7`.',
      },
      multifunction: {
        summary:
          'Says on function 0 that the slot has more functions; without it the guest does not look for them.',
        values: '`on` or `off` (default).',
        since: '0.9.7',
      },
      controller: {
        summary:
          'Index of the controller (`<controller index>`) of the matching type that the device hangs on. Libvirt adds one that is missing.',
        values: '0 up.',
      },
      target: {
        summary:
          'SCSI target on the channel. Used on SCSI only, and 0 elsewhere; virtio-scsi takes 0 to 255.',
        since: '0.9.11',
      },
      unit: {
        summary:
          'Unit on the bus or target: 0 and 1 for master and slave of IDE, the port of SATA (0 to 5), the logical unit number on SCSI.',
      },
      port: {
        summary:
          'Of type `usb`: the socket, with a dot for each hub between, such as `1.2`. Of type `virtio-serial`: number of the port on the controller, where 0 is kept for consoles.',
      },
      reg: {
        summary: 'Start of the registers of a device on the virtual I/O bus of a POWER guest.',
        values: 'Hexadecimal, by custom a multiple of `0x1000`.',
        since: '0.9.9',
      },
      iobase: { summary: 'First I/O port of an ISA device, such as `0x3f8` for the first serial port.' },
      irq: { summary: 'Interrupt of an ISA device, such as `0x4` for the first serial port.' },
      cssid: {
        summary: 'Channel subsystem of an s390 guest. All three parts of a ccw address are given, or none.',
        values: '`0x00` to `0xfe`; virtio devices take `0xfe`.',
        since: '1.0.4',
      },
      ssid: { summary: 'Subchannel set of an s390 guest.', values: '`0x0` to `0x3`.', since: '1.0.4' },
      devno: {
        summary: 'Device number on the channel, by which an s390 guest names the device.',
        values: '`0x0000` to `0xffff`, once in a domain.',
        since: '1.0.4',
      },
      base: {
        summary: 'Of type `dimm`: guest physical address at which the module begins.',
        values: 'Hexadecimal; libvirt records what QEMU chose.',
      },
    },
  },
  {
    path: 'domain/devices/*/address/zpci',
    summary:
      'The two identifiers that an s390 guest knows a PCI device by. Libvirt makes free ones when it is left out.',
    chapter: 'device-addresses',
    since: '4.10.0',
    attributes: {
      uid: {
        summary: 'Identifier chosen by the user; Linux makes it the PCI domain of the device.',
        values: '`0x0001` to `0xffff`, once in a domain.',
      },
      fid: {
        summary: 'Identifier of the function, which names its hotplug slot.',
        values: '`0x00000000` to `0xffffffff`, once in a domain.',
      },
    },
  },
];
