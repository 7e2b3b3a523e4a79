import type { LimitEntry, Limits } from '../domain/model';
import { bucketOf, entryNamed, faultyEntries, GREATEST, numberIn, valueSpan } from './limit-faults';
import { changeFix, removeFix } from './limit-fixes';
import { defineRule, type Fix, type FixScene } from './rule';

export const burstLengthOutOfRange = defineRule({
  id: 'burst-length-out-of-range',
  may: { error: ['qemu'] },
  scope: 'limits',
  judgesAlone: true,
  summary: "A group's burst length must not be above 4294967295 seconds.",
  explain: `QEMU keeps a throttle group's burst lengths (\`..._max_length\`) in 32 bits. The schema and libvirt let a greater one pass, and the VM then does not start: \`iops-total-max-length value must be in the range [0, 4294967295]\`. Much shorter lengths are useful: after a burst the disk has to be idle just as much to earn the next one.

Bad:
\`\`\`xml
<total_iops_sec_max_length>4294967296</total_iops_sec_max_length>
\`\`\`
Good:
\`\`\`xml
<total_iops_sec_max_length>60</total_iops_sec_max_length>
\`\`\``,
  check(limits, report, { runByQemu }) {
    if (!runByQemu) return;
    for (const entry of faultyEntries(limits, 'burst-length-out-of-range')) {
      report({
        span: valueSpan(entry),
        severity: 'error',
        refusedBy: 'qemu',
        message: `<${entry.field.xml}> is above ${String(entry.field.max)} seconds, the longest that QEMU takes: the VM would not start.`,
        fixes: scene => fixesFor(scene, limits, entry),
      });
    }
  },
});

function fixesFor(scene: FixScene, limits: Limits, entry: LimitEntry): Fix[] {
  const name = entry.field.xml;
  const bucket = bucketOf(name);
  const burst = bucket === undefined ? undefined : numberIn(entryNamed(limits, bucket.burst.xml));
  const fitting = burst === undefined || burst === 0n ? entry.field.max : GREATEST / burst;
  const longest = fitting < entry.field.max ? fitting : entry.field.max;
  return [
    ...changeFix(scene, limits, `Lower it to ${String(longest)}`, new Map([[name, longest]])),
    ...removeFix(scene, limits, [name], `Remove <${name}> (a burst of 1 second)`),
  ];
}
