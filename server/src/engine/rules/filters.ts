/** What the rules about filters have in common: the element of a filter, taking one out, groups that could be meant. */

import type { Disk, Domain, Filter, Group } from '../domain/model';
import { groupsByName } from '../domain/references';
import { isCreated } from './group-names';
import { removeElement } from '../edit/elements';
import { removeBlocks, removeFilter } from '../edit/filters';
import type { TextEdit } from '../text';
import { childElements, elementAt } from '../xml/navigate';
import type { Located } from '../xml/tree';
import { isValidGroupName } from './group-names';
import type { Fix, FixScene } from './rule';

/** A scene of fixes with the domain that the finding was made from. */
export interface DomainFixScene extends FixScene {
  readonly domain: Domain;
}

/** Fixes of a finding about a domain. */
export const fixesIn =
  (make: (scene: DomainFixScene) => readonly Fix[]) =>
  (scene: FixScene): readonly Fix[] =>
    scene.domain === undefined ? [] : make({ ...scene, domain: scene.domain });

/** The element of a filter of the disk at `scene.start`. */
export const filterElement = (scene: FixScene, filter: Filter): Located | undefined =>
  elementAt(scene.document, scene.start + filter.nameSpan.start);

/** "Remove this filter": with its block where it is the only thing in it. */
export const removeFilterFix = ({ source, start }: FixScene, disk: Disk, filter: Filter): Fix => ({
  title: 'Remove this filter',
  safe: false,
  edits: removeFilter(source, { start, of: disk }, filter),
});

/** "Remove the throttle filters of this disk": every block, so that no empty one stays. */
export const removeFiltersFix = ({ source, start }: FixScene, disk: Disk): Fix => ({
  title: 'Remove the throttle filters of this disk',
  safe: false,
  edits: removeBlocks(source, { start, of: disk }),
});

/** Takes out the element whose name begins there, relative to the scene's start. */
export function removedAt(scene: FixScene, nameStart: number): TextEdit[] {
  const element = elementAt(scene.document, scene.start + nameStart);
  return element === undefined ? [] : removeElement(scene.source, element);
}

/** Names of groups that a filter of this disk could take without a new mistake: they limit something. */
export function groupsFor(domain: Domain, disk: Disk): string[] {
  const taken = new Set(disk.filters.map(filter => filter.group?.value));
  // Where a name is taken twice, a filter gets the first of the two.
  const names = [...groupsByName(domain).values()].flatMap(([group]) =>
    group !== undefined && isUsable(group.of) && isCreated(group.of) ? [group.of.name.value] : [],
  );
  return names.filter(name => !taken.has(name));
}

const isUsable = (group: Group): group is Group & { name: NonNullable<Group['name']> } =>
  group.name !== undefined &&
  !group.name.template &&
  isValidGroupName(group.name.value) &&
  group.limits.entries.some(({ reading }) => reading.kind === 'number' && reading.value > 0n);

/** The first element of this name right in the parent. */
export const childNamed = (parent: Located, name: string): Located | undefined =>
  childElements(parent, name)[0];
