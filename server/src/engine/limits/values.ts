/** A set of limits as plain values, normalised as QEMU reports them. */

import type { Limits } from '../domain/model';
import { LIMITS, type LimitName } from './table';

/** All 19 limits, normalised: absent is 0, a length absent or 0 is 1. */
export type LimitValues = Readonly<Record<LimitName, bigint>>;

/** All 19 limits from a function of the name. */
export function limitValues(valueOf: (name: LimitName) => bigint): LimitValues {
  // The only place where a record of limits is made: fromEntries loses the names' type.
  return Object.fromEntries(LIMITS.map(({ xml }) => [xml, valueOf(xml)])) as Record<LimitName, bigint>;
}

const NEUTRAL: ReadonlyMap<string, bigint> = new Map(
  LIMITS.map(({ xml, neutral }) => [xml, BigInt(neutral)]),
);

const neutralOf = (name: LimitName): bigint => NEUTRAL.get(name) ?? 0n;

/** Nothing limited: 0 everywhere, 1 for the burst lengths. */
export const NO_LIMITS: LimitValues = limitValues(name => neutralOf(name));

/**
 * What the document asks for: absent and empty is 0, a burst length that is absent or 0 is 1, the first of repeated
 * ones counts (as libvirt reads it). Undefined where a value can't be read, or is template text.
 */
export function effectiveValues(limits: Limits): LimitValues | undefined {
  const found = new Map<LimitName, bigint>();
  for (const { field, reading } of limits.entries) {
    if (found.has(field.xml)) continue;
    switch (reading.kind) {
      case 'number':
        found.set(field.xml, reading.value);
        break;
      case 'empty':
        found.set(field.xml, 0n);
        break;
      case 'unreadable':
      case 'template':
        return undefined;
    }
  }
  return limitValues(name => {
    const value = found.get(name) ?? 0n;
    return value === 0n ? neutralOf(name) : value;
  });
}

/** Whether two sets are the same limits. */
export const sameLimits = (a: LimitValues, b: LimitValues): boolean =>
  LIMITS.every(({ xml }) => a[xml] === b[xml]);

/** Whether nothing at all is limited: no rate and no burst. A length or a request size alone limits nothing. */
export const limitsNothing = (values: LimitValues): boolean =>
  LIMITS.every(({ xml, kind }) => (kind !== 'rate' && kind !== 'burst') || values[xml] === 0n);
