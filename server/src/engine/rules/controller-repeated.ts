import { controllerIndex, devicesNamed } from '../domain/cross-references';
import type { Device } from '../domain/device';
import type { Placed } from '../domain/model';
import { freeNumber } from '../domain/numbers';
import { pieceSpan, removeElementFix, setAttributeFix } from './devices';
import { defineRule } from './rule';

export const controllerRepeated = defineRule({
  id: 'controller-repeated',
  may: { error: ['libvirt'] },
  scope: 'domain',
  summary: 'Controllers of one type need different indexes.',
  explain: `Devices name their controller by its type and \`index\`, so libvirt refuses two of the same: \`XML error: Multiple 'scsi' controllers with index '0'\`, and for USB \`XML error: Duplicate USB controllers with index 0\` (measured with 11.3). Companions of a USB 2 controller (those with \`<master>\`) share its index. Without an \`index\` libvirt takes a free one.

Bad:
\`\`\`xml
<controller type='scsi' index='0' model='virtio-scsi'/>
<controller type='scsi' index='0' model='virtio-scsi'/>
\`\`\`
Good:
\`\`\`xml
<controller type='scsi' index='0' model='virtio-scsi'/>
<controller type='scsi' index='1' model='virtio-scsi'/>
\`\`\``,
  check({ domain, runByQemu }, report) {
    const firsts = new Map<string, Placed<Device>>();
    const controllers = devicesNamed(domain, 'controller');
    for (const controller of controllers) {
      const { type } = controller.of;
      const index = controllerIndex(controller.of);
      if (type === undefined || index === undefined || !isJudged(controller.of, runByQemu)) continue;
      const key = `${type} ${String(index)}`;
      const first = firsts.get(key);
      if (first === undefined) {
        firsts.set(key, controller);
        continue;
      }
      const span = pieceSpan(controller, controller.of.controller?.index);
      report({
        span,
        severity: 'error',
        refusedBy: 'libvirt',
        message: `There is already a controller of type ${type} with index ${String(index)}, and libvirt refuses the second one. Give it another index, or remove it.`,
        related: [
          {
            span: pieceSpan(first, first.of.controller?.index),
            message: `The first ${type} controller ${String(index)}.`,
          },
        ],
        fixes: scene => {
          const taken = controllers
            .filter(({ of }) => of.type === type)
            .flatMap(({ of }) => controllerIndex(of) ?? []);
          const free = String(freeNumber(new Set(taken), 0));
          return [
            ...setAttributeFix(scene, span.start, 'index', free, `Give it index ${free}`),
            ...removeElementFix(scene, span.start, 'Remove this controller'),
          ];
        },
      });
    }
  },
});

/**
 * QEMU's driver looks at USB controllers, and lets those of USB 1 beside a USB 2 one share an index, with or without
 * `<master>`. Where USB is turned off, the rule usb-disabled speaks.
 */
function isJudged(controller: Device, runByQemu: boolean): boolean {
  if (controller.type !== 'usb') return true;
  const model = controller.model ?? '';
  return runByQemu && controller.controller?.companion !== true && !/^(ich9-uhci|none$)/.test(model);
}
