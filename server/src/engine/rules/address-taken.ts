import type { Device } from '../domain/device';
import type { Domain, Placed } from '../domain/model';
import { drivePlace } from '../domain/disk-names';
import { shifted, type Span } from '../text';
import { placeOf } from './device-places';
import { deviceWords, mirrorsSerial, removeElementFix, setAttributeFix } from './devices';
import { Repeats } from './repeats';
import { defineRule, type Fix, type FixScene } from './rule';

export const addressTaken = defineRule({
  id: 'address-taken',
  may: { error: ['libvirt'] },
  scope: 'domain',
  summary: 'Two devices cannot be at one place of the guest.',
  explain: `Each place on a bus holds one device. Libvirt refuses a second one (measured with 11.3):

| bus | libvirt's words |
|---|---|
| PCI | \`Attempted double use of PCI Address 0000:00:05.0\` |
| SCSI, SATA, IDE, floppy | \`Found duplicate drive address for disk with target name 'sda' controller='0' bus='0' target='0' unit='1'\` |
| SCSI of the host | \`SCSI host address controller='0' bus='0' target='0' unit='1' in use by a SCSI disk\` |
| USB | \`Duplicate USB address bus 0 port 1\` |
| virtio-serial | \`virtio serial port 1 on controller 0 is already occupied\` |
| CCW (s390) | \`The CCW devno '0xfe.0.0001' is in use already\` |
| spapr-vio (POWER) | \`spapr-vio address 0x4000 already in use\` |
| memory | \`memory device slot '0' is already being used by another memory device\` |

A disk without an \`<address>\` has the place that its target counts to: \`sdb\` on SATA is unit 1 of controller 0.

Bad:
\`\`\`xml
<address type='pci' bus='0x01' slot='0x00' function='0x0'/>
...
<address type='pci' bus='0x01' slot='0x00' function='0x0'/>
\`\`\`
Good: without an address libvirt takes a free one.`,
  check({ domain, runByQemu }, report) {
    const keyOf = ({ of }: Placed<Device>): string | undefined => {
      const place = placeOf(of, runByQemu);
      return place === undefined || mirrorsSerial(domain, of) ? undefined : place.key;
    };
    for (const { first, again: device } of repeats.of(domain.allDevices, keyOf)) {
      const place = placeOf(device.of, runByQemu);
      if (place === undefined) continue;
      if (isNamedTwice(first.of, device.of)) continue;
      const implied = device.of.address === undefined ? ', by its target,' : '';
      report({
        span: spanOfPlace(device),
        severity: 'error',
        refusedBy: 'libvirt',
        message: `The ${place.words}${implied} is already taken by ${deviceWords(first.of)}, and libvirt refuses the second device there. Move one of the two.`,
        related: [{ span: spanOfPlace(first), message: `Taken by ${deviceWords(first.of)}.` }],
        fixes: scene => fixesFor(scene, domain, device),
      });
    }
  },
});

const repeats = new Repeats();

/** Two disks of one name and no address: the rule target-repeated tells of the name. */
const isNamedTwice = (one: Device, other: Device): boolean =>
  one.address === undefined &&
  other.address === undefined &&
  one.target?.dev?.value === other.target?.dev?.value;

const spanOfPlace = ({ start, of }: Placed<Device>): Span =>
  shifted(of.address?.span ?? of.target?.dev ?? of.nameSpan, start);

function fixesFor(scene: FixScene, domain: Domain, device: Placed<Device>): Fix[] {
  const { address } = device.of;
  if (address === undefined) return [];
  const at = device.start + address.span.start;
  if (address.type !== 'drive') return removeElementFix(scene, at, 'Let libvirt choose the address');
  const place = drivePlace({ ...device.of, bus: device.of.bus ?? 'scsi' });
  if (place === undefined) return [];
  const taken = new Set<number>();
  for (const { of } of domain.allDevices) {
    const other = drivePlace({ ...of, bus: of.bus ?? 'scsi' });
    const same =
      other?.controller === place.controller && other.bus === place.bus && other.target === place.target;
    if (other !== undefined && same) taken.add(other.unit);
  }
  const free = [...Array(unitsOn(device.of.bus)).keys()].find(unit => !taken.has(unit));
  if (free === undefined) return [];
  return setAttributeFix(scene, at, 'unit', String(free), `Use unit ${String(free)}`);
}

/** Units of one target: SATA has 6 ports, IDE and floppy 2 drives; SCSI controllers take at least 7. */
function unitsOn(bus: string | undefined): number {
  if (bus === 'sata') return 6;
  return bus === 'ide' || bus === 'fdc' ? 2 : 7;
}
