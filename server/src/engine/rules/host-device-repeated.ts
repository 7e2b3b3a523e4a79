import type { Span } from '../text';
import { shifted } from '../text';
import { removeElementFix } from './devices';
import { defineRule } from './rule';

export const hostDeviceRepeated = defineRule({
  id: 'host-device-repeated',
  may: { error: ['libvirt'] },
  scope: 'domain',
  summary: 'A device of the host is handed over once.',
  explain: `Two \`<hostdev>\` elements, or one and an \`<interface type='hostdev'>\`, that name the same device of the host are refused, whatever else differs: \`XML error: Hostdev already exists in the domain configuration\` (measured with libvirt 11.3). That holds for PCI, USB (by vendor and product, or by bus and device), SCSI and mediated devices.

Bad:
\`\`\`xml
<hostdev mode='subsystem' type='usb'><source><vendor id='0x1234'/><product id='0xbeef'/></source></hostdev>
<hostdev mode='subsystem' type='usb'><source><vendor id='0x1234'/><product id='0xbeef'/></source></hostdev>
\`\`\`
Good: to hand over two sticks of one kind, name them by bus and device.
\`\`\`xml
<hostdev mode='subsystem' type='usb'><source><address bus='1' device='4'/></source></hostdev>
<hostdev mode='subsystem' type='usb'><source><address bus='1' device='5'/></source></hostdev>
\`\`\``,
  check({ domain }, report) {
    const firsts = new Map<string, Span>();
    for (const { start, of } of domain.allDevices) {
      const host = of.hostDevice;
      if (host === undefined || host.template) continue;
      const span = shifted(host.span, start);
      const first = firsts.get(host.key);
      if (first === undefined) {
        firsts.set(host.key, span);
        continue;
      }
      report({
        span,
        severity: 'error',
        refusedBy: 'libvirt',
        message:
          'This device of the host is already handed over above, and libvirt refuses to do so twice. Name another device, or remove this element.',
        related: [{ span: first, message: 'Handed over here already.' }],
        fixes: scene => removeElementFix(scene, start + of.nameSpan.start, 'Remove this device'),
      });
    }
  },
});
