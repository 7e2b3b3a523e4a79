import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, findingsIn, fixed } from '../../support/check';
import type { World } from '../../../server/src/engine';
import { domainWith } from './domain-text';

const disk = (dev: string, bus = 'virtio', more = ''): string => `    <disk type='file' device='disk'>
      <target dev='${dev}' bus='${bus}'/>
${more}    </disk>
`;

test('libvirt must know the name, and it must be no partition', () =>
  check(
    domainWith({
      devices: `
    <disk type='file' device='disk'>
      <target dev='nvme0n1' bus='virtio'/>
                   ^^^^^^^ error target-invalid: Libvirt before 11.5 knows no disk name 'nvme0n1'...such as 'vda'.
    </disk>
    <disk type='file' device='disk'>
      <target dev='sda1' bus='sata'/>
                   ^^^^ error target-invalid: 'sda1' is the name of a partition...
    </disk>
`,
    }),
  ));

test('as the real libvirt said of each', () => {
  const judged = (dev: string): boolean => findingsIn(domainWith({ devices: disk(dev) })).length > 0;
  for (const dev of ['VDA', 'vdA', 'vd', ' vda', '', 'foo', 'mmcblk0', 'vda1', 'vda01', 'vd1']) {
    assert.ok(judged(dev), `'${dev}' is refused`);
  }
  for (const dev of ['vda', 'vdaa', 'ubda', 'xvda', 'vda0', 'sda', '{{ dev }}']) {
    assert.ok(!judged(dev), `'${dev}' is taken`);
  }
});

test('names of NVMe disks are known on their bus, and on any other to a libvirt of 11.5 and later', () => {
  const judged = (dev: string, bus: string, world: World = {}): boolean =>
    findingsIn(domainWith({ devices: disk(dev, bus) }), world).some(line => line.includes('target-invalid'));
  // Each as libvirt 12.8 said on define.
  for (const dev of ['nvme0n1', 'nvme0n2', 'nvme1n1', 'nvme01n1', 'nvme0n1p1', 'sda', 'vda']) {
    assert.ok(!judged(dev, 'nvme'), `'${dev}' is taken`);
  }
  for (const dev of ['nvmea', 'nvme0', 'nvme0n0']) assert.ok(judged(dev, 'nvme'), `'${dev}' is refused`);
  const version = (minor: number): World => ({ libvirt: { major: 11, minor, micro: 0 } });
  assert.ok(judged('nvme0n1', 'scsi', version(3)));
  assert.ok(!judged('nvme0n1', 'scsi', version(5)));
});

test('with an address only QEMU looks at the name', () => {
  const addressed = disk('foo', 'sata', `      <address type='drive' unit='1'/>\n`);
  check(domainWith({ devices: addressed, type: 'bhyve' }));
  assert.equal(findingsIn(domainWith({ devices: addressed })).length, 1);
});

test('a free name of the bus is offered, and the whole disk for a partition', () => {
  assert.equal(
    fixed(domainWith({ devices: disk('vda') + disk('foo') }), "Call this disk 'vdb'"),
    domainWith({ devices: disk('vda') + disk('vdb') }),
  );
  assert.equal(
    fixed(domainWith({ devices: disk('vdc1') }), "Call this disk 'vdc'"),
    domainWith({ devices: disk('vdc') }),
  );
  // Without its number it would have the place of the other one.
  assert.equal(
    fixed(domainWith({ devices: disk('sda', 'scsi') + disk('hda1', 'scsi') }), "Call this disk 'hdb'"),
    domainWith({ devices: disk('sda', 'scsi') + disk('hdb', 'scsi') }),
  );
});
