/** Reads the model from the tree. Groups and disks are cached with their immutable element: a keystroke reads one. */

import { childElements, firstChildElement } from '../xml/navigate';
import type { Located, XmlDocument, XmlElement } from '../xml/tree';
import type { Device } from './device';
import { domainElement } from './kind';
import type { Disk, Domain, Group, Piece } from './model';
import { attributeText, contentOf } from './pieces';
import { readDevice } from './read-device';
import { readDisk } from './read-disk';
import { readLimits } from './read-limits';
import { readSettings } from './read-setting';
import { SETTING_BLOCKS, type SettingBlock } from './setting';

/** The domain of a libvirt document; undefined where there is none. */
export function readDomain(document: XmlDocument): Domain | undefined {
  const domain = domainElement(document);
  if (domain === undefined) return undefined;
  const text = document.source.text;
  const groupBlocks = childElements(domain, 'throttlegroups');
  const devices = childElements(domain, 'devices');
  const inDevices = devices.flatMap(block => childElements(block));
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
    disks: inDevices
      .filter(({ node }) => node.name === 'disk')
      .map(disk => ({ start: disk.start, of: diskOf(text, disk) })),
    allDevices: inDevices.map(device => ({ start: device.start, of: deviceOf(text, device) })),
    settingBlocks: childElements(domain)
      .filter(child => SETTING_BLOCKS.has(child.node.name))
      .map(child => ({ start: child.start, of: settingsOf(text, child) })),
  };
}

const groups = new WeakMap<XmlElement, Group>();
const disks = new WeakMap<XmlElement, Disk>();
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
  const known = disks.get(located.node);
  if (known !== undefined) return known;
  const disk = readDisk(text, located);
  disks.set(located.node, disk);
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
