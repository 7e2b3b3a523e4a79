import { settingsAt, vcpuMaximum } from '../domain/cross-references';
import { decimalOf } from '../domain/numbers';
import { shifted } from '../text';
import { removeElementFix } from './devices';
import { defineRule, type ReportFinding } from './rule';
import { giveVcpus, vcpuNames, type VcpuNames } from './vcpus';

export const vcpuUnknown = defineRule({
  id: 'vcpu-unknown',
  may: { error: ['libvirt'], warning: [null] },
  scope: 'domain',
  summary: 'Pins, schedulers and NUMA cells must name vCPUs that the domain has.',
  explain: `\`<vcpu>4</vcpu>\` makes the vCPUs 0 to 3; without \`<vcpu>\` there is only 0. Who names another (measured with libvirt 11.3):

| where | what happens |
|---|---|
| \`current\` of \`<vcpu>\` above its number | refused: \`maximum vCPU count must not be less than current vCPU count\` |
| \`<vcpu id=''>\` in \`<vcpus>\` | refused: \`vcpu id '7' is out of range of maximum vcpu count\` |
| \`<vcpusched vcpus=''>\` | refused: \`vCPU '4' is not present in domain definition\` |
| \`cpus\` of a NUMA \`<cell>\` | refused: \`CPU IDs in <numa> exceed the <vcpu> count\` |
| \`<vcpupin vcpu=''>\` | the pin is dropped without a word |

Bad:
\`\`\`xml
<vcpu>4</vcpu>
<cputune><vcpupin vcpu='4' cpuset='8'/></cputune>
\`\`\`
Good:
\`\`\`xml
<vcpu>4</vcpu>
<cputune><vcpupin vcpu='3' cpuset='8'/></cputune>
\`\`\``,
  check({ domain }, report) {
    const count = vcpuMaximum(domain);
    if (count === undefined || count === 0) return;
    const [vcpu] = settingsAt(domain, 'vcpu');
    const current = vcpu?.of.attributes.get('current');
    if (vcpu !== undefined && current !== undefined && (decimalOf(current.value) ?? 0) > count) {
      report({
        ...REFUSED,
        span: shifted(current, vcpu.start),
        message: `More vCPUs are to be plugged in (${current.value}) than the domain can have (${String(count)}), and libvirt refuses the document. Raise the number in <vcpu>, or lower current.`,
        fixes: fixScene => giveVcpus(fixScene, decimalOf(current.value) ?? 0),
      });
    }
    for (const names of vcpuNames(domain)) if (names.highest >= count) tell(count, names, report);
  },
});

const REFUSED = { severity: 'error', refusedBy: 'libvirt' } as const;
const DROPPED = { severity: 'warning', refusedBy: null } as const;

function tell(count: number, { kind, highest, span }: VcpuNames, report: ReportFinding): void {
  const outcome = kind === 'pin' ? 'libvirt drops this pin without a word' : 'libvirt refuses the document';
  const other = kind === 'list' ? 'name others here' : 'take this line out';
  report({
    ...(kind === 'pin' ? DROPPED : REFUSED),
    span,
    message: `${missing(count, highest)}, so ${outcome}. Raise <vcpu>, or ${other}.`,
    fixes: scene => [
      ...(kind === 'list' ? [] : removeElementFix(scene, span.start, 'Remove this line')),
      ...giveVcpus(scene, highest + 1),
    ],
  });
}

const missing = (count: number, id: number): string =>
  count === 1
    ? `There is no vCPU ${String(id)}: the domain has only vCPU 0`
    : `There is no vCPU ${String(id)}: the domain has ${String(count)}, 0 to ${String(count - 1)}`;
