/** Values that refer to something else in the domain, and the next free ones: iothreads, controllers, targets, boot orders. */

import {
  attributeNamed,
  attributeValue,
  controllerIndex,
  decimalOf,
  devicesNamed,
  encodeAttribute,
  freeDiskName,
  freeNumber,
  iothreadUses,
  iothreadsOf,
  numaCells,
  prefixOfBus,
  settingsAt,
  vcpuMaximum,
} from '../../engine';
import type { Device, Domain, Located, Placed } from '../../engine';
import { literal } from './offer';
import type { Offer, OfferScene } from './offer';
import type { AttributeValuePlace } from './place';

/** Empty where the attribute refers to nothing that is known here. */
export function referenceOffers(scene: OfferScene, place: AttributeValuePlace): readonly Offer[] {
  return valuesFor(scene, place).map(({ value, detail }) => offerOf(scene, place, value, detail));
}

interface Value {
  readonly value: string;
  readonly detail: string;
}

function valuesFor(scene: OfferScene, place: AttributeValuePlace): readonly Value[] {
  const { domain } = scene;
  const { element, attribute } = place;
  const parent = element.parent?.node.name;
  switch (`${element.node.name} ${attribute}`) {
    case 'driver iothread':
    case 'iothreadpin iothread':
      return iothreadValues(domain);
    case 'iothread id':
      return parent === 'iothreadids' ? nextIothread(domain) : iothreadValues(domain);
    case 'controller index':
      return nextIndex(scene, element);
    case 'address controller':
    case 'address bus':
      return controllerValues(scene, place);
    case 'target dev':
      return parent === 'disk' ? nextTarget(scene, element) : [];
    case 'boot order':
      return nextBootOrder(domain, element);
    case 'vcpupin vcpu':
      return nextPin(domain, element);
    case 'memnode cellid':
      return numaCells(domain).flatMap(({ id, cell }) =>
        id === undefined
          ? []
          : [{ value: String(id), detail: `vCPUs ${cell.of.attributes.get('cpus')?.value ?? 'none'}` }],
      );
    case 'teaming persistent':
      return devicesNamed(domain, 'interface').flatMap(({ of }) =>
        of.alias === undefined || of.alias.template ? [] : [{ value: of.alias.value, detail: of.type ?? '' }],
      );
    default:
      return [];
  }
}

/** All iothreads with who uses them: those that nobody uses first. */
function iothreadValues(domain: Domain): readonly Value[] {
  const users = new Map<number, number>();
  for (const { piece, by } of iothreadUses(domain)) {
    const id = decimalOf(piece.value);
    if (id !== undefined && by.kind !== 'pin') users.set(id, (users.get(id) ?? 0) + 1);
  }
  const count = (id: number): number => users.get(id) ?? 0;
  return [...iothreadsOf(domain).byId.keys()]
    .slice(0, MOST_OFFERED)
    .sort((a, b) => count(a) - count(b) || a - b)
    .map(id => ({ value: String(id), detail: usedBy(count(id)) }));
}

const MOST_OFFERED = 200;

const usedBy = (count: number): string =>
  count === 0 ? 'free' : `used by ${String(count)} device${count === 1 ? '' : 's'}`;

const nextIothread = (domain: Domain): readonly Value[] => [
  { value: String(freeNumber(new Set(iothreadsOf(domain).byId.keys()), 1)), detail: 'next free' },
];

function nextIndex(scene: OfferScene, element: Located): readonly Value[] {
  const type = attributeOf(scene, element, 'type');
  const taken = devicesNamed(scene.domain, 'controller')
    .filter(controller => controller.of.type === type && controller.start !== element.start)
    .flatMap(({ of }) => controllerIndex(of) ?? []);
  return [{ value: String(freeNumber(new Set(taken), 0)), detail: 'next free' }];
}

/** `controller` of a drive or virtio-serial address, `bus` of a USB address: the controllers of that type. */
function controllerValues(scene: OfferScene, { element, attribute }: AttributeValuePlace): readonly Value[] {
  const type = controllerType(scene, element);
  if (type === undefined || (attribute === 'bus') !== (type === 'usb')) return [];
  const controllers = devicesNamed(scene.domain, 'controller').filter(({ of }) => of.type === type);
  const indexes = new Map<number, string>();
  for (const { of } of controllers) {
    const index = controllerIndex(of);
    if (index !== undefined && !indexes.has(index)) indexes.set(index, of.model ?? type);
  }
  return [...indexes]
    .sort(([a], [b]) => a - b)
    .map(([index, model]) => ({ value: String(index), detail: `${type}, ${model}` }));
}

function controllerType(scene: OfferScene, address: Located): string | undefined {
  const type = attributeOf(scene, address, 'type');
  if (type !== 'drive')
    return type === 'usb' || type === 'virtio-serial' || type === 'ccid' ? type : undefined;
  const device = deviceAt(scene.domain, address.parent);
  return device?.of.element.name === 'disk' ? device.of.bus : 'scsi';
}

function nextTarget(scene: OfferScene, element: Located): readonly Value[] {
  const own = element.parent?.start;
  const taken = new Set<string>();
  for (const { start, of } of devicesNamed(scene.domain, 'disk')) {
    if (start !== own && of.target?.dev !== undefined) taken.add(of.target.dev.value);
  }
  const bus = attributeOf(scene, element, 'bus');
  const prefixes = bus === undefined ? ['vd', 'sd'] : [prefixOfBus(bus)];
  return prefixes.map(prefix => ({ value: freeDiskName(prefix, taken), detail: 'next free' }));
}

function nextBootOrder(domain: Domain, element: Located): readonly Value[] {
  const taken = new Set<number>();
  for (const { start, of } of domain.allDevices) {
    const order = decimalOf(of.bootOrder?.value);
    if (order !== undefined && start !== element.parent?.start) taken.add(order);
  }
  return [{ value: String(freeNumber(taken, 1)), detail: 'next free' }];
}

/** vCPUs that are not pinned yet. */
function nextPin(domain: Domain, element: Located): readonly Value[] {
  const pinned = new Set<number>();
  for (const { start, of } of settingsAt(domain, 'cputune/vcpupin')) {
    const vcpu = decimalOf(of.attributes.get('vcpu')?.value);
    if (vcpu !== undefined && start + of.span.start !== element.start) pinned.add(vcpu);
  }
  const next = freeNumber(pinned, 0);
  return next < (vcpuMaximum(domain) ?? 0) ? [{ value: String(next), detail: 'next one without a pin' }] : [];
}

const deviceAt = (domain: Domain, element: Located | undefined): Placed<Device> | undefined =>
  element === undefined ? undefined : domain.allDevices.find(({ start }) => start === element.start);

function attributeOf(scene: OfferScene, element: Located, name: string): string | undefined {
  const attribute = attributeNamed(element.node, name);
  if (attribute === undefined) return undefined;
  return attributeValue(scene.subject.analysis.source.text, element, attribute);
}

function offerOf(scene: OfferScene, place: AttributeValuePlace, value: string, detail: string): Offer {
  const quote = place.quote === '' ? scene.style.quote : place.quote;
  const open = place.quote === '' ? quote : '';
  const close = place.quote === '' || place.open ? quote : '';
  return {
    label: value,
    kind: 'value',
    text: `${open}${literal(encodeAttribute(value, quote))}${close}`,
    detail,
    filter: value,
  };
}
