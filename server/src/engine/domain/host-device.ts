/** What of the host a device hands to the guest, as a key: two devices of one key are the same thing to libvirt. */

import { attributeNamed, attributeValue, firstChildElement, nameSpan } from '../xml/navigate';
import type { Located } from '../xml/tree';
import type { HostDevice } from './device';
import { numberOf } from './numbers';
import { attributeText, relative } from './pieces';
import { holdsTemplate } from './template';

/** Undefined where the device hands nothing over, or what it is cannot be told. */
export function hostDeviceOf(text: string, device: Located, source: Located): HostDevice | undefined {
  const kind = kindOf(text, device);
  const key = kind === undefined ? undefined : keyOf(text, kind, source);
  if (kind === undefined || key === undefined) return undefined;
  return {
    key: `${kind} ${key}`,
    span: relative(nameSpan(source), device.start),
    template: holdsTemplate(text.slice(source.start, source.start + source.node.length)),
  };
}

/** `type` of a `<hostdev>` of mode subsystem; a network card handed over by `<interface>` is a PCI device. */
function kindOf(text: string, device: Located): string | undefined {
  const type = attributeText(text, device, 'type')?.value;
  if (device.node.name === 'interface') return type === 'hostdev' ? 'pci' : undefined;
  if (device.node.name !== 'hostdev') return undefined;
  const mode = attributeText(text, device, 'mode')?.value ?? 'subsystem';
  return mode === 'subsystem' ? type : undefined;
}

function keyOf(text: string, kind: string, source: Located): string | undefined {
  const address = firstChildElement(source, 'address');
  const numbers = (names: readonly string[]): string | undefined =>
    address === undefined ? undefined : joined(text, address, names);
  switch (kind) {
    case 'pci':
      return numbers(['domain', 'bus', 'slot', 'function']);
    case 'mdev':
      return address === undefined ? undefined : attributeText(text, address, 'uuid')?.value.toLowerCase();
    case 'usb': {
      const ids = ['vendor', 'product'].map(name => {
        const element = firstChildElement(source, name);
        return element === undefined ? undefined : joined(text, element, ['id']);
      });
      // By vendor and product, or by bus and device: both at once, and one against the other, is not compared here.
      if (ids[0] === undefined && ids[1] === undefined) return numbers(['bus', 'device']);
      return address === undefined ? `id ${ids.join(':')}` : undefined;
    }
    case 'scsi': {
      const adapter = firstChildElement(source, 'adapter');
      const name = adapter === undefined ? undefined : attributeText(text, adapter, 'name')?.value;
      const place = numbers(['bus', 'target', 'unit']);
      return name === undefined || place === undefined ? undefined : `${name} ${place}`;
    }
    default:
      return undefined;
  }
}

/** The numbers of these attributes; an absent one is 0. Undefined where one is no number, or none is there. */
function joined(text: string, element: Located, names: readonly string[]): string | undefined {
  let present = 0;
  const values = names.map(name => {
    const attribute = attributeNamed(element.node, name);
    if (attribute === undefined) return 0;
    present++;
    return numberOf(attributeValue(text, element, attribute));
  });
  return present === 0 || values.includes(undefined) ? undefined : values.join(':');
}
