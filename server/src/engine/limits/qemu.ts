/**
 * Limits as QEMU takes and gives them: the `limits` of `-object throttle-group`, of `qom-set` and of `qom-get`.
 * Which limits there are, their names and ranges come from the table alone.
 */

import type { JsonValue } from '../json-value';
import type { LimitDirection, LimitField, LimitKind, LimitName, LimitResource } from './table';
import { LIMITS, limitOfQmp } from './table';
import type { LimitValues } from './values';
import { limitsNothing, limitValues, NO_LIMITS } from './values';

/** Limits as written down: what is not named is not set. */
export type GivenLimits = Partial<Readonly<Record<LimitName, bigint>>>;

type Row = LimitField & { readonly xml: LimitName };

/** Id of the QOM object that libvirt makes for a group (libvirt: src/qemu/qemu_block.c, "throttle-" + name). */
export const groupObjectId = (name: string): string => `${OBJECT_PREFIX}${name}`;

export const OBJECT_PREFIX = 'throttle-';

/**
 * Whether QEMU takes `throttle-NAME` as an object id (id_wellformed: letters, digits, `-`, `.`, `_`; the prefix brings
 * the letter that an id begins with).
 */
export const isValidGroupName = (name: string): boolean => /^[A-Za-z0-9._-]+$/.test(name);

/** The 19 values that QEMU would report: absent is 0; a burst length that is absent or 0 is 1. */
export function normalised(given: GivenLimits): LimitValues {
  return limitValues(name => {
    const value = given[name] ?? 0n;
    return value === 0n ? NO_LIMITS[name] : value;
  });
}

/** Only what differs from "nothing set", by XML name. */
export function limitsThatAreSet(values: LimitValues): GivenLimits {
  const rows = LIMITS.filter(field => values[field.xml] !== BigInt(field.neutral));
  return Object.fromEntries(rows.map(field => [field.xml, values[field.xml]]));
}

/**
 * `limits` as libvirt writes it when it creates a group: all rates, bursts and the request size, zeroes too; burst
 * lengths only where more than 0 (libvirt 11.3: qemuMonitorMakeThrottleGroupLimits, and the `qemuArgs` of real runs).
 */
export const limitsToCreate = (given: GivenLimits): Record<string, JsonValue> =>
  asQmp(field => {
    const value = given[field.xml] ?? 0n;
    return field.kind === 'burst-length' && value === 0n ? undefined : value;
  });

/** `limits` to create a group with these normalised values: neutral burst lengths are left out, as libvirt does. */
export const valuesToCreate = (values: LimitValues): Record<string, JsonValue> =>
  limitsToCreate(limitsThatAreSet(values));

/**
 * `limits` for `qom-set`: all 19, since QEMU keeps the old value of every key that is absent. So going from a total to
 * read and write zeroes the total's rate and burst and sets its length back to 1 in the same set.
 */
export const limitsToSet = (values: LimitValues): Record<string, JsonValue> =>
  asQmp(field => values[field.xml]);

/** Reads the answer of `qom-get limits`, exactly; undefined where it is not what QEMU answers. Unknown keys are passed over. */
export function limitsFromQmp(answer: unknown): LimitValues | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  const given = new Map<LimitName, bigint>();
  for (const [key, value] of Object.entries(answer)) {
    const field = limitOfQmp(key);
    if (field === undefined) continue;
    if (typeof value !== 'bigint' && !Number.isSafeInteger(value)) return undefined;
    given.set(field.xml, BigInt(value as bigint | number));
  }
  // The 13 rates and bursts are in every answer of every release; without them it is no answer about limits.
  if (LIMITS.some(field => field.kind !== 'burst-length' && !given.has(field.xml))) return undefined;
  return limitValues(name => given.get(name) ?? NO_LIMITS[name]);
}

/**
 * Legacy throttling of a device from an entry's `inserted` of query-block; undefined where nothing is limited.
 * QEMU names bursts there only when they are set, and lengths only beside bursts.
 */
export function limitsFromInserted(inserted: { readonly [key: string]: unknown }): LimitValues | undefined {
  const given = new Map<LimitName, bigint>();
  for (const field of LIMITS) {
    const value = inserted[field.blockThrottle];
    if (typeof value === 'bigint' || Number.isSafeInteger(value))
      given.set(field.xml, BigInt(value as bigint | number));
  }
  const values = limitValues(name => given.get(name) ?? NO_LIMITS[name]);
  return limitsNothing(values) ? undefined : values;
}

/**
 * What QEMU (7.2 to 11.1, measured) would refuse in these values, in our words and in QEMU's order of checks;
 * undefined where it takes them. Beyond QEMU, a request size above 10^15 is refused, as virsh does: libvirt reads it
 * back as another number.
 */
