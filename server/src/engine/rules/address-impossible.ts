import { controllerIndex, devicesNamed } from '../domain/cross-references';
import type { Device } from '../domain/device';
import { drivePlace, type DrivePlace } from '../domain/disk-names';
import type { Domain, Placed } from '../domain/model';
import { decimalOf, freeNumber } from '../domain/numbers';
import { shifted } from '../text';
import { isFree } from './device-places';
import { comesFromTemplate, removeElementFix } from './devices';
import { defineRule, type RefusedBy } from './rule';

export const addressImpossible = defineRule({
  id: 'address-impossible',
  may: { error: ['libvirt', 'qemu'] },
  scope: 'domain',
  summary: 'An address must be a place that the guest has.',
  explain: `Libvirt adds SCSI, SATA and virtio-serial controllers that devices name and the document lacks. Other places it cannot make (measured with libvirt 11.3 and QEMU 10.0):

| address | what happens |
|---|---|
| SATA: \`bus\` or \`target\` other than 0 | libvirt: \`target must be 0 for sata controller\` |
| SATA: \`unit\` above 5 | QEMU does not start: \`Bus 'ide.6' not found\` |
| IDE: \`controller\` other than 0 | libvirt: \`Only 1 IDE controller is supported\` |
| IDE: \`target\` other than 0 | libvirt: \`target must be 0 for ide controller\` |
| IDE: \`unit\` or \`bus\` above 1 | QEMU does not start: \`Can't create IDE unit 2, bus supports only 2 units\` |
| SCSI: \`bus\` other than 0 | libvirt: \`SCSI controller only supports 1 bus\` |
| USB: a \`bus\` without a controller | libvirt: \`Missing USB bus 3\`, without a port \`USB bus 1 requested but no controller with that index is present\` |
| USB: a \`port\` above what the controller has | libvirt: \`requested USB port 9 not present on USB bus 0\` |

Bad:
\`\`\`xml
<address type='drive' controller='0' bus='0' target='1' unit='0'/>   (of a SATA disk)
\`\`\`
Good:
\`\`\`xml
<address type='drive' controller='0' bus='0' target='0' unit='1'/>
\`\`\``,
  check(scene, report) {
    const { domain, runByQemu } = scene;
    if (!runByQemu) return;
    const buses = usbBuses(domain);
    for (const device of domain.allDevices) {
      const verdict = verdictOn(device, buses);
      if (verdict === undefined) continue;
      if (verdict.needs === 'controller' && comesFromTemplate(scene)) continue;
      const { start, of } = device;
      const at = of.address?.span ?? of.target?.dev ?? of.nameSpan;
      report({
        span: shifted(at, start),
        severity: 'error',
        refusedBy: verdict.refusedBy,
        message: `${verdict.message} ${verdict.refusedBy === 'qemu' ? 'QEMU does not start with it.' : 'Libvirt refuses the document.'} ${verdict.advice}`,
        fixes: fixScene =>
          of.address === undefined || !isFree(domain, device, { ...of, address: undefined })
            ? []
            : removeElementFix(fixScene, start + of.address.span.start, 'Let libvirt choose the address'),
      });
    }
  },
});

interface Verdict {
  readonly refusedBy: RefusedBy;
  readonly message: string;
  readonly advice: string;
  /** What would mend it may come from a template. */
  readonly needs?: 'controller';
}

function verdictOn({ of: device }: Placed<Device>, buses: UsbBuses): Verdict | undefined {
  if (device.address?.template === true) return undefined;
  if (device.element.name === 'disk' && device.bus !== 'usb') {
    const place = drivePlace(device);
    return place === undefined ? undefined : verdictOnDrive(device, place);
  }
  if (device.address?.type === 'usb') return verdictOnUsb(device, buses);
  return undefined;
}

function verdictOnDrive(device: Device, place: DrivePlace): Verdict | undefined {
  const refused = (message: string, advice: string): Verdict => ({ refusedBy: 'libvirt', message, advice });
  const { controller, bus, target, unit } = place;
  switch (device.bus) {
    case 'sata':
      if (target !== 0 || bus !== 0) {
        return refused(
          `A SATA disk has no bus and no target but 0.`,
          'Count the disks by unit and controller.',
        );
      }
      if (unit <= 5) return undefined;
      return {
        refusedBy: 'qemu',
        message: `A SATA controller has the units 0 to 5, not ${String(unit)}.`,
        advice: 'Use a free unit, or the next controller.',
      };
    case 'ide':
      if (controller !== 0) {
        return refused(`A guest has one IDE controller, with 4 drives (hda to hdd).`, 'Use another bus.');
      }
      if (target !== 0)
        return refused('An IDE disk has no target but 0.', 'Count the disks by bus and unit.');
      if (unit <= 1 && bus <= 1) return undefined;
      return {
        refusedBy: 'qemu',
        message: 'IDE has the buses 0 and 1 with the units 0 and 1.',
        advice: 'Use one of these.',
      };
    case 'scsi':
      return bus === 0
        ? undefined
        : refused('A SCSI controller has no bus but 0.', 'Count the disks by controller, target and unit.');
    case undefined:
    default:
      return undefined;
  }
}

function verdictOnUsb({ address }: Device, buses: UsbBuses): Verdict | undefined {
  const bus = decimalOf(address?.values['bus'] ?? '0');
  const port = decimalOf(/^\d+/.exec(address?.values['port'] ?? '')?.[0]);
  if (bus === undefined) return undefined;
  const ports = buses.ports.get(bus);
  if (ports === undefined) {
    return {
      refusedBy: 'libvirt',
      message: `There is no USB bus ${String(bus)}: no <controller type='usb'> has this index.`,
      advice: 'Add the controller, or use a bus that is there.',
      needs: 'controller',
    };
  }
  if (port === undefined || port <= ports) return undefined;
  return {
    refusedBy: 'libvirt',
    message: `USB bus ${String(bus)} has ${String(ports)} ports, so there is no port ${String(port)}.`,
    advice: 'Use a free port, or give its controller more (ports).',
  };
}

interface UsbBuses {
  /** Ports by bus; Infinity where that is not known. */
  readonly ports: ReadonlyMap<number, number>;
}

/** Controllers without an index get the lowest that is free; bus 0 is there always. */
function usbBuses(domain: Domain): UsbBuses {
  const ports = new Map<number, number>();
  const unnumbered: Device[] = [];
  for (const { of } of devicesNamed(domain, 'controller')) {
    if (of.type !== 'usb' || of.controller?.companion === true) continue;
    const index = controllerIndex(of);
    if (index === undefined) unnumbered.push(of);
    else ports.set(index, Math.max(ports.get(index) ?? 0, portsOf(of)));
  }
  for (const controller of unnumbered) ports.set(freeNumber(new Set(ports.keys()), 0), portsOf(controller));
  if (!ports.has(0)) ports.set(0, Infinity);
  return { ports };
}

/** As many as libvirt counts (virDomainUSBAddressControllerModelToPorts, measured): xHCI has 4 unless it says more. */
function portsOf(controller: Device): number {
  const ports = controller.controller?.ports;
  switch (controller.model) {
    case 'qemu-xhci':
    case 'nec-xhci':
      return ports === undefined ? 4 : (decimalOf(ports.value) ?? Infinity);
    case 'ich9-ehci1':
      return 6;
    case 'piix3-uhci':
    case 'piix4-uhci':
      return 2;
    case undefined:
    default:
      return Infinity;
  }
}
