import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, findingsIn, fixed } from '../../support/check';
import { domainWith } from './domain-text';

const disk = (dev: string, bus: string, device = 'disk'): string => `    <disk type='file' device='${device}'>
      <target dev='${dev}' bus='${bus}'/>
    </disk>
`;

test('a target stands once, on whatever bus', () =>
  check(
    domainWith({
      devices: `${disk('sda', 'sata')}    <disk type='file' device='cdrom'>
      <target dev='sda' bus='usb'/>
                   ^^^ error target-repeated: There is already a disk 'sda'...
    </disk>
`,
    }),
  ));

test('different names, and templates, are fine', () => {
  check(domainWith({ devices: disk('vda', 'virtio') + disk('vdb', 'virtio') }));
  check(domainWith({ devices: disk('{{ d }}', 'virtio') + disk('{{ d }}', 'virtio') }));
  assert.deepEqual(
    findingsIn(
      domainWith({
        devices: `{% if big %}${disk('vda', 'virtio')}{% else %}${disk('vda', 'virtio')}{% endif %}`,
      }),
    ),
    [],
  );
});

test('of ESX libvirt writes one name on two buses itself', () =>
  check(domainWith({ devices: disk('sda', 'scsi') + disk('sda', 'sata'), type: 'vmware' })));

test('the next free name is offered', () =>
  assert.equal(
    fixed(
      domainWith({ devices: disk('vda', 'virtio') + disk('vdb', 'virtio') + disk('vda', 'virtio') }),
      "Call this disk 'vdc'",
    ),
    domainWith({ devices: disk('vda', 'virtio') + disk('vdb', 'virtio') + disk('vdc', 'virtio') }),
  ));
