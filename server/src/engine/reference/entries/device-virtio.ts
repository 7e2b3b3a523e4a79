/**
 * Attributes that the drivers of all virtio devices share, and those of every device that has queues of requests.
 * Facts: chapter "Virtio-related options" of libvirt's manual; QEMU's properties iommu_platform, ats, packed, page-per-vq.
 */
import type { AttributeEntry } from '../entry';

export const virtioDriverAttributes: Readonly<Record<string, AttributeEntry>> = {
  iommu: {
    summary:
      'Lets the device reach guest memory only through the emulated or platform IOMMU. Needed for confidential guests (SEV, s390 secure execution) and for nested assignment; the guest driver must speak virtio 1.0.',
    values: '`on` or `off`; QEMU decides when it is left out.',
    since: '3.5.0',
  },
  ats: {
    summary:
      'Address translation service of a PCIe device: lets vhost keep translated addresses in a cache of its own. Set it together with an `<iommu>` device whose driver has `iotlb` on.',
    values: '`on` or `off`; off when left out.',
    since: '3.5.0',
  },
  packed: {
    summary:
      'Offers packed virtqueues, one ring in place of three, which touch fewer cache lines. They are used only when QEMU, the vhost backend and the guest driver all know them.',
    values: '`on` or `off`; QEMU decides when it is left out.',
    since: '6.3.0',
  },
  page_per_vq: {
    summary:
      'Gives each queue its own page for doorbells, so that the page of a physical vDPA device can be mapped straight into the guest. Leave it out unless vDPA is in use.',
    values: '`on` or `off`; QEMU decides when it is left out.',
    since: '7.9.0',
  },
};

/** Handling of notifications, the same words for disks, network interfaces and controllers. */
export const ioeventfd: AttributeEntry = {
  summary:
    "Takes the guest's notifications in another thread, so that the vCPU goes on instead of waiting in QEMU. Helps guests with much system time during I/O; on a host without spare processors it can add latency.",
  values: '`on` or `off`; QEMU has it on where the host can do it.',
};

export const eventIdx: AttributeEntry = {
  summary:
    'Lets guest and host say from which request on they want to be told, which saves interrupts and exits. Turned off only to work around a faulty guest driver.',
  values: '`on` or `off`; on where guest and QEMU know it.',
  since: '0.9.5',
};

/** The three elements of a mapping from queues to iothreads, the same for virtio disks and virtio-scsi controllers. */
export const iothreadMapping = {
  iothreads:
    'Spreads the queues of the device over several iothreads, which lifts the limit of one thread for a very fast disk. Excludes the attribute `iothread`; without `<queue>` children the queues are dealt out in turn.',
  iothread:
    'One iothread that serves this device. It must be among the threads counted by `<iothreads>` or listed in `<iothreadids>` of the domain.',
  queue:
    'Gives one queue to this iothread. As soon as one queue is mapped, the attribute `queues` of the driver must be set and each queue from 0 to its value less one must be mapped once.',
} as const;
