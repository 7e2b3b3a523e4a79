import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, fixed } from '../../support/check';
import { domainWith } from './domain-text';

const scsi = (index: string): string =>
  `    <controller type='scsi' index='${index}' model='virtio-scsi'/>\n`;

test('controllers of a type have different indexes', () =>
  check(
    domainWith({
      devices: `${scsi('0')}    <controller type='scsi' index='0' model='virtio-scsi'/>
                                   ^ error controller-repeated: There is already a controller of type scsi with index 0...
    <controller type='usb' index='0' model='qemu-xhci'/>
    <controller type='usb' index='0' model='qemu-xhci'/>
                                  ^ error controller-repeated: There is already a controller of type usb...
`,
    }),
  ));

test('other types, no index, templates and USB companions are fine', () =>
  check(
    domainWith({
      devices: `
    <controller type='sata' index='0'/>
    <controller type='scsi' index='0' model='virtio-scsi'/>
    <controller type='scsi' model='virtio-scsi'/>
    <controller type='scsi' index='{{ i }}' model='virtio-scsi'/>
    <controller type='scsi' index='{{ i }}' model='virtio-scsi'/>
    <controller type='usb' index='0' model='ich9-ehci1'/>
    <controller type='usb' index='0' model='ich9-uhci1'>
      <master startport='0'/>
    </controller>
    <controller type='usb' index='0' model='ich9-uhci2'>
      <master startport='2'/>
    </controller>
`,
    }),
  ));

test('a free index is offered, or the second goes', () => {
  const text = domainWith({ devices: scsi('0') + scsi('1') + scsi('0') });
  assert.equal(fixed(text, 'Give it index 2'), domainWith({ devices: scsi('0') + scsi('1') + scsi('2') }));
  assert.equal(fixed(text, 'Remove this controller'), domainWith({ devices: scsi('0') + scsi('1') }));
});