export function refusalOfLimits(values: LimitValues): string | undefined {
  return (
    lengthOutOfRange(values) ??
    totalBesideDirections(values) ??
    requestSizeWithoutRate(values) ??
    BUCKETS.map(bucket => refusalOfBucket(values, bucket)).find(words => words !== undefined)
  );
}

/** The row of one limit by what it is about. */
export function limitOf(
  kind: LimitKind,
  resource: LimitResource,
  direction: LimitDirection | undefined,
): Row {
  const row = LIMITS.find(
    field => field.kind === kind && field.resource === resource && field.direction === direction,
  );
  if (row === undefined)
    throw new TypeError(`the table of limits has no ${kind} for ${resource} ${direction ?? ''}`);
  return row;
}

interface Bucket {
  readonly rate: Row;
  readonly burst: Row;
  readonly length: Row;
}

/** In the order in which QEMU looks at them. */
const BUCKETS: readonly Bucket[] = (['bytes', 'iops'] as const).flatMap(resource =>
  (['total', 'read', 'write'] as const).map(direction => ({
    rate: limitOf('rate', resource, direction),
    burst: limitOf('burst', resource, direction),
    length: limitOf('burst-length', resource, direction),
  })),
);

/** QEMU: a burst's rate times its length must stay within THROTTLE_VALUE_MAX (util/throttle.c). */
const CREDIT_MAX = limitOf('rate', 'iops', 'total').max;

function lengthOutOfRange(values: LimitValues): string | undefined {
  const field = LIMITS.find(row => row.kind === 'burst-length' && values[row.xml] > row.max);
  return (
    field && `${field.xml} is ${String(values[field.xml])}, but QEMU takes at most ${String(field.max)}.`
  );
}

function totalBesideDirections(values: LimitValues): string | undefined {
  for (const kind of ['rate', 'burst'] as const) {
    for (const resource of ['bytes', 'iops'] as const) {
      const total = limitOf(kind, resource, 'total').xml;
      const other = (['read', 'write'] as const)
        .map(direction => limitOf(kind, resource, direction).xml)
        .find(name => values[name] !== 0n);
      if (values[total] !== 0n && other !== undefined) {
        return `${total} cannot be combined with ${other}: QEMU takes either the total or the two directions. Set one of them to 0.`;
      }
    }
  }
  return undefined;
}

function requestSizeWithoutRate(values: LimitValues): string | undefined {
  const size = limitOf('request-size', 'iops', undefined).xml;
  if (values[size] === 0n) return undefined;
  if (values[size] > CREDIT_MAX || values[size] < 0n) {
    return `${size} is ${String(values[size])}, but must lie between 0 and ${String(CREDIT_MAX)}.`;
  }
  const rates = (['total', 'read', 'write'] as const).map(
    direction => limitOf('rate', 'iops', direction).xml,
  );
  if (rates.some(name => values[name] !== 0n)) return undefined;
  return `${size} needs a limit of operations (${rates.join(', ')}): alone QEMU refuses it. Set it to 0, or give such a limit.`;
}

function refusalOfBucket(values: LimitValues, { rate, burst, length }: Bucket): string | undefined {
  const rateValue = values[rate.xml];
  const burstValue = values[burst.xml];
  const lengthValue = values[length.xml];
  for (const field of [rate, burst]) {
    const value = values[field.xml];
    if (value < 0n || value > field.max) {
      return `${field.xml} is ${String(value)}, but QEMU takes 0 to ${String(field.max)}.`;
    }
  }
  if (lengthValue < 1n) return `${length.xml} must be at least 1 second.`;
  if (burstValue === 0n && lengthValue > 1n) {
    return `${length.xml} needs ${burst.xml}: without a burst there is nothing that could last ${String(lengthValue)} seconds.`;
  }
  if (burstValue * lengthValue > CREDIT_MAX) {
    return `${burst.xml} times ${length.xml} must not be more than ${String(CREDIT_MAX)}.`;
  }
  if (burstValue !== 0n && rateValue === 0n) {
    return `${burst.xml} needs ${rate.xml}: a burst extends a steady limit. Give ${rate.xml}, or set ${burst.xml} to 0.`;
  }
  if (burstValue !== 0n && burstValue < rateValue) {
    return `${burst.xml} (${String(burstValue)}) must not be lower than ${rate.xml} (${String(rateValue)}).`;
  }
  return undefined;
}

function asQmp(valueOf: (field: Row) => bigint | undefined): Record<string, JsonValue> {
  const limits: Record<string, JsonValue> = {};
  for (const field of LIMITS) {
    const value = valueOf(field);
    if (value !== undefined) limits[field.qmp] = exactNumber(value);
  }
  return limits;
}

/** A number where it is exact, else the bigint itself. */
export const exactNumber = (value: bigint): number | bigint =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(value)
    : value;
