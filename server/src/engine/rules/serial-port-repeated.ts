import { devicesNamed } from '../domain/cross-references';
import { decimalOf, freeNumber } from '../domain/numbers';
import { shifted, type Span } from '../text';
import { numbersTaken, setAttributeFix } from './devices';
import { defineRule } from './rule';

export const serialPortRepeated = defineRule({
  id: 'serial-port-repeated',
  may: { error: ['libvirt'] },
  scope: 'domain',
  summary: 'ISA serial ports of a guest need different numbers.',
  explain: `\`port\` of the \`<target>\` says which of the machine's serial ports it is. With one number twice libvirt defines the domain and does not start it: \`internal error: target port '0' already allocated\` (measured with 11.3; with addresses it refuses at define). Without a \`port\` libvirt takes a free one. USB and PCI serial ports are counted apart.

Bad:
\`\`\`xml
<serial type='pty'><target port='0'/></serial>
<serial type='pty'><target port='0'/></serial>
\`\`\`
Good:
\`\`\`xml
<serial type='pty'><target port='0'/></serial>
<serial type='pty'><target port='1'/></serial>
\`\`\``,
  check({ domain, runByQemu }, report) {
    if (!runByQemu) return;
    const firsts = new Map<number, Span>();
    const ports = devicesNamed(domain, 'serial').filter(({ of }) => {
      const type = of.target?.type;
      return type === undefined || type.value === 'isa-serial';
    });
    for (const { start, of } of ports) {
      const port = of.target?.port;
      const number = decimalOf(port?.value);
      if (port === undefined || number === undefined) continue;
      const span = shifted(port, start);
      const first = firsts.get(number);
      if (first === undefined) {
        firsts.set(number, span);
        continue;
      }
      report({
        span,
        severity: 'error',
        refusedBy: 'libvirt',
        message: `Serial port ${String(number)} is already taken, and libvirt does not start a domain with two. Give this one another number.`,
        related: [{ span: first, message: `The first serial port ${String(number)}.` }],
        fixes: scene => {
          const free = String(freeNumber(numbersTaken(ports.map(each => each.of.target?.port)), 0));
          return setAttributeFix(scene, span.start, 'port', free, `Make it port ${free}`);
        },
      });
    }
  },
});
