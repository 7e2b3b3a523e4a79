import type { LimitEntry, Limits } from '../domain/model';
import { formatLimit } from '../limits/units';
import { bucketOf, entryNamed, faultyEntries, numberIn, valueSpan } from './limit-faults';
import { changeFix } from './limit-fixes';
import { defineRule, type Fix, type FixScene } from './rule';

export const burstBelowRate = defineRule({
  id: 'burst-below-rate',
  may: { error: ['qemu'] },
  scope: 'limits',
  summary: 'A burst limit must not be lower than the rate that it extends.',
  explain: `A burst (\`..._max\`) is the speed that a disk may reach for a while, so it can't be lower than the rate that always holds. Equal is allowed. The schema and libvirt let it pass, and the VM then does not start: \`bps_max/iops_max cannot be lower than bps/iops\`.

Bad:
\`\`\`xml
<read_bytes_sec>900</read_bytes_sec>
<read_bytes_sec_max>400</read_bytes_sec_max>
\`\`\`
Good:
\`\`\`xml
<read_bytes_sec>400</read_bytes_sec>
<read_bytes_sec_max>900</read_bytes_sec_max>
\`\`\``,
  check(limits, report, { runByQemu }) {
    if (!runByQemu) return;
    for (const burst of faultyEntries(limits, 'burst-below-rate')) {
      const bucket = bucketOf(burst.field.xml);
      const rate = bucket === undefined ? undefined : entryNamed(limits, bucket.rate.xml);
      if (rate === undefined) continue;
      report({
        span: valueSpan(burst),
        severity: 'error',
        refusedBy: 'qemu',
        message: `<${burst.field.xml}> (${valueText(burst)}) is lower than <${rate.field.xml}> (${valueText(rate)}), the rate that it extends: QEMU would not start the VM. Raise the burst or lower the rate.`,
        related: [{ span: valueSpan(rate), message: 'The rate that it extends.' }],
        fixes: scene => fixesFor(scene, limits, burst, rate),
      });
    }
  },
});

const valueText = (entry: LimitEntry): string => formatLimit(entry.field, numberIn(entry) ?? 0n);

function fixesFor(scene: FixScene, limits: Limits, burst: LimitEntry, rate: LimitEntry): Fix[] {
  const [burstValue, rateValue] = [numberIn(burst), numberIn(rate)];
  if (burstValue === undefined || rateValue === undefined) return [];
  return [
    ...changeFix(
      scene,
      limits,
      `Raise the burst to the rate, ${String(rateValue)}`,
      new Map([[burst.field.xml, rateValue]]),
    ),
    ...changeFix(
      scene,
      limits,
      `Lower the rate to the burst, ${String(burstValue)}`,
      new Map([[rate.field.xml, burstValue]]),
    ),
    ...changeFix(
      scene,
      limits,
      `Exchange the two: rate ${String(burstValue)}, burst ${String(rateValue)}`,
      new Map([
        [burst.field.xml, rateValue],
        [rate.field.xml, burstValue],
      ]),
    ),
  ];
}
