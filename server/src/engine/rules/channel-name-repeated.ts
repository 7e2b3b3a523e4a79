import { devicesNamed } from '../domain/cross-references';
import { shifted, type Span } from '../text';
import { removeElementFix } from './devices';
import { defineRule } from './rule';

export const channelNameRepeated = defineRule({
  id: 'channel-name-repeated',
  may: { error: ['qemu'] },
  scope: 'domain',
  summary: 'Each virtio channel of a guest needs a name of its own.',
  explain: `The guest finds a channel by its \`name\`, on whatever controller it is. Libvirt defines a domain with two of one name, and QEMU does not start: \`virtio-serial-bus: A port already exists by name org.a\` (measured with libvirt 11.3 and QEMU 10.0).

Bad:
\`\`\`xml
<channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
<channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
\`\`\`
Good:
\`\`\`xml
<channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
<channel type='unix'><target type='virtio' name='com.example.monitor'/></channel>
\`\`\``,
  check({ domain, runByQemu }, report) {
    if (!runByQemu) return;
    const firsts = new Map<string, Span>();
    for (const { start, of } of devicesNamed(domain, 'channel')) {
      const name = of.target?.name;
      if (name === undefined || name.template || of.target?.type?.value !== 'virtio') continue;
      const span = shifted(name, start);
      const first = firsts.get(name.value);
      if (first === undefined) {
        firsts.set(name.value, span);
        continue;
      }
      report({
        span,
        severity: 'error',
        refusedBy: 'qemu',
        message: `There is already a channel '${name.value}', and QEMU does not start with two of one name. Remove this one, or name it differently.`,
        related: [{ span: first, message: `The first channel '${name.value}'.` }],
        fixes: scene => removeElementFix(scene, start + of.nameSpan.start, 'Remove this channel'),
      });
    }
  },
});
