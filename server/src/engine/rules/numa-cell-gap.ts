import { numaCells } from '../domain/cross-references';
import { shifted } from '../text';
import { GOOD_CELLS, renumberWithNamesFix } from './numa-cells';
import { defineRule } from './rule';

export const numaCellGap = defineRule({
  id: 'numa-cell-gap',
  may: { error: ['libvirt'] },
  scope: 'domain',
  summary: 'NUMA cells are numbered from 0 without a gap.',
  explain: `The cells of a guest have the numbers 0 to n-1, in any order. Libvirt refuses others: \`Exactly one 'cell' element per guest NUMA cell allowed, non-contiguous ranges or ranges not starting from 0 are not allowed\` (measured with 11.3).

Bad:
\`\`\`xml
<cell id='0' cpus='0-1' memory='1048576'/>
<cell id='2' cpus='2-3' memory='1048576'/>
\`\`\`
${GOOD_CELLS}`,
  check({ domain }, report) {
    const cells = numaCells(domain);
    const ids = new Set(cells.flatMap(({ id }) => id ?? []));
    // An unreadable number may be the one that is missed.
    if (cells.some(({ id }) => id === undefined)) return;
    const alone = ids.size === cells.length;
    const told = new Set<number>();
    for (const { id, cell } of cells) {
      const piece = cell.of.attributes.get('id');
      if (id === undefined || piece === undefined || id < cells.length || told.has(id)) continue;
      // The second one of a number is told by the rule on that.
      told.add(id);
      const span = shifted(piece, cell.start);
      report({
        span,
        severity: 'error',
        refusedBy: 'libvirt',
        message: `With ${String(cells.length)} NUMA cells their numbers must be 0 to ${String(cells.length - 1)}, and libvirt refuses cell ${String(id)}. Number the cells without a gap.`,
        // Of a number that stands twice the second one changes first.
        fixes: scene => (alone ? renumberWithNamesFix(scene, span.start, id, ids) : []),
      });
    }
  },
});
