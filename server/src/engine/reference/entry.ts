/**
 * One entry of our own documentation of the domain format: facts from libvirt's manual and sources, in our own words.
 * Entries are keyed by the path of parents, never by the bare name: `driver` of a disk is not `driver` of an interface.
 */

import type { Chapter } from './chapters';

export interface AttributeEntry {
  /** One or two sentences: what it does and when one sets it. Markdown, without a heading. */
  readonly summary: string;
  /** Libvirt release that brought it, where the manual says so: "1.2.16". */
  readonly since?: string;
  /** Unit of a number: "bytes per second", "seconds", "KiB". */
  readonly unit?: string;
  /** Allowed values in words, each with its meaning where that is not plain; also the default. */
  readonly values?: string;
}

export interface ElementEntry extends AttributeEntry {
  /**
   * Names of the elements from the root down, joined by `/`: `domain/devices/disk/driver`. A segment `*` stands for any
   * one element; of two keys that fit, the one with fewer `*` counts, then the one whose `*` stands further down.
   */
  readonly path: string;
  /** A piece of XML, in libvirt's own style (single quotes, two blanks), where it says more than words. */
  readonly example?: string;
  /** Chapter of libvirt's manual; `chapterUrl` makes an address of it. */
  readonly chapter: Chapter;
  readonly attributes?: Readonly<Record<string, AttributeEntry>>;
}
