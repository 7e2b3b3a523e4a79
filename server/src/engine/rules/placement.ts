/** Where misplaced throttle elements can go, as edits. Undefined or empty where nothing good can be meant. */

import type { Disk, Placed } from '../domain/model';
import { insertElement, LAST, moveElement, removeElement, type ChildPlace } from '../edit/elements';
import type { Markup } from '../edit/markup';
import { readGroup } from '../domain/read';
import { readLimits } from '../domain/read-limits';
import { limitNamed } from '../limits/table';
import { groupNames, isValidGroupName } from './group-names';
import { bringsNoFault } from './limit-fixes';
import type { SourceText, TextEdit } from '../text';
import {
  attributeNamed,
  attributeValue,
  childElements,
  childNodes,
  elementAt,
  textContent,
} from '../xml/navigate';
import type { Located } from '../xml/tree';
import type { FixScene } from './rule';
import { childNamed, groupsFor, type DomainFixScene } from './filters';

/** Libvirt writes `<throttlegroups>` right before `<os>`. */
export function placeOfGroups(domain: Located): ChildPlace {
  const os = childNamed(domain, 'os') ?? childNamed(domain, 'devices');
  return os === undefined ? LAST : { before: os };
}

/** A new home for the element, with what has to be made around it. */
export interface Move {
  readonly where: string;
  readonly edits: readonly TextEdit[];
}

/** Moves a misplaced element to where it was meant to be, when only one place can be meant. */
export function moveOf(scene: DomainFixScene, element: Located): Move | undefined {
  switch (element.node.name) {
    case 'throttlegroups':
      return groupsMove(scene, element);
    case 'throttlegroup':
      return groupMove(scene, element);
    case 'throttlefilters':
    case 'iotune':
      return blockMove(scene, element);
    case 'throttlefilter':
      return filterMove(scene, element);
    default:
      return limitMove(scene, element);
  }
}

/** The children of one block put into another, and the emptied block taken out. */
export function blockMerged(scene: FixScene, from: Located, into: Located): TextEdit[] {
  if (childElements(from).length === 0) return removeElement(scene.source, from);
  if (childElements(into).length === 0) return removeElement(scene.source, into);
  const removal = removeElement(scene.source, from);
  const insertions = childNodes(from)
    .filter((child): child is Located => child.node.kind === 'element')
    .flatMap(child => moveElement(scene.source, child, into, LAST))
    // The whole block goes, so its parts need not be taken out of it first.
    .filter(edit => edit.newText !== '' && edit.span.start === edit.span.end);
  return [...insertions, ...removal];
}

function groupsMove(scene: DomainFixScene, element: Located): Move | undefined {
  const domain = elementAt(scene.document, scene.domain.start);
  if (domain === undefined || childElements(element).length === 0) return undefined;
  if (childElements(element, 'throttlegroup').some(group => !isNewGroup(scene, group))) return undefined;
  const block = scene.domain.groupBlocks[0];
  const into = block === undefined ? undefined : elementAt(scene.document, block.start);
  if (into === undefined) {
    const edits = moveElement(scene.source, element, domain, placeOfGroups(domain));
    return { where: 'below <domain>', edits };
  }
  if (isInside(into, element) || isInside(element, into) || childElements(into).length === 0)
    return undefined;
  return { where: "into the domain's `<throttlegroups>`", edits: blockMerged(scene, element, into) };
}

function groupMove(scene: DomainFixScene, element: Located): Move | undefined {
  const domain = elementAt(scene.document, scene.domain.start);
  if (domain === undefined || !isNewGroup(scene, element)) return undefined;
  const block = scene.domain.groupBlocks[0];
  const into = block === undefined ? undefined : elementAt(scene.document, block.start);
  if (into !== undefined) {
    if (isInside(into, element)) return undefined;
    const edits = moveElement(scene.source, element, into, LAST);
    return { where: "into the domain's `<throttlegroups>`", edits };
  }
  const group = markupOf(scene.source, element);
  if (group === undefined) return undefined;
  const wrapped: Markup = { name: 'throttlegroups', inner: [group] };
  const edits = [
    ...removeElement(scene.source, element),
    ...insertElement(scene.source, domain, placeOfGroups(domain), wrapped),
  ];
  return { where: 'into a new <throttlegroups> below <domain>', edits };
}

/** A filters block or an iotune that stands beside the disks belongs to the disk only where there is one. */
function blockMove(scene: DomainFixScene, element: Located): Move | undefined {
  const disk = onlyDisk(scene);
  if (disk === undefined || disk.of.filterBlocks.length > 0 || disk.of.iotunes.length > 0) return undefined;
  const filters = childElements(element, 'throttlefilter');
  if (element.node.name === 'throttlefilters' && !acceptsFilters(scene, disk.of, filters)) return undefined;
  const into = elementAt(scene.document, disk.start);
  if (into === undefined || isInside(into, element) || isInside(element, into)) return undefined;
  return { where: 'into the disk', edits: moveElement(scene.source, element, into, placeInDisk(into)) };
}

