import { settingsAt, vcpuMaximum } from '../domain/cross-references';
import { decimalOf } from '../domain/numbers';
import { replaceInner } from '../edit/elements';
import { shifted } from '../text';
import { childElements } from '../xml/navigate';
import { defineRule, type Fix, type FixScene } from './rule';

export const cpuTopologyDiffers = defineRule({
  id: 'cpu-topology-differs',
  may: { error: ['libvirt'] },
  scope: 'domain',
  summary: 'The CPU topology must multiply to the number of vCPUs.',
  explain: `Sockets times dies times clusters times cores times threads is the number in \`<vcpu>\` (the most there can be, not \`current\`). Libvirt refuses another: \`unsupported configuration: CPU topology doesn't match maximum vcpu count\` (measured with 11.3).

Bad:
\`\`\`xml
<vcpu>4</vcpu>
<cpu><topology sockets='1' cores='2' threads='1'/></cpu>
\`\`\`
Good:
\`\`\`xml
<vcpu>4</vcpu>
<cpu><topology sockets='1' cores='4' threads='1'/></cpu>
\`\`\``,
  check({ domain, runByQemu }, report) {
    const count = vcpuMaximum(domain);
    const [topology] = settingsAt(domain, 'cpu/topology');
    if (!runByQemu || count === undefined || topology === undefined) return;
    let product = 1;
    const factors: string[] = [];
    for (const name of FACTORS) {
      const piece = topology.of.attributes.get(name);
      if (piece === undefined) continue;
      const factor = decimalOf(piece.value);
      if (factor === undefined || factor === 0) return;
      product *= factor;
      factors.push(`${piece.value} ${name}`);
    }
    if (product === count || factors.length === 0) return;
    const [vcpu] = settingsAt(domain, 'vcpu');
    report({
      span: shifted(topology.of.nameSpan, topology.start),
      severity: 'error',
      refusedBy: 'libvirt',
      message: `The topology makes ${String(product)} CPUs (${factors.join(' × ')}), but the domain has ${String(count)} vCPUs, and libvirt refuses the document. Make both the same.`,
      related:
        vcpu === undefined
          ? []
          : [{ span: shifted(vcpu.of.nameSpan, vcpu.start), message: `${String(count)} vCPUs.` }],
      fixes: scene => fixesFor(scene, product),
    });
  },
});

const FACTORS = ['sockets', 'dies', 'clusters', 'cores', 'threads'];

function fixesFor({ domain, source }: FixScene, product: number): Fix[] {
  if (domain === undefined) return [];
  const vcpu = childElements({ node: domain.element, start: domain.start, parent: undefined }, 'vcpu')[0];
  if (vcpu === undefined) return [];
  const edits = replaceInner(source, vcpu, String(product));
  return [{ title: `Give the domain ${String(product)} vCPUs`, safe: false, edits }];
}
