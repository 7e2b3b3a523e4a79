/** What numbers and names of a domain refer to: its iothreads, vCPUs and NUMA cells, and the devices that use them. */

import type { Device } from './device';
import type { Domain, Piece, Placed } from './model';
import { decimalOf } from './numbers';
import { keptWithDomain } from './references';
import type { Setting } from './setting';

/** Elements outside of the devices by their path, such as `cputune/vcpupin`, in document order. */
export const settingsAt = (domain: Domain, path: string): readonly Placed<Setting>[] =>
  settingsByPath(domain).get(path) ?? [];

const settingsByPath = keptWithDomain(domain => {
  const byPath = new Map<string, Placed<Setting>[]>();
  for (const { start, of } of domain.settingBlocks) {
    for (const setting of of.settings) {
      const others = byPath.get(setting.path);
      if (others === undefined) byPath.set(setting.path, [{ start, of: setting }]);
      else others.push({ start, of: setting });
    }
  }
  return byPath;
});

/** The iothreads of a domain. */
export interface Iothreads {
  /** All ids. The element is that of `<iothreadids>`; undefined for those that come from the count alone. */
  readonly byId: ReadonlyMap<number, Placed<Setting> | undefined>;
  /** False where template text or an unreadable number hides which there are. */
  readonly certain: boolean;
}

/**
 * Those that `<iothreadids>` names, and as many more as `<iothreads>` counts above them, with the lowest free numbers
 * (virDomainDefPostParse, measured with 11.3: 4 with ids 2 and 9 gives 2, 9, 1, 3).
 */
export const iothreadsOf = keptWithDomain((domain): Iothreads => {
  const byId = new Map<number, Placed<Setting> | undefined>();
  let certain = true;
  for (const thread of settingsAt(domain, 'iothreadids/iothread')) {
    const id = decimalOf(thread.of.attributes.get('id')?.value);
    if (id === undefined) certain = false;
    else if (!byId.has(id)) byId.set(id, thread);
  }
  const [counter] = settingsAt(domain, 'iothreads');
  const count = decimalOf(counter?.of.text?.value);
  if (counter !== undefined && count === undefined) certain = false;
  for (let id = 1; byId.size < Math.min(count ?? 0, MOST_COUNTED); id++) {
    if (!byId.has(id)) byId.set(id, undefined);
  }
  return { byId, certain };
});

/** A count above this is no count of threads; it must not fill the memory. */
const MOST_COUNTED = 100_000;

/** A place that names an iothread by its number. */
export interface IothreadUse {
  readonly piece: Piece;
  /** What the piece's span is relative to. */
  readonly start: number;
  readonly by:
    { readonly kind: 'device' | 'mapping'; readonly device: Placed<Device> } | { readonly kind: 'pin' };
}

/** All places that name one iothread, in document order by kind: devices, their queue mappings, pins. */
export const iothreadUses = keptWithDomain((domain): readonly IothreadUse[] => {
  const uses: IothreadUse[] = [];
  for (const device of domain.allDevices) {
    const { iothread, queueMapping } = device.of;
    const { start } = device;
    if (iothread !== undefined) uses.push({ piece: iothread, start, by: { kind: 'device', device } });
    for (const { id } of queueMapping?.threads ?? []) {
      if (id !== undefined) uses.push({ piece: id, start, by: { kind: 'mapping', device } });
    }
  }
  for (const { start, of } of settingsAt(domain, 'cputune/iothreadpin')) {
    const piece = of.attributes.get('iothread');
    if (piece !== undefined) uses.push({ piece, start, by: { kind: 'pin' } });
  }
  return uses;
});

/** How many vCPUs a domain can have; libvirt's default is 1. Undefined where that cannot be told. */
export const vcpuMaximum = keptWithDomain((domain): number | undefined => {
  const [vcpu] = settingsAt(domain, 'vcpu');
  return vcpu === undefined ? 1 : decimalOf(vcpu.of.text?.value);
});

/** A guest NUMA cell. */
export interface NumaCell {
  /** Its `id`, or its place among the cells where it has none. Undefined where the id is no number. */
  readonly id: number | undefined;
  readonly cell: Placed<Setting>;
}

export const numaCells = keptWithDomain((domain): readonly NumaCell[] =>
  settingsAt(domain, 'cpu/numa/cell').map((cell, place) => {
    const id = cell.of.attributes.get('id');
    return { id: id === undefined ? place : decimalOf(id.value), cell };
  }),
);

/** Devices whose element has this name, in document order. */
export const devicesNamed = (domain: Domain, name: string): readonly Placed<Device>[] =>
  devicesByName(domain).get(name) ?? [];

const devicesByName = keptWithDomain(domain => {
  const byName = new Map<string, Placed<Device>[]>();
  for (const device of domain.allDevices) {
    const others = byName.get(device.of.element.name);
    if (others === undefined) byName.set(device.of.element.name, [device]);
    else others.push(device);
  }
  return byName;
});

/** A controller's number; libvirt gives those without one the lowest that is free, which is not guessed here. */
export const controllerIndex = (controller: Device): number | undefined =>
  decimalOf(controller.controller?.index?.value);
