/** The XML of one disk with other filters, for `virsh update-device`: libvirt's own text with nothing else changed. */

import type { Disk, Domain, Placed } from '../engine';
import { absolute, applyEdits, parseXml, readDomain, removeSpans, setChain, SourceText } from '../engine';

/**
 * The `<disk>` with these groups as its filters, from the image up. Names are written as data. Undefined where the text
 * is no disk, or where a filter would be without a group: libvirtd ends over that (facts of libvirt 11.3 and 12.8).
 */
export function diskXml(disk: string, groups: readonly string[]): string | undefined {
  const text = around(disk);
  const found = theDisk(text);
  if (found === undefined) return undefined;
  const edited = applyEdits(text, setChain(SourceText.of(text), found.domain, found.disk, groups));
  const after = theDisk(edited)?.disk;
  const names = after?.of.filters.map(filter => filter.group?.value ?? '') ?? [];
  const isAsWanted =
    names.length === groups.length && names.every((name, at) => name !== '' && name === groups[at]);
  if (after === undefined || !isAsWanted) return undefined;
  return `${edited.slice(after.start, after.start + after.of.element.length)}\n`;
}

/** The `<disk>` without its iotune, for where that was or will be changed by a command of its own. */
export function withoutIotune(disk: string): string {
  const text = around(disk);
  const found = theDisk(text);
  if (found === undefined) return disk;
  const spans = found.disk.of.iotunes.map(({ span }) => absolute(found.disk, span));
  const edited = applyEdits(text, removeSpans(SourceText.of(text), spans));
  const after = theDisk(edited)?.disk;
  return after === undefined ? disk : edited.slice(after.start, after.start + after.of.element.length);
}

const around = (disk: string): string => `<domain>\n  <devices>\n    ${disk}\n  </devices>\n</domain>\n`;

function theDisk(text: string): { readonly domain: Domain; readonly disk: Placed<Disk> } | undefined {
  const domain = readDomain(parseXml(SourceText.of(text)));
  const [disk, second] = domain?.disks ?? [];
  return domain === undefined || disk === undefined || second !== undefined ? undefined : { domain, disk };
}
