import type { Disk } from '../domain/model';
import type { Span } from '../text';
import { span } from '../text';
import { setAttribute } from '../edit/attributes';
import { removeElement } from '../edit/elements';
import { attributeNamed, elementAt } from '../xml/navigate';
import { removeFiltersFix } from './filters';
import { defineRule, type Fix, type FixScene, type LocalScene, type Related, type Report } from './rule';

export const filtersUnsupportedDevice = defineRule({
  id: 'filters-unsupported-device',
  may: { error: ['libvirt', 'qemu'], warning: [null] },
  scope: 'disk',
  judgesAlone: true,
  summary: 'Throttle filters do not work on every kind of disk.',
  explain: `A throttle filter is a node between the disk's image and its device. Some kinds of disk have no place for it:

| disk | what happens |
|---|---|
| \`device='cdrom'\` | libvirt refuses the document: \`cdrom device with throttle filters isn't supported\` |
| \`device='floppy'\`, empty | QEMU does not start: there is no image to put the filter on |
| \`device='floppy'\` with an image | starts, but a later change of the medium reports success and the guest keeps the old image |
| \`device='lun'\` | QEMU does not start: \`cannot get SG_IO version number\`; the filter does not pass SCSI commands through |
| \`<readonly/>\` | QEMU does not start: \`Block node is read-only\` |
| \`bus='sd'\`, \`type='vhostuser'\` | libvirt does not start the VM: \`argument key 'node-name' must not have null value\` |

But for the CD-ROM, nobody tells before the VM is started.

Bad:
\`\`\`xml
<disk type='file' device='cdrom'>
  <throttlefilters><throttlefilter group='gold'/></throttlefilters>
</disk>
\`\`\`
Good: use \`<iotune>\` there, or no limit.
\`\`\`xml
<disk type='file' device='cdrom'>
  <iotune><total_iops_sec>100</total_iops_sec></iotune>
</disk>
\`\`\``,
  check(disk, report, scene) {
    const [block] = disk.filterBlocks;
    if (block === undefined || disk.filters.length === 0) return;
    const verdict = verdictOn(disk, scene);
    if (verdict === undefined) return;
    const { cause, ...told } = verdict;
    report({
      ...told,
      span: block.nameSpan,
      related: cause === undefined ? [] : [cause],
      fixes: fixScene => fixesFor(fixScene, disk),
    });
  },
});

type Verdict = Pick<Report, 'message' | 'severity' | 'refusedBy'> & { readonly cause: Related | undefined };

/** The first who stops the disk speaks: libvirt on define, libvirt on start, QEMU. */
function verdictOn(disk: Disk, scene: LocalScene): Verdict | undefined {
  if (disk.device === 'cdrom') {
    return {
      severity: 'error',
      refusedBy: 'libvirt',
      message:
        'Throttle filters on a CD-ROM: libvirt does not support them there and refuses the document. Use <iotune> on this disk, or remove the filters.',
      cause: attributeAt(disk, 'device', 'The disk is a CD-ROM.'),
    };
  }
  // What follows happens when QEMU is started, so it says nothing of domains that QEMU does not run.
  return scene.runByQemu ? verdictAtStart(disk) : undefined;
}

function verdictAtStart(disk: Disk): Verdict | undefined {
  if (disk.type === 'vhostuser') {
    return {
      severity: 'error',
      refusedBy: 'libvirt',
      message:
        'Throttle filters on a vhost-user disk: its data goes past QEMU, there is no image to put a filter on, and libvirt fails to start the VM with an internal error. Limit it in the vhost-user server, and remove the filters.',
      cause: attributeAt(disk, 'type', 'The disk is served by vhost-user.'),
    };
  }
  if (disk.bus?.value === 'sd') {
    return {
      severity: 'error',
      refusedBy: 'libvirt',
      message:
        'Throttle filters on an SD card: libvirt cannot put filters on bus="sd" and fails to start the VM with an internal error. Use another bus, or remove the filters.',
      cause: { span: disk.bus, message: 'The disk is an SD card.' },
    };
  }
  if (disk.device === 'lun') {
    return {
      severity: 'error',
      refusedBy: 'qemu',
      message:
        'Throttle filters on a LUN: a filter does not pass SCSI commands through, and QEMU does not start (cannot get SG_IO version number). Use device="disk", or remove the filters.',
      cause: attributeAt(disk, 'device', 'The disk is a LUN: the guest sends SCSI commands to it.'),
    };
  }
  if (disk.device === 'floppy') return verdictOnFloppy(disk);
  if (disk.readonly === undefined) return undefined;
  return {
    severity: 'error',
    refusedBy: 'qemu',
    message:
      'Throttle filters on a read-only disk: the filter asks to write to its image, and QEMU does not start (Block node is read-only). Remove <readonly/> or the filters.',
    cause: { span: disk.readonly, message: 'The disk is read-only.' },
  };
}

function verdictOnFloppy(disk: Disk): Verdict {
  const cause = attributeAt(disk, 'device', 'The disk is a floppy.');
  if (isEmptyDrive(disk)) {
    return {
      severity: 'error',
      refusedBy: 'qemu',
      message:
        'Throttle filters on an empty floppy drive: there is no image to put a filter on, and QEMU does not start. Remove the filters.',
      cause,
    };
  }
  return {
    severity: 'warning',
    refusedBy: null,
    message:
      'Throttle filters on a floppy break the change of the medium: libvirt reports success, and the guest keeps reading the old image. Remove the filters.',
    cause,
  };
}

/** No source, or one that names nothing; network and other sources are described by more than one attribute. */
const isEmptyDrive = (disk: Disk): boolean =>
  ['file', 'block', 'dir', 'volume'].includes(disk.type) &&
  (disk.source === undefined || (disk.source.value === '' && !disk.source.template));

function attributeAt(disk: Disk, name: string, message: string): Related | undefined {
  const attribute = attributeNamed(disk.element, name);
  if (attribute === undefined || attribute.valueStart < 0) return undefined;
  const place: Span = span(attribute.valueStart, attribute.valueEnd);
  return { span: place, message };
}

function fixesFor(scene: FixScene, disk: Disk): Fix[] {
  const fixes: Fix[] = [removeFiltersFix(scene, disk)];
  if (disk.device === 'lun') {
    const element = elementAt(scene.document, scene.start + disk.nameSpan.start);
    if (element !== undefined) {
      const edits = setAttribute(scene.source, element, 'device', 'disk');
      fixes.push({ title: 'Make it an ordinary disk (device "disk")', safe: false, edits });
    }
  } else if (disk.device === 'disk' && disk.readonly !== undefined && disk.bus?.value !== 'sd') {
    const element = elementAt(scene.document, scene.start + disk.readonly.start);
    if (disk.type !== 'vhostuser' && element?.node.name === 'readonly') {
      fixes.push({ title: 'Remove <readonly/>', safe: false, edits: removeElement(scene.source, element) });
    }
  }
  return fixes;
}
