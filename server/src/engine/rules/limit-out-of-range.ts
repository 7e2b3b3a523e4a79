import type { LimitEntry, Limits } from '../domain/model';
import { faultyEntries, GREATEST, bucketOf, entryNamed, numberIn, valueSpan } from './limit-faults';
import { changeFix } from './limit-fixes';
import { defineRule, type Fix, type FixScene } from './rule';

export const limitOutOfRange = defineRule({
  id: 'limit-out-of-range',
  may: { error: ['qemu', 'libvirt'], warning: [null] },
  scope: 'limits',
  judgesAlone: true,
  summary: 'A limit must not be above 1000000000000000.',
  explain: `QEMU takes rates and bursts up to 1000000000000000 (10^15) a second. In a throttle group a greater one passes \`virsh define --validate\`, and the VM then does not start: \`bps/iops/max values must be within [0, 1000000000000000]\`. In a disk's \`<iotune>\` libvirt itself refuses every value above it.

A group's \`<size_iops_sec>\` is the exception: nobody checks it when the VM starts, but libvirt's commands refuse it above this bound, and from 2^63 on it reaches QEMU as a negative number. So it is a warning, and such a group is never pushed to a VM.

Bad:
\`\`\`xml
<total_bytes_sec>18446744073709551615</total_bytes_sec>
\`\`\`
Good:
\`\`\`xml
<total_bytes_sec>1000000000000000</total_bytes_sec>
\`\`\``,
  check(limits, report, { runByQemu }) {
    if (!runByQemu) return;
    for (const entry of faultyEntries(limits, 'limit-out-of-range')) {
      report({
        span: valueSpan(entry),
        ...judged(limits, entry),
        fixes: scene => fixesFor(scene, limits, entry),
      });
    }
  },
});

function judged(
  limits: Limits,
  { field }: LimitEntry,
): { severity: 'error' | 'warning'; refusedBy: 'qemu' | 'libvirt' | null; message: string } {
  const above = `<${field.xml}> is above ${String(GREATEST)}`;
  if (limits.owner === 'iotune') {
    return {
      severity: 'error',
      refusedBy: 'libvirt',
      message: `${above}, the greatest value that libvirt takes in an <iotune>.`,
    };
  }
  if (field.kind === 'request-size') {
    return {
      severity: 'warning',
      refusedBy: null,
      message: `${above}: the VM starts with it, but libvirt's own commands refuse such a size and it may reach QEMU as a negative number. No request is that large; write a smaller size.`,
    };
  }
  return {
    severity: 'error',
    refusedBy: 'qemu',
    message: `${above}, the greatest that QEMU takes: the VM would not start. Lower it, or take it out for no limit.`,
  };
}

function fixesFor(scene: FixScene, limits: Limits, entry: LimitEntry): Fix[] {
  const name = entry.field.xml;
  return [...new Set([GREATEST, burstThatFits(limits, entry)])].flatMap(value =>
    value === undefined
      ? []
      : changeFix(scene, limits, `Lower it to ${String(value)}`, new Map([[name, value]])),
  );
}

/** The greatest burst that its length allows. */
function burstThatFits(limits: Limits, entry: LimitEntry): bigint | undefined {
  const bucket = bucketOf(entry.field.xml);
  const length = bucket === undefined ? undefined : numberIn(entryNamed(limits, bucket.length.xml));
  if (entry.field.kind !== 'burst' || length === undefined || length < 2n) return undefined;
  return GREATEST / length;
}
