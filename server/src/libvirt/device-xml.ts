/** The XML of one disk with other filters, for `virsh update-device`: libvirt's own text with nothing else changed. */

import { applyEdits, parseXml, readDomain, setChain, SourceText } from '../engine';

/**
 * A disk of a definition with these groups as its filters, from the image up. Undefined where the definition has no
 * disk with that target. Names are written as data; a filter always has its group (libvirtd ends over one without).
 */
export function diskXml(definition: string, target: string, groups: readonly string[]): string | undefined {
  const document = parseXml(SourceText.of(definition));
  const domain = readDomain(document);
  const disk = domain?.disks.find(candidate => candidate.of.target?.value === target);
  if (domain === undefined || disk === undefined) return undefined;
  const edited = applyEdits(definition, setChain(document.source, domain, disk, groups));
  const after = readDomain(parseXml(SourceText.of(edited)))?.disks.find(candidate => candidate.of.target?.value === target);
  if (after === undefined || after.of.filters.some(filter => (filter.group?.value ?? '') === '')) return undefined;
  return `${edited.slice(after.start, after.start + after.of.element.length)}\n`;
}
