/**
 * What the rules, the editor features and the plan know of a document: groups, disks with their filters and iotune.
 *
 * A `Group` and a `Disk` are read from their element alone and are cached with it, so their spans are relative to
 * the start of that element; `Placed` says where it stands. Absent is `undefined`; what is odd is a finding, never
 * an exception. Nothing here judges.
 */

import type { Span } from '../text';
import type { XmlElement } from '../xml/tree';
import type { LimitField, LimitName } from '../limits/table';
import type { Device } from './device';
import type { FilterUses } from './filter-uses';
import type { SettingBlock } from './setting';

/** A thing read from an element, with the absolute offset of that element. */
export interface Placed<T> {
  readonly start: number;
  readonly of: T;
}

/** Some text of the document, decoded, with the place of what was decoded, relative to the owner's start. */
export interface Piece extends Span {
  readonly value: string;
  /** Holds template text such as `{{ name }}` or `${name}`: its value is unknown, nobody judges or pushes it. */
  readonly template: boolean;
}

/** What libvirt makes of the text of a limit (virXPathULongLong over the element's text, base 10). */
export type LimitReading =
  | { readonly kind: 'number'; readonly value: bigint }
  /** No text: not set. */
  | { readonly kind: 'empty' }
  /** Libvirt or the schema refuses it: letters, a sign, blanks behind, above 2^64-1, elements inside. */
  | { readonly kind: 'unreadable'; readonly why: UnreadableWhy }
  | { readonly kind: 'template' };

export type UnreadableWhy =
  | 'blank' // nothing but white space
  | 'blank-behind' // a good number, white space behind it
  | 'negative'
  | 'plus' // libvirt reads it; the schema's libxml2 (before forky's) does not
  | 'too-big' // above 2^64-1
  | 'suffix' // a number with a unit that virsh would take: 5M, 50MiB
  | 'elements' // child elements inside
  | 'text';

/** One limit element. Spans relative to the owner's element. */
export interface LimitEntry {
  readonly field: LimitField & { readonly xml: LimitName };
  /** The whole element. */
  readonly span: Span;
  /** Its name in the open tag. */
  readonly nameSpan: Span;
  /** Its text content; the place for it where there is none. */
  readonly text: Piece;
  readonly reading: LimitReading;
}

/** The limits of a `<throttlegroup>` or of a disk's `<iotune>`. */
export interface Limits {
  readonly owner: 'group' | 'iotune';
  /** All limit elements in document order, repeated ones too. */
  readonly entries: readonly LimitEntry[];
  /** The `<throttlegroup>` or `<iotune>` element's open tag name: where findings about the whole set stand. */
  readonly nameSpan: Span;
  /** `<group_name>` (the first). */
  readonly groupName: Piece | undefined;
  /** The whole `<group_name>` element. */
  readonly groupNameSpan: Span | undefined;
}

export interface Group {
  readonly element: XmlElement;
  /** Decoded `<group_name>` of the first that has one, untrimmed as libvirt takes it; undefined when absent. */
  readonly name: Piece | undefined;
  readonly limits: Limits;
}

export interface Filter {
  /** The whole `<throttlefilter>`. */
  readonly span: Span;
  readonly nameSpan: Span;
  /** Value of `group`; undefined when the attribute is absent. */
  readonly group: Piece | undefined;
}

/** One `<throttlefilters>` block of a disk. */
export interface FilterBlock {
  readonly span: Span;
  readonly nameSpan: Span;
  readonly filters: readonly Filter[];
}

export interface Iotune {
  readonly element: XmlElement;
  /** The whole `<iotune>`. */
  readonly span: Span;
  readonly limits: Limits;
}

export interface Disk {
  readonly element: XmlElement;
  readonly nameSpan: Span;
  /** `type` of `<disk>`; libvirt's default is `file`. */
  readonly type: string;
  /** `device` of `<disk>`; libvirt's default is `disk`. */
  readonly device: string;
  readonly target: Piece | undefined;
  readonly bus: Piece | undefined;
  readonly alias: Piece | undefined;
  readonly serial: Piece | undefined;
  /** `file`, `dev`, `dir`, `name` or `volume` of `<source>`, whichever the type goes by. */
  readonly source: Piece | undefined;
  readonly readonly: Span | undefined;
  readonly iothread: Piece | undefined;
  readonly discard: Piece | undefined;
  readonly filterBlocks: readonly FilterBlock[];
  /** Filters of all blocks in order: the first is nearest to the image, the last on top, as libvirt merges them. */
  readonly filters: readonly Filter[];
  /** All `<iotune>` blocks; libvirt reads the first. */
  readonly iotunes: readonly Iotune[];
}

export interface Domain {
  /** Absolute place of the `<domain>` element, also inside a snapshot, checkpoint or domstatus. */
  readonly element: XmlElement;
  readonly start: number;
  /** `type` of `<domain>`: kvm, qemu, xen, ... */
  readonly type: string | undefined;
  /** Absolute spans. */
  readonly name: Piece | undefined;
  readonly uuid: Piece | undefined;
  /** The `<throttlegroups>` blocks of the domain (libvirt merges them). */
  readonly groupBlocks: readonly Placed<XmlElement>[];
  readonly devices: Placed<XmlElement> | undefined;
  /** Groups of all blocks, in order. */
  readonly groups: readonly Placed<Group>[];
  readonly disks: readonly Placed<Disk>[];
  /** Which of them name which group; the same as in the version before for as long as no disk is another. */
  readonly filterUses: FilterUses;
  /** Every child element of `<devices>`, disks too, in order. */
  readonly allDevices: readonly Placed<Device>[];
  /** What numbers refer to outside of the devices: vCPUs, iothreads, NUMA cells and the like. */
  readonly settingBlocks: readonly Placed<SettingBlock>[];
}

/** Domain types that QEMU runs: only for them do QEMU's rules speak (libvirt: the qemu driver's domain types). */
export const runByQemu = (domain: Domain): boolean =>
  domain.type === 'kvm' || domain.type === 'qemu' || domain.type === 'hvf';
