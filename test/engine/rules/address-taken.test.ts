import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, findingsIn, fixed } from '../../support/check';
import { domainWith } from './domain-text';

test('a PCI address holds one device, however it is written', () =>
  check(
    domainWith({
      devices: `
    <interface type='user'>
      <address type='pci' domain='0x0000' bus='0x00' slot='0x0a' function='0x0'/>
    </interface>
    <memballoon model='virtio'>
      <address type='pci' slot='10'/>
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error address-taken: The PCI address 0000:00:0a.0 is already taken by <interface> 'user'...
    </memballoon>
    <rng model='virtio'>
      <address type='pci' domain='0x0000' bus='0x00' slot='0x0a' function='0x1'/>
    </rng>
`,
    }),
  ));

test('a place on a drive bus holds one disk, by its address or by its name', () =>
  check(
    domainWith({
      devices: `
    <disk type='file' device='disk'>
      <target dev='sda' bus='sata'/>
    </disk>
    <disk type='file' device='disk'>
      <target dev='sdb' bus='sata'/>
      <address type='drive' controller='0' bus='0' target='0' unit='0'/>
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error address-taken: The sata address controller 0, bus 0, target 0, unit 0 is already taken by disk 'sda'...
    </disk>
    <disk type='file' device='disk'>
      <target dev='vda' bus='sata'/>
                   ^^^ error address-taken: ...by its target, is already taken by disk 'sda'...
    </disk>
    <disk type='file' device='disk'>
      <target dev='hda' bus='ide'/>
      <address type='drive' controller='0' bus='0' target='0' unit='0'/>
    </disk>
`,
    }),
  ));

test('a SCSI device of the host stands among the disks', () =>
  check(
    domainWith({
      devices: `
    <disk type='file' device='disk'>
      <target dev='sda' bus='scsi'/>
      <address type='drive' controller='0' bus='0' target='0' unit='1'/>
    </disk>
    <hostdev mode='subsystem' type='scsi'>
      <address type='drive' controller='0' bus='0' target='0' unit='1'/>
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error address-taken: The scsi address...
    </hostdev>
`,
    }),
  ));

test('USB ports, virtio-serial ports and memory slots hold one device', () =>
  check(
    domainWith({
      devices: `
    <input type='tablet' bus='usb'>
      <address type='usb' bus='0' port='1'/>
    </input>
    <hub type='usb'>
      <address type='usb' bus='0' port='1'/>
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error address-taken: The USB bus 0, port 1...
    </hub>
    <channel type='unix'>
      <target type='virtio' name='a'/>
      <address type='virtio-serial' controller='0' bus='0' port='1'/>
    </channel>
    <channel type='unix'>
      <target type='virtio' name='b'/>
      <address type='virtio-serial' controller='0' bus='0' port='1'/>
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error address-taken: The port 1 of virtio-serial controller 0 is already taken by <channel> 'a'...
    </channel>
    <memory model='dimm'>
      <address type='dimm' slot='0'/>
    </memory>
    <memory model='dimm'>
      <address type='dimm' slot='0'/>
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error address-taken: The memory slot 0...
    </memory>
`,
    }),
  ));

test('CCW and spapr-vio addresses hold one device', () => {
  const twice = (address: string): number =>
    findingsIn(domainWith({ devices: `<rng>${address}</rng><memballoon>${address}</memballoon>` })).length;
  assert.equal(twice(`<address type='ccw' cssid='0xfe' ssid='0x0' devno='0x0001'/>`), 1);
  assert.equal(twice(`<address type='spapr-vio' reg='0x4000'/>`), 1);
  assert.equal(twice(`<address type='spapr-vio'/>`), 0);
});

test('the console that libvirt writes beside the first serial port is that port', () => {
  const address = `<address type='pci' slot='4'/><alias name='ua-tty'/>`;
  const both = `<serial type='pty'>${address}</serial><console type='pty'><target type='serial'/>${address}</console>`;
  assert.deepEqual(findingsIn(domainWith({ devices: both })), []);
  const virtio = both.replace("type='serial'", "type='virtio'");
  assert.equal(findingsIn(domainWith({ devices: virtio })).length, 2);
});

test('what libvirt chooses itself, and what a template gives, is no place', () => {
  const twice = (address: string): string =>
    domainWith({
      devices: `<rng model='virtio'>${address}</rng><memballoon model='virtio'>${address}</memballoon>`,
    });
  for (const address of [
    `<address type='pci'/>`,
    `<address type='pci' domain='0x0000' bus='0x00' slot='0x00' function='0x0'/>`,
    `<address type='pci' slot='{{ slot }}'/>`,
  ]) {
    assert.deepEqual(findingsIn(twice(address)), [], address);
  }
  const channel = `<channel type='unix'><target type='virtio'/><address type='virtio-serial' port='0'/></channel>`;
  assert.deepEqual(findingsIn(domainWith({ devices: channel + channel })), []);
  const twoNames = `<disk><target dev='vda' bus='sata'/></disk><disk><target dev='sda' bus='sata'/></disk>`;
  assert.deepEqual(findingsIn(domainWith({ devices: twoNames, type: 'vmware' })), []);
});

test('a free unit is offered, and elsewhere libvirt chooses', () => {
  const disks = (unit: string): string =>
    domainWith({
      devices: `
    <disk type='file' device='disk'>
      <target dev='sda' bus='scsi'/>
    </disk>
    <disk type='file' device='disk'>
      <target dev='sdx' bus='scsi'/>
      <address type='drive' controller='0' bus='0' target='0' unit='${unit}'/>
    </disk>
`,
    });
  assert.equal(fixed(disks('0'), 'Use unit 1'), disks('1'));
  const rng = (address: string): string => `    <rng model='virtio'>\n${address}    </rng>\n`;
  const place = `      <address type='pci' slot='4'/>\n`;
  assert.equal(
    fixed(domainWith({ devices: rng(place) + rng(place) }), 'Let libvirt choose'),
    domainWith({ devices: rng(place) + rng('') }),
  );
});
