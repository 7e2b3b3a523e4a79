import type { LimitEntry, Limits } from '../domain/model';
import {
  amountsOf,
  BUCKETS,
  familyOf,
  faultyEntries,
  firstEntries,
  isSet,
  type Family,
} from './limit-faults';
import { removalWithDependents, removeFix } from './limit-fixes';
import { defineRule, type Fix, type FixScene, type RefusedBy } from './rule';

export const totalExcludesReadWrite = defineRule({
  id: 'total-excludes-read-write',
  may: { error: ['libvirt', 'qemu', 'schema'] },
  scope: 'limits',
  summary: 'A total limit must not stand beside a read or write limit of the same kind.',
  explain: `For each kind of limit (rate, burst, burst length; of bytes and of operations) there is either one value for reads and writes together, or one for each of the two. Both together contradict each other: libvirt refuses \`total and read/write bytes_sec cannot be set at the same time\`, for bytes, operations, and their bursts. The schema does not even take a 0 beside the total. Two burst lengths pass libvirt, and QEMU then finds one without its burst.

Different kinds mix well: a total of operations with limits for reading and writing bytes.

Bad:
\`\`\`xml
<total_bytes_sec>1000000</total_bytes_sec>
<read_bytes_sec>500000</read_bytes_sec>
\`\`\`
Good:
\`\`\`xml
<read_bytes_sec>500000</read_bytes_sec>
<write_bytes_sec>500000</write_bytes_sec>
\`\`\``,
  check(limits, report, { runByQemu }) {
    for (const total of faultyEntries(limits, 'total-excludes-read-write')) {
      const sides = sidesOf(limits, total);
      if (sides === undefined) continue;
      const totalIsLater = limits.entries.indexOf(total) > limits.entries.indexOf(sides.directions[0]);
      const at = totalIsLater ? total : sides.directions[0];
      const others = [total, ...sides.directions].filter(entry => entry !== at);
      report({
        span: at.nameSpan,
        severity: 'error',
        refusedBy: refuserOf(limits, sides, runByQemu),
        message: messageFor(total, at, sides),
        related: others.map(entry => ({
          span: entry.nameSpan,
          message: `<${entry.field.xml}> stands here.`,
        })),
        fixes: scene => fixesFor(scene, limits, sides),
      });
    }
  },
});

interface Sides {
  readonly family: Family;
  readonly total: LimitEntry;
  /** Read, write or both, in document order. */
  readonly directions: readonly [LimitEntry, ...LimitEntry[]];
}

function sidesOf(limits: Limits, total: LimitEntry): Sides | undefined {
  const family = familyOf(total.field.xml);
  const [first, ...others] = [...firstEntries(limits).values()].filter(
    ({ field }) => field.family === total.field.family && field.direction !== 'total',
  );
  return family === undefined || first === undefined
    ? undefined
    : { family, total, directions: [first, ...others] };
}

/** Libvirt where rates or bursts are set on both sides; QEMU where a burst length lacks its burst; else the schema. */
function refuserOf(limits: Limits, { total, directions }: Sides, runByQemu: boolean): RefusedBy {
  const amounts = amountsOf(limits);
  const amount = ({ field }: LimitEntry): ReturnType<typeof amounts.get> => amounts.get(field.xml);
  if (total.field.kind !== 'burst-length') {
    const bothSet = isSet(amount(total) ?? 0n) && directions.some(entry => isSet(amount(entry) ?? 0n));
    return bothSet ? 'libvirt' : 'schema';
  }
  const lacking = BUCKETS.some(({ length, burst }) => {
    const value = amounts.get(length.xml) ?? 0n;
    const inFamily = length.family === total.field.family;
    return inFamily && value !== 0n && value !== 1n && !isSet(amounts.get(burst.xml) ?? 0n);
  });
  return lacking && runByQemu ? 'qemu' : 'schema';
}

function messageFor(total: LimitEntry, at: LimitEntry, { directions }: Sides): string {
  const others = at === total ? directions : [total];
  const named = others.map(({ field }) => `<${field.xml}>`).join(' and ');
  const zero = [total, ...directions].some(
    ({ reading }) => reading.kind === 'number' && reading.value === 0n,
  );
  const remark = zero ? ', not even a 0 on one side' : '';
  return `<${at.field.xml}> can't be combined with ${named}: there is either a total or the two directions${remark}. Take one side out.`;
}

function fixesFor(scene: FixScene, limits: Limits, { total, directions }: Sides): Fix[] {
  return [...keepFix(scene, limits, directions, [total]), ...keepFix(scene, limits, [total], directions)];
}

/** Takes out one side with all that hangs on it, where something of the other side then stays in force. */
function keepFix(
  scene: FixScene,
  limits: Limits,
  removed: readonly LimitEntry[],
  kept: readonly LimitEntry[],
): Fix[] {
  const names = removed.map(({ field }) => field.xml);
  const gone = removalWithDependents(limits, names);
  const amounts = amountsOf(limits);
  const stays = kept.every(({ field }) => !gone.has(field.xml));
  const means = (entries: readonly LimitEntry[]): boolean =>
    entries.some(({ field }) => isSet(amounts.get(field.xml) ?? 0n));
  if (!stays || (means(removed) && !means(kept))) return [];
  const also = gone.size > names.length ? ' and what hangs on it' : '';
  const title = `Remove ${names.map(name => `<${name}>`).join(' and ')}${also}`;
  return removeFix(scene, limits, names, title, !means(removed));
}
