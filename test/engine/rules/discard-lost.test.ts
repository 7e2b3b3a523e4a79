import { test } from 'node:test';
import type { World } from '../../../server/src/engine';
import { check } from '../../support/check';

const libvirt = (minor: number, major = 11): World => ({ libvirt: { major, minor, micro: 0 } });
const disk = `
<disk type='file' device='disk'>
  <driver name='qemu' type='qcow2' discard='unmap'/>
  <target dev='vda' bus='virtio'/>
  <throttlefilters>
    <throttlefilter group='a'/>
  </throttlefilters>
</disk>`;
const told = disk.replace(
  `discard='unmap'/>`,
  `discard='unmap'/>
                                            ^^^^^ warning discard-lost: libvirt 11...loses discard...`,
);

test('libvirt 11.2 to 11.7 loses discard under filters', () => {
  check(told, libvirt(2));
  check(told, libvirt(3));
  check(told, libvirt(7));
});

test('no other libvirt does, and an unknown one is not judged', () => {
  check(disk, libvirt(8));
  check(disk, libvirt(8, 12));
  check(disk);
});

test('without filters, or without unmap, nothing is lost', () => {
  check(disk.replace(/ *<throttlefilter [^\n]*\n/, ''), libvirt(3));
  check(disk.replace('unmap', 'ignore'), libvirt(3));
  check(disk.replace(` discard='unmap'`, ''), libvirt(3));
});
