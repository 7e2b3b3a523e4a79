/** Reads a device of any kind; all spans relative to its start. */

import type { Span } from '../text';
import { attributeValue, childElements, firstChildElement, nameSpan, spanOf } from '../xml/navigate';
import { internedName } from '../xml/names';
import type { Located } from '../xml/tree';
import type {
  ControllerFacts,
  Device,
  DeviceAddress,
  DeviceTarget,
  HostDevice,
  QueueMapping,
} from './device';
import { hostDeviceOf } from './host-device';
import type { Piece } from './model';
import { attributeText, contentOf, relative } from './pieces';
import { holdsTemplate } from './template';

interface Parts {
  bus: string | undefined;
  model: string | undefined;
  alias: Piece | undefined;
  bootOrder: Piece | undefined;
  address: DeviceAddress | undefined;
  iothread: Piece | undefined;
  queueMapping: QueueMapping | undefined;
  target: DeviceTarget | undefined;
  hostDevice: HostDevice | undefined;
  memoryNode: Piece | undefined;
  teamedWith: Piece | undefined;
  virtiofs: boolean;
}

export function readDevice(text: string, device: Located): Device {
  const type = attributeText(text, device, 'type')?.value;
  const parts: Parts = {
    bus: attributeText(text, device, 'bus')?.value,
    model: attributeText(text, device, 'model')?.value,
    alias: undefined,
    bootOrder: undefined,
    address: undefined,
    iothread: undefined,
    queueMapping: undefined,
    target: undefined,
    hostDevice: undefined,
    memoryNode: undefined,
    teamedWith: undefined,
    virtiofs: false,
  };
  for (const child of childElements(device)) readPart(text, device, child, parts);
  const { virtiofs, ...facts } = parts;
  return {
    element: device.node,
    nameSpan: relative(nameSpan(device), device.start),
    type,
    ...facts,
    controller: device.node.name === 'controller' ? controllerFacts(text, device) : undefined,
    sharesMemory: sharesMemory(device.node.name, type, virtiofs),
  };
}

function readPart(text: string, device: Located, child: Located, parts: Parts): void {
  const attribute = (name: string): Piece | undefined => attributeText(text, child, name, device.start);
  switch (child.node.name) {
    case 'alias':
      parts.alias ??= attribute('name');
      break;
    case 'boot':
      parts.bootOrder ??= attribute('order');
      break;
    case 'address':
      parts.address ??= addressOf(text, child, relative(spanOf(child), device.start));
      break;
    case 'driver':
      parts.iothread ??= attribute('iothread');
      parts.queueMapping ??= mappingOf(text, child, device.start);
      if (attribute('type')?.value === 'virtiofs') parts.virtiofs = true;
      break;
    case 'model':
      parts.model ??= attribute('type')?.value ?? attribute('name')?.value;
      break;
    case 'source':
      parts.hostDevice ??= hostDeviceOf(text, device, child);
      break;
    case 'teaming':
      parts.teamedWith ??= attribute('persistent');
      break;
    case 'target':
      readTarget(text, device, child, parts);
      break;
    default:
      break;
  }
}

function readTarget(text: string, device: Located, child: Located, parts: Parts): void {
  const attribute = (name: string): Piece | undefined => attributeText(text, child, name, device.start);
  parts.bus ??= attribute('bus')?.value;
  parts.target ??= {
    span: relative(spanOf(child), device.start),
    type: attribute('type'),
    dev: attribute('dev'),
    name: attribute('name'),
    port: attribute('port'),
  };
  const node = device.node.name === 'memory' ? firstChildElement(child, 'node') : undefined;
  if (node !== undefined) parts.memoryNode ??= contentOf(text, node, device.start);
}

function addressOf(text: string, address: Located, at: Span): DeviceAddress {
  const values: Partial<Record<string, string>> = {};
  let template = false;
  for (const attribute of address.node.attributes) {
    const value = attributeValue(text, address, attribute);
    template ||= holdsTemplate(value);
    values[attribute.name] = internedName(value, 0, value.length);
  }
  return { type: values['type'] ?? '', span: at, values, template };
}

function mappingOf(text: string, driver: Located, base: number): QueueMapping | undefined {
  const block = firstChildElement(driver, 'iothreads');
  if (block === undefined) return undefined;
  return {
    nameSpan: relative(nameSpan(block), base),
    queues: attributeText(text, driver, 'queues', base),
    threads: childElements(block, 'iothread').map(thread => ({
      span: relative(spanOf(thread), base),
      nameSpan: relative(nameSpan(thread), base),
      id: attributeText(text, thread, 'id', base),
      queues: childElements(thread, 'queue').flatMap(queue => attributeText(text, queue, 'id', base) ?? []),
    })),
  };
}

const controllerFacts = (text: string, controller: Located): ControllerFacts => ({
  index: attributeText(text, controller, 'index', controller.start),
  ports: attributeText(text, controller, 'ports', controller.start),
  companion: firstChildElement(controller, 'master') !== undefined,
});

/** Libvirt's qemuDomainDefValidateMemoryAccess names them so when memory is not shared (measured with 11.3). */
function sharesMemory(name: string, type: string | undefined, virtiofs: boolean): Device['sharesMemory'] {
  if (name === 'interface' && type === 'vhostuser') return 'interface';
  if (name === 'disk' && type === 'vhostuser') return 'vhostuser';
  return name === 'filesystem' && virtiofs ? 'virtiofs' : undefined;
}
