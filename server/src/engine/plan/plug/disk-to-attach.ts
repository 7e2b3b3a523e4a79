/** A `<disk>` of a document as something that QEMU can be told to open and plug in. */

import type { Disk, Placed } from '../../domain/model';
import { holdsTemplate } from '../../domain/template';
import { attributeValue, childElements } from '../../xml/navigate';
import type { Located } from '../../xml/tree';
import { derivedAlias, driveAddress } from '../disks';
import { shown } from '../words';

/** All that QEMU is told of a disk beside its filters. */
export interface DiskToAttach {
  /** Id of the device: the alias that libvirt would give. */
  readonly alias: string;
  readonly bus: 'virtio' | 'scsi';
  /** The place on the bus of a SCSI disk. */
  readonly address: ScsiAddress | undefined;
  /** QEMU's driver that opens the image, and the absolute path. */
  readonly opens: 'file' | 'host_device';
  readonly path: string;
  readonly format: 'raw' | 'qcow2';
  /** The document says that the image has no backing image, whatever its header says. */
  readonly isAlone: boolean;
  readonly readonly: boolean;
  readonly shareable: boolean;
  readonly serial: string | undefined;
  readonly cache: CacheMode | undefined;
  readonly io: 'native' | 'threads' | 'io_uring' | undefined;
  readonly discard: 'unmap' | 'ignore' | undefined;
  readonly detectZeroes: 'off' | 'on' | 'unmap' | undefined;
  /** Number of libvirt's `iothread`; its object is called `iothread<N>`. */
  readonly iothread: string | undefined;
  readonly queues: number | undefined;
}

/** A place on a SCSI controller. */
export interface ScsiAddress {
  readonly controller: string;
  readonly target: number;
  readonly unit: number;
  /** The document says it; else it follows from the disk's target. */
  readonly isSaid: boolean;
}

export type CacheMode = (typeof CACHE_MODES)[number];

const CACHE_MODES = ['none', 'writeback', 'writethrough', 'directsync', 'unsafe'] as const;

export type ReadDisk =
  | { readonly kind: 'disk'; readonly disk: DiskToAttach }
  /** Why it is not attached over QMP: a clause that ends a sentence. */
  | { readonly kind: 'unsupported'; readonly why: string };

/**
 * Reads a disk. Everything in the element must be understood: a disk is never attached with a part left out that could
 * be what keeps its data safe. Libvirt understands the rest, and takes any disk by `libvirt:DOMAIN`.
 */
export function diskToAttach(text: string, placed: Placed<Disk>): ReadDisk {
  const { of, start } = placed;
  const element: Located = { node: of.element, start, parent: undefined };
  if (holdsTemplate(text.slice(start, start + of.element.length))) return no('it holds template text');
  const given = new Given(text, element);
  const misfit = given.misfit();
  if (misfit !== undefined) return no(misfit);
  if (of.device !== 'disk') return no(`it is a ${shown(of.device)}, and only device='disk' is attached`);
  const opens = of.type === 'file' ? 'file' : of.type === 'block' ? 'host_device' : undefined;
  if (opens === undefined) return no(`its type is ${shown(of.type)}, and only file and block are attached`);
  const path = of.source?.value ?? '';
  if (!path.startsWith('/')) return no('its image has no absolute path');
  const format = given.one('driver', 'type', ['raw', 'qcow2']) ?? 'raw';
  const [target, bus] = [of.target?.value, of.bus?.value];
  const address = driveAddress(text, placed);
  const alias = derivedAlias({ target, bus, address });
  const onBus =
    bus ?? (target?.startsWith('sd') === true ? 'scsi' : target?.startsWith('vd') ? 'virtio' : '');
  if (onBus !== 'virtio' && onBus !== 'scsi') {
    return no(
      `its bus is ${shown(onBus) || 'not said'}, and only virtio and scsi disks can be plugged in here`,
    );
  }
  if (alias === undefined) return no(`no alias follows from its target ${shown(target ?? '')}`);
  const place = /^scsi(\d+)-\d+-(\d+)-(\d+)$/.exec(alias);
  if (onBus === 'scsi' && place === null) return no('its place on the SCSI controller cannot be read');
  const [, controller = '', scsiTarget = '', unit = ''] = place ?? [];
  const queues = given.value('driver', 'queues');
  if (queues !== undefined && !isQueueCount(Number(queues))) {
    return no(`it has ${shown(queues)} queues, and a disk can have 1 to ${MOST_QUEUES}`);
  }
  return {
    kind: 'disk',
    disk: {
      alias,
      bus: onBus,
      address:
        onBus === 'scsi'
          ? { controller, target: Number(scsiTarget), unit: Number(unit), isSaid: address !== undefined }
          : undefined,
      opens,
      path,
      format,
      isAlone: given.has('backingStore'),
      readonly: given.has('readonly'),
      shareable: given.has('shareable'),
      serial: of.serial?.value,
      cache: given.one('driver', 'cache', CACHE_MODES),
      io: given.one('driver', 'io', ['native', 'threads', 'io_uring']),
      discard: given.one('driver', 'discard', ['unmap', 'ignore']),
      detectZeroes: given.one('driver', 'detect_zeroes', ['off', 'on', 'unmap']),
      iothread: of.iothread?.value,
      queues: queues === undefined ? undefined : Number(queues),
    },
  };
}

