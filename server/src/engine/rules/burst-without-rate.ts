import type { LimitEntry, Limits } from '../domain/model';
import { renameElement, entryElement } from '../edit';
import type { LimitName } from '../limits/table';
import { aboveRange, amountsOf, bucketOf, BUCKETS, faultyEntries, isSet, numberIn } from './limit-faults';
import { changedFix, changeFix, removeFix } from './limit-fixes';
import { defineRule, type Fix, type FixScene } from './rule';

export const burstWithoutRate = defineRule({
  id: 'burst-without-rate',
  may: { error: ['qemu'] },
  scope: 'limits',
  summary: 'A burst limit needs the rate that it extends.',
  explain: `A burst (\`..._max\`) says how fast a disk may go for a while beyond its rate; without the rate there is nothing to extend. Each burst needs the rate of its own direction: \`<read_bytes_sec_max>\` needs \`<read_bytes_sec>\`, the total does not count for it. The schema and libvirt let it pass, and the VM then does not start: \`bps_max/iops_max require corresponding bps/iops values\`.

Bad:
\`\`\`xml
<total_iops_sec_max>1000</total_iops_sec_max>
\`\`\`
Good:
\`\`\`xml
<total_iops_sec>200</total_iops_sec>
<total_iops_sec_max>1000</total_iops_sec_max>
\`\`\``,
  check(limits, report, { runByQemu }) {
    if (!runByQemu) return;
    for (const entry of faultyEntries(limits, 'burst-without-rate')) {
      const rate = bucketOf(entry.field.xml)?.rate;
      if (rate === undefined) continue;
      report({
        span: entry.nameSpan,
        severity: 'error',
        refusedBy: 'qemu',
        message: `<${entry.field.xml}> needs <${rate.xml}>, the rate that it extends: QEMU would not start the VM. Add the rate, or take the burst out.`,
        fixes: scene => fixesFor(scene, limits, entry, rate.xml),
      });
    }
  },
});

function fixesFor(scene: FixScene, limits: Limits, entry: LimitEntry, rate: LimitName): Fix[] {
  const value = numberIn(entry);
  const fits = value !== undefined && !aboveRange(value, entry.field, limits.owner);
  const added = fits
    ? changeFix(scene, limits, `Add <${rate}>${String(value)}</${rate}>`, new Map([[rate, value]]))
    : [];
  return [
    ...added,
    ...renamedFix(scene, limits, entry),
    ...removeFix(scene, limits, [entry.field.xml], `Remove <${entry.field.xml}>`),
  ];
}

/** The burst of the direction that has a rate was meant: `<read_bytes_sec_max>` beside `<total_bytes_sec>`. */
function renamedFix(scene: FixScene, limits: Limits, entry: LimitEntry): Fix[] {
  const amounts = amountsOf(limits);
  const value = numberIn(entry);
  const meant = BUCKETS.filter(
    ({ rate, burst }) =>
      burst.family === entry.field.family && isSet(amounts.get(rate.xml) ?? 0n) && !amounts.has(burst.xml),
  );
  const [bucket] = meant;
  if (bucket === undefined || meant.length > 1 || value === undefined) return [];
  const changes = new Map<LimitName, bigint | undefined>([
    [entry.field.xml, undefined],
    [bucket.burst.xml, value],
  ]);
  const repeated = limits.entries.filter(({ field }) => field === entry.field).length > 1;
  if (repeated) return [];
  return changedFix(scene, limits, `Make it <${bucket.burst.xml}>`, false, changes, place => {
    const element = entryElement(place, entry);
    return element === undefined ? [] : renameElement(element, bucket.burst.xml);
  });
}
