import type { Placed } from '../domain/model';
import type { Device } from '../domain/device';
import { devicesNamed } from '../domain/cross-references';
import { diskName, prefixOfBus } from '../domain/disk-names';
import { shifted } from '../text';
import { freeTarget } from './device-places';
import { setAttributeFix } from './devices';
import { Repeats } from './repeats';
import { defineRule } from './rule';

export const targetRepeated = defineRule({
  id: 'target-repeated',
  may: { error: ['libvirt'] },
  scope: 'domain',
  summary: 'Each disk of a domain needs a target of its own.',
  explain: `Libvirt tells disks apart by the \`dev\` of their \`<target>\`, whatever their bus, and refuses a name that stands twice: \`XML error: target 'vda' duplicated for disk sources 'a.img' and 'b.img'\` (measured with 11.3). CD-ROM and floppy drives count too.

Bad:
\`\`\`xml
<target dev='sda' bus='sata'/>
...
<target dev='sda' bus='usb'/>
\`\`\`
Good:
\`\`\`xml
<target dev='sda' bus='sata'/>
...
<target dev='sdb' bus='usb'/>
\`\`\``,
  check({ domain, runByQemu }, report) {
    const keyOf = ({ of: { target, bus } }: Placed<Device>): string | undefined => {
      const dev = target?.dev;
      if (dev === undefined || dev.template || dev.value === '') return undefined;
      // Of guests of ESX libvirt itself writes documents with one name on SCSI and on SATA.
      return runByQemu ? dev.value : `${dev.value} ${bus ?? ''}`;
    };
    for (const { first, again: disk } of repeats.of(devicesNamed(domain, 'disk'), keyOf)) {
      const dev = disk.of.target?.dev;
      if (dev === undefined) continue;
      const span = shifted(dev, disk.start);
      report({
        span,
        severity: 'error',
        refusedBy: 'libvirt',
        message: `There is already a disk '${dev.value}' in this domain, and libvirt refuses the second one, on whatever bus. Give it another name.`,
        related: [
          {
            span: shifted(first.of.target?.dev ?? first.of.nameSpan, first.start),
            message: `The first disk '${dev.value}'.`,
          },
        ],
        fixes: scene => {
          const prefix = diskName(dev.value)?.prefix ?? prefixOfBus(disk.of.bus);
          const free = freeTarget(domain, disk, prefix);
          return setAttributeFix(scene, span.start, 'dev', free, `Call this disk '${free}'`);
        },
      });
    }
  },
});

const repeats = new Repeats();
