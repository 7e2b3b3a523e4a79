import { firstEntries, valueSpan } from './limit-faults';
import { removeFix } from './limit-fixes';
import { defineRule } from './rule';

export const burstLengthZero = defineRule({
  id: 'burst-length-zero',
  may: { information: [null] },
  scope: 'limits',
  judgesAlone: true,
  summary: 'A burst length of 0 is dropped and counts as 1 second.',
  explain: `Libvirt drops a burst length (\`..._max_length\`) of 0 and sends none, and QEMU then takes its default, 1 second. So 0 does not mean "no burst": for that take the burst (\`..._max\`) out.

Bad:
\`\`\`xml
<total_iops_sec_max_length>0</total_iops_sec_max_length>
\`\`\`
Good:
\`\`\`xml
<total_iops_sec_max_length>1</total_iops_sec_max_length>
\`\`\``,
  check(limits, report) {
    for (const entry of firstEntries(limits).values()) {
      const { field, reading } = entry;
      if (field.kind !== 'burst-length' || reading.kind !== 'number' || reading.value !== 0n) continue;
      report({
        span: valueSpan(entry),
        severity: 'information',
        refusedBy: null,
        message: `A burst length of 0 is dropped: QEMU takes 1 second instead. For no burst take the burst limit itself out.`,
        fixes: scene => removeFix(scene, limits, [field.xml], `Remove <${field.xml}>`, true),
      });
    }
  },
});
