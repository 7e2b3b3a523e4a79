/**
 * The limits of `<throttlegroup>` and `<iotune>`: made from the table of limits, which alone knows their units, ranges
 * and releases.
 */

import { LIMITS, type LimitField, type LimitKind, type LimitUnit } from '../../limits/table';
import type { ElementEntry } from '../entry';

const UNIT_WORDS: Readonly<Record<LimitUnit, string>> = {
  'bytes/s': 'bytes per second',
  'operations/s': 'operations per second',
  seconds: 'seconds',
  bytes: 'bytes',
};

/** What goes together, by the kind of limit (the rules check it, and QEMU refuses what breaks it). */
const KIND_WORDS: Readonly<Record<LimitKind, string>> = {
  rate: 'The total excludes the limits for reads and writes of the same resource.',
  burst: 'Needs the steady limit of the same name without _max, and must not be lower than it.',
  'burst-length': 'Needs the burst whose length it gives.',
  'request-size': 'Needs a limit of operations per second.',
};

const entryOf = (field: LimitField, path: string): ElementEntry => ({
  path,
  summary: `${field.summary} ${KIND_WORDS[field.kind]}`,
  unit: UNIT_WORDS[field.unit],
  values: `${String(field.neutral)} (the default) to ${String(field.max)}, written as a plain number without a suffix.`,
  chapter: path.includes('/disk/') ? 'hard-drives-floppy-disks-cdroms' : 'disk-throttle-group-management',
});

export const LIMIT_ENTRIES: readonly ElementEntry[] = LIMITS.flatMap(field => [
  { ...entryOf(field, `domain/throttlegroups/throttlegroup/${field.xml}`), since: '11.2.0' },
  { ...entryOf(field, `domain/devices/disk/iotune/${field.xml}`), since: field.since },
]);
