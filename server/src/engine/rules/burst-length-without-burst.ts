import type { LimitEntry, Limits } from '../domain/model';
import { bucketOf, entryNamed, faultyEntries, numberIn } from './limit-faults';
import { changeFix, removeFix } from './limit-fixes';
import { defineRule, type Fix, type FixScene } from './rule';

export const burstLengthWithoutBurst = defineRule({
  id: 'burst-length-without-burst',
  may: { error: ['qemu'] },
  scope: 'limits',
  summary: 'A burst length of more than 1 second needs the burst that it lengthens.',
  explain: `A burst length (\`..._max_length\`) says for how many seconds a disk may go at the burst limit of the same direction. Without that burst it means nothing: the schema and libvirt let it pass, and the VM then does not start: \`burst length set without burst rate\`. A length of 1, which is what an absent one means, is let pass.

Bad:
\`\`\`xml
<total_iops_sec>200</total_iops_sec>
<total_iops_sec_max_length>10</total_iops_sec_max_length>
\`\`\`
Good:
\`\`\`xml
<total_iops_sec>200</total_iops_sec>
<total_iops_sec_max>1000</total_iops_sec_max>
<total_iops_sec_max_length>10</total_iops_sec_max_length>
\`\`\``,
  check(limits, report, { runByQemu }) {
    if (!runByQemu) return;
    for (const entry of faultyEntries(limits, 'burst-length-without-burst')) {
      const burst = bucketOf(entry.field.xml)?.burst;
      if (burst === undefined) continue;
      report({
        span: entry.nameSpan,
        severity: 'error',
        refusedBy: 'qemu',
        message: `<${entry.field.xml}> needs <${burst.xml}>, the burst that it lengthens: QEMU would not start the VM. Add the burst, or take the length out.`,
        fixes: scene => fixesFor(scene, limits, entry),
      });
    }
  },
});

function fixesFor(scene: FixScene, limits: Limits, entry: LimitEntry): Fix[] {
  const bucket = bucketOf(entry.field.xml);
  const rate = bucket === undefined ? undefined : numberIn(entryNamed(limits, bucket.rate.xml));
  const added =
    bucket === undefined || rate === undefined || rate === 0n
      ? []
      : changeFix(
          scene,
          limits,
          `Add <${bucket.burst.xml}> of twice the rate, ${String(rate * 2n)}`,
          new Map([[bucket.burst.xml, rate * 2n]]),
        );
  return [...removeFix(scene, limits, [entry.field.xml], `Remove <${entry.field.xml}>`), ...added];
}