function filterMove(scene: DomainFixScene, element: Located): Move | undefined {
  const own = element.parent?.node.name === 'disk' ? element.parent : undefined;
  const disk =
    own === undefined ? onlyDisk(scene) : scene.domain.disks.find(candidate => candidate.start === own.start);
  const into = disk === undefined ? undefined : elementAt(scene.document, disk.start);
  if (disk === undefined || into === undefined || !acceptsFilters(scene, disk.of, [element]))
    return undefined;
  const block = childNamed(into, 'throttlefilters');
  if (block !== undefined) {
    if (isInside(block, element)) return undefined;
    return {
      where: "into the disk's `<throttlefilters>`",
      edits: moveElement(scene.source, element, block, LAST),
    };
  }
  const filter = markupOf(scene.source, element);
  if (filter === undefined || isInside(into, element)) return undefined;
  const edits = [
    ...removeElement(scene.source, element),
    ...insertElement(scene.source, into, placeInDisk(into), { name: 'throttlefilters', inner: [filter] }),
  ];
  return { where: 'into a new <throttlefilters>', edits };
}

/** A limit right in a disk belongs into its iotune; one beside the groups into the only group there is. */
function limitMove(scene: DomainFixScene, element: Located): Move | undefined {
  const { parent } = element;
  if (parent?.node.name === 'throttlegroups') {
    const groups = childElements(parent, 'throttlegroup');
    const [group] = groups;
    if (
      groups.length !== 1 ||
      group === undefined ||
      !acceptsLimit(scene.source, group, element, element.node.name)
    )
      return undefined;
    return { where: 'into the group', edits: moveElement(scene.source, element, group, LAST) };
  }
  if (parent?.node.name !== 'disk' || childNamed(parent, 'throttlefilters') !== undefined) return undefined;
  const iotune = childNamed(parent, 'iotune');
  if (iotune !== undefined) {
    if (!acceptsLimit(scene.source, iotune, element, element.node.name)) return undefined;
    return { where: "into the disk's `<iotune>`", edits: moveElement(scene.source, element, iotune, LAST) };
  }
  const limit = markupOf(scene.source, element);
  // A name without any limit would be refused.
  if (limit === undefined || limitNamed(element.node.name)?.kind !== 'rate') return undefined;
  const edits = [
    ...removeElement(scene.source, element),
    ...insertElement(scene.source, parent, placeInDisk(parent), { name: 'iotune', inner: [limit] }),
  ];
  return { where: 'into a new <iotune>', edits };
}

/** Whether a group or iotune can take this limit, or name, under this element name without a new mistake. */
export function acceptsLimit({ text }: SourceText, holder: Located, element: Located, name: string): boolean {
  if (childNamed(holder, name) !== undefined) return false;
  const field = limitNamed(name);
  if (field === undefined) return true;
  const digits = /^[0-9]{1,19}$/.exec(textContent(text, element))?.[0];
  if (digits === undefined || element.node.children.some(({ kind }) => kind === 'element')) return false;
  const owner = holder.node.name === 'iotune' ? 'iotune' : 'group';
  return bringsNoFault(readLimits(text, holder, owner, holder.start), new Map([[field.xml, BigInt(digits)]]));
}

/** Whether the disk can have these filters too: of groups that are there, each once, and on a fit kind of disk. */
export function acceptsFilters(scene: DomainFixScene, disk: Disk, filters: readonly Located[]): boolean {
  const fit = disk.device === 'disk' && disk.readonly === undefined && disk.bus?.value !== 'sd';
  if (disk.iotunes.length > 0 || (disk.filters.length === 0 && (!fit || disk.type === 'vhostuser'))) {
    return false;
  }
  const free = new Set(groupsFor(scene.domain, disk));
  return filters.every(filter => {
    const attribute = attributeNamed(filter.node, 'group');
    return attribute !== undefined && free.delete(attributeValue(scene.source.text, filter, attribute));
  });
}

const onlyDisk = (scene: DomainFixScene): Placed<Disk> | undefined =>
  scene.domain.disks.length === 1 ? scene.domain.disks[0] : undefined;

/** Libvirt writes the limits of a disk behind `<target>`. */
function placeInDisk(disk: Located): ChildPlace {
  const target = childNamed(disk, 'target');
  return target === undefined ? LAST : { behind: target };
}

/** Whether an element, made a group of the domain, has a name of its own and limits something. */
export function isNewGroup({ source, domain }: DomainFixScene, element: Located): boolean {
  const { name, limits } = readGroup(source.text, element);
  if (name === undefined || !isValidGroupName(name.value) || groupNames(domain).has(name.value)) return false;
  return limits.entries.some(({ reading }) => reading.kind === 'number' && reading.value > 0n);
}

const isInside = (inner: Located, outer: Located): boolean =>
  inner.start >= outer.start && inner.start + inner.node.length <= outer.start + outer.node.length;

/** The element as data to write anew; undefined where comments or mixed content would be lost. */
function markupOf(source: SourceText, element: Located): Markup | undefined {
  const attributes = element.node.attributes.map(
    attribute => [attribute.name, attributeValue(source.text, element, attribute)] as const,
  );
  const nodes = childNodes(element);
  const children = childElements(element);
  if (children.length === 0) {
    if (nodes.some(({ node }) => node.kind !== 'text' && node.kind !== 'cdata')) return undefined;
    const inner = textContent(source.text, element);
    return inner === ''
      ? { name: element.node.name, attributes }
      : { name: element.node.name, attributes, inner };
  }
  const inner = children.flatMap(child => markupOf(source, child) ?? []);
  if (nodes.length !== inner.length) return undefined;
  return { name: element.node.name, attributes, inner };
}

/** Whether the element has this attribute. */
export const hasAttribute = (element: Located, name: string): boolean =>
  attributeNamed(element.node, name) !== undefined;
