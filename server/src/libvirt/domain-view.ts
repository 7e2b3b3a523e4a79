/** What one definition of a domain says about throttling: libvirt's XML, read with the engine's own parser and model. */

import type { Disk, IotuneState, Located, NamedLimits, Placed } from '../engine';
import {
  childElements,
  effectiveValues,
  firstOfEachName,
  limitsNothing,
  parseXml,
  readDomain,
  shown,
  SourceText,
} from '../engine';
import { attributesOf } from './attributes';
import { VirshAnswerError } from './errors';

/** A disk as a definition has it. */
export interface LibvirtDisk {
  /** `<target dev>`: libvirt's name for it, always there. */
  readonly target: string;
  readonly bus: string | undefined;
  /** Only in the live definition, or where the user chose it. */
  readonly alias: string | undefined;
  readonly serial: string | undefined;
  /** Images of all layers that the definition names, the top one first. */
  readonly sources: readonly string[];
  /** Names of groups, from the image up. */
  readonly filters: readonly string[];
  readonly iotune: IotuneState | null;
  readonly iothread: string | undefined;
  /** More than one thread, by `<iothreads>` of the driver. */
  readonly mapped: boolean;
  readonly readonly: boolean;
  /** disk, cdrom, floppy, lun. */
  readonly device: string;
  readonly empty: boolean;
  /** The whole `<disk>` as libvirt wrote it. */
  readonly xml: string;
  /** The source may hold a cookie, which only a definition with secrets shows: its XML must not be sent back. */
  readonly hidesSecrets: boolean;
}

/** One definition of a domain: the live or the persistent one. */
export interface DomainView {
  /** The XML as libvirt gave it. */
  readonly text: string;
  readonly name: string;
  readonly uuid: string;
  /** Number of the running instance; undefined in a definition that does not run. */
  readonly id: string | undefined;
  readonly groups: readonly NamedLimits[];
  readonly disks: readonly LibvirtDisk[];
}

/** Reads what `virsh dumpxml` gave. Throws VirshAnswerError where it is no domain that can be relied on. */
export function readDomainView(text: string): DomainView {
  const domain = readDomain(parseXml(SourceText.of(text)));
  const name = domain?.name?.value;
  const uuid = domain?.uuid?.value;
  if (domain === undefined || name === undefined || uuid === undefined) {
    throw new VirshAnswerError('What virsh gave as the definition of the domain is no domain XML.');
  }
  const root: Located = { node: domain.element, start: domain.start, parent: undefined };
  return {
    text,
    name,
    uuid,
    id: attributesOf(text, root).get('id'),
    groups: firstOfEachName(domain).map(({ of }): NamedLimits => {
      const group = of.name?.value ?? '';
      const limits = effectiveValues(of.limits);
      if (limits === undefined) throw unreadable(`group ${group}`);
      return { name: group, limits };
    }),
    disks: domain.disks.map(disk => readDiskView(text, disk)),
  };
}

function readDiskView(text: string, disk: Placed<Disk>): LibvirtDisk {
  const { of } = disk;
  const target = of.target?.value;
  if (target === undefined) throw unreadable('a disk');
  const element: Located = { node: of.element, start: disk.start, parent: undefined };
  const sources = sourcesOf(text, element);
  return {
    target,
    bus: of.bus?.value,
    alias: of.alias?.value,
    serial: of.serial?.value,
    sources: sources.flatMap(({ image }) => image ?? []),
    filters: of.filters.map(filter => filter.group?.value ?? ''),
    iotune: iotuneOf(of, target),
    iothread: of.iothread?.value,
    mapped: childElements(element, 'driver').some(driver => childElements(driver, 'iothreads').length > 0),
    readonly: of.readonly !== undefined,
    device: of.device,
    empty: childElements(element, 'source').length === 0,
    xml: text.slice(disk.start, disk.start + of.element.length),
    hidesSecrets: sources.some(({ protocol }) => /^(?:https?|ftps?)$/.test(protocol ?? '')),
  };
}

/** Libvirt reads the first block; one that limits nothing is none. */
function iotuneOf(disk: Disk, target: string): IotuneState | null {
  const [iotune] = disk.iotunes;
  if (iotune === undefined) return null;
  const limits = effectiveValues(iotune.limits);
  if (limits === undefined) throw unreadable(`disk ${target}`);
  if (limitsNothing(limits)) return null;
  return { limits, group: iotune.limits.groupName?.value ?? null };
}

interface LayerSource {
  readonly image: string | undefined;
  readonly protocol: string | undefined;
}

/** `<source>` of the disk and of each `<backingStore>` below, from the top. */
function sourcesOf(text: string, disk: Located): readonly LayerSource[] {
  const found: LayerSource[] = [];
  for (
    let layer: Located | undefined = disk;
    layer !== undefined;
    layer = childElements(layer, 'backingStore')[0]
  ) {
    for (const source of childElements(layer, 'source')) {
      const attributes = attributesOf(text, source);
      const image = ['file', 'dev', 'dir', 'name', 'volume', 'path']
        .map(name => attributes.get(name))
        .find(Boolean);
      found.push({ image, protocol: attributes.get('protocol') });
    }
  }
  return found;
}

const unreadable = (what: string): VirshAnswerError =>
  new VirshAnswerError(`The limits of ${shown(what)} in libvirt's XML cannot be read.`);
