import { settingsAt } from '../domain/cross-references';
import { removeSpans } from '../edit/elements';
import { shifted } from '../text';
import { elementAt, spanOf } from '../xml/navigate';
import { defineRule, type Fix, type FixScene } from './rule';

export const bootOrderWithOsBoot = defineRule({
  id: 'boot-order-with-os-boot',
  may: { error: ['libvirt'] },
  scope: 'domain',
  summary: 'Boot orders of devices and <boot dev> of <os> exclude each other.',
  explain: `Either \`<os>\` says by \`<boot dev=''>\` of which kind of device to boot, or single devices have a \`<boot order=''>\`. Both at once libvirt refuses: \`unsupported configuration: per-device boot elements cannot be used together with os/boot elements\` (measured with 11.3).

Bad:
\`\`\`xml
<os><type>hvm</type><boot dev='hd'/></os>
...
<disk ...><boot order='1'/></disk>
\`\`\`
Good:
\`\`\`xml
<os><type>hvm</type></os>
...
<disk ...><boot order='1'/></disk>
\`\`\``,
  check({ domain }, report) {
    const [boot] = settingsAt(domain, 'os/boot');
    if (boot === undefined) return;
    const ordered = domain.allDevices.filter(device => device.of.bootOrder !== undefined);
    const [first] = ordered;
    if (first?.of.bootOrder === undefined) return;
    const orders = ordered.flatMap(({ start, of }) =>
      of.bootOrder === undefined ? [] : [start + of.bootOrder.start],
    );
    report({
      span: shifted(boot.of.nameSpan, boot.start),
      severity: 'error',
      refusedBy: 'libvirt',
      message:
        "<boot dev=''> of <os> and the boot order of a device exclude each other, and libvirt refuses the document. Keep one of the two ways.",
      related: [
        { span: shifted(first.of.bootOrder, first.start), message: 'A device with a boot order of its own.' },
      ],
      fixes: scene => [
        removal(
          scene,
          settingsAt(domain, 'os/boot').map(({ start, of }) => start + of.nameSpan.start),
          'Keep the boot orders of the devices',
        ),
        removal(scene, orders, 'Keep <boot dev> of <os>'),
      ],
    });
  },
});

/** Takes out the elements whose tags hold these places. */
function removal({ document, source }: FixScene, places: readonly number[], title: string): Fix {
  const spans = places.flatMap(at => {
    const element = elementAt(document, at);
    return element === undefined ? [] : [spanOf(element)];
  });
  return { title, safe: false, edits: removeSpans(source, spans) };
}
