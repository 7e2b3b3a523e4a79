import { faultyEntries } from './limit-faults';
import { removeFix } from './limit-fixes';
import { defineRule } from './rule';

export const requestSizeWithoutIops = defineRule({
  id: 'request-size-without-iops',
  may: { error: ['qemu'] },
  scope: 'limits',
  summary: '<size_iops_sec> needs a limit of operations per second.',
  explain: `\`<size_iops_sec>\` says how many bytes count as one operation, so that large requests count as several. That matters only where operations are limited: with \`<total_iops_sec>\`, \`<read_iops_sec>\` or \`<write_iops_sec>\`. A burst alone does not do. The schema and libvirt let it pass, and the VM then does not start: \`iops size requires an iops value to be set\`.

Bad:
\`\`\`xml
<total_bytes_sec>10485760</total_bytes_sec>
<size_iops_sec>4096</size_iops_sec>
\`\`\`
Good:
\`\`\`xml
<total_iops_sec>500</total_iops_sec>
<size_iops_sec>4096</size_iops_sec>
\`\`\``,
  check(limits, report, { runByQemu }) {
    if (!runByQemu) return;
    for (const entry of faultyEntries(limits, 'request-size-without-iops')) {
      report({
        span: entry.nameSpan,
        severity: 'error',
        refusedBy: 'qemu',
        message: `<${entry.field.xml}> needs a limit of operations per second (total, read or write) to count by: QEMU would not start the VM. Add one, or take the size out.`,
        fixes: scene => removeFix(scene, limits, [entry.field.xml], `Remove <${entry.field.xml}>`),
      });
    }
  },
});
