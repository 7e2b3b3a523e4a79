/** Controllers: the buses that devices are plugged into, above all PCI, USB, SCSI and channels. */

import type { ElementEntry } from '../entry';
import { ioeventfd, iothreadMapping } from './device-virtio';

const chapter = 'controllers';

export const CONTROLLER_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain/devices/controller',
    summary:
      'A bus that other devices hang on. Libvirt adds those that the devices need; written by hand to choose a model, to get more queues or an iothread, or to keep spare PCIe ports for hotplug.',
    example:
      "<controller type='scsi' index='0' model='virtio-scsi'>\n  <driver queues='4' iothread='1'/>\n</controller>",
    chapter,
    attributes: {
      type: {
        summary: 'The kind of bus.',
        values:
          '`pci`, `usb`, `scsi`, `sata`, `ide`, `fdc` (floppies), `virtio-serial` (channels such as the guest agent), `ccid` (smart cards), `xenbus`, `isa`, `nvme` (since 11.5.0).',
      },
      index: {
        summary:
          'Number among the controllers of this type; devices name it in `<address controller>`, or in `bus` for PCI and USB. The lowest free one when left out.',
        values: '0 up; the PCI root has 0.',
      },
      model: {
        summary: 'The device that is emulated; it depends on the type.',
        values:
          '`pci`: `pci-root`, `pcie-root` (made by the machine type), `pcie-root-port` (one slot for hotplug), `pcie-to-pci-bridge`, `pci-bridge`, `pcie-switch-upstream-port`, `pcie-switch-downstream-port`, `pci-expander-bus`, `pcie-expander-bus` (bus on a NUMA node). `usb`: `qemu-xhci` (best for current guests), `ich9-ehci1` with companions, `piix3-uhci`, `none` (no USB at all). `scsi`: `virtio-scsi` (fastest), `lsilogic`, `lsisas1068`, `vmpvscsi`, `auto`. `virtio-serial`: `virtio` and its variants.',
      },
      ports: {
        summary:
          'How many devices fit: sockets of a USB controller (since 1.3.5), channels of a virtio-serial one.',
        values: 'USB: up to 15 on `qemu-xhci`. Virtio-serial: 31 when left out.',
      },
      vectors: {
        summary:
          'How many interrupts a virtio-serial controller has; with 0 it uses a plain PCI interrupt in place of MSI-X.',
      },
      maxGrantFrames: {
        summary:
          'Of the `xenbus`: how many pages of grants the guest may use. Raised for many disks or interfaces.',
        since: '5.2.0',
      },
      maxEventChannels: {
        summary: 'Of the `xenbus`: how many event channels, the interrupts of Xen, the guest may use.',
        since: '6.3.0',
      },
    },
  },
  {
    path: 'domain/devices/controller/address',
    summary:
      "Where the controller itself is plugged in. Functions of one slot, as ICH9's USB companions use them, need `multifunction` on function 0. The PCI root has none.",
    example: "<address type='pci' domain='0x0000' bus='0x00' slot='0x02' function='0x0' multifunction='on'/>",
    chapter: 'device-addresses',
  },
  {
    path: 'domain/devices/controller/model',
    summary:
      'The very device that QEMU emulates for a PCI controller. Chosen by libvirt at define and kept, since the guest would see another one as changed hardware; leave it alone.',
    example: "<model name='pcie-root-port'/>",
    chapter,
    since: '1.2.19',
    attributes: {
      name: {
        summary: "QEMU's name of that device.",
        values:
          '`pcie-root-port` or `ioh3420` for root ports, `pci-bridge`, `pcie-pci-bridge`, `i82801b11-bridge`, `x3130-upstream`, `xio3130-downstream`, `pxb`, `pxb-pcie`, `spapr-pci-host-bridge`.',
      },
    },
  },
  {
    path: 'domain/devices/controller/target',
    summary:
      "Numbers of a PCI controller that the guest sees. Libvirt fills them in and they stay the same for the guest's sake; of use by hand are `hotplug`, `busNr` and `<node>`.",
    example: "<target chassis='5' port='0x14' hotplug='off'/>",
    chapter,
    since: '1.2.19',
    attributes: {
      chassisNr: {
        summary: 'Of a `pci-bridge`: number by which the guest tells bridges apart; libvirt takes the index.',
        values: '1 to 255.',
      },
      chassis: {
        summary:
          'Of a root port or downstream port: number of the chassis, each once together with its port; libvirt takes the index.',
        values: '0 to 255.',
      },
      port: {
        summary: 'Of a root port or downstream port: the number of the slot that the guest sees.',
        values: '0 to 255; libvirt makes it from slot and function of the address.',
      },
      busNr: {
        summary:
          'Of an expander bus: number of its bus. All numbers from it up to the next expander, or 255, are free for the buses below, so several ports need it lower.',
        values: '1 to 254.',
        since: '1.3.4',
      },
      index: {
        summary:
          'Of a `pci-root` on POWER: order in which the guest meets the host bridges; the default one has 0.',
        since: '3.6.0',
      },
      hotplug: {
        summary:
          'With `off` nothing can be plugged in or out below this port while the guest runs, and desktop guests do not offer to eject the device.',
        values: '`on` (default) or `off`.',
        since: '6.3.0',
      },
      memReserve: {
        summary:
          'Memory space that the firmware keeps free below this port, for a device with a large BAR that will be plugged in later.',
        unit: 'KiB',
        since: '10.3.0',
      },
    },
  },
  {
    path: 'domain/devices/controller/target/node',
    summary:
      'Guest NUMA node that the devices below this expander bus are near to. Libvirt does not check that assigned host devices really are.',
    chapter,
    since: '1.3.4',
  },
  {
    path: 'domain/devices/controller/master',
    summary:
      'Of a USB companion: which ports of the EHCI controller with the same index it takes over for slow devices.',
    example: "<master startport='0'/>",
    chapter,
    attributes: {
      startport: {
        summary: 'The first port of the master that belongs to this companion.',
        values: '0, 2 and 4 for the three companions of ICH9.',
      },
    },
  },
  {
    path: 'domain/devices/controller/pcihole64',
    summary:
      'Address space above 4 GiB for large BARs, on the PCI or PCIe root. Enlarged for GPUs with much memory; 0 turns it off for Windows XP and the like, which crash with it.',
    unit: 'KiB, or what `unit` says',
    example: "<pcihole64 unit='GiB'>512</pcihole64>",
    chapter,
    since: '1.1.2',
    attributes: {
      unit: { summary: 'What the number counts.', values: '`KiB` (default), `MiB`, `GiB`, `TiB` and so on.' },
    },
  },
  {
    path: 'domain/devices/controller/driver',
    summary:
      'How QEMU serves the controller; on virtio-scsi this decides threads and queues of all its disks.',
    chapter,
    attributes: {
      queues: {
        summary:
          "Number of request queues of virtio-scsi. As many as there are vCPUs is the usual advice and QEMU's own choice.",
        since: '1.0.5',
      },
      cmd_per_lun: {
        summary: 'How many commands the guest may have under way on one logical unit.',
        values: "QEMU's default is 128.",
        since: '1.2.7',
      },
      max_sectors: {
        summary: 'Largest transfer of one command; larger ones are split by the guest.',
        unit: 'sectors of 512 bytes',
        values: "QEMU's default is 65535.",
        since: '1.2.7',
      },
      ioeventfd: { ...ioeventfd, since: '1.2.18' },
      iothread: {
        summary:
          'Moves the I/O of all disks on this virtio-scsi controller to one iothread. For several threads use more controllers, or `<iothreads>`.',
        values: 'Number of an iothread of the domain, from 1.',
        since: '1.3.5',
      },
    },
  },
  {
    path: 'domain/devices/controller/driver/iothreads',
    summary: iothreadMapping.iothreads,
    chapter,
    since: '11.2.0',
  },
  {
    path: 'domain/devices/controller/driver/iothreads/iothread',
    summary: iothreadMapping.iothread,
    chapter,
    since: '11.2.0',
    attributes: { id: { summary: 'Number of the iothread, each once on a controller.', values: 'From 1.' } },
  },
  {
    path: 'domain/devices/controller/driver/iothreads/iothread/queue',
    summary: iothreadMapping.queue,
    chapter,
    since: '11.2.0',
    attributes: {
      id: {
        summary: 'Number of the request queue that this thread serves.',
        values: '0 up to `queues` less one.',
      },
    },
  },
  {
    path: 'domain/devices/controller/serial',
    summary: 'Serial number that an NVMe controller reports for all disks on it.',
    chapter,
    since: '11.5.0',
  },
];
