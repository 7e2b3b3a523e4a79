import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SourceText, analyze } from '../../../server/src/engine';
import { check, fixed } from '../../support/check';

test('a CD-ROM takes no filters', () =>
  check(`
<disk type='file' device='cdrom'>
  <target dev='sda' bus='sata'/>
  <throttlefilters>
   ^^^^^^^^^^^^^^^ error filters-unsupported-device: Throttle filters on a CD-ROM...
    <throttlefilter group='a'/>
  </throttlefilters>
  <readonly/>
</disk>`));

test('an empty floppy drive does not start, one with an image loses the change of the medium', () => {
  check(`
<disk type='file' device='floppy'>
  <target dev='fda' bus='fdc'/>
  <throttlefilters>
   ^^^^^^^^^^^^^^^ error filters-unsupported-device: ...empty floppy drive...
    <throttlefilter group='a'/>
  </throttlefilters>
</disk>`);
  check(`
<disk type='file' device='floppy'>
  <source file='/data/boot.img'/>
  <target dev='fda' bus='fdc'/>
  <throttlefilters>
   ^^^^^^^^^^^^^^^ warning filters-unsupported-device: ...break the change of the medium...
    <throttlefilter group='a'/>
  </throttlefilters>
</disk>`);
});

test('a LUN, a read-only disk, an SD card and vhost-user do not start', () => {
  check(`
<disk type='block' device='lun'>
  <source dev='/dev/sdb'/>
  <target dev='sda' bus='scsi'/>
  <throttlefilters>
   ^^^^^^^^^^^^^^^ error filters-unsupported-device: Throttle filters on a LUN...
    <throttlefilter group='a'/>
  </throttlefilters>
</disk>`);
  check(`
<disk type='file' device='disk'>
  <source file='/data/a.raw'/>
  <target dev='vda' bus='virtio'/>
  <readonly/>
  <throttlefilters>
   ^^^^^^^^^^^^^^^ error filters-unsupported-device: Throttle filters on a read-only disk...
    <throttlefilter group='a'/>
  </throttlefilters>
</disk>`);
  check(`
<disk type='file' device='disk'>
  <source file='/data/a.raw'/>
  <target dev='sda' bus='sd'/>
  <throttlefilters>
   ^^^^^^^^^^^^^^^ error filters-unsupported-device: Throttle filters on an SD card...
    <throttlefilter group='a'/>
  </throttlefilters>
</disk>`);
  check(`
<disk type='vhostuser' device='disk'>
 ^^^^ error shared-memory-missing
  <source type='unix' path='/tmp/v.sock'/>
  <target dev='vda' bus='virtio'/>
  <throttlefilters>
   ^^^^^^^^^^^^^^^ error filters-unsupported-device: Throttle filters on a vhost-user disk...
    <throttlefilter group='a'/>
  </throttlefilters>
</disk>`);
});

test('an empty block of filters disturbs nobody, and other disks take filters', () => {
  check(`
<disk type='file' device='cdrom'>
  <target dev='sda' bus='sata'/>
  <throttlefilters/>
</disk>`);
  check(`
<disk type='network' device='disk'>
  <source protocol='nbd'><host name='h'/></source>
  <target dev='sda' bus='usb'/>
  <shareable/>
  <throttlefilters>
    <throttlefilter group='a'/>
  </throttlefilters>
</disk>`);
});

test('what only QEMU meets is silent for a domain that QEMU does not run', () =>
  check(`
<domain type='test'>
  <throttlegroups>
    <throttlegroup><group_name>a</group_name><total_iops_sec>10</total_iops_sec></throttlegroup>
  </throttlegroups>
  <devices>
    <disk>
      <target dev='vda' bus='virtio'/>
      <readonly/>
      <throttlefilters><throttlefilter group='a'/></throttlefilters>
    </disk>
  </devices>
</domain>`));

test('each refuser is named', () => {
  const refusers = [
    [`device='cdrom'`, '', 'libvirt'],
    [`device='floppy'`, '', 'qemu'],
    [`device='floppy'`, `<source file='/a'/>`, null],
    [`device='lun' type='block'`, '', 'qemu'],
    [`device='disk'`, '<readonly/>', 'qemu'],
    [`device='disk'`, `<target dev='sda' bus='sd'/>`, 'libvirt'],
    [`type='vhostuser'`, '', 'libvirt'],
  ] as const;
  for (const [attributes, content, refusedBy] of refusers) {
    const text = `<domain type='kvm'><devices><disk ${attributes}>${content}<throttlefilters><throttlefilter group='a'/></throttlefilters></disk></devices></domain>`;
    const found = analyze(SourceText.of(text)).findings.find(
      ({ rule }) => rule === 'filters-unsupported-device',
    );
    assert.equal(found?.refusedBy, refusedBy, text);
  }
});

test('the filters, the LUN or the read-only mark is taken out', () => {
  const disk = (attributes: string, content: string): string => `<disk ${attributes}>
  <source dev='/dev/sdb'/>
  <target dev='sda' bus='scsi'/>
${content}</disk>`;
  const filters = `  <throttlefilters>\n    <throttlefilter group='a'/>\n  </throttlefilters>\n`;
  const lun = `type='block' device='lun'`;
  assert.equal(fixed(disk(lun, filters), 'Remove the throttle filters'), disk(lun, ''));
  assert.equal(
    fixed(disk(lun, filters), 'Make it an ordinary disk'),
    disk(`type='block' device='disk'`, filters),
  );
  assert.equal(
    fixed(disk(`type='block'`, `${filters}  <readonly/>\n`), 'Remove <readonly/>'),
    disk(`type='block'`, filters),
  );
});
