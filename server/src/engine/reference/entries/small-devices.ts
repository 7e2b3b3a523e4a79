/** Devices with few settings: input, entropy, watchdog and the like. */

import type { ElementEntry } from '../entry';
import { SIZE_UNIT } from './sizes';

const VIRTIO_MODELS =
  '`virtio` (usual), `virtio-transitional` and `virtio-non-transitional` (old and new interface of virtio, since 5.2.0).';

export const SMALL_DEVICE_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain/devices/input',
    summary:
      "Mouse, keyboard or tablet. x86 guests always have PS/2 ones; a USB tablet lets the pointer follow the viewer's exactly.",
    example: "<input type='tablet' bus='usb'/>",
    chapter: 'input-devices',
    attributes: {
      type: {
        summary: 'What the device is.',
        values:
          '`tablet` (absolute position), `mouse`, `keyboard` (since 1.2.2), `passthrough` (a real device, by virtio, since 1.3.0), `evdev` (a real device shared with the host, since 7.4.0).',
      },
      bus: {
        summary: 'How it is connected; left out, what fits the type.',
        values: '`usb`, `ps2`, `virtio` (since 1.3.0), `xen`.',
      },
      model: {
        summary: 'With bus virtio: which interface the guest sees.',
        values: VIRTIO_MODELS,
        since: '5.2.0',
      },
    },
  },
  {
    path: 'domain/devices/input/source',
    summary: 'With passthrough and evdev: which input device of the host the guest gets.',
    example: "<source dev='/dev/input/by-id/usb-Keyboard-event-kbd' grab='all' grabToggle='ctrl-ctrl'/>",
    chapter: 'input-devices',
    attributes: {
      evdev: { summary: 'With passthrough: device node on the host.', values: 'Such as /dev/input/event3.' },
      dev: {
        summary: 'With evdev: device node on the host. Names under by-id stay the same after a reboot.',
        values: 'Such as /dev/input/by-id/usb-Keyboard-event-kbd.',
        since: '7.4.0',
      },
      grab: {
        summary: 'With evdev: whether all such devices change sides together, not this one alone.',
        values: '`all`.',
        since: '7.4.0',
      },
      repeat: {
        summary: 'With evdev: whether a held key repeats.',
        values: '`on` or `off`.',
        since: '7.4.0',
      },
      grabToggle: {
        summary: 'With evdev: keys that hand the device over between host and guest.',
        values:
          '`ctrl-ctrl` (both at once), `alt-alt`, `shift-shift`, `meta-meta`, `scrolllock`, `ctrl-scrolllock`.',
        since: '7.6.0',
      },
    },
  },
  {
    path: 'domain/devices/hub',
    summary:
      'A USB hub, for more devices than the ports of a controller. A controller with more ports is the better way.',
    chapter: 'hub-devices',
    attributes: { type: { summary: 'The bus that it multiplies ports of.', values: '`usb`.' } },
  },
  {
    path: 'domain/devices/rng',
    summary: 'Hands entropy of the host to the guest, so that it need not wait for random numbers at boot.',
    since: '1.0.3',
    example: "<rng model='virtio'>\n  <backend model='random'>/dev/urandom</backend>\n</rng>",
    chapter: 'random-number-generator-device',
    attributes: { model: { summary: 'Interface that the guest sees.', values: VIRTIO_MODELS } },
  },
  {
    path: 'domain/devices/rng/rate',
    summary: "Keeps the guest from using up the host's entropy. Hardly needed with /dev/urandom.",
    since: '1.0.4',
    chapter: 'random-number-generator-device',
    attributes: {
      bytes: { summary: 'How much may be taken in each period.', unit: 'bytes' },
      period: { summary: 'Length of a period.', unit: 'milliseconds', values: '1000 by default.' },
    },
  },
  {
    path: 'domain/devices/rng/backend',
    summary:
      'Where the entropy comes from. With model random the content is a device of the host; /dev/urandom never blocks and is the best choice.',
    values: 'A path; /dev/random by default with QEMU.',
    chapter: 'random-number-generator-device',
    attributes: {
      model: {
        summary: 'Kind of source.',
        values:
          '`random` (a device), `builtin` (QEMU asks the kernel itself, since 6.1.0), `egd` (a daemon at the end of a line).',
      },
      type: {
        summary: 'With egd: what the line is, as for serial ports.',
        values: '`tcp`, `udp`, `unix` and the others there.',
      },
    },
  },
  {
    path: 'domain/devices/watchdog',
    summary:
      'Timer that acts when the guest stops feeding it. It does nothing until a daemon in the guest opens it (/dev/watchdog).',
    since: '0.7.3',
    example: "<watchdog model='i6300esb' action='reset'/>",
    chapter: 'watchdog-devices',
    attributes: {
      model: {
        summary: 'Which device is emulated.',
        values:
          '`itco` (part of q35, since 9.1.0), `i6300esb` (PCI, works everywhere), `ib700` (ISA), `diag288` (s390, since 1.2.17).',
      },
      action: {
        summary: 'What happens when the time is up. All watchdogs of a guest must have the same.',
        values:
          '`reset` (the default), `poweroff`, `shutdown` (by ACPI, to which a hung guest hardly reacts), `pause`, `none`, `dump` (saves memory and goes on, since 0.8.7), `inject-nmi` (makes it panic, since 1.2.17).',
      },
    },
  },
  {
    path: 'domain/devices/panic',
    summary:
      "Tells libvirt that the guest's kernel crashed, so that on_crash can act. Without it a crashed guest looks like a running one.",
    since: '1.2.1',
    example: "<panic model='isa'/>",
    chapter: 'panic-device',
    attributes: {
      model: {
        summary: 'How the guest tells it.',
        values:
          "`isa` (x86), `pvpanic` (PCI, also ARM, since 9.1.0), `hyperv` (Windows' own way, since 1.3.0), `pseries` and `s390` (always there).",
      },
    },
  },
  {
    path: 'domain/devices/iommu',
    summary:
      'An IOMMU that the guest itself can use: for passing devices on to nested guests, for DPDK, and, with eim, for more than 255 CPUs.',
    since: '2.1.0',
    example: "<iommu model='intel'>\n  <driver intremap='on' caching_mode='on'/>\n</iommu>",
    chapter: 'iommu-devices',
    attributes: {
      model: {
        summary: 'Which one is emulated.',
        values:
          '`intel` (q35), `virtio` (q35 and ARM virt, since 8.3.0), `smmuv3` (ARM virt, since 5.5.0), `amd` (since 11.5.0).',
      },
    },
  },
  {
    path: 'domain/devices/iommu/driver',
    summary: 'Abilities of the IOMMU; most are for intel only.',
    since: '3.4.0',
    chapter: 'iommu-devices',
    attributes: {
      intremap: {
        summary: 'Redirects interrupts too. Needs the split I/O APIC (ioapic driver qemu).',
        values: '`on` or `off`.',
        since: '3.4.0',
      },
      caching_mode: {
        summary:
          'Makes the guest announce new mappings, without which passed-through devices do not work behind it.',
        values: '`on` or `off`.',
        since: '3.4.0',
      },
      eim: {
        summary: 'Wide interrupt numbers, for more than 255 CPUs. Needs intremap.',
        values: '`on` or `off`.',
        since: '3.4.0',
      },
      iotlb: {
        summary: 'Keeps translations for devices with a cache of their own (vhost with ats).',
        values: '`on` or `off`.',
        since: '3.5.0',
      },
      aw_bits: {
        summary: 'Width of addresses that devices can use.',
        unit: 'bits',
        values: '39 or 48 for intel.',
        since: '6.5.0',
      },
      dma_translation: {
        summary: 'Off leaves interrupt remapping alone, without the cost of translating memory accesses.',
        values: '`on` or `off`.',
        since: '10.7.0',
      },
      passthrough: {
        summary: 'With amd: hands memory accesses of devices through as they are.',
        values: '`on` or `off`.',
        since: '11.5.0',
      },
      xtsup: {
        summary: 'With amd: wide interrupt numbers (x2APIC), for many CPUs.',
        values: '`on` or `off`.',
        since: '11.5.0',
      },
      pciBus: { summary: 'With smmuv3: index of the PCI controller that it works for.', since: '11.10.0' },
      accel: {
        summary: "With smmuv3: uses the host's own SMMU for translations of assigned devices.",
        values: '`on` or `off`.',
        since: '12.7.0',
      },
      cmdqv: {
        summary: 'With accel: gives the guest command queues of its own (NVIDIA Tegra241).',
        values: '`on` or `off`.',
        since: '12.7.0',
      },
      ats: {
        summary:
          'With accel: tells the guest that devices may keep translations themselves, where all sides can.',
        values: '`on` or `off`.',
        since: '12.7.0',
      },
      ril: {
        summary: 'With accel: whether whole ranges can be invalidated at once, as the host allows it.',
        values: '`on` or `off`.',
        since: '12.7.0',
      },
      ssidsize: {
        summary: 'With accel: width of the numbers for several address spaces of one device (PASID).',
        unit: 'bits',
        values: '0 (none) to 20.',
        since: '12.7.0',
      },
      oas: { summary: 'With accel: width of the addresses that come out.', unit: 'bits', since: '12.7.0' },
    },
  },
  {
    path: 'domain/devices/iommu/driver/granule',
    summary:
      'With virtio: smallest piece of memory that can be mapped; for guests whose pages differ from those of the host.',
    since: '12.1.0',
    chapter: 'iommu-devices',
    attributes: {
      mode: { summary: 'Instead of a size: follows the page size of the host.', values: '`host`.' },
      size: { summary: 'The size itself.', values: 'In QEMU 4, 8, 16 or 64 KiB.' },
      unit: SIZE_UNIT,
    },
  },
  {
    path: 'domain/devices/vsock',
    summary: 'Sockets between guest and host without any network (AF_VSOCK), for agents, ssh and containers.',
    since: '4.4.0',
    example: "<vsock model='virtio'>\n  <cid auto='yes'/>\n</vsock>",
    chapter: 'vsock',
    attributes: { model: { summary: 'Interface that the guest sees.', values: VIRTIO_MODELS } },
  },
  {
    path: 'domain/devices/vsock/cid',
    summary: "The guest's address among vsocks, unique on its host.",
    since: '4.4.0',
    chapter: 'vsock',
    attributes: {
      auto: { summary: 'Whether libvirt picks a free address at each start.', values: '`yes` or `no`.' },
      address: {
        summary: 'The address itself, if it is to stay the same.',
        values: '3 and up; 2 is the host.',
      },
    },
  },
  {
    path: 'domain/devices/crypto',
    summary: 'Hands ciphers of the guest to the host, which may have hardware for them.',
    since: '9.0.0',
    example: "<crypto model='virtio' type='qemu'>\n  <backend model='builtin' queues='1'/>\n</crypto>",
    chapter: 'crypto',
    attributes: {
      model: { summary: 'Interface that the guest sees.', values: '`virtio`.' },
      type: { summary: 'Who does the work.', values: '`qemu`.' },
    },
  },
  {
    path: 'domain/devices/crypto/backend',
    summary: 'What computes the ciphers on the host.',
    since: '9.0.0',
    chapter: 'crypto',
    attributes: {
      model: {
        summary: 'Implementation.',
        values: "`builtin` (libraries of QEMU) or `lkcf` (the host's kernel).",
      },
      queues: { summary: 'How many requests can run side by side.', values: '1 by default.' },
    },
  },
  {
    path: 'domain/devices/nvram',
    summary:
      'The variable store of a pSeries guest, which is always there; written only to give it an address. UEFI variables are in os.',
    since: '1.0.5',
    chapter: 'nvram-device',
  },
  {
    path: 'domain/devices/pstore',
    summary:
      'Storage that keeps the last messages of a crashed kernel over the reboot (/sys/fs/pstore in Linux).',
    since: '10.6.0',
    example:
      "<pstore backend='acpi-erst'>\n  <path>/var/lib/libvirt/web1.erst</path>\n  <size unit='KiB'>64</size>\n</pstore>",
    chapter: 'pstore',
    attributes: {
      backend: {
        summary: 'Interface that the guest sees.',
        values: '`acpi-erst`, an ACPI table for error records.',
      },
    },
  },
  {
    path: 'domain/devices/pstore/path',
    summary: 'File on the host that keeps the records, one for each guest.',
    values: 'An absolute path.',
    since: '10.6.0',
    chapter: 'pstore',
  },
  {
    path: 'domain/devices/pstore/size',
    summary: 'How much the store holds; has to be given.',
    since: '10.6.0',
    chapter: 'pstore',
    attributes: { unit: SIZE_UNIT },
  },
];
