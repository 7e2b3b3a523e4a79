import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, findingsIn, fixed } from '../../support/check';
import { domainWith } from './domain-text';

const usb = (source: string): string =>
  `    <hostdev mode='subsystem' type='usb'>\n      <source>${source}</source>\n    </hostdev>\n`;
const IDS = `<vendor id='0x1234'/><product id='0xbeef'/>`;

test('a device of the host is handed over once, as a card or as a network card', () =>
  check(
    domainWith({
      devices: `
    <hostdev mode='subsystem' type='pci' managed='yes'>
      <source><address domain='0x0000' bus='0x81' slot='0x00' function='0x0'/></source>
    </hostdev>
    <interface type='hostdev' managed='yes'>
      <source><address type='pci' bus='0x81' slot='0' function='0'/></source>
       ^^^^^^ error host-device-repeated: This device of the host is already handed over...
    </interface>
`,
    }),
  ));

test('so are USB, SCSI and mediated devices', () => {
  const twice = (device: string): number => findingsIn(domainWith({ devices: device + device })).length;
  const host = (type: string, source: string): string =>
    `<hostdev mode='subsystem' type='${type}'><source>${source}</source></hostdev>`;
  assert.equal(twice(host('usb', IDS)), 1);
  assert.equal(twice(host('usb', `<address bus='1' device='4'/>`)), 1);
  assert.equal(twice(host('mdev', `<address uuid='c2177883-f1bb-47f0-914d-32a22e3a8804'/>`)), 1);
  assert.equal(twice(host('scsi', `<adapter name='scsi_host0'/><address bus='0' target='0' unit='0'/>`)), 1);
});

test('different ones, and templates, are fine', () => {
  check(
    domainWith({
      devices: usb(`<address bus='1' device='4'/>`) + usb(`<address bus='1' device='5'/>`) + usb(IDS),
    }),
  );
  const template = usb(`<address bus='{{ bus }}' device='4'/>`);
  check(domainWith({ devices: template + template }));
  check(domainWith({ devices: usb('') + usb('') }));
});

test('the second goes', () =>
  assert.equal(
    fixed(domainWith({ devices: usb(IDS) + usb(IDS) }), 'Remove this device'),
    domainWith({ devices: usb(IDS) }),
  ));
