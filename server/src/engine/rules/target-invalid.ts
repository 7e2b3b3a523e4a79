import { devicesNamed } from '../domain/cross-references';
import { diskName, freeDiskName, NVME, prefixOfBus, type DiskName } from '../domain/disk-names';
import { shifted } from '../text';
import { compareVersions } from '../version';
import { freeTarget, isFreeTarget } from './device-places';
import { setAttributeFix } from './devices';
import { defineRule, type World } from './rule';

export const targetInvalid = defineRule({
  id: 'target-invalid',
  may: { error: ['libvirt'] },
  scope: 'domain',
  judgesAlone: true,
  summary: 'Libvirt derives the place of a disk from its target, so it must know the name.',
  explain: `The \`dev\` of a \`<target>\` is a prefix (\`vd\`, \`sd\`, \`hd\`, \`fd\`, \`xvd\`, \`ubd\`) and letters that count the disks: \`vda\`, \`sdb\`, \`vdaa\`. From it libvirt derives where the disk goes; names of the guest's own making such as \`mmcblk0\` it refuses: \`XML error: Unknown disk name 'foo' and no address specified\` (measured with 11.3; with an address QEMU's driver still says \`Invalid harddisk device name: foo\`). Capitals are not known either. A number behind the letters would be a partition: \`invalid disk target 'vda1', partitions can't appear in disk targets\`.

Disks of an emulated NVMe controller (\`bus='nvme'\`) are called \`nvme0n1\`, \`nvme0n2\`: controller and namespace. Libvirt knows these names since 11.5.

What the guest calls the disk is another matter: it follows the bus.

Bad:
\`\`\`xml
<target dev='nvme0n1' bus='virtio'/>
\`\`\`
Good:
\`\`\`xml
<target dev='vda' bus='virtio'/>
\`\`\``,
  check({ domain, runByQemu, libvirt }, report) {
    const disks = devicesNamed(domain, 'disk');
    for (const disk of disks) {
      const dev = disk.of.target?.dev;
      if (dev === undefined || dev.template) continue;
      const name = knownName(dev.value, disk.of.bus, libvirt);
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
            ? `${unknownTo(dev.value)} knows no disk name '${dev.value}' and refuses the document. ${shapeOn(disk.of.bus)}`
            : `'${dev.value}' is the name of a partition, and a target must name a whole disk: libvirt refuses the document. Leave the number out.`,
        fixes: scene => {
          const whole = dev.value.replace(/\d+$/, '');
          const meant =
            name !== undefined && isFreeTarget(domain, disk, whole)
              ? whole
              : freeTarget(domain, disk, name?.prefix ?? prefixOfBus(disk.of.bus));
          return setAttributeFix(scene, span.start, 'dev', meant, `Call this disk '${meant}'`);
        },
      });
    }
  },
});

const NVME_SINCE = { major: 11, minor: 5, micro: 0 };

/** Names of NVMe disks are known to a libvirt that knows that bus; on another bus only where the host's is new enough. */
function knownName(dev: string, bus: string | undefined, libvirt: World['libvirt']): DiskName | undefined {
  const name = diskName(dev);
  if (name?.prefix !== NVME || bus === NVME) return name;
  return libvirt !== undefined && compareVersions(libvirt, NVME_SINCE) >= 0 ? name : undefined;
}

const unknownTo = (dev: string): string => (diskName(dev) === undefined ? 'Libvirt' : 'Libvirt before 11.5');

function shapeOn(bus: string | undefined): string {
  const example = freeDiskName(prefixOfBus(bus), new Set());
  return bus === NVME
    ? `Disks on this bus are called by controller and namespace, such as '${example}'.`
    : `A target is a prefix and small letters that count the disks, such as '${example}'.`;
}
