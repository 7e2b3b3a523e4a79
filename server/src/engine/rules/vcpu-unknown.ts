import { numaCells, settingsAt, vcpuMaximum } from '../domain/cross-references';
import type { Domain, Piece } from '../domain/model';
import { decimalOf, numberSet } from '../domain/numbers';
import { shifted } from '../text';
import { removeElementFix } from './devices';
import { defineRule, type Report, type ReportFinding } from './rule';
import { giveVcpus } from './vcpus';

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
    const scene: Count = { domain, count, report };
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
    for (const { start, of } of settingsAt(domain, 'vcpus/vcpu')) {
      tellNumber(scene, start, of.attributes.get('id'), REFUSED);
    }
    for (const { start, of } of settingsAt(domain, 'cputune/vcpupin')) {
      tellNumber(scene, start, of.attributes.get('vcpu'), DROPPED);
    }
    for (const { start, of } of settingsAt(domain, 'cputune/vcpusched')) {
      tellList(scene, start, of.attributes.get('vcpus'));
    }
    for (const { cell } of numaCells(domain)) tellList(scene, cell.start, cell.of.attributes.get('cpus'));
  },
});

interface Count {
  readonly domain: Domain;
  readonly count: number;
  readonly report: ReportFinding;
}

type Verdict = Pick<Report, 'severity' | 'refusedBy'>;
const REFUSED: Verdict = { severity: 'error', refusedBy: 'libvirt' };
const DROPPED: Verdict = { severity: 'warning', refusedBy: null };

function tellNumber(scene: Count, start: number, piece: Piece | undefined, verdict: Verdict): void {
  const id = decimalOf(piece?.value);
  if (piece === undefined || id === undefined || id < scene.count) return;
  const span = shifted(piece, start);
  const outcome =
    verdict.severity === 'error' ? 'libvirt refuses the document' : 'libvirt drops this pin without a word';
  scene.report({
    ...verdict,
    span,
    message: `${missing(scene.count, id)}, so ${outcome}. Raise <vcpu>, or take this line out.`,
    fixes: fixScene => [
      ...removeElementFix(fixScene, span.start, 'Remove this line'),
      ...giveVcpus(fixScene, id + 1),
    ],
  });
}

function tellList(scene: Count, start: number, piece: Piece | undefined): void {
  const ids = piece === undefined ? undefined : numberSet(piece.value);
  const highest = Math.max(-1, ...(ids ?? []));
  if (piece === undefined || highest < scene.count) return;
  scene.report({
    ...REFUSED,
    span: shifted(piece, start),
    message: `${missing(scene.count, highest)}, so libvirt refuses the document. Raise <vcpu>, or name others here.`,
    fixes: fixScene => giveVcpus(fixScene, highest + 1),
  });
}

const missing = (count: number, id: number): string =>
  count === 1
    ? `There is no vCPU ${String(id)}: the domain has only vCPU 0`
    : `There is no vCPU ${String(id)}: the domain has ${String(count)}, 0 to ${String(count - 1)}`;
