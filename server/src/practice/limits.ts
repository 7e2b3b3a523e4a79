/** The limits of a throttle group as QEMU keeps, checks and tells them (block/throttle-groups.c, util/throttle.c). */

import type { LimitDirection, LimitField, LimitKind, LimitName, LimitResource, LimitValues } from '../engine';
import { LIMITS } from '../engine';
import type { JsonObject } from '../qmp';
import type { Arguments } from './arguments';
import { Refusal } from './refusal';

/** What was given of the limits; the rest stays as it is. */
export type GivenLimits = ReadonlyMap<LimitName, bigint>;

/** A group that was created without limits. */
export const NEUTRAL: LimitValues = limitValues(field => BigInt(field.neutral));

/** Reads an object of ThrottleLimits. Throws Refusal. */
export function readLimits(limits: Arguments): GivenLimits {
  const given = readFields(limits, '');
  limits.done();
  return given;
}

/** Reads the properties `x-iops-total`, ... of object-add. Throws Refusal. */
export const readOldLimits = (properties: Arguments): GivenLimits => readFields(properties, 'x-');

/** The limits after a partial update. Throws Refusal, in QEMU's order of checks; nothing has changed then. */
export function updated(current: LimitValues, given: GivenLimits): LimitValues {
  for (const field of LIMITS) {
    if (field.kind === 'burst-length' && (given.get(field.xml) ?? 0n) > field.max) {
      throw new Refusal(`${field.qmp} value must be in the range [0, ${field.max}]`);
    }
  }
  const limits = limitValues(field => given.get(field.xml) ?? current[field.xml]);
  checkLimits(limits);
  return limits;
}

/** The limits after the `x-` properties, which are checked together only when the object is complete. Throws Refusal. */
export function updatedByOld(current: LimitValues, given: GivenLimits): LimitValues {
  for (const [name, value] of given) {
    const field = LIMITS.find(({ xml }) => xml === name);
    if (value < 0n) throw new Refusal('Property values cannot be negative');
    if (field?.kind === 'burst-length' && value > field.max) {
      // QEMU's own text lacks the blank.
      throw new Refusal(`x-${field.qmp} value must be in therange [0, ${field.max}]`);
    }
  }
  return limitValues(field => given.get(field.xml) ?? current[field.xml]);
}

/** QEMU's throttle_is_valid. Throws Refusal. */
export function checkLimits(limits: LimitValues): void {
  const buckets = BUCKETS.map(({ rate, burst, length, ...bucket }) => ({
    ...bucket,
    // The numbers are unsigned in QEMU: a negative one is a very large one.
    rate: BigInt.asUintN(64, limits[rate]),
    burst: BigInt.asUintN(64, limits[burst]),
    length: BigInt.asUintN(64, limits[length]),
  }));
  for (const kind of ['rate', 'burst'] as const) {
    for (const resource of RESOURCES) {
      const [total, ...directions] = buckets.filter(bucket => bucket.resource === resource);
      if (total !== undefined && total[kind] !== 0n && directions.some(bucket => bucket[kind] !== 0n)) {
        throw new Refusal('bps/iops/max total values and read/write values cannot be used at the same time');
      }
    }
  }
  if (
    limits[REQUEST_SIZE] !== 0n &&
    buckets.every(({ resource, rate }) => resource !== 'iops' || rate === 0n)
  ) {
    throw new Refusal('iops size requires an iops value to be set');
  }
  for (const bucket of buckets) checkBucket(bucket);
}

function checkBucket({
  rate,
  burst,
  length,
  max,
}: {
  rate: bigint;
  burst: bigint;
  length: bigint;
  max: bigint;
}): void {
  if (rate > max || burst > max) throw new Refusal(`bps/iops/max values must be within [0, ${max}]`);
  if (length === 0n) throw new Refusal('the burst length cannot be 0');
  if (length > 1n && burst === 0n) throw new Refusal('burst length set without burst rate');
  if (burst === 0n) return;
  if (length > max / burst) throw new Refusal('burst length too high for this burst rate');
  if (rate === 0n) throw new Refusal('bps_max/iops_max require corresponding bps/iops values');
  if (burst < rate) throw new Refusal('bps_max/iops_max cannot be lower than bps/iops');
}

/** All 19 as `qom-get limits` tells them. */
export const limitsReply = (limits: LimitValues): JsonObject =>
  Object.fromEntries(SCHEMA_ORDER.map(field => [field.qmp, limits[field.xml]]));

/** Names of the properties of a group beside `type` and `limits`. */
export const oldLimitNames = (): readonly { readonly property: string; readonly limit: LimitName }[] =>
  LIMITS.map(field => ({ property: `x-${field.qmp}`, limit: field.xml }));

type Field = LimitField & { readonly xml: LimitName };

const RESOURCES: readonly LimitResource[] = ['bytes', 'iops'];
const DIRECTIONS: readonly LimitDirection[] = ['total', 'read', 'write'];
const KINDS: readonly LimitKind[] = ['rate', 'burst', 'burst-length'];
const REQUEST_SIZE = fieldOf(field => field.kind === 'request-size').xml;

/** In QEMU's order: bytes before operations; total, read, write. */
const BUCKETS = RESOURCES.flatMap(resource =>
  DIRECTIONS.map(direction => {
    const [rate, burst, length] = KINDS.map(kind =>
      fieldOf(field => field.resource === resource && field.direction === direction && field.kind === kind),
    );
    if (rate === undefined || burst === undefined || length === undefined) {
      throw new Error('The table of limits lacks a limit.');
    }
    return { resource, max: rate.max, rate: rate.xml, burst: burst.xml, length: length.xml };
  }),
);

/** The order of ThrottleLimits in qapi/block-core.json, in which values of a wrong type are found. */
const SCHEMA_ORDER: readonly Field[] = [
  ...['iops', 'bytes'].flatMap(resource =>
    DIRECTIONS.flatMap(direction =>
      KINDS.map(kind =>
        fieldOf(field => field.resource === resource && field.direction === direction && field.kind === kind),
      ),
    ),
  ),
  fieldOf(field => field.kind === 'request-size'),
];

function fieldOf(wanted: (field: Field) => boolean): Field {
  const field = LIMITS.find(wanted);
  if (field === undefined) throw new Error('The table of limits lacks a limit.');
  return field;
}

function limitValues(value: (field: Field) => bigint): LimitValues {
  // Every name of the table gets its value: that is what LimitValues says.
  return Object.fromEntries(LIMITS.map(field => [field.xml, value(field)])) as Record<LimitName, bigint>;
}

function readFields(members: Arguments, prefix: string): GivenLimits {
  const given = new Map<LimitName, bigint>();
  for (const field of SCHEMA_ORDER) {
    const value = members.optionalInteger(prefix + field.qmp);
    if (value !== undefined) given.set(field.xml, value);
  }
  return given;
}
