import { settingsAt, vcpuMaximum } from '../domain/cross-references';
import { shifted } from '../text';
import { defineRule } from './rule';
import { counted, giveSockets, giveVcpus, highestVcpu, topologyOf, vcpuWords } from './vcpus';

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
    const topology = topologyOf(domain);
    if (!runByQemu || count === undefined || topology === undefined || topology.product === count) return;
    const { setting, product, words } = topology;
    const [vcpu] = settingsAt(domain, 'vcpu');
    report({
      span: shifted(setting.of.nameSpan, setting.start),
      severity: 'error',
      refusedBy: 'libvirt',
      message: `The topology makes ${counted(product, 'CPU')} (${words}), but the domain has ${vcpuWords(count)}, and libvirt refuses the document. Make both the same.`,
      related:
        vcpu === undefined
          ? []
          : [{ span: shifted(vcpu.of.nameSpan, vcpu.start), message: `${vcpuWords(count)}.` }],
      fixes: scene => [
        ...giveSockets(scene, topology, count),
        // Fewer must be enough for all that names one.
        ...(product > highestVcpu(domain) ? giveVcpus(scene, product) : []),
      ],
    });
  },
});