/** QEMU's VIRTIO_QUEUE_MAX; more of them end QEMU 7.2 (measured with device_add). */
const MOST_QUEUES = 1024;

export const isQueueCount = (count: number): boolean =>
  Number.isInteger(count) && count >= 1 && count <= MOST_QUEUES;

const no = (why: string): ReadDisk => ({ kind: 'unsupported', why });

/** Elements that are carried over, or say nothing that a hot-plugged disk needs, and their attributes. */
const KNOWN: ReadonlyMap<string, readonly string[]> = new Map([
  ['disk', ['type', 'device', 'snapshot']],
  ['driver', ['name', 'type', 'cache', 'io', 'discard', 'detect_zeroes', 'iothread', 'queues']],
  ['source', ['file', 'dev', 'index', 'startupPolicy']],
  ['backingStore', []],
  ['target', ['dev', 'bus']],
  ['readonly', []],
  ['shareable', []],
  ['serial', []],
  ['throttlefilters', []],
  ['throttlefilter', ['group']],
  ['alias', ['name']],
  // The guest has booted; a place is chosen among those that are free, and of a SCSI disk's it is read.
  ['boot', ['order']],
  ['address', ['type', 'domain', 'bus', 'slot', 'function', 'controller', 'target', 'unit', 'multifunction']],
]);

const VALUES: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['address type', ['pci', 'drive']],
  ['driver name', ['qemu']],
  ['driver type', ['raw', 'qcow2']],
  ['driver cache', CACHE_MODES],
  ['driver io', ['native', 'threads', 'io_uring']],
  ['driver discard', ['unmap', 'ignore']],
  ['driver detect_zeroes', ['off', 'on', 'unmap']],
]);

/** The markup of one disk. */
class Given {
  private readonly all: readonly Located[];

  constructor(
    private readonly text: string,
    disk: Located,
  ) {
    this.all = [disk, ...below(disk)];
  }

  /** What of it is not understood, as a clause. */
  misfit(): string | undefined {
    for (const element of this.all) {
      const { name, attributes } = element.node;
      const known = KNOWN.get(name);
      if (name === 'backingStore' && childElements(element).length > 0) {
        return 'it names a backing image of its own; over QMP the image must name it in its header';
      }
      if (known === undefined) return `<${shown(name)}> in it is not understood over QMP`;
      for (const attribute of attributes) {
        const value = attributeValue(this.text, element, attribute);
        const values = VALUES.get(`${name} ${attribute.name}`);
        if (!known.includes(attribute.name) || values?.includes(value) === false) {
          return `<${name} ${shown(attribute.name)}='${shown(value)}'> in it is not understood over QMP`;
        }
      }
    }
    return undefined;
  }

  has(name: string): boolean {
    return this.all.some(({ node }) => node.name === name);
  }

  value(name: string, attribute: string): string | undefined {
    for (const element of this.all) {
      const found = element.node.attributes.find(one => one.name === attribute);
      if (element.node.name === name && found !== undefined) {
        return attributeValue(this.text, element, found);
      }
    }
    return undefined;
  }

  one<T extends string>(name: string, attribute: string, values: readonly T[]): T | undefined {
    const value = this.value(name, attribute);
    return values.find(one => one === value);
  }
}

const below = (element: Located): Located[] =>
  childElements(element).flatMap(child => [child, ...below(child)]);
