import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, findingsIn, fixed } from '../../support/check';
import { domainWith } from './domain-text';

const none = `    <controller type='usb' index='0' model='none'/>\n`;
const tablet = `    <input type='tablet' bus='usb'/>\n`;

test('without USB there is no USB device', () =>
  check(
    domainWith({
      devices: `${none}    <input type='tablet' bus='usb'/>
     ^^^^^ error usb-disabled: USB is turned off...
    <disk type='file' device='disk'>
     ^^^^ error usb-disabled: ...disk 'sda'...
      <target dev='sda' bus='usb'/>
    </disk>
    <controller type='usb' index='1' model='qemu-xhci'/>
     ^^^^^^^^^^ error usb-disabled
`,
    }),
  ));

test('every kind of USB device is meant', () => {
  for (const device of [
    `<hostdev mode='subsystem' type='usb'/>`,
    `<hub type='usb'/>`,
    `<redirdev bus='usb' type='spicevmc'/>`,
    `<sound model='usb'/>`,
    `<serial type='pty'><target type='usb-serial'/></serial>`,
    `<interface type='user'><model type='usb-net'/></interface>`,
  ]) {
    assert.equal(findingsIn(domainWith({ devices: none + device })).length, 1, device);
  }
});

test('other devices, and USB that is on, are fine', () => {
  check(domainWith({ devices: `${none}    <input type='mouse' bus='ps2'/>\n    <sound model='ich9'/>\n` }));
  check(domainWith({ devices: `    <controller type='usb' index='0' model='qemu-xhci'/>\n${tablet}` }));
});

test('the device goes, or USB comes back', () => {
  assert.equal(
    fixed(domainWith({ devices: none + tablet }), 'Remove this device'),
    domainWith({ devices: none }),
  );
  assert.equal(fixed(domainWith({ devices: none + tablet }), 'Turn USB on'), domainWith({ devices: tablet }));
});
