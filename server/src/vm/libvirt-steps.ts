/** Changes of a libvirt domain as steps of virsh, each with its exact inverse. */

import type { FilterNode, GroupChange, IotuneChange, Source, VirshStep, VmDisk } from '../engine';
import { changeSummary, groupObjectId, groupTitle, limitsText, listed, shown } from '../engine';
import type { Plane } from '../libvirt';
import { deleteGroup, diskXml, setGroup, setIotune, updateDisk, withoutIotune } from '../libvirt';
import type { DefinitionChanges, FiltersChange } from './libvirt-changes';

/**
 * Groups before filters that name them, deletions behind them. A disk that goes from iotune to filters loses iotune
 * first, one that goes the other way gets it last: libvirt refuses both at once.
 */
export function definitionSteps(changes: DefinitionChanges, uuid: string): readonly VirshStep[] {
  const iotune = ({ title, disk, before, after }: DefinitionChanges['iotunes'][number]): VirshStep =>
    iotuneStep({ title, qdev: disk.qdev, before, after }, disk, uuid, 'config');
  return [
    ...changes.groups.map(change => groupStep(change, uuid, 'config')),
    ...changes.iotunes.filter(({ after }) => after === null).map(iotune),
    ...changes.filters.map(change => filtersStep(change, diskOf(change, changes), uuid)),
    ...changes.iotunes.filter(({ after }) => after !== null).map(iotune),
    ...changes.deleted.map(change => groupStep(change, uuid, 'config')),
  ];
}

export function groupStep(change: GroupChange, uuid: string, plane: Plane): VirshStep {
  const { name, before, after } = change;
  const gone = deleteGroup(uuid, name, plane);
  return {
    kind: before === undefined ? 'create-group' : after === undefined ? 'delete-group' : 'change-group',
    plane,
    via: 'virsh',
    object: groupTitle(name),
    effect: { kind: 'group', change },
    summary: `${changeSummary(change)}${placeOf(plane)}`,
    sources: [sourceOf(plane)],
    commands: [after === undefined ? gone : setGroup(uuid, name, before, after, plane)],
    inverse: [before === undefined ? gone : setGroup(uuid, name, after, before, plane)],
  };
}

export function iotuneStep(change: IotuneChange, disk: VmDisk, uuid: string, plane: Plane): VirshStep {
  const { title, before, after } = change;
  const target = disk.target ?? '';
  const words = (side: typeof before): string =>
    side === null
      ? 'none'
      : `${limitsText(side.limits)}${side.group === null ? '' : ` in group ${shown(side.group)}`}`;
  return {
    kind: 'set-iotune',
    plane,
    via: 'virsh',
    object: `disk ${shown(title)}`,
    effect: { kind: 'iotune', change },
    summary: `Set iotune of ${shown(title)}: ${words(before)} -> ${words(after)}${placeOf(plane)}`,
    sources: [disk.source],
    commands: setIotune(uuid, target, before, after, plane),
    inverse: setIotune(uuid, target, after, before, plane),
  };
}

/** The disk's XML as it is when its filters change: by then, or from then on, its iotune is what another step made it. */
function diskOf({ disk }: FiltersChange, { iotunes }: DefinitionChanges): string {
  const xml = disk.xml ?? '';
  return iotunes.some(change => change.disk === disk) ? withoutIotune(xml) : xml;
}

function filtersStep({ title, disk, after }: FiltersChange, xml: string, uuid: string): VirshStep {
  const changed = diskXml(xml, after);
  if (changed === undefined) throw new TypeError(`the XML of ${title} cannot be given other filters`);
  const nodes = after.map((name): FilterNode => ({ node: '', group: groupObjectId(name) }));
  return {
    kind:
      disk.filters.length === 0 ? 'insert-filters' : after.length === 0 ? 'remove-filters' : 'change-filters',
    plane: 'config',
    via: 'virsh',
    object: `disk ${shown(title)}`,
    effect: {
      kind: 'chain',
      change: { title, qdev: disk.qdev, before: disk.filters, after: nodes, base: '' },
    },
    summary: `Set the filters of ${shown(title)}: ${chainWords(namesOf(disk))} -> ${chainWords(after)}${placeOf('config')}`,
    sources: ['libvirt-config'],
    commands: [updateDisk(uuid, changed)],
    inverse: [updateDisk(uuid, `${xml}\n`)],
  };
}

/** Names of a disk's groups, without libvirt's prefix of the object. */
export const namesOf = (disk: VmDisk): readonly string[] =>
  disk.filters.map(({ group }) => group.replace(/^throttle-/, ''));

/** Behind a summary: which side, where it is not the running VM. */
export const placeOf = (plane: Plane): string => (plane === 'live' ? '' : ' (persistent definition)');

const chainWords = (names: readonly string[]): string =>
  names.length === 0 ? 'none' : listed(names.map(shown));

const sourceOf = (plane: Plane): Source => (plane === 'live' ? 'libvirt-live' : 'libvirt-config');
