import { settingsAt } from '../domain/cross-references';
import { numberSet } from '../domain/numbers';
import { shifted, type Span } from '../text';
import { removeElementFix } from './devices';
import { FirstOwners } from './first-owners';
import { defineRule, type ReportFinding } from './rule';

export const hugepagesOverlap = defineRule({
  id: 'hugepages-overlap',
  may: { error: ['libvirt'] },
  scope: 'domain',
  summary: 'Each NUMA cell gets its huge pages from one line.',
  explain: `A \`<page>\` with a \`nodeset\` is for those cells, one without for all the rest. Two for one cell, and two without, libvirt refuses: \`nodeset attribute of hugepages of sizes 1048576 and 2048 intersect\` and \`two master hugepages detected: 2048 and 2048\` (measured with 11.3).

Bad:
\`\`\`xml
<page size='2' unit='MiB' nodeset='0'/>
<page size='1' unit='GiB' nodeset='0-1'/>
\`\`\`
Good:
\`\`\`xml
<page size='2' unit='MiB' nodeset='0'/>
<page size='1' unit='GiB' nodeset='1'/>
\`\`\``,
  check({ domain }, report) {
    let master: Span | undefined;
    const owners = new FirstOwners<Span>();
    for (const { start, of } of settingsAt(domain, 'memoryBacking/hugepages/page')) {
      const piece = of.attributes.get('nodeset');
      const span = shifted(piece ?? of.nameSpan, start);
      if (piece === undefined) {
        if (master === undefined) master = span;
        else tell(report, span, master, 'all cells without a line of their own');
        continue;
      }
      const taken = owners.claim(numberSet(piece.value) ?? [], span);
      if (taken !== undefined) tell(report, span, taken.first, `NUMA cell ${String(taken.shared)}`);
    }
  },
});

function tell(report: ReportFinding, span: Span, first: Span, what: string): void {
  report({
    span,
    severity: 'error',
    refusedBy: 'libvirt',
    message: `The huge pages of ${what} are already given by another <page>, and libvirt refuses the second one. Keep one of them, or set their nodeset apart.`,
    related: [{ span: first, message: `The first <page> for ${what}.` }],
    fixes: scene => removeElementFix(scene, span.start, 'Remove this <page>'),
  });
}
