import { numaCells } from '../domain/cross-references';
import { comesFromTemplate } from './devices';
import { cellLists, cellNames, memoryNodes, type CellName } from './numa-cells';
import { defineRule } from './rule';

export const numaCellUnknown = defineRule({
  id: 'numa-cell-unknown',
  may: { error: ['libvirt'] },
  scope: 'domain',
  summary: 'What names a guest NUMA cell must name one that is there.',
  explain: `The cells are those of \`<cpu><numa>\`; a domain without them counts as one cell 0 for huge pages, and as none for the rest. Libvirt refuses other numbers (measured with 11.3):

| where | libvirt's words |
|---|---|
| \`cellid\` of \`<memnode>\` | \`Argument 'cellid' in memnode element must correspond to existing guest's NUMA cell\`, or \`Element 'memnode' is invalid without any guest NUMA cells\` |
| \`nodeset\` of a huge \`<page>\` | \`hugepages: node 5 not found\` |
| \`id\` of a \`<sibling>\` | \`'sibling_id 7' does not refer to a valid cell within NUMA 'cell id 0'\` |
| \`<node>\` of a memory device | \`can't add memory backend for guest node '5' as the guest has only '2' NUMA nodes configured\` |

Note that \`nodeset\` of \`<memory>\` and \`<memnode>\` names cells of the host, which nobody can check here.

Bad:
\`\`\`xml
<numatune><memnode cellid='2' mode='strict' nodeset='0'/></numatune>
<cpu><numa><cell id='0' cpus='0-3' memory='1048576'/></numa></cpu>
\`\`\`
Good:
\`\`\`xml
<numatune><memnode cellid='0' mode='strict' nodeset='0'/></numatune>
<cpu><numa><cell id='0' cpus='0-3' memory='1048576'/></numa></cpu>
\`\`\``,
  check(scene, report) {
    const { domain } = scene;
    const cells = numaCells(domain);
    if (cells.some(({ id }) => id === undefined)) return;
    const ids = new Set(cells.map(({ id }) => id));
    const none = cells.length === 0;
    const tell = ({ id, span }: CellName): void => {
      if (comesFromTemplate(scene)) return;
      report({
        span,
        severity: 'error',
        refusedBy: 'libvirt',
        message: `There is no NUMA cell ${String(id)} in this guest, so libvirt refuses the document. ${
          none
            ? 'It has no <numa> cells at all: describe them in <cpu>, or take this out.'
            : `It has ${String(cells.length)}: name one of 0 to ${String(cells.length - 1)}, or add the cell.`
        }`,
      });
    };
    const isUnknown = ({ id }: CellName): boolean => !ids.has(id);
    cellNames(domain).filter(isUnknown).forEach(tell);
    for (const list of cellLists(domain)) {
      const id = [...list.ids].find(node => (none ? node > 0 : !ids.has(node)));
      if (id !== undefined) tell({ id, span: list.span });
    }
    // Only QEMU's driver looks at the cells of memory devices, and without cells it has other complaints.
    if (!none && scene.runByQemu) memoryNodes(domain).filter(isUnknown).forEach(tell);
  },
});
