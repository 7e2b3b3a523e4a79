import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, fixed } from '../../support/check';
import { domainWith } from './domain-text';

const settings = '  <iothreads>1</iothreads>\n';

test('a disk that is not virtio, and a controller that is not virtio-scsi, have no iothread', () =>
  check(
    domainWith({
      settings,
      devices: `
    <disk type='file' device='disk'>
      <driver name='qemu' type='raw' iothread='1'/>
                                               ^ error iothread-unsupported: A disk on bus 'scsi'...<driver> of its virtio-scsi controller instead.
      <target dev='sda' bus='scsi'/>
    </disk>
    <disk type='file' device='disk'>
      <driver name='qemu' type='raw' iothread='1'/>
                                               ^ error iothread-unsupported: A disk on bus 'sata'...
      <target dev='sdb' bus='sata'/>
    </disk>
    <controller type='scsi' index='0' model='lsilogic'>
      <driver iothread='1'/>
                        ^ error iothread-unsupported: Only virtio-scsi controllers...
    </controller>
`,
    }),
  ));

test('virtio disks and virtio-scsi controllers do, and templates are not judged', () =>
  check(
    domainWith({
      settings,
      devices: `
    <disk type='file' device='disk'>
      <driver name='qemu' type='raw' iothread='1'/>
      <target dev='vda' bus='virtio'/>
    </disk>
    <disk type='file' device='disk'>
      <driver name='qemu' type='raw' iothread='1'/>
      <target dev='vdb' bus='{{ bus }}'/>
    </disk>
    <controller type='scsi' index='0' model='virtio-scsi'>
      <driver iothread='1'/>
    </controller>
`,
    }),
  ));

test('only libvirt for QEMU refuses the disk', () =>
  check(
    domainWith({
      type: 'xen',
      devices: `
    <disk type='file' device='disk'>
      <driver name='qemu' type='raw' iothread='1'/>
      <target dev='sda' bus='scsi'/>
    </disk>
`,
    }),
  ));

test('the attribute is taken out', () => {
  const disk = (driver: string): string => `
    <disk type='file' device='disk'>
      <driver name='qemu'${driver}/>
      <target dev='sda' bus='usb'/>
    </disk>
`;
  assert.equal(
    fixed(domainWith({ settings, devices: disk(` iothread='1'`) }), 'Remove iothread'),
    domainWith({ settings, devices: disk('') }),
  );
});
