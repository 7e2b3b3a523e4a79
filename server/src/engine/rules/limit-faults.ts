/**
 * What is wrong with the limits of one group or iotune, as facts: the rules put them into words, the fixes see from
 * them whether a change would bring a new fault. Sources: QEMU util/throttle.c (throttle_is_valid) and
 * block/throttle-groups.c, libvirt's schema and parser, all measured (facts: who checks what).
 */

import type { LimitEntry, Limits } from '../domain/model';
import type { Span } from '../text';
import { LIMITS, type LimitField, type LimitName, type LimitResource } from '../limits/table';

/** A limit's value as the checks see it. What cannot be read is still a limit; what a template fills in is unknown. */
export type Amount = bigint | 'unreadable' | 'template';

/** Amounts of the limits that are present, the first of each name: that one libvirt takes. */
export type Amounts = ReadonlyMap<LimitName, Amount>;

/** New values by name; `undefined` takes the limit out. */
export type AmountChanges = ReadonlyMap<LimitName, bigint | undefined>;

export type LimitFaultKind =
  | 'limit-out-of-range'
  | 'total-excludes-read-write'
  | 'burst-without-rate'
  | 'burst-below-rate'
  | 'burst-length-without-burst'
  | 'burst-length-out-of-range'
  | 'burst-too-long'
  | 'request-size-without-iops';

export interface LimitFault {
  readonly kind: LimitFaultKind;
  /** The limit that it is about; of a family that conflicts, the total. */
  readonly name: LimitName;
}

type Field = LimitField & { readonly xml: LimitName };

/** The three limits of one direction of one resource: QEMU's leaky bucket. */
export interface Bucket {
  readonly rate: Field;
  readonly burst: Field;
  readonly length: Field;
}

/** QEMU's greatest rate, burst, and product of burst and length; libvirt's greatest value in an iotune. */
export const GREATEST = LIMITS[0].max;

/** In the order in which QEMU checks them. */
export const BUCKETS: readonly Bucket[] = LIMITS.filter(field => field.kind === 'rate').map(rate => ({
  rate,
  burst: partner(rate, 'burst'),
  length: partner(rate, 'burst-length'),
}));

const bucketByName: ReadonlyMap<LimitName, Bucket> = new Map(
  BUCKETS.flatMap(bucket => [
    [bucket.rate.xml, bucket],
    [bucket.burst.xml, bucket],
    [bucket.length.xml, bucket],
  ]),
);

/** The bucket that a limit belongs to; undefined for the request size. */
export const bucketOf = (name: LimitName): Bucket | undefined => bucketByName.get(name);

/** Total, read and write of one kind and resource. */
export interface Family {
  readonly total: Field;
  readonly directions: readonly Field[];
}

export const FAMILIES: readonly Family[] = BUCKETS.filter(({ rate }) => rate.direction === 'total').flatMap(
  ({ rate, burst, length }) =>
    [rate, burst, length].map(total => ({
      total,
      directions: LIMITS.filter(field => field.family === total.family && field.direction !== 'total'),
    })),
);

export const familyOf = (name: LimitName): Family | undefined =>
  FAMILIES.find(
    ({ total, directions }) => total.xml === name || directions.some(field => field.xml === name),
  );

/** The first entry of each limit: libvirt reads that one. */
export function firstEntries(limits: Limits): ReadonlyMap<LimitName, LimitEntry> {
  const first = new Map<LimitName, LimitEntry>();
  for (const entry of limits.entries) {
    if (!first.has(entry.field.xml)) first.set(entry.field.xml, entry);
  }
  return first;
}

export function amountsOf(limits: Limits): Amounts {
  const amounts = new Map<LimitName, Amount>();
  for (const [name, { reading }] of firstEntries(limits)) {
    if (reading.kind === 'number') amounts.set(name, reading.value);
    else amounts.set(name, reading.kind === 'empty' ? 0n : reading.kind);
  }
  return amounts;
}

/** Whether libvirt takes anything here for a limit: a group without is not created, an iotune without not applied. */
export const hasAnyLimit = (amounts: Amounts): boolean => [...amounts.values()].some(isSet);

/** The faults of a set of limits; of mistakes that follow from one another only the first. Computed once for each. */
export function limitFaults(limits: Limits): readonly LimitFault[] {
  let faults = known.get(limits);
  if (faults === undefined) {
    faults = faultsOf(amountsOf(limits), limits.owner);
    known.set(limits, faults);
  }
  return faults;
}

const known = new WeakMap<Limits, readonly LimitFault[]>();

/** The faults of amounts, in QEMU's order of checks. */
export function faultsOf(amounts: Amounts, owner: Limits['owner']): readonly LimitFault[] {
  const clashing = amounts.size < 2 ? [] : FAMILIES.filter(family => clashes(amounts, family));
  const faults: LimitFault[] = clashing.map(({ total }) => fault('total-excludes-read-write', total));
  const size = amounts.get(REQUEST_SIZE.xml) ?? 0n;
  if (aboveRange(size, REQUEST_SIZE, owner)) faults.push(fault('limit-out-of-range', REQUEST_SIZE));
  if (isJudged(size) && !IOPS_RATES.some(rate => isSet(amounts.get(rate.xml) ?? 0n))) {
    faults.push(fault('request-size-without-iops', REQUEST_SIZE));
  }
  for (const bucket of BUCKETS) bucketFaults(amounts, owner, bucket, clashing, faults);
  return faults;
}

/** The amounts after a change. */
export function changedAmounts(amounts: Amounts, changes: AmountChanges): Amounts {
  const changed = new Map(amounts);
  for (const [name, value] of changes) {
    if (value === undefined) changed.delete(name);
    else changed.set(name, value);
  }
  return changed;
}

