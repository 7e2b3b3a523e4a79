/** From an analysed document to what it wants of a VM, or why nothing of it may be sent. */

import type { Disk, Domain, Group, Piece, Placed } from '../domain/model';
import { diskTitle, firstOfEachName, usersOf } from '../domain/references';
import { isValidGroupName, refusalOfLimits } from '../limits/qemu';
import { effectiveValues, limitsNothing, NO_LIMITS } from '../limits/values';
import type { Finding } from '../rules/rule';
import type { SourceText } from '../text';
import type { DesiredDisk } from './disks';
import { driveAddress } from './disks';
import type { DesiredGroup, DesiredGroups } from './plan';
import type { Refusal } from './types';
import { concernsWhatIsSent } from './what-is-sent';
import { listedBriefly, shown } from './words';

/** The part of an `Analysis` that counts here. */
export interface AnalysedDocument {
  readonly source: SourceText;
  readonly domain: Domain | undefined;
  readonly findings: readonly Finding[];
  /** Findings that a comment in the document silences: they still keep it from being sent. */
  readonly suppressed: readonly Finding[];
  /** Rules that threw: what they would have found is unknown. */
  readonly faults: readonly { readonly rule: string; readonly message: string }[];
}

export type DesiredResult =
  | { readonly kind: 'desired'; readonly desired: DesiredGroups }
  | { readonly kind: 'refusal'; readonly refusal: Refusal };

/**
 * What the document wants. Refused where it is no domain, is not well-formed, or where libvirt's schema, libvirt or
 * QEMU would refuse something in what is sent, whatever severity a user gave that finding, silenced or not. Template
 * text is an unknown value: such a group, chain or iotune is left as it is, and a note says so.
 */
export function desiredGroups(analysis: AnalysedDocument): DesiredResult {
  const { domain, source } = analysis;
  const errors = [...analysis.findings, ...analysis.suppressed]
    .filter(finding => finding.rule === 'xml-syntax' || concernsWhatIsSent(finding, domain))
    .sort((a, b) => a.span.start - b.span.start);
  if (errors.length > 0) return refusedFor(errors, source);
  const [fault] = analysis.faults;
  if (fault !== undefined) {
    return refusal(
      'document-errors',
      `The document could not be checked to the end: rule ${fault.rule} failed (${shown(fault.message)}). Nothing was sent. Please report this.`,
    );
  }
  if (domain === undefined) {
    return refusal('not-a-domain', 'This document is not a libvirt domain, so there is nothing to send.');
  }
  const groups: DesiredGroup[] = [];
  for (const group of firstOfEachName(domain)) {
    const wanted = desiredGroup(group, domain);
    if (wanted === undefined) {
      const name = shown(group.of.name?.value ?? '');
      return refusal('document-errors', `Group ${name} has a limit that cannot be read. Nothing was sent.`);
    }
    groups.push(wanted);
  }
  return {
    kind: 'desired',
    desired: { ...wantedBeside(domain, source), groups, notes: templateNotes(domain, groups) },
  };
}

/**
 * What of a domain a VM could have been started with: the groups that QEMU would take, and filters of those. The rest is
 * left out. For a practice VM beside a document that is still being mended; nothing of it is ever sent to a real one.
 */
export function soundPart(domain: Domain, source?: SourceText): DesiredGroups {
  const groups = firstOfEachName(domain).flatMap(group => {
    const wanted = desiredGroup(group, domain);
    const sound =
      wanted?.limits !== undefined &&
      !limitsNothing(wanted.limits) &&
      isValidGroupName(wanted.name) &&
      refusalOfLimits(wanted.limits) === undefined;
    return sound ? [wanted] : [];
  });
  const names = new Set(groups.map(({ name }) => name));
  const beside = wantedBeside(domain, source);
  return {
    ...beside,
    groups,
    disks: beside.disks.map(disk => ({
      ...disk,
      filters: [...new Set(disk.filters)].filter(name => names.has(name)),
    })),
    notes: [],
  };
}

const refusal = (reason: Refusal['reason'], message: string): DesiredResult => ({
  kind: 'refusal',
  refusal: { reason, message },
});

function refusedFor(errors: readonly Finding[], source: SourceText): DesiredResult {
  const [first] = errors;
  const line = first === undefined ? 0 : source.positionAt(first.span.start).line + 1;
  const more = errors.length > 1 ? ` There are ${errors.length} such errors in all.` : '';
  return refusal(
    'document-errors',
    `The document has an error in what would be sent, in line ${line}: ${shown(first?.message ?? '')}${more} Mend it first; silencing a finding does not make it fit to be sent.`,
  );
}

/** Undefined where a limit is unreadable. */
function desiredGroup(group: Placed<Group>, domain: Domain): DesiredGroup | undefined {
  const name = group.of.name?.value ?? '';
  const limits = effectiveValues(group.of.limits);
  const isTemplate = group.of.limits.entries.some(entry => entry.reading.kind === 'template');
  if (limits === undefined && !isTemplate) return undefined;
  const usedBy = new Set(usersOf(domain, name).map(user => diskTitle(domain, user.disk)));
  return { name, limits, usedBy: [...usedBy] };
}

function wantedBeside(
  domain: Domain,
  source: SourceText | undefined,
): Omit<DesiredGroups, 'groups' | 'notes'> {
  return {
    identity: { name: known(domain.name), uuid: known(domain.uuid) },
    disks: domain.disks.map(disk => desiredDisk(domain, disk, source)),
    namesUnknown: domain.groups.some(group => group.of.name?.template === true),
  };
}

function desiredDisk(domain: Domain, disk: Placed<Disk>, text: SourceText | undefined): DesiredDisk {
  const { target, bus, alias, serial, source, filters, iotunes } = disk.of;
  const names = filters.map(filter => known(filter.group));
  const [iotune] = iotunes;
  return {
    title: diskTitle(domain, disk),
    target: known(target),
    bus: known(bus),
    alias: known(alias),
    serial: known(serial),
    source: known(source),
    address: text === undefined ? undefined : driveAddress(text.text, disk),
    filters: names.every(name => name !== undefined) ? names : undefined,
    iotune: iotune === undefined ? NO_LIMITS : effectiveValues(iotune.limits),
    iotuneGroup: iotuneGroupOf(iotune?.limits.groupName),
  };
}

/** Null where there is none; libvirt takes an empty one for none. */
function iotuneGroupOf(name: Piece | undefined): string | null | undefined {
  if (name === undefined || name.value === '') return null;
  return known(name);
}

function templateNotes(domain: Domain, groups: readonly DesiredGroup[]): string[] {
  const notes: string[] = [];
  const unknown = groups.filter(({ limits }) => limits === undefined).map(({ name }) => shown(name));
  if (unknown.length > 0) {
    notes.push(`Left as they are, because their values are template text: ${listedBriefly(unknown)}.`);
  }
  if (domain.groups.some(group => group.of.name?.template === true)) {
    notes.push('A group whose name is template text is left out, and nothing is pruned because of it.');
  }
  if (domain.name?.template === true || domain.uuid?.template === true) {
    notes.push('The name or uuid of the document is template text and was not compared with the VM.');
  }
  return notes;
}

/** The text where it is known: present, and no template. */
const known = (
  piece: { readonly value: string; readonly template: boolean } | undefined,
): string | undefined => (piece === undefined || piece.template ? undefined : piece.value);
