import { numaCells, settingsAt } from '../domain/cross-references';
import { decimalOf } from '../domain/numbers';
import { shifted, type Span } from '../text';
import { removeElementFix } from './devices';
import { GOOD_CELLS, renumberFix } from './numa-cells';
import { defineRule, type FixScene, type Fix, type ReportFinding } from './rule';

export const numaCellRepeated = defineRule({
  id: 'numa-cell-repeated',
  may: { error: ['libvirt'] },
  scope: 'domain',
  summary: 'A guest NUMA cell is described once.',
  explain: `Two \`<cell>\` elements with one \`id\`, and two \`<memnode>\` elements for one cell, are refused: \`XML error: Duplicate NUMA cell info for cell id '0'\` and \`XML error: Multiple memnode elements with cellid 0\` (measured with libvirt 11.3). A cell without an \`id\` has the number of its place, counted from 0.

Bad:
\`\`\`xml
<cell id='0' cpus='0-1' memory='1048576'/>
<cell id='0' cpus='2-3' memory='1048576'/>
\`\`\`
${GOOD_CELLS}`,
  check({ domain }, report) {
    const cells = numaCells(domain);
    const spans = cells.flatMap(({ id, cell }) => {
      const span = shifted(cell.of.attributes.get('id') ?? cell.of.nameSpan, cell.start);
      return id === undefined ? [] : [{ id, span, named: cell.of.attributes.has('id') }];
    });
    const ids = new Set(spans.map(({ id }) => id));
    tellRepeated(spans, 'NUMA cell', report, (scene, again) =>
      again.named ? renumberFix(scene, again.span.start, ids) : [],
    );
    const memnodes = settingsAt(domain, 'numatune/memnode').flatMap(({ start, of }) => {
      const piece = of.attributes.get('cellid');
      const id = decimalOf(piece?.value);
      return piece === undefined || id === undefined
        ? []
        : [{ id, span: shifted(piece, start), named: true }];
    });
    tellRepeated(memnodes, '<memnode> of cell', report, (scene, again) =>
      removeElementFix(scene, again.span.start, 'Remove this <memnode>'),
    );
  },
});

interface Numbered {
  readonly id: number;
  readonly span: Span;
  readonly named: boolean;
}

function tellRepeated(
  all: readonly Numbered[],
  what: string,
  report: ReportFinding,
  fixes: (scene: FixScene, again: Numbered) => Fix[],
): void {
  const firsts = new Map<number, Span>();
  for (const again of all) {
    const first = firsts.get(again.id);
    if (first === undefined) {
      firsts.set(again.id, again.span);
      continue;
    }
    report({
      span: again.span,
      severity: 'error',
      refusedBy: 'libvirt',
      message: `There is already a ${what} ${String(again.id)}, and libvirt refuses the second one. Give this one another number, or remove it.`,
      related: [{ span: first, message: `The first ${what} ${String(again.id)}.` }],
      fixes: scene => fixes(scene, again),
    });
  }
}
