import type { LimitEntry, Limits } from '../domain/model';
import type { LimitName } from '../limits/table';
import { firstEntries } from './limit-faults';
import { changedFix, madeOf } from './limit-fixes';
import { removeEntries, setText } from '../edit';
import { defineRule, type Fix, type FixScene } from './rule';

export const limitRepeated = defineRule({
  id: 'limit-repeated',
  may: { error: ['schema'] },
  scope: 'limits',
  summary: 'A limit must stand only once in a group or iotune.',
  explain: `The schema allows each limit once. Libvirt without validation takes the first and drops the others without a word, so a second value, often the newer one, has no effect.

Bad:
\`\`\`xml
<total_iops_sec>100</total_iops_sec>
<total_iops_sec>200</total_iops_sec> <!-- dropped -->
\`\`\`
Good:
\`\`\`xml
<total_iops_sec>200</total_iops_sec>
\`\`\``,
  check(limits, report) {
    const first = firstEntries(limits);
    if (first.size === limits.entries.length) return;
    for (const entry of limits.entries) {
      const taken = first.get(entry.field.xml);
      if (taken === undefined || taken === entry) continue;
      report({
        span: entry.nameSpan,
        severity: 'error',
        refusedBy: 'schema',
        message: `<${entry.field.xml}> stands here again: libvirt takes the first (${valueText(taken)}) and drops this one (${valueText(entry)}). Keep one of them.`,
        related: [{ span: taken.nameSpan, message: 'The first, which libvirt takes.' }],
        unnecessary: true,
        fixes: scene => fixesFor(scene, limits, taken, entry),
      });
    }
  },
});

const valueText = (entry: LimitEntry): string => {
  const text = entry.text.value.trim();
  return text === '' ? 'empty' : text.slice(0, 40);
};

function fixesFor(scene: FixScene, limits: Limits, taken: LimitEntry, entry: LimitEntry): Fix[] {
  const name = entry.field.xml;
  const fixes = madeOf(scene, limits, `Remove this <${name}>`, true, place =>
    removeEntries(scene.source, place, [entry]),
  );
  const { reading } = entry;
  if (reading.kind !== 'number' || !isOther(reading.value, taken)) return fixes;
  const title = `Keep this value, ${String(reading.value)}, instead of the first`;
  const changes = new Map<LimitName, bigint>([[name, reading.value]]);
  return [
    ...fixes,
    ...changedFix(scene, limits, title, false, changes, place => [
      ...setText(scene.source, place, taken, String(reading.value)),
      ...removeEntries(scene.source, place, [entry]),
    ]),
  ];
}

const isOther = (value: bigint, { reading }: LimitEntry): boolean =>
  reading.kind !== 'number' || reading.value !== value;
