/** Devices of the host that are handed to the guest. */

import type { ElementEntry } from '../entry';

const chapter = 'usb-pci-scsi-devices';

export const HOSTDEV_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain/devices/hostdev',
    summary:
      "Hands a device of the host to this guest alone: a PCI card or function, a USB or SCSI device, or a slice of a GPU. PCI devices need an IOMMU, lock the guest's memory and hinder live migration.",
    example:
      "<hostdev mode='subsystem' type='pci' managed='yes'>\n  <source>\n    <address domain='0x0000' bus='0x06' slot='0x02' function='0x0'/>\n  </source>\n</hostdev>",
    chapter,
    attributes: {
      mode: {
        summary: 'Whether a guest gets a device, or a container gets the use of one.',
        values: '`subsystem` for guests, `capabilities` for containers.',
      },
      type: {
        summary: 'Kind of the device.',
        values:
          '`pci`, `usb`, `scsi` (one unit), `scsi_host` (all units of a vhost-scsi target, since 2.5.0), `mdev` (mediated: vGPU, s390 channel and crypto devices, since 3.2.0); for containers `storage`, `misc` and `net`.',
      },
      managed: {
        summary:
          "Of type `pci`: with `yes` libvirt takes the device from the host's driver at start and gives it back; otherwise do it with `virsh nodedev-detach`.",
        values: '`yes` or `no` (default).',
      },
      model: {
        summary:
          "Of type `mdev`: the interface that the host's driver offers. Of type `scsi_host`: variant of virtio.",
        values:
          '`vfio-pci`, `vfio-ccw` (since 4.4.0), `vfio-ap` (since 4.9.0); `virtio`, `virtio-transitional`, `virtio-non-transitional` (since 5.2.0).',
      },
      display: {
        summary: "Of a vGPU: shows its picture on the guest's VNC or SPICE display; needs a `<graphics>`.",
        values: '`on` or `off` (default).',
        since: '4.6.0',
      },
      ramfb: {
        summary:
          'Of a vGPU with `display` on: a simple frame buffer, so that firmware and boot are visible too.',
        values: '`on` or `off` (default).',
        since: '5.10.0',
      },
      rawio: {
        summary:
          'Of type `scsi`: lets QEMU send privileged commands. The capability holds for the whole process.',
        values: '`yes` or `no`.',
        since: '1.2.9',
      },
      sgio: {
        summary:
          'Of type `scsi`: once a filter on commands, which no hypervisor driver honours any more; take it out.',
        values: '`filtered` (default) or `unfiltered`.',
        since: '1.0.6',
      },
    },
  },
  {
    path: 'domain/devices/hostdev/source',
    summary: 'Which device of the host it is; `virsh nodedev-list --tree` shows them.',
    chapter,
    attributes: {
      startupPolicy: {
        summary: 'Of type `usb`: what happens when the device is not plugged in.',
        values:
          '`mandatory` (default; start fails), `requisite` (start fails, but migration and restore drop it), `optional` (dropped whenever missing).',
        since: '1.0.0',
      },
      guestReset: {
        summary:
          'Of type `usb`: whether the guest may reset the device; turned off for ones whose firmware crashes from it.',
        values: '`off`, `uninitialized` (only before it is set up) or `on`.',
        since: '8.6.0',
      },
      writeFiltering: {
        summary: 'Xen: with `no` the guest can write to all of the PCI configuration space.',
        values: '`yes` (default) or `no`.',
        since: '6.8.0',
      },
      protocol: {
        summary:
          "Of type `scsi`: with `iscsi` QEMU itself connects to a server. Of type `scsi_host`: the kernel's target.",
        values: '`adapter` (default; a unit that the host has), `iscsi`; `vhost` for `scsi_host`.',
        since: '1.2.8',
      },
      name: { summary: 'Protocol `iscsi`: the target with an optional slash and unit number.' },
      wwpn: {
        summary: 'Of type `scsi_host`: the target as set up below `/sys/kernel/config/target/vhost`.',
        values: '`naa.` and 16 hexadecimal digits.',
        since: '2.5.0',
      },
    },
  },
  {
    path: 'domain/devices/hostdev/source/address',
    summary:
      "The device's address on the host. It says nothing about the place in the guest: that is the `<address>` outside `<source>`.",
    example: "<address domain='0x0000' bus='0x06' slot='0x02' function='0x0'/>",
    chapter,
    attributes: {
      domain: { summary: 'Of type `pci`: first part of what lspci shows, mostly `0x0000`.' },
      bus: { summary: 'Number of the PCI, USB or SCSI bus on the host.' },
      slot: { summary: 'Of type `pci`: what lspci shows before the dot.' },
      function: { summary: 'Of type `pci`: what lspci shows after the dot.' },
      multifunction: {
        summary: "Says nothing here: it matters in the guest's own addresses only.",
        values: '`on` or `off`.',
      },
      device: {
        summary:
          'Of type `usb`: number on the bus, as lsusb shows it. It changes with each plugging in, so prefer vendor and product.',
      },
      port: {
        summary:
          'Of type `usb`: the socket on the host with a dot for each hub between. Stays the same, unlike `device`.',
      },
      target: { summary: 'Of type `scsi`: number of the target on the bus.' },
      unit: { summary: 'Of type `scsi`: logical unit of the target.' },
      uuid: { summary: 'Of type `mdev`: the UUID that it was made with on the host.', since: '3.2.0' },
    },
  },
  {
    path: 'domain/devices/hostdev/source/vendor',
    summary: 'Of type `usb`: finds the device by who made it, together with `<product>`.',
    example: "<vendor id='0x1234'/>",
    chapter,
    attributes: {
      id: {
        summary: 'First number that lsusb shows after ID.',
        values: 'Hexadecimal with `0x`, octal with 0, or decimal.',
      },
    },
  },
  {
    path: 'domain/devices/hostdev/source/product',
    summary:
      'Of type `usb`: finds the device by its kind. With two alike plugged in, the guest does not start: add the address.',
    example: "<product id='0xbeef'/>",
    chapter,
    attributes: {
      id: {
        summary: 'Second number that lsusb shows after ID.',
        values: 'Hexadecimal with `0x`, octal with 0, or decimal.',
      },
    },
  },
  {
    path: 'domain/devices/hostdev/source/adapter',
    summary: 'Of type `scsi`: the host bus adapter that the unit hangs on.',
    example: "<adapter name='scsi_host0'/>",
    chapter,
    attributes: { name: { summary: 'As in `/sys/class/scsi_host`, with the prefix `scsi_`: `scsi_host0`.' } },
  },
  {
    path: 'domain/devices/hostdev/source/host',
    summary: 'Protocol `iscsi`: the server that has the unit.',
    example: "<host name='example.com' port='3260'/>",
    chapter,
    since: '1.2.8',
    attributes: {
      name: { summary: 'Where the server is reached: DNS entry or IP address.' },
      port: { summary: 'TCP number that it listens on.', values: '3260 when left out.' },
    },
  },
  {
    path: 'domain/devices/hostdev/source/auth',
    summary: 'Protocol `iscsi`: who logs in; the password is held by a secret of libvirt.',
    chapter,
    since: '1.2.8',
    attributes: { username: { summary: 'Who is known to the server (CHAP).' } },
  },
  {
    path: 'domain/devices/hostdev/source/auth/secret',
    summary: 'The libvirt secret with the CHAP password; give its UUID or its usage.',
    chapter,
    since: '1.2.8',
    attributes: {
      type: { summary: 'Must fit the usage type that the secret was defined with.', values: '`iscsi`.' },
      uuid: { summary: 'The secret that `virsh secret-list` shows with this UUID.' },
      usage: { summary: "What the secret's own definition says it is for." },
    },
  },
  {
    path: 'domain/devices/hostdev/source/initiator',
    summary: 'Protocol `iscsi`: who the host is to a server that lets only known initiators in.',
    chapter,
    since: '6.7.0',
  },
  {
    path: 'domain/devices/hostdev/source/initiator/iqn',
    summary: 'The qualified name that QEMU presents to the iSCSI server.',
    example: "<iqn name='iqn.2020-07.com.example:host1'/>",
    chapter,
    since: '6.7.0',
    attributes: { name: { summary: 'Begins with `iqn.`, year and month.' } },
  },
  {
    path: 'domain/devices/hostdev/source/block',
    summary: 'Container: path of the block device on the host that appears in the container.',
    chapter: 'block-character-devices',
    since: '1.0.2',
  },
  {
    path: 'domain/devices/hostdev/source/char',
    summary: 'Container: path of the character device on the host that appears in the container.',
    chapter: 'block-character-devices',
    since: '1.0.2',
  },
  {
    path: 'domain/devices/hostdev/source/interface',
    summary:
      'Container: network card of the host that moves into the container, and is gone from the host meanwhile.',
    chapter: 'block-character-devices',
    since: '1.0.2',
  },
  {
    path: 'domain/devices/hostdev/address',
    summary:
      'Where the guest sees the device. Type `unassigned` keeps a PCI function out of the guest while libvirt holds it, as for the other functions of one card.',
    example: "<address type='unassigned'/>",
    chapter: 'device-addresses',
  },
  {
    path: 'domain/devices/hostdev/driver',
    summary:
      'Which host driver a PCI device is bound to for the guest. Needed only for cards with a VFIO driver of their own.',
    example: "<driver model='vfio-pci-igb'/>",
    chapter,
    attributes: {
      name: {
        summary: 'Way of assignment. The hypervisor decides it, so this is not heeded.',
        values: '`vfio`, `kvm` or `xen`.',
      },
      model: {
        summary:
          'Kernel driver to bind. Without it libvirt takes the one that best fits the card, or `vfio-pci`.',
        since: '10.0.0',
      },
      iommufd: {
        summary: "Uses the kernel's newer interface `/dev/iommu` for the memory mappings of the device.",
        values: '`yes` or `no`.',
        since: '12.1.0',
      },
    },
  },
  {
    path: 'domain/devices/hostdev/readonly',
    summary: 'The guest can read from a SCSI unit but not write to it.',
    chapter,
    since: '1.0.6',
  },
  {
    path: 'domain/devices/hostdev/shareable',
    summary: 'Several guests use the SCSI unit at the same time; without it libvirt gives it to one only.',
    chapter,
    since: '1.0.6',
  },
  {
    path: 'domain/devices/hostdev/teaming',
    summary:
      'Makes an assigned network card the fast half of a pair with a virtio card that stays during migration.',
    example: "<teaming type='transient' persistent='ua-backup0'/>",
    chapter: 'teaming-a-virtio-hostdev-nic-pair',
    since: '7.1.0',
    attributes: {
      type: { summary: 'An assigned card is the half that goes away.', values: '`transient`.' },
      persistent: { summary: 'Alias of the virtio card, which must begin with `ua-`.' },
    },
  },
  {
    path: 'domain/devices/hostdev/ip',
    summary: 'Container: an address set on the network card inside the container.',
    chapter: 'ip-configuration',
    since: '1.2.12',
    attributes: {
      family: { summary: 'Which protocol the address is of.', values: '`ipv4` or `ipv6`.' },
      address: { summary: 'What the container shall be reached by.' },
      prefix: { summary: 'How many leading bits of the address name its network.' },
      peer: { summary: 'The address at the other end of a point-to-point link.', since: '2.1.0' },
    },
  },
  {
    path: 'domain/devices/hostdev/route',
    summary: 'Container: a route over the network card, set inside the container.',
    chapter: 'ip-configuration',
    since: '1.2.12',
    attributes: {
      family: { summary: 'Which protocol the network is of.', values: '`ipv4` or `ipv6`.' },
      address: { summary: 'Where the packets are bound for: a network, its host bits 0.' },
      prefix: { summary: 'How many leading bits of the address name the network.' },
      netmask: { summary: 'The same as `prefix` in the old spelling, such as `255.255.255.0`.' },
      gateway: { summary: 'The router, on a network that the container reaches directly.' },
      metric: { summary: 'Of several routes that fit, the one with the lowest number is taken.' },
    },
  },
];
