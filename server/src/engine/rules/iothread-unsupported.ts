import type { Device } from '../domain/device';
import type { Placed } from '../domain/model';
import { shifted } from '../text';
import { deviceWords, removeAttributeFix } from './devices';
import { defineRule, type Report } from './rule';

export const iothreadUnsupported = defineRule({
  id: 'iothread-unsupported',
  may: { error: ['libvirt'] },
  scope: 'domain',
  judgesAlone: true,
  summary: 'Only virtio disks and virtio-scsi controllers can run in an iothread.',
  explain: `An iothread serves a whole virtio device: a disk with \`bus='virtio'\`, or a controller with \`model='virtio-scsi'\` and thereby all disks on it. Elsewhere libvirt refuses the document (measured with 11.3): \`IOThreads not available for bus scsi target sda\` for a disk, \`'iothread' attribute only supported for virtio scsi controllers\` for a controller.

Bad:
\`\`\`xml
<disk type='file' device='disk'>
  <driver name='qemu' type='raw' iothread='1'/>
  <target dev='sda' bus='scsi'/>
</disk>
\`\`\`
Good: the controller of the disk names the thread.
\`\`\`xml
<controller type='scsi' index='0' model='virtio-scsi'>
  <driver iothread='1'/>
</controller>
\`\`\``,
  check({ domain, runByQemu }, report) {
    for (const device of domain.allDevices) {
      const { iothread } = device.of;
      if (iothread === undefined || takesIothread(device.of)) continue;
      const told = verdictOn(device, runByQemu);
      if (told === undefined) continue;
      report({
        ...told,
        span: shifted(iothread, device.start),
        severity: 'error',
        refusedBy: 'libvirt',
        fixes: scene =>
          removeAttributeFix(
            scene,
            device.start + iothread.start,
            'iothread',
            'Remove iothread from this device',
          ),
      });
    }
  },
});

/** Whether libvirt lets the device run in an iothread; what is not known here is not refused. */
export function takesIothread(device: Device): boolean {
  const { name } = device.element;
  if (name === 'disk') return device.bus === undefined || device.bus === 'virtio' || device.bus.includes('{');
  if (name !== 'controller') return true;
  return device.type === 'scsi' && (device.model === undefined || VIRTIO_SCSI.test(device.model));
}

/** Template text in a model is not judged either. */
const VIRTIO_SCSI = /^(auto|virtio-scsi|virtio-transitional|virtio-non-transitional)$|[{@]/;

function verdictOn(device: Placed<Device>, runByQemu: boolean): Pick<Report, 'message'> | undefined {
  if (device.of.element.name === 'controller') {
    return {
      message: `Only virtio-scsi controllers can run in an iothread; this is ${deviceWords(device.of)}, so libvirt refuses the document. Set model='virtio-scsi', or remove iothread.`,
    };
  }
  if (!runByQemu) return undefined;
  const bus = device.of.bus ?? '';
  const scsi =
    bus === 'scsi' ? ' Name the iothread in the <driver> of its virtio-scsi controller instead.' : '';
  return {
    message: `A disk on bus '${bus}' cannot run in an iothread, so libvirt refuses the document.${scsi === '' ? " Use bus='virtio', or remove iothread." : scsi}`,
  };
}
