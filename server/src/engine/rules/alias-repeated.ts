import type { Device } from '../domain/device';
import type { Piece, Placed } from '../domain/model';
import { shifted } from '../text';
import { deviceWords, mirrorsSerial, setAttributeFix } from './devices';
import { defineRule } from './rule';

export const aliasRepeated = defineRule({
  id: 'alias-repeated',
  may: { error: ['libvirt', 'qemu'] },
  scope: 'domain',
  summary: 'An alias of your own names one device only.',
  explain: `Aliases that begin with \`ua-\` are kept, and name a device in libvirt's commands and events. One alias on two devices libvirt refuses: \`unsupported configuration: non unique alias detected: ua-x\` (measured with 11.3). A virtio console with the alias of a serial port libvirt defines, and QEMU does not start: \`Duplicate ID 'charua-tty' for chardev\`. Other aliases are libvirt's own, made anew at each start; what a document says of them is not read.

Bad:
\`\`\`xml
<alias name='ua-data'/>
...
<alias name='ua-data'/>
\`\`\`
Good:
\`\`\`xml
<alias name='ua-data'/>
...
<alias name='ua-data-2'/>
\`\`\``,
  check({ domain, runByQemu }, report) {
    const firsts = new Map<string, { readonly device: Placed<Device>; readonly alias: Piece }>();
    for (const device of domain.allDevices) {
      const { alias } = device.of;
      if (alias === undefined || alias.template || !alias.value.startsWith(OWN_ALIAS)) continue;
      if (mirrorsSerial(domain, device.of)) continue;
      const first = firsts.get(alias.value);
      if (first === undefined) {
        firsts.set(alias.value, { device, alias });
        continue;
      }
      const atStart = device.of.element.name === 'console' && first.device.of.element.name === 'serial';
      if (atStart && !runByQemu) continue;
      const span = shifted(alias, device.start);
      report({
        span,
        severity: 'error',
        refusedBy: atStart ? 'qemu' : 'libvirt',
        message: `The alias '${alias.value}' is already that of ${deviceWords(first.device.of)}, and ${atStart ? 'QEMU does not start with both' : 'libvirt refuses the second one'}. Choose another.`,
        related: [{ span: shifted(first.alias, first.device.start), message: `The first '${alias.value}'.` }],
        fixes: scene => {
          const taken = new Set(domain.allDevices.map(each => each.of.alias?.value));
          let number = 2;
          while (taken.has(`${alias.value}-${String(number)}`)) number++;
          const free = `${alias.value}-${String(number)}`;
          return setAttributeFix(scene, span.start, 'name', free, `Call it '${free}'`);
        },
      });
    }
  },
});

/** Libvirt keeps only aliases that begin so (VIR_DOMAIN_DEF_USER_ALIAS_PREFIX). */
export const OWN_ALIAS = 'ua-';
