import { decimalOf, freeNumber } from '../domain/numbers';
import { shifted, type Span } from '../text';
import { bootOrdersTaken, deviceWords, setAttributeFix } from './devices';
import { defineRule, type Related } from './rule';

export const bootOrderRepeated = defineRule({
  id: 'boot-order-repeated',
  may: { error: ['libvirt'] },
  scope: 'domain',
  summary: 'Each device needs a boot order of its own.',
  explain: `\`<boot order=''>\` of disks, interfaces and handed-over devices counts them in one row; gaps are allowed, a number twice is not: \`unsupported configuration: boot order '1' used for more than one device\` (measured with libvirt 11.3).

Bad:
\`\`\`xml
<disk ...><boot order='1'/></disk>
<interface ...><boot order='1'/></interface>
\`\`\`
Good:
\`\`\`xml
<disk ...><boot order='1'/></disk>
<interface ...><boot order='2'/></interface>
\`\`\``,
  check({ domain }, report) {
    const firsts = new Map<number, { readonly span: Span; readonly words: string }>();
    for (const { start, of } of domain.allDevices) {
      const order = decimalOf(of.bootOrder?.value);
      if (of.bootOrder === undefined || order === undefined) continue;
      const span = shifted(of.bootOrder, start);
      const first = firsts.get(order);
      if (first === undefined) {
        firsts.set(order, { span, words: deviceWords(of) });
        continue;
      }
      const related: Related = {
        span: first.span,
        message: `Boot order ${String(order)} of ${first.words}.`,
      };
      report({
        span,
        severity: 'error',
        refusedBy: 'libvirt',
        message: `Boot order ${String(order)} is already that of ${first.words}, and libvirt refuses to have it twice. Give each device a number of its own.`,
        related: [related],
        fixes: scene => {
          const free = freeNumber(bootOrdersTaken(domain), 1);
          return setAttributeFix(scene, span.start, 'order', String(free), `Use boot order ${String(free)}`);
        },
      });
    }
  },
});
