import { devicesNamed } from '../domain/cross-references';
import type { Device } from '../domain/device';
import { shifted } from '../text';
import { deviceWords, removeElementFix } from './devices';
import { defineRule } from './rule';

export const usbDisabled = defineRule({
  id: 'usb-disabled',
  may: { error: ['libvirt'] },
  scope: 'domain',
  summary: 'A domain without USB can have no USB device.',
  explain: `\`<controller type='usb' model='none'/>\` turns USB off. Libvirt then refuses every device on USB (measured with 11.3): \`Can't add USB input device. USB bus is disabled\`, \`Can't add another USB controller: USB is disabled for this domain\`, \`Can't add host USB device: USB is disabled in this host\`, and for disks and others \`USB is disabled for this domain, but USB devices are present in the domain XML\`.

Bad:
\`\`\`xml
<controller type='usb' index='0' model='none'/>
<input type='tablet' bus='usb'/>
\`\`\`
Good:
\`\`\`xml
<controller type='usb' index='0' model='qemu-xhci'/>
<input type='tablet' bus='usb'/>
\`\`\``,
  check({ domain, runByQemu }, report) {
    const none = devicesNamed(domain, 'controller').find(
      ({ of }) => of.type === 'usb' && of.model === 'none',
    );
    if (none === undefined || !runByQemu) return;
    for (const device of domain.allDevices) {
      if (device === none || !isUsb(device.of)) continue;
      const span = shifted(device.of.nameSpan, device.start);
      report({
        span,
        severity: 'error',
        refusedBy: 'libvirt',
        message: `USB is turned off in this domain by a controller of model 'none', so libvirt refuses ${deviceWords(device.of)} on USB. Remove the device, or that controller.`,
        related: [{ span: shifted(none.of.nameSpan, none.start), message: 'USB is turned off here.' }],
        fixes: scene => [
          ...removeElementFix(scene, span.start, 'Remove this device'),
          ...removeElementFix(scene, none.start + none.of.nameSpan.start, 'Turn USB on again'),
        ],
      });
    }
  },
});

function isUsb(device: Device): boolean {
  switch (device.element.name) {
    case 'controller':
    case 'hostdev':
    case 'hub':
      return device.type === 'usb';
    case 'disk':
    case 'input':
    case 'redirdev':
      return device.bus === 'usb';
    case 'sound':
      return device.model === 'usb';
    case 'interface':
      return device.model === 'usb-net';
    case 'serial':
      return device.target?.type?.value === 'usb-serial';
    default:
      return false;
  }
}