/** Set to something, or to something that nobody can read: only an absent limit and 0 are no limit. */
export const isSet = (amount: Amount): boolean => amount !== 0n;

/** Set, and by the document itself: what a template fills in is not judged. */
const isJudged = (amount: Amount): boolean => isSet(amount) && amount !== 'template';

/** Above what may stand there: QEMU's bounds in a group, libvirt's one bound in an iotune. */
export function aboveRange(amount: Amount, field: LimitField, owner: Limits['owner']): boolean {
  return typeof amount === 'bigint' && amount > greatest(field, owner);
}

/** The greatest value of a limit that is worth writing. */
export const greatest = (field: LimitField, owner: Limits['owner']): bigint =>
  owner === 'group' && field.kind === 'burst-length' ? field.max : GREATEST;

/** Whether the length needs a burst: QEMU takes 0 (which libvirt never sends) and 1 without one. */
const needsBurst = (length: Amount): boolean => isJudged(length) && length !== 1n;

/** A total beside read or write. Where a template writes one of them, it may well leave it out. */
function clashes(amounts: Amounts, { total, directions }: Family): boolean {
  const amount = amounts.get(total.xml);
  if (amount === undefined || amount === 'template') return false;
  const others = directions.flatMap(field => amounts.get(field.xml) ?? []);
  return others.length > 0 && !others.includes('template');
}

function bucketFaults(
  amounts: Amounts,
  owner: Limits['owner'],
  bucket: Bucket,
  clashing: readonly Family[],
  faults: LimitFault[],
): void {
  const amount = (field: Field): Amount => amounts.get(field.xml) ?? 0n;
  const [rate, burst, length] = [amount(bucket.rate), amount(bucket.burst), amount(bucket.length)];
  if (rate === 0n && burst === 0n && length === 0n) return;
  for (const field of [bucket.rate, bucket.burst]) {
    if (aboveRange(amount(field), field, owner)) faults.push(fault('limit-out-of-range', field));
  }
  const lengthTooGreat = aboveRange(length, bucket.length, owner);
  if (lengthTooGreat) {
    faults.push(fault(owner === 'group' ? 'burst-length-out-of-range' : 'limit-out-of-range', bucket.length));
  } else if (needsBurst(length) && !isSet(burst) && !partOfClash(amounts, bucket.length, 'burst', clashing)) {
    faults.push(fault('burst-length-without-burst', bucket.length));
  }
  if (isJudged(burst) && !isSet(rate) && !partOfClash(amounts, bucket.burst, 'rate', clashing)) {
    faults.push(fault('burst-without-rate', bucket.burst));
  }
  if (typeof burst !== 'bigint' || burst === 0n || aboveRange(burst, bucket.burst, owner)) return;
  if (typeof length === 'bigint' && !lengthTooGreat && burst * length > GREATEST) {
    faults.push(fault('burst-too-long', bucket.length));
  }
  if (typeof rate === 'bigint' && burst < rate && !aboveRange(rate, bucket.rate, owner)) {
    faults.push(fault('burst-below-rate', bucket.burst));
  }
}

/**
 * Whether a limit that lacks its base is only the wrong side of a total beside read or write: then the clash says it
 * all, as long as the other side has its base and so can stay.
 */
function partOfClash(
  amounts: Amounts,
  field: Field,
  base: 'rate' | 'burst',
  clashing: readonly Family[],
): boolean {
  const family = clashing.find(({ total }) => total.family === field.family);
  if (family === undefined) return false;
  const others = field.direction === 'total' ? family.directions : [family.total];
  return others.some(other => {
    const bucket = bucketOf(other.xml);
    const amount = amounts.get(other.xml);
    // A burst of 0 is none: QEMU then refuses this one for itself. A length of 0 is a length of 1 second.
    if (amount === undefined || bucket === undefined || (base === 'rate' && !isSet(amount))) return false;
    return isSet(amounts.get(bucket[base].xml) ?? 0n);
  });
}

const fault = (kind: LimitFaultKind, field: Field): LimitFault => ({ kind, name: field.xml });

function partner(rate: Field, kind: LimitField['kind']): Field {
  const found: Field | undefined = LIMITS.find(
    field => field.kind === kind && field.resource === rate.resource && field.direction === rate.direction,
  );
  return found ?? rate;
}

const ratesOf = (resource: LimitResource): readonly Field[] =>
  LIMITS.filter(field => field.kind === 'rate' && field.resource === resource);

const IOPS_RATES = ratesOf('iops');
const REQUEST_SIZE: Field = LIMITS.find(field => field.kind === 'request-size') ?? LIMITS[0];

/** The limits that have this fault, with their entries; of a total that excludes, every entry of the family. */
export function faultyEntries(limits: Limits, kind: LimitFaultKind): readonly LimitEntry[] {
  const entries = firstEntries(limits);
  return limitFaults(limits).flatMap(found => (found.kind === kind ? (entries.get(found.name) ?? []) : []));
}

/** The first entry of a limit. */
export const entryNamed = (limits: Limits, name: LimitName): LimitEntry | undefined =>
  limits.entries.find(entry => entry.field.xml === name);

/** The number of an entry, where it is one. */
export const numberIn = (entry: LimitEntry | undefined): bigint | undefined =>
  entry?.reading.kind === 'number' ? entry.reading.value : undefined;

/** Where a finding about a limit's value stands: its text, or its name where there is none. */
export const valueSpan = (entry: LimitEntry): Span =>
  entry.text.end > entry.text.start ? { start: entry.text.start, end: entry.text.end } : entry.nameSpan;
