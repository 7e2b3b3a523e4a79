/** Reads the model from the tree. Groups and disks are cached with their immutable element: a keystroke reads one. */

import { childElements, firstChildElement } from '../xml/navigate';
import type { Located, XmlDocument, XmlElement } from '../xml/tree';
import type { Device } from './device';
import { FilterUses } from './filter-uses';
import { domainElement } from './kind';
import type { Disk, Domain, Group, Piece, Placed } from './model';
import { attributeText, contentOf } from './pieces';
import { readDevice } from './read-device';
import { readDisk } from './read-disk';
import { readLimits } from './read-limits';
import { readSettings } from './read-setting';
import { SETTING_BLOCKS, type SettingBlock } from './setting';

/**
 * The domain of a libvirt document; undefined where there is none. `before` is that of the version before: nearly all
 * devices stand where they stood, and looking there is faster than asking the caches.
 */
export function readDomain(document: XmlDocument, before?: Domain): Domain | undefined {
  const domain = domainElement(document);
  if (domain === undefined) return undefined;
  const text = document.source.text;
  const groupBlocks = childElements(domain, 'throttlegroups');
  const devices = childElements(domain, 'devices');
  return {
    element: domain.node,
    start: domain.start,
    type: attributeText(text, domain, 'type')?.value,
    name: childText(text, domain, 'name'),
    uuid: childText(text, domain, 'uuid'),
    groupBlocks: groupBlocks.map(block => ({ start: block.start, of: block.node })),
    devices: devices[0] === undefined ? undefined : { start: devices[0].start, of: devices[0].node },
    groups: groupBlocks.flatMap(block =>
      childElements(block, 'throttlegroup').map(group => ({ start: group.start, of: groupOf(text, group) })),
    ),
    ...readDevices(text, devices, before),
    settingBlocks: childElements(domain)
      .filter(child => SETTING_BLOCKS.has(child.node.name))
      .map(child => ({ start: child.start, of: settingsOf(text, child) })),
  };
}

/** All devices of all blocks, and the disks among them. */
function readDevices(
  text: string,
  blocks: readonly Located[],
  before: Domain | undefined,
): Pick<Domain, 'disks' | 'filterUses' | 'allDevices'> {
  const disks: Placed<Disk>[] = [];
  const allDevices: Placed<Device>[] = [];
  for (const block of blocks) {
    for (const [index, node] of block.node.children.entries()) {
      if (node.kind !== 'element') continue;
      const located = { node, start: block.start + (block.node.childStarts[index] ?? 0), parent: block };
      const { start } = located;
      const device = before?.allDevices[allDevices.length]?.of;
      allDevices.push({ start, of: device?.element === node ? device : deviceOf(text, located) });
      if (node.name !== 'disk') continue;
      const disk = before?.disks[disks.length]?.of;
      disks.push({ start, of: disk?.element === node ? disk : diskOf(text, located) });
    }
  }
  const isSame =
    disks.length === before?.disks.length && disks.every(({ of }, index) => of === before.disks[index]?.of);
  const filterUses = isSame
    ? before.filterUses
    : new FilterUses(
        disks.map(({ of }) => of),
        before?.filterUses,
      );
  return { disks, filterUses, allDevices };
}

const groups = new WeakMap<XmlElement, Group>();
const disksRead = new WeakMap<XmlElement, Disk>();
const devicesRead = new WeakMap<XmlElement, Device>();
const settingsRead = new WeakMap<XmlElement, SettingBlock>();

function groupOf(text: string, located: Located): Group {
  const known = groups.get(located.node);
  if (known !== undefined) return known;
  const group = readGroup(text, located);
  groups.set(located.node, group);
  return group;
}

function diskOf(text: string, located: Located): Disk {
  const known = disksRead.get(located.node);
  if (known !== undefined) return known;
  const disk = readDisk(text, located);
  disksRead.set(located.node, disk);
  return disk;
}

function deviceOf(text: string, located: Located): Device {
  const known = devicesRead.get(located.node);
  if (known !== undefined) return known;
  const device = readDevice(text, located);
  devicesRead.set(located.node, device);
  return device;
}

function settingsOf(text: string, located: Located): SettingBlock {
  const known = settingsRead.get(located.node);
  if (known !== undefined) return known;
  const block = readSettings(text, located);
  settingsRead.set(located.node, block);
  return block;
}

/** A `<throttlegroup>` wherever it stands; spans relative to its start. */
export function readGroup(text: string, located: Located): Group {
  const limits = readLimits(text, located, 'group', located.start);
  return { element: located.node, name: limits.groupName, limits };
}

function childText(text: string, located: Located, name: string): Piece | undefined {
  const child = firstChildElement(located, name);
  return child === undefined ? undefined : contentOf(text, child, 0);
}
