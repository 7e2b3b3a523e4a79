/** From a document to the disk of it that is to be attached, or why it is not fit for that. */

import { diskTitle } from '../../domain/references';
import type { Disk, Domain, Placed } from '../../domain/model';
import { holdsTemplate } from '../../domain/template';
import { filterGroupUnknown } from '../../rules/filter-group-unknown';
import type { Finding } from '../../rules/rule';
import { desiredGroups, type AnalysedDocument } from '../desired';
import type { DocumentIdentity } from '../identity';
import type { DesiredDisk } from '../disks';
import type { DesiredGroup } from '../plan';
import type { Refusal } from '../types';
import { listedBriefly, shown } from '../words';
import { diskToAttach, type ReadDisk } from './disk-to-attach';

/** A disk to be attached. */
export interface AttachWish {
  /** Whose document it is; undefined where it is none, but one disk. */
  readonly identity: DocumentIdentity | undefined;
  readonly title: string;
  readonly target: string;
  /** How the VM's disks are compared with it. */
  readonly wanted: DesiredDisk;
  /** Names of its groups, from the image up. */
  readonly filters: readonly string[];
  /** Of these, those that the document defines: they are created where the VM has none. */
  readonly groups: readonly DesiredGroup[];
  /** As QEMU is told of it. */
  readonly read: ReadDisk;
  /** Its `<disk>` element, as libvirt is told of it. */
  readonly xml: string;
}

export type AttachWishResult =
  | { readonly kind: 'wish'; readonly wish: AttachWish }
  | { readonly kind: 'refusal'; readonly refusal: Refusal };

/**
 * The document's disk of that target (`vdb`). Refused where there is none, or where anything in it, or in what a push of
 * the document would send, has an error or is template text. `groupsOnVm`: the document is just this disk, and its
 * groups are the VM's.
 */
export function attachWish(
  document: AnalysedDocument,
  target: string,
  { groupsOnVm = false }: { readonly groupsOnVm?: boolean } = {},
): AttachWishResult {
  const analysis = groupsOnVm ? withoutUnknownGroups(document) : document;
  const { domain, source } = analysis;
  const result = desiredGroups(analysis);
  if (result.kind === 'refusal') return result;
  const disk = domain === undefined ? undefined : diskOfTarget(domain, target);
  if (domain === undefined || disk === undefined) {
    const targets = domain?.disks.flatMap(({ of }) => of.target?.value ?? []).map(shown) ?? [];
    return refusal(
      'no-such-disk',
      `The document has no disk ${shown(target)}${targets.length === 0 ? '' : `; it has ${listedBriefly(targets)}`}. Nothing was sent.`,
    );
  }
  const text = source.text.slice(disk.start, disk.start + disk.of.element.length);
  const error = [...analysis.findings, ...analysis.suppressed].find(finding => isRefusedIn(finding, disk));
  if (error !== undefined) {
    const line = source.positionAt(error.span.start).line + 1;
    return refusal(
      'document-errors',
      `The disk has an error, in line ${line}: ${shown(error.message)} Mend it first; silencing a finding does not make it fit to be sent.`,
    );
  }
  if (holdsTemplate(text)) {
    return refusal('template', `${shown(target)} holds template text, so it is not known what to attach.`);
  }
  const title = diskTitle(domain, disk);
  const wanted = result.desired.disks.find(one => one.title === title);
  const filters = wanted?.filters ?? [];
  if (wanted === undefined) throw new TypeError(`disk ${title} is in the domain and not among its wishes`);
  return {
    kind: 'wish',
    wish: {
      identity: groupsOnVm ? undefined : result.desired.identity,
      title,
      target,
      wanted,
      filters,
      groups: result.desired.groups.filter(({ name }) => filters.includes(name)),
      read: diskToAttach(source.text, disk),
      xml: text,
    },
  };
}

const withoutUnknownGroups = (analysis: AnalysedDocument): AnalysedDocument => ({
  ...analysis,
  findings: analysis.findings.filter(({ rule }) => rule !== filterGroupUnknown.id),
});

const diskOfTarget = (domain: Domain, target: string): Placed<Disk> | undefined =>
  domain.disks.find(({ of }) => of.target?.value === target);

/** Whatever is wrong in the element is sent with it. What libvirt's validator alone refuses is not. */
function isRefusedIn({ span, refusedBy, severity }: Finding, disk: Placed<Disk>): boolean {
  const end = disk.start + disk.of.element.length;
  return refusedBy !== null && severity !== 'hint' && span.start >= disk.start && span.end <= end;
}

const refusal = (reason: Refusal['reason'], message: string): AttachWishResult => ({
  kind: 'refusal',
  refusal: { reason, message },
});
