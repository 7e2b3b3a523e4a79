import { numaCells } from '../domain/cross-references';
import { numberSet } from '../domain/numbers';
import { shifted, type Span } from '../text';
import { FirstOwners } from './first-owners';
import { GOOD_CELLS } from './numa-cells';
import { defineRule } from './rule';

export const vcpuInTwoCells = defineRule({
  id: 'vcpu-in-two-cells',
  may: { error: ['libvirt'] },
  scope: 'domain',
  summary: 'A vCPU belongs to one NUMA cell.',
  explain: `Libvirt refuses a vCPU that stands in the \`cpus\` of two cells: \`unsupported configuration: NUMA cells 1 and 0 have overlapping vCPU ids\` (measured with 11.3).

Bad:
\`\`\`xml
<cell id='0' cpus='0-2' memory='1048576'/>
<cell id='1' cpus='2-3' memory='1048576'/>
\`\`\`
${GOOD_CELLS}`,
  check({ domain }, report) {
    const owners = new FirstOwners<{ readonly span: Span; readonly id: number | undefined }>();
    for (const { id, cell } of numaCells(domain)) {
      const piece = cell.of.attributes.get('cpus');
      const vcpus = piece === undefined ? undefined : numberSet(piece.value);
      if (piece === undefined || vcpus === undefined) continue;
      const span = shifted(piece, cell.start);
      const taken = owners.claim(vcpus, { span, id });
      if (taken === undefined) continue;
      const { shared, first } = taken;
      report({
        span,
        severity: 'error',
        refusedBy: 'libvirt',
        message: `vCPU ${String(shared)} is already in cell ${String(first.id ?? '')}, and libvirt refuses to have it in two. Name each vCPU in one cell.`,
        related: [{ span: first.span, message: `The cell that has vCPU ${String(shared)} already.` }],
      });
    }
  },
});
