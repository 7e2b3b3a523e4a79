/** The tree of QEMU's objects, as far as a practice VM has them, and its paths (qom/object.c). */

import type { LimitValues } from '../engine';
import type { JsonValue } from '../qmp';
import { limitsReply, oldLimitNames } from './limits';
import { Refusal } from './refusal';
import type { AttachedDisk, PracticeState } from './state';

export interface QomObject {
  readonly type: string;
  readonly path: string;
  readonly properties: ReadonlyMap<string, QomProperty>;
  readonly children: ReadonlyMap<string, QomObject>;
}

export interface QomProperty {
  readonly type: string;
  readonly value: JsonValue;
}

/** The object of an absolute path, or the only one that ends in a relative path. Throws Refusal. */
export function resolveObject(state: PracticeState, path: string): QomObject {
  const parts = path.split('/').filter(part => part !== '');
  const root = objectTree(state);
  const found = path.startsWith('/') ? [walk(root, parts)] : path === '' ? [] : everywhere(root, parts);
  const objects = found.filter(object => object !== undefined);
  if (objects.length > 1) throw new Refusal(`Path '${path}' does not uniquely identify an object`);
  const [object] = objects;
  if (object === undefined) throw new Refusal(`Device '${path}' not found`, 'DeviceNotFound');
  return object;
}

function objectTree(state: PracticeState): QomObject {
  const groups = [...state.groups].map(([id, limits]) => group(`/objects/${id}`, limits));
  const disks = state.disks.map(disk => device(`/machine/peripheral/${disk.alias}`, disk));
  return object('/', 'container', [
    object('/objects', 'container', groups),
    object('/machine', 'pc-q35-10.0-machine', [object('/machine/peripheral', 'container', disks)]),
  ]);
}

const group = (path: string, limits: LimitValues): QomObject =>
  object(
    path,
    'throttle-group',
    [],
    [
      ['limits', { type: 'ThrottleLimits', value: limitsReply(limits) }],
      ...oldLimitNames().map(({ property, limit }): [string, QomProperty] => [
        property,
        { type: 'int', value: limits[limit] },
      ]),
    ],
  );

function device(path: string, disk: AttachedDisk): QomObject {
  const properties: [string, QomProperty][] = [
    ['drive', { type: 'str', value: disk.drive }],
    ['serial', { type: 'str', value: disk.serial }],
  ];
  const backend = object(`${path}/virtio-backend`, 'virtio-blk-device', [], properties);
  return object(path, 'virtio-blk-pci', [backend], properties);
}

function object(
  path: string,
  type: string,
  children: readonly QomObject[],
  properties: readonly (readonly [string, QomProperty])[] = [],
): QomObject {
  const named = children.map((child): [string, QomObject] => [nameOf(child), child]);
  return {
    type,
    path,
    children: new Map(named),
    properties: new Map<string, QomProperty>([
      ['type', { type: 'string', value: type }],
      ...properties,
      // A child is a property too, whose value is its path.
      ...named.map(([name, child]): [string, QomProperty] => [
        name,
        { type: `child<${child.type}>`, value: child.path },
      ]),
    ]),
  };
}

const nameOf = (child: QomObject): string => child.path.slice(child.path.lastIndexOf('/') + 1);

function walk(from: QomObject, parts: readonly string[]): QomObject | undefined {
  let at: QomObject | undefined = from;
  for (const part of parts) at = at?.children.get(part);
  return at;
}

function everywhere(from: QomObject, parts: readonly string[]): readonly QomObject[] {
  const here = walk(from, parts);
  return [
    ...(here === undefined ? [] : [here]),
    ...[...from.children.values()].flatMap(child => everywhere(child, parts)),
  ];
}
