/** The domain itself and what names it. */

import type { ElementEntry } from '../entry';

export const DOMAIN_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain',
    summary:
      'One virtual machine or container: what virsh define, create and edit take. Everything about the guest stands in it; the order of the parts does not matter.',
    example: "<domain type='kvm'>\n  <name>web1</name>\n  ...\n</domain>",
    chapter: 'element-and-attribute-overview',
    attributes: {
      type: {
        summary:
          'The kind of hypervisor that runs the guest. It has to fit the driver one is connected to, and decides which elements work.',
        values:
          '`kvm` for hardware virtualization on Linux; `qemu` for pure emulation (any architecture, much slower); `hvf` for macOS; `xen`, `lxc` (containers), `bhyve`, `vmware`, `vbox`, `hyperv`, `openvz`, `vz`, `test` for those drivers.',
      },
      id: {
        summary:
          'Running number that libvirt gives a guest when it starts. Only output: it tells that this is the XML of a running guest, and is dropped when one defines a domain.',
      },
    },
  },
  {
    path: 'domain/name',
    summary:
      'The short name by which virsh, logs and file names call the guest. It must be unique on its host, and renaming needs the guest shut off (virsh domrename).',
    values: 'Letters, digits, dashes and the like; no slash and no line break.',
    since: '0.0.1',
    chapter: 'general-metadata',
  },
  {
    path: 'domain/uuid',
    summary:
      'Identity of the guest for libvirt, management tools and, through SMBIOS, the guest itself. Leave it out of new domains and copies: libvirt then makes a random one. The same UUID with another name is refused.',
    values: '32 hexadecimal digits, commonly in groups of 8-4-4-4-12.',
    since: '0.0.1',
    chapter: 'general-metadata',
  },
  {
    path: 'domain/hwuuid',
    summary:
      'Identity that the guest sees, where it shall differ from the one that libvirt knows it by: for a restored or copied guest whose licences hang on the old one. All devices that show a UUID use it.',
    values: 'A UUID, as in uuid, which is the default.',
    since: '11.7.0',
    chapter: 'general-metadata',
  },
  {
    path: 'domain/genid',
    summary:
      'Generation ID that tells the guest that it was rolled back or cloned, so that it renews random seeds and marks replicated databases (such as Active Directory) as stale. Libvirt changes it before such a start.',
    values: 'A UUID, or empty, and libvirt makes one and writes it down.',
    since: '4.4.0',
    example: '<genid/>',
    chapter: 'general-metadata',
  },
  {
    path: 'domain/title',
    summary:
      'A line for people, shown by management tools and by virsh list --title. May be changed while the guest runs (virsh desc --title).',
    values: 'Any text on a single line.',
    since: '0.9.10',
    chapter: 'general-metadata',
  },
  {
    path: 'domain/description',
    summary:
      'Notes for people about the guest. Libvirt keeps them and does nothing with them; virsh desc shows and changes them.',
    values: 'Any text, several lines too.',
    since: '0.7.2',
    chapter: 'general-metadata',
  },
  {
    path: 'domain/metadata',
    summary:
      'Room for data of applications, such as which operating system virt-install put there. Libvirt stores it untouched, unlike comments, which it drops.',
    values: 'Elements in namespaces of their own, one top element for each namespace.',
    since: '0.9.10',
    example:
      "<metadata>\n  <inventory:host xmlns:inventory='https://example.com/inventory'>rack 7</inventory:host>\n</metadata>",
    chapter: 'general-metadata',
  },
  {
    path: 'domain/metadata/*',
    summary:
      'Data of the application whose namespace this is. What is allowed here is up to that application; libvirt reads none of it (virsh metadata gets and sets it by its namespace).',
    chapter: 'general-metadata',
  },
  {
    path: 'domain/metadata/libosinfo:libosinfo',
    summary:
      'Written by virt-install, virt-manager and others: which operating system is inside, by its entry in the libosinfo database. They choose defaults and icons by it.',
    chapter: 'general-metadata',
  },
  {
    path: 'domain/metadata/libosinfo:libosinfo/libosinfo:os',
    summary: 'The operating system inside the guest, for tools that look it up.',
    chapter: 'general-metadata',
    attributes: {
      id: {
        summary: 'Address that identifies the system in libosinfo (osinfo-query os lists them).',
        values: 'For instance http://debian.org/debian/12.',
      },
    },
  },
  {
    path: 'domain/devices',
    summary:
      'All hardware of the guest: disks, network cards, controllers, consoles, and also the emulator program. What is missing but needed, such as controllers, libvirt adds when the domain is defined.',
    since: '0.1.3',
    chapter: 'devices',
  },
  {
    path: 'domain/devices/emulator',
    summary:
      'Path of the program that runs the guest. Leave it out to get the default for this type and architecture (virsh domcapabilities names it); set it for a QEMU built on your own.',
    values: 'An absolute path, such as /usr/bin/qemu-system-x86_64.',
    chapter: 'devices',
  },
];
