/**
 * "Prepare for live changes": gives a disk without filters one roomy filter. Libvirt then has a top filter of its own on
 * the disk, so that filters can be changed on the running VM later and blockcommit, blockcopy and detach go on working
 * (facts/libvirt.md 9: what is put on a disk without filters breaks them).
 */

import { addFilter, addGroup, compareVersions, runByQemu } from '../engine';
import type { Disk, Domain, Group, Range, TextEdit, Version } from '../engine';
import type { CodeAction } from 'vscode-languageserver-types';
import { workspaceEdit } from './subject';
import type { EditorAbilities, Subject } from './subject';

export const PREPARE_KIND = 'refactor.rewrite';

/** The action for the disk in whose element the range begins; none where its filters would be refused, or are there. */
export function prepareForLiveChanges(
  subject: Subject,
  range: Range,
  abilities: EditorAbilities,
): CodeAction[] {
  const { domain, source } = subject.analysis;
  if (domain === undefined || !takesGroups(subject.world?.libvirt) || !runByQemu(domain)) return [];
  const at = source.offsetAt(range.start);
  const disk = domain.disks.find(({ start, of }) => start <= at && at <= start + of.element.length);
  if (disk === undefined || !canTakeFilter(disk.of)) return [];
  const roomy = domain.groups.map(({ of }) => of).find(isRoomy)?.name?.value;
  const name = roomy ?? freeName(domain);
  const edits: readonly TextEdit[] = [
    ...(roomy === undefined ? addGroup(source, domain, name, { total_iops_sec: ROOMY }) : []),
    ...addFilter(source, domain, disk, name),
  ];
  return [
    {
      title: `Prepare for live changes: give ${titleOf(disk.of)} a filter that holds nothing back`,
      kind: PREPARE_KIND,
      edit: workspaceEdit(subject, edits, abilities),
    },
  ];
}

/** Requests a second that no disk comes near: the most that QEMU takes (THROTTLE_VALUE_MAX). */
const ROOMY = 1_000_000_000_000_000n;

/** Before 11.2 libvirt drops both elements. */
const takesGroups = (libvirt: Version | undefined): boolean =>
  libvirt === undefined || compareVersions(libvirt, { major: 11, minor: 2, micro: 0 }) >= 0;

/** As the rules filters-unsupported-device and filters-with-iotune have it. */
const canTakeFilter = (disk: Disk): boolean =>
  disk.filters.length === 0 &&
  disk.iotunes.length === 0 &&
  disk.device === 'disk' &&
  disk.type !== 'vhostuser' &&
  disk.bus?.value !== 'sd' &&
  disk.readonly === undefined;

/** Whether a group has this one limit and a name that is known. */
function isRoomy({ name, limits }: Group): boolean {
  const [only, ...others] = limits.entries;
  return (
    name !== undefined &&
    name.value !== '' &&
    !name.template &&
    others.length === 0 &&
    only?.field.xml === 'total_iops_sec' &&
    only.reading.kind === 'number' &&
    only.reading.value === ROOMY
  );
}

function freeName(domain: Domain): string {
  const taken = new Set(domain.groups.map(({ of }) => of.name?.value));
  for (let count = 1; ; count++) {
    const name = count === 1 ? 'roomy' : `roomy-${count}`;
    if (!taken.has(name)) return name;
  }
}

const titleOf = ({ target }: Disk): string =>
  target === undefined || target.value === '' ? 'this disk' : target.value;
