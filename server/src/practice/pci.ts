/** The PCI buses of a practice VM: machine pc, as QEMU 7.2 shows it with -nodefaults. */

import type { JsonObject, JsonValue } from '../qmp';
import { Refusal } from './refusal';
import type { PciPlace, PracticeState } from './state';

/** What stands on the buses. */
type Plugged = Pick<PracticeState, 'controllers' | 'disks'>;

/** Slots that a bus has. The first two of `pci.0` are taken by the machine's own devices. */
export const SLOTS = 32;
export const OWN_SLOTS = 2;

/** `pci.0`, and the bus of each bridge. */
export const pciBuses = ({ controllers }: Plugged): readonly string[] => [
  'pci.0',
  ...controllers.filter(({ type }) => type === 'pci-bridge').map(({ id }) => id),
];

/** The first free place on a bus, which is where QEMU puts a device without an address. Throws Refusal. */
export function freePlace(plugged: Plugged, bus: string, driver: string): PciPlace {
  const taken = new Set(devicesOn(plugged, bus).map(({ slot }) => slot));
  for (let slot = bus === 'pci.0' ? OWN_SLOTS : 0; slot < SLOTS; slot++) {
    if (!taken.has(slot)) return { kind: 'pci', bus, slot };
  }
  return whereNoPlaceIs(driver);
}

/** Throws what QEMU says then. */
export function whereNoPlaceIs(driver: string): never {
  throw new Refusal(`PCI: no slot/function available for ${driver}, all in use or reserved`);
}

/**
 * The reply of query-pci. Where devices have their registers is told as of a VM whose firmware has not run (address
 * -1, no interrupt); the buses are numbered as firmware numbers them, for without a number QEMU lists no device behind
 * a bridge (measured with 7.2).
 */
export const queryPci = (state: PracticeState): JsonValue => [
  { bus: 0, devices: [...MACHINE_DEVICES, ...devicesOn(state, 'pci.0').map(device => entry(state, device))] },
];

interface PciDevice {
  readonly id: string;
  readonly type: string;
  readonly slot: number;
}

function devicesOn({ controllers, disks }: Plugged, bus: string): readonly PciDevice[] {
  const found = [
    ...controllers.map(({ id, type, place }) => ({ id, type, place })),
    ...disks.map(({ alias, place }) => ({ id: alias ?? '', type: 'virtio-blk-pci', place })),
  ];
  return found
    .flatMap(({ id, type, place }) =>
      place.kind === 'pci' && place.bus === bus ? [{ id, type, slot: place.slot }] : [],
    )
    .sort((a, b) => a.slot - b.slot);
}

function entry(state: PracticeState, { id, type, slot }: PciDevice, bus = 0): JsonObject {
  const where = { bus, slot, function: 0, qdev_id: id, irq_pin: 1, irq: 0 };
  switch (type) {
    case 'pci-bridge':
      return {
        ...where,
        class_info: { class: 0x604, desc: 'PCI bridge' },
        id: { vendor: 0x1b36, device: 1 },
        regions: [memory(0, 256, { prefetch: false, mem_type_64: true })],
        pci_bridge: bridge(state, id),
      };
    case 'virtio-scsi-pci':
      return { ...where, ...virtio(0x1004, 8, 64) };
    default:
      return { ...where, ...virtio(0x1001, 2, 128) };
  }
}

function bridge(state: PracticeState, id: string): JsonObject {
  const number = pciBuses(state).indexOf(id);
  const range = { base: 0, limit: 0xfffff };
  return {
    bus: {
      number: 0,
      secondary: number,
      subordinate: number,
      io_range: { base: 0, limit: 0xfff },
      memory_range: range,
      prefetchable_range: range,
    },
    devices: devicesOn(state, id).map(device => entry(state, device, number)),
  };
}

const RED_HAT = 0x1af4;

const virtio = (device: number, subsystem: number, ioSize: number): JsonObject => ({
  class_info: { class: 0x100, desc: 'SCSI controller' },
  id: { vendor: RED_HAT, device, 'subsystem-vendor': RED_HAT, subsystem },
  regions: [
    io(0, ioSize),
    memory(1, 4096, { prefetch: false, mem_type_64: false }),
    memory(4, 16384, { prefetch: true, mem_type_64: true }),
  ],
});

const io = (bar: number, size: number): JsonObject => ({ bar, size, address: -1, type: 'io' });

const memory = (bar: number, size: number, kind: JsonObject): JsonObject => ({
  bar,
  size,
  address: -1,
  type: 'memory',
  ...kind,
});

function machineDevice(
  slot: number,
  part: number,
  device: number,
  classInfo: JsonObject,
  more: JsonObject = {},
): JsonObject {
  const id = { vendor: 0x8086, device, 'subsystem-vendor': RED_HAT, subsystem: 0x1100 };
  const where = { bus: 0, slot, function: part, qdev_id: '', irq_pin: 0 };
  return { ...where, class_info: classInfo, id, regions: [], ...more };
}

/** The i440FX host bridge, and the PIIX3 with its parts. */
const MACHINE_DEVICES: readonly JsonObject[] = [
  machineDevice(0, 0, 0x1237, { class: 0x600, desc: 'Host bridge' }),
  machineDevice(1, 0, 0x7000, { class: 0x601, desc: 'ISA bridge' }),
  machineDevice(1, 1, 0x7010, { class: 0x101, desc: 'IDE controller' }, { regions: [io(4, 16)] }),
  machineDevice(1, 3, 0x7113, { class: 0x680, desc: 'Bridge' }, { irq_pin: 1, irq: 0 }),
];
