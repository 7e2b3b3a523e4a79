import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, findingsIn, fixed } from '../../support/check';
import { domainWith } from './domain-text';

const disk = (dev: string, alias: string): string => `    <disk type='file' device='disk'>
      <target dev='${dev}' bus='virtio'/>
      <alias name='${alias}'/>
    </disk>
`;

test('an alias of your own names one device, of whatever kind', () =>
  check(
    domainWith({
      devices: `${disk('vda', 'ua-1')}    <controller type='scsi' index='0' model='virtio-scsi'>
      <alias name='ua-1'/>
                   ^^^^ error alias-repeated: The alias 'ua-1' is already that of disk 'vda'...
    </controller>
`,
    }),
  ));

test('a console has the alias of the serial port that it is, and of no other', () => {
  const console = (type: string): string =>
    domainWith({
      devices: `
    <serial type='pty'>
      <alias name='ua-tty'/>
    </serial>
    <console type='pty'>
      <target type='${type}' port='0'/>
      <alias name='ua-tty'/>
${type === 'virtio' ? `                   ^^^^^^ error alias-repeated: ...QEMU does not start with both...\n` : ''}    </console>
`,
    });
  check(console('serial'));
  check(console('virtio'));
});

test('different ones are fine; libvirt does not read its own', () => {
  check(domainWith({ devices: disk('vda', 'ua-1') + disk('vdb', 'ua-2') }));
  assert.deepEqual(
    findingsIn(domainWith({ devices: disk('vda', 'virtio-disk0') + disk('vdb', 'virtio-disk0') })),
    [],
  );
});

test('a free alias is offered', () =>
  assert.equal(
    fixed(
      domainWith({ devices: disk('vda', 'ua-x') + disk('vdb', 'ua-x-2') + disk('vdc', 'ua-x') }),
      "Call it 'ua-x-3'",
    ),
    domainWith({ devices: disk('vda', 'ua-x') + disk('vdb', 'ua-x-2') + disk('vdc', 'ua-x-3') }),
  ));
