import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, findingsIn, fixed } from '../../support/check';
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
                   ^^^^^^^ error target-invalid: Libvirt knows no disk name 'nvme0n1'...such as 'vda'.
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
});
