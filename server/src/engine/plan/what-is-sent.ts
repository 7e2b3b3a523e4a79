/** What of a document is sent to a VM, or decides to which disk: an error in it stands in the way of a push. */

import type { Disk, Domain, Placed } from '../domain/model';
import type { Finding } from '../rules/rule';
import type { Span } from '../text';
import { shifted, span } from '../text';

/**
 * Whether a refusal by schema, libvirt or QEMU stands in what is sent: the groups, a disk's filters and iotune, or what
 * tells which VM and which disk it is. An error elsewhere is not in the way.
 */
export function concernsWhatIsSent(finding: Finding, domain: Domain | undefined): boolean {
  if (finding.refusedBy === null || domain === undefined) return false;
  // What libvirt's validator alone refuses is no obstacle: what is sent to a VM is not validated.
  if (finding.severity === 'hint') return false;
  const isIn = (place: Span | undefined): boolean =>
    place !== undefined && finding.span.start >= place.start && finding.span.end <= place.end;
  return (
    domain.groupBlocks.some(block => isIn(shifted(span(0, block.of.length), block.start))) ||
    [domain.name, domain.uuid].some(isIn) ||
    domain.disks.some(
      disk => isIn(shifted(span(0, disk.of.element.length), disk.start)) && isInDisk(finding, disk),
    )
  );
}

/** Elements of a disk of which nothing but the open tag tells which disk it is. */
const BY_TAG: ReadonlySet<string> = new Set(['target', 'alias', 'source']);
const WHOLE: ReadonlySet<string> = new Set(['serial', 'throttlefilters', 'iotune']);

function isInDisk(finding: Finding, { of: { element }, start }: Placed<Disk>): boolean {
  const at = { start: finding.span.start - start, end: finding.span.end - start };
  if (at.end <= element.openEnd) return true;
  return element.children.some((child, index) => {
    if (child.kind !== 'element') return false;
    const from = element.childStarts[index] ?? 0;
    const length = WHOLE.has(child.name) ? child.length : BY_TAG.has(child.name) ? child.openEnd : 0;
    return at.start >= from && at.end <= from + length;
  });
}
