import { settingsAt } from '../domain/cross-references';
import type { Placed } from '../domain/model';
import { numberSet } from '../domain/numbers';
import type { Setting } from '../domain/setting';
import { shifted, type Span } from '../text';
import { removeElementFix } from './devices';
import { FirstOwners } from './first-owners';
import { defineRule, type ReportFinding } from './rule';

export const pinRepeated = defineRule({
  id: 'pin-repeated',
  may: { error: ['libvirt'] },
  scope: 'domain',
  summary: 'Each vCPU, iothread and the emulator is pinned once.',
  explain: `A second pin of the same thread does not add CPUs; libvirt refuses it (measured with 11.3):

| what stands twice | libvirt's words |
|---|---|
| \`<vcpupin>\` | \`internal error: duplicate vcpupin for vcpu '1'\` |
| \`<iothreadpin>\` | \`internal error: duplicate iothreadpin for same iothread '1'\` |
| \`<emulatorpin>\` | \`XML error: only one emulatorpin is supported\` |
| a vCPU in two \`<vcpusched>\` | \`'vcpusched' attributes 'vcpus' must not overlap\` |
| a thread in two \`<iothreadsched>\` | \`'iothreadsched' attributes 'iothreads' must not overlap\` |

Bad:
\`\`\`xml
<vcpupin vcpu='1' cpuset='2'/>
<vcpupin vcpu='1' cpuset='3'/>
\`\`\`
Good:
\`\`\`xml
<vcpupin vcpu='1' cpuset='2-3'/>
\`\`\``,
  check({ domain }, report) {
    checkSame(settingsAt(domain, 'cputune/vcpupin'), 'vcpu', 'vCPU', report);
    checkSame(settingsAt(domain, 'cputune/iothreadpin'), 'iothread', 'iothread', report);
    checkEmulator(settingsAt(domain, 'cputune/emulatorpin'), report);
    checkOverlap(settingsAt(domain, 'cputune/vcpusched'), 'vcpus', 'vCPU', report);
    checkOverlap(settingsAt(domain, 'cputune/iothreadsched'), 'iothreads', 'iothread', report);
  },
});

type Pins = readonly Placed<Setting>[];

function checkSame(pins: Pins, attribute: string, words: string, report: ReportFinding): void {
  const firsts = new Map<string, Span>();
  for (const { start, of } of pins) {
    const piece = of.attributes.get(attribute);
    if (piece === undefined || !/^\d+$/.test(piece.value)) continue;
    const key = String(Number(piece.value));
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, shifted(piece, start));
    else tell(report, shifted(piece, start), first, `${words} ${key}`);
  }
}

function checkEmulator(pins: Pins, report: ReportFinding): void {
  const [first, ...others] = pins;
  if (first === undefined) return;
  for (const other of others) {
    tell(
      report,
      shifted(other.of.nameSpan, other.start),
      shifted(first.of.nameSpan, first.start),
      'the emulator',
    );
  }
}

function checkOverlap(pins: Pins, attribute: string, words: string, report: ReportFinding): void {
  const owners = new FirstOwners<Span>();
  for (const { start, of } of pins) {
    const piece = of.attributes.get(attribute);
    const ids = piece === undefined ? undefined : numberSet(piece.value);
    if (piece === undefined || ids === undefined) continue;
    const span = shifted(piece, start);
    const taken = owners.claim(ids, span);
    if (taken !== undefined) tell(report, span, taken.first, `${words} ${String(taken.shared)}`);
  }
}

function tell(report: ReportFinding, span: Span, first: Span, what: string): void {
  report({
    span,
    severity: 'error',
    refusedBy: 'libvirt',
    message: `There is already a line like this for ${what}, and libvirt refuses the second one. Keep one of the two.`,
    related: [{ span: first, message: `The first one for ${what}.` }],
    fixes: scene => removeElementFix(scene, span.start, 'Remove this line'),
  });
}
