/** Limits for people: quantities with units in, quantities with units out. */

import { LIMITS, type LimitDirection, type LimitField, type LimitResource } from './table';
import type { LimitValues } from './values';

const POWERS = 'kmgtpe';

/**
 * Reads a quantity as virsh does (vshBlockSize, virScaleInteger): `5M` and `5MiB` are 5 * 1024^2, `5MB` is 5 * 1000^2,
 * `512`, `512b` and `512bytes` are bytes; upper or lower case. A trailing `/s` is let pass. Fractions count where the
 * result is whole: `1.5G`. Undefined for anything else.
 */
export function parseQuantity(text: string): bigint | undefined {
  const match = /^\s*([0-9]{1,20})(?:\.([0-9]{1,15}))?\s*([a-z]*)(?:\/s)?\s*$/i.exec(text);
  if (match === null) return undefined;
  const scale = scaleOf((match[3] ?? '').toLowerCase());
  if (scale === undefined) return undefined;
  const fraction = match[2] ?? '';
  const denominator = 10n ** BigInt(fraction.length);
  const numerator = BigInt((match[1] ?? '') + fraction) * scale;
  return numerator % denominator === 0n ? numerator / denominator : undefined;
}

function scaleOf(suffix: string): bigint | undefined {
  if (suffix === '' || suffix === 'b' || suffix === 'byte' || suffix === 'bytes') return 1n;
  const power = BigInt(POWERS.indexOf(suffix.charAt(0)) + 1);
  if (power === 0n) return undefined;
  const unit = suffix.slice(1);
  if (unit === '' || unit === 'ib') return 1024n ** power;
  return unit === 'b' ? 1000n ** power : undefined;
}

const BINARY = ['', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
const DECIMAL = ['', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'];

/** Bytes with the unit that shows them best: exact binary or decimal units, else rounded ("47.7 MiB"). */
export function formatBytes(bytes: bigint): string {
  const binary = exactIn(bytes, 1024n, BINARY);
  const decimal = exactIn(bytes, 1000n, DECIMAL);
  if (binary !== undefined && (decimal === undefined || binary.length <= decimal.length)) return binary;
  if (decimal !== undefined) return decimal;
  if (bytes < 1024n) return `${String(bytes)} B`;
  let power = 0;
  let scaled = Number(bytes);
  while (scaled >= 1024 && power < BINARY.length - 1) {
    scaled /= 1024;
    power++;
  }
  return `${scaled.toFixed(scaled < 10 ? 2 : 1)} ${BINARY[power] ?? ''}`;
}

function exactIn(bytes: bigint, base: bigint, names: readonly string[]): string | undefined {
  for (let power = names.length - 1; power > 0; power--) {
    const unit = base ** BigInt(power);
    if (bytes >= unit && bytes % unit === 0n) return `${String(bytes / unit)} ${names[power] ?? ''}`;
    // One decimal is as easily read: 1.5 GiB.
    if (bytes >= unit && (bytes * 10n) % unit === 0n) {
      return `${(Number((bytes * 10n) / unit) / 10).toFixed(1)} ${names[power] ?? ''}`;
    }
  }
  return undefined;
}

/** "500 IOPS", "12,000 IOPS". */
export const formatCount = (count: bigint): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');

/** One value of a limit with its unit: "50 MiB/s", "500 IOPS", "10 s", "4 KiB". 0 of a rate is "unlimited". */
export function formatLimit(field: LimitField, value: bigint): string {
  switch (field.unit) {
    case 'bytes/s':
      return value === 0n ? 'unlimited' : `${formatBytes(value)}/s`;
    case 'operations/s':
      return value === 0n ? 'unlimited' : `${formatCount(value)} IOPS`;
    case 'seconds':
      return `${formatCount(value)} s`;
    case 'bytes':
      return value === 0n ? 'any size' : formatBytes(value);
  }
}

/**
 * All limits of a set in one line: "500 IOPS, burst 2,000 IOPS for 10 s; read 50 MiB/s". "no limit" where none is set.
 */
export function limitsText(values: LimitValues): string {
  const parts: string[] = [];
  for (const resource of ['iops', 'bytes'] as const) {
    for (const direction of ['total', 'read', 'write'] as const) {
      const part = directionText(values, resource, direction);
      if (part !== undefined) parts.push(part);
    }
  }
  for (const field of LIMITS) {
    if (field.kind === 'request-size' && values[field.xml] > 0n) {
      parts.push(`operations of ${formatLimit(field, values[field.xml])}`);
    }
  }
  return parts.length === 0 ? 'no limit' : parts.join('; ');
}

function directionText(
  values: LimitValues,
  resource: LimitResource,
  direction: LimitDirection,
): string | undefined {
  const value = (kind: LimitField['kind']): { text: string; value: bigint } => {
    const field = LIMITS.find(
      row => row.kind === kind && row.resource === resource && row.direction === direction,
    );
    if (field === undefined) return { text: '', value: 0n };
    return { text: formatLimit(field, values[field.xml]), value: values[field.xml] };
  };
  const rate = value('rate');
  const burst = value('burst');
  const length = value('burst-length');
  if (rate.value === 0n && burst.value === 0n) return undefined;
  const prefix = direction === 'total' ? '' : `${direction} `;
  const lasting = length.value > 1n ? ` for ${length.text}` : '';
  return `${prefix}${rate.text}${burst.value > 0n ? `, burst ${burst.text}${lasting}` : ''}`;
}
