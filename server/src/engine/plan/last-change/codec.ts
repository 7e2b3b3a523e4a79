/** A last change as JSON, with exact integers as digits, and back. What is not as it was written is no last change. */

import type { JsonValue } from '../../json-value';
import { LIMITS } from '../../limits/table';
import { limitValues, NO_LIMITS, type LimitValues } from '../../limits/values';
import type { IotuneState } from '../vm-state';
import type { DiskBefore, GroupBefore, LastChange, SideChange } from './last-change';

export const lastChangeText = (change: LastChange): string =>
  `${JSON.stringify({
    version: VERSION,
    name: change.name,
    uuid: change.uuid,
    process: change.process,
    plugged: change.plugged,
    live: sideJson(change.live),
    config: sideJson(change.config),
  })}\n`;

/** Undefined where the text is not one that `lastChangeText` has written. */
export function readLastChange(text: string): LastChange | undefined {
  try {
    return changeIn(JSON.parse(text));
  } catch {
    return undefined;
  }
}

const VERSION = 1;

const sideJson = ({ groups, disks }: SideChange): JsonValue => ({
  groups: groups.map(({ name, before, after }) => ({
    name,
    before: limitsJson(before),
    after: limitsJson(after),
  })),
  disks: disks.map(({ title, target, alias, filters, iotune }) => ({
    title,
    target,
    alias,
    filters: filters === undefined ? null : { before: [...filters.before], after: [...filters.after] },
    iotune:
      iotune === undefined ? null : { before: iotuneJson(iotune.before), after: iotuneJson(iotune.after) },
  })),
});

const limitsJson = (limits: LimitValues | null): JsonValue =>
  limits === null ? null : Object.fromEntries(LIMITS.map(({ xml }) => [xml, String(limits[xml])]));

const iotuneJson = (iotune: IotuneState | null): JsonValue =>
  iotune === null ? null : { limits: limitsJson(iotune.limits), group: iotune.group };

/** Throws TypeError where something is not as it was written. */
function changeIn(value: unknown): LastChange {
  const change = objectIn(value);
  if (change.get('version') !== VERSION) throw new TypeError('another version');
  return {
    name: textOrNull(change.get('name')),
    uuid: textOrNull(change.get('uuid')),
    process: textOrNull(change.get('process')),
    plugged: change.get('plugged') === true,
    live: sideIn(change.get('live')),
    config: sideIn(change.get('config')),
  };
}

function sideIn(value: unknown): SideChange {
  const side = objectIn(value);
  return {
    groups: listIn(side.get('groups')).map((item): GroupBefore => {
      const group = objectIn(item);
      return {
        name: textIn(group.get('name')),
        before: limitsIn(group.get('before')),
        after: limitsIn(group.get('after')),
      };
    }),
    disks: listIn(side.get('disks')).map(diskIn),
  };
}

function diskIn(value: unknown): DiskBefore {
  const disk = objectIn(value);
  const [filters, iotune] = [disk.get('filters'), disk.get('iotune')];
  return {
    title: textIn(disk.get('title')),
    target: textOrNull(disk.get('target')),
    alias: textIn(disk.get('alias')),
    ...(filters !== null && { filters: both(filters, item => listIn(item).map(textIn)) }),
    ...(iotune !== null && { iotune: both(iotune, iotuneIn) }),
  };
}

function both<T>(value: unknown, read: (side: unknown) => T): { readonly before: T; readonly after: T } {
  const sides = objectIn(value);
  return { before: read(sides.get('before')), after: read(sides.get('after')) };
}

function iotuneIn(value: unknown): IotuneState | null {
  if (value === null) return null;
  const iotune = objectIn(value);
  return { limits: limitsIn(iotune.get('limits')) ?? NO_LIMITS, group: textOrNull(iotune.get('group')) };
}

function limitsIn(value: unknown): LimitValues | null {
  if (value === null) return null;
  const limits = objectIn(value);
  return limitValues(name => BigInt(textIn(limits.get(name))));
}

function objectIn(value: unknown): ReadonlyMap<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('no object');
  return new Map<string, unknown>(Object.entries(value));
}

function listIn(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError('no list');
  return value;
}

function textIn(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('no text');
  return value;
}

const textOrNull = (value: unknown): string | null => (value === null ? null : textIn(value));
