import { devicesNamed } from '../domain/cross-references';
import { diskName, prefixOfBus } from '../domain/disk-names';
import { shifted } from '../text';
import { freeTarget } from './device-places';
import { setAttributeFix } from './devices';
import { defineRule } from './rule';

export const targetInvalid = defineRule({
  id: 'target-invalid',
  may: { error: ['libvirt'] },
  scope: 'domain',
  judgesAlone: true,
  summary: 'Libvirt derives the place of a disk from its target, so it must know the name.',
  explain: `The \`dev\` of a \`<target>\` is a prefix (\`vd\`, \`sd\`, \`hd\`, \`fd\`, \`xvd\`, \`ubd\`) and letters that count the disks: \`vda\`, \`sdb\`, \`vdaa\`. From it libvirt derives where the disk goes; names of the guest's own making such as \`nvme0n1\` it refuses: \`XML error: Unknown disk name 'foo' and no address specified\` (measured with 11.3; with an address QEMU's driver still says \`Invalid harddisk device name: foo\`). Capitals are not known either. A number behind the letters would be a partition: \`invalid disk target 'vda1', partitions can't appear in disk targets\`.

What the guest calls the disk is another matter: it follows the bus.

Bad:
\`\`\`xml
<target dev='nvme0n1' bus='virtio'/>
\`\`\`
Good:
\`\`\`xml
<target dev='vda' bus='virtio'/>
\`\`\``,
  check({ domain, runByQemu }, report) {
    const disks = devicesNamed(domain, 'disk');
    for (const disk of disks) {
      const dev = disk.of.target?.dev;
      if (dev === undefined || dev.template) continue;
      const name = diskName(dev.value);
      // Where the address is given, only QEMU's driver still looks at the name; it alone refuses partitions too.
      if (name === undefined ? disk.of.address !== undefined && !runByQemu : !name.partition || !runByQemu) {
        continue;
      }
      const span = shifted(dev, disk.start);
      report({
        span,
        severity: 'error',
        refusedBy: 'libvirt',
        message:
          name === undefined
            ? `Libvirt knows no disk name '${dev.value}' and refuses the document. A target is a prefix and small letters that count the disks, such as '${prefixOfBus(disk.of.bus)}a'.`
            : `'${dev.value}' is the name of a partition, and a target must name a whole disk: libvirt refuses the document. Leave the number out.`,
        fixes: scene => {
          const taken = new Set(disks.map(each => each.of.target?.dev?.value ?? ''));
          const whole = dev.value.replace(/\d+$/, '');
          const meant =
            name !== undefined && !taken.has(whole)
              ? whole
              : freeTarget(domain, disk, name?.prefix ?? prefixOfBus(disk.of.bus));
          return setAttributeFix(scene, span.start, 'dev', meant, `Call this disk '${meant}'`);
        },
      });
    }
  },
});
