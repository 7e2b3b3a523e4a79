/** What the rules about references between devices have in common: words for a device, and fixes of attributes. */

import { devicesNamed } from '../domain/cross-references';
import type { Device } from '../domain/device';
import type { Domain, Piece, Placed } from '../domain/model';
import { holdsTemplate } from '../domain/template';
import { removeAttribute, setAttribute } from '../edit/attributes';
import { removeElement } from '../edit/elements';
import { shifted, type Span } from '../text';
import { attributeNamed, childNodes, elementAt } from '../xml/navigate';
import type { DomainScene, Fix, FixScene } from './rule';

/** "disk 'vda'", "controller scsi 0", "interface": short, for the middle of a sentence. */
export function deviceWords(device: Device): string {
  const { name } = device.element;
  const dev = device.target?.dev?.value;
  if (name === 'disk') return dev === undefined ? 'a disk' : `disk '${dev}'`;
  if (name === 'controller') {
    return `controller ${[device.type, device.controller?.index?.value].filter(Boolean).join(' ')}`;
  }
  const label = device.target?.name?.value ?? device.alias?.value ?? device.type;
  return label === undefined ? `<${name}>` : `<${name}> '${label}'`;
}

/**
 * The first `<console>` of type serial is the first `<serial>` once more: libvirt writes both, with one address and one
 * alias (measured: it compares neither with the other).
 */
export const mirrorsSerial = (domain: Domain, device: Device): boolean =>
  device.element.name === 'console' &&
  (device.target?.type === undefined || device.target.type.value === 'serial') &&
  devicesNamed(domain, 'serial').length > 0;

/** An attribute's place in the document, or that of the tag of `device` where it has none. */
export const pieceSpan = (device: Placed<Device>, piece: Piece | undefined): Span =>
  shifted(piece ?? device.of.nameSpan, device.start);

/** Gives the attribute of the element whose tag holds `at` another value. */
export function setAttributeFix(
  scene: FixScene,
  at: number,
  name: string,
  value: string,
  title: string,
): Fix[] {
  const element = elementAt(scene.document, at);
  if (element === undefined) return [];
  return [{ title, safe: false, edits: setAttribute(scene.source, element, name, value) }];
}

/** Takes an attribute out of the element whose tag holds `at`. */
export function removeAttributeFix(scene: FixScene, at: number, name: string, title: string): Fix[] {
  const element = elementAt(scene.document, at);
  const attribute = element === undefined ? undefined : attributeNamed(element.node, name);
  if (element === undefined || attribute === undefined) return [];
  return [{ title, safe: false, edits: removeAttribute(scene.source, element, attribute) }];
}

/** Takes out the element whose tag holds `at`. */
export function removeElementFix(scene: FixScene, at: number, title: string): Fix[] {
  const element = elementAt(scene.document, at);
  return element === undefined ? [] : [{ title, safe: false, edits: removeElement(scene.source, element) }];
}

/**
 * Whether template text stands where the things that a reference names may come from: right in the domain, in its
 * devices or in a block of settings. Then nobody knows what there will be.
 */
export function comesFromTemplate({ document, domain, source }: DomainScene): boolean {
  if (!source.text.includes('{') && !source.text.includes('@')) return false;
  const holders = [domain.start, domain.devices?.start, ...domain.settingBlocks.map(block => block.start)];
  return holders.some(start => {
    const holder = start === undefined ? undefined : elementAt(document, start);
    return (
      holder !== undefined &&
      childNodes(holder).some(
        ({ node, start: from }) =>
          node.kind === 'text' && holdsTemplate(source.text.slice(from, from + node.length)),
      )
    );
  });
}

/** Values of an attribute of devices that are plain numbers, as a set: to find a free one. */
export const numbersTaken = (pieces: Iterable<Piece | undefined>): ReadonlySet<number> => {
  const taken = new Set<number>();
  for (const piece of pieces)
    if (piece !== undefined && /^\d+$/.test(piece.value)) taken.add(Number(piece.value));
  return taken;
};

/** Boot orders of all devices. */
export const bootOrdersTaken = (domain: Domain): ReadonlySet<number> =>
  numbersTaken(domain.allDevices.map(device => device.of.bootOrder));
