import type { LimitEntry, Limits } from '../domain/model';
import { bucketOf, entryNamed, faultyEntries, GREATEST, numberIn, valueSpan } from './limit-faults';
import { changeFix } from './limit-fixes';
import { defineRule, type Fix, type FixScene } from './rule';

export const burstTooLong = defineRule({
  id: 'burst-too-long',
  may: { error: ['qemu'] },
  scope: 'limits',
  summary: 'A burst times its length must not be above 1000000000000000.',
  explain: `A burst and its length together say how much a disk may transfer in one burst. QEMU takes up to 1000000000000000 (10^15) bytes or operations. The schema and libvirt let more pass, and the VM then does not start: \`burst length too high for this burst rate\`.

Bad:
\`\`\`xml
<total_bytes_sec_max>1000000000</total_bytes_sec_max>
<total_bytes_sec_max_length>2000000</total_bytes_sec_max_length>
\`\`\`
Good:
\`\`\`xml
<total_bytes_sec_max>1000000000</total_bytes_sec_max>
<total_bytes_sec_max_length>60</total_bytes_sec_max_length>
\`\`\``,
  check(limits, report, { runByQemu }) {
    if (!runByQemu) return;
    for (const length of faultyEntries(limits, 'burst-too-long')) {
      const bucket = bucketOf(length.field.xml);
      const burst = bucket === undefined ? undefined : entryNamed(limits, bucket.burst.xml);
      const speed = numberIn(burst);
      if (burst === undefined || speed === undefined || speed === 0n) continue;
      report({
        span: valueSpan(length),
        severity: 'error',
        refusedBy: 'qemu',
        message: `<${burst.field.xml}> times <${length.field.xml}> is above ${String(GREATEST)}, the largest burst that QEMU takes: the VM would not start. With this burst at most ${String(GREATEST / speed)} seconds are possible.`,
        related: [{ span: valueSpan(burst), message: 'The burst that it lengthens.' }],
        fixes: scene => fixesFor(scene, limits, burst, length),
      });
    }
  },
});

function fixesFor(scene: FixScene, limits: Limits, burst: LimitEntry, length: LimitEntry): Fix[] {
  const [speed, seconds] = [numberIn(burst), numberIn(length)];
  if (speed === undefined || seconds === undefined || speed === 0n || seconds === 0n) return [];
  return [
    ...changeFix(
      scene,
      limits,
      `Shorten it to ${String(GREATEST / speed)}`,
      new Map([[length.field.xml, GREATEST / speed]]),
    ),
    ...changeFix(
      scene,
      limits,
      `Lower the burst to ${String(GREATEST / seconds)}`,
      new Map([[burst.field.xml, GREATEST / seconds]]),
    ),
  ];
}
