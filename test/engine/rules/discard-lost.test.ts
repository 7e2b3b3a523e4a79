import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SourceText, analyze, type World } from '../../../server/src/engine';
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
                                            ^^^^^ information discard-lost: libvirt 11...loses discard under throttle filters: discards of the guest have no effect on disk 'vda', and the image does not shrink...`,
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

test('it is told once, with all disks that it concerns', () => {
  const others = disk.replaceAll('vda', 'vdb') + disk.replaceAll('vda', 'vdc').replace('unmap', 'ignore');
  const text = `<domain type='kvm'><name>a</name><devices>${disk}${others}</devices></domain>`;
  const { findings } = analyze(SourceText.of(text), libvirt(3));
  const said = findings.filter(({ rule }) => rule === 'discard-lost');
  assert.deepEqual(
    said.map(({ span }) => span.start),
    [text.indexOf('unmap')],
  );
  assert.match(said[0]?.message ?? '', /no effect on disk 'vda' and disk 'vdb', and/);
  assert.deepEqual(
    said[0]?.related.map(({ span, message }) => [span.start, message]),
    [[text.lastIndexOf('unmap'), "Discard is lost on disk 'vdb' too."]],
  );
});
