import { settingsAt } from '../domain/cross-references';
import { decimalOf, freeNumber } from '../domain/numbers';
import { shifted, type Span } from '../text';
import { removeElementFix, setAttributeFix } from './devices';
import { defineRule } from './rule';

export const iothreadRepeated = defineRule({
  id: 'iothread-repeated',
  may: { error: ['libvirt'] },
  scope: 'domain',
  summary: 'Each iothread needs a number of its own.',
  explain: `Libvirt refuses a number that stands twice in \`<iothreadids>\`: \`XML error: duplicate iothread id '1' found\` (measured with 11.3).

Bad:
\`\`\`xml
<iothreadids>
  <iothread id='1'/>
  <iothread id='1'/>
</iothreadids>
\`\`\`
Good:
\`\`\`xml
<iothreadids>
  <iothread id='1'/>
  <iothread id='2'/>
</iothreadids>
\`\`\``,
  check({ domain }, report) {
    const firsts = new Map<number, Span>();
    for (const { start, of } of settingsAt(domain, 'iothreadids/iothread')) {
      const piece = of.attributes.get('id');
      const id = decimalOf(piece?.value);
      if (piece === undefined || id === undefined) continue;
      const span = shifted(piece, start);
      const first = firsts.get(id);
      if (first === undefined) {
        firsts.set(id, span);
        continue;
      }
      report({
        span,
        severity: 'error',
        refusedBy: 'libvirt',
        message: `Iothread ${String(id)} is already there, and libvirt refuses the second one. Give it another number, or remove it.`,
        related: [{ span: first, message: `The first iothread ${String(id)}.` }],
        fixes: scene => {
          // The lowest that is not named: the threads that a count adds stay as they are.
          const free = freeNumber(new Set(firsts.keys()), 1);
          return [
            ...setAttributeFix(scene, span.start, 'id', String(free), `Make it iothread ${String(free)}`),
            ...removeElementFix(scene, span.start, 'Remove this iothread'),
          ];
        },
      });
    }
  },
});
