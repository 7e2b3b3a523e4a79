import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, findingsIn, fixed } from '../../support/check';
import { domainWith } from './domain-text';

const judged = (devices: string, type = 'kvm'): readonly string[] =>
  findingsIn(domainWith({ devices, type })).filter(finding => finding.includes('address-impossible'));
const disk = (bus: string, address: string, dev = 'sda'): string =>
  `<disk type='file' device='disk'><target dev='${dev}' bus='${bus}'/>${address}</disk>`;
const drive = (controller: number, bus: number, target: number, unit: number): string =>
  `<address type='drive' controller='${String(controller)}' bus='${String(bus)}' target='${String(target)}' unit='${String(unit)}'/>`;

test('a SATA, IDE or SCSI disk is where its controller has a place', () =>
  check(
    domainWith({
      devices: `
    <disk type='file' device='disk'>
      <target dev='sda' bus='sata'/>
      <address type='drive' controller='0' bus='0' target='1' unit='0'/>
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error address-impossible: ...no target but 0. Libvirt refuses...
    </disk>
    <disk type='file' device='disk'>
      <target dev='sdb' bus='sata'/>
      <address type='drive' controller='0' bus='0' target='0' unit='6'/>
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error address-impossible: ...units 0 to 5, not 6. QEMU does not start...
    </disk>
    <disk type='file' device='disk'>
      <target dev='hde' bus='ide'/>
                   ^^^ error address-impossible: A guest has one IDE controller...
    </disk>
`,
    }),
  ));

test('as the real libvirt and QEMU said of each', () => {
  const ide = (...numbers: [number, number, number, number]): string => disk('ide', drive(...numbers), 'hda');
  for (const wrong of [ide(1, 0, 0, 0), ide(0, 2, 0, 0), ide(0, 0, 1, 0), ide(0, 0, 0, 2)]) {
    assert.equal(judged(wrong).length, 1, wrong);
  }
  for (const right of [
    ide(0, 1, 0, 1),
    disk('sata', drive(1, 0, 0, 5)),
    disk('scsi', drive(3, 0, 0, 7)),
    disk('scsi', `<address type='drive' bus='{{ b }}'/>`),
  ]) {
    assert.deepEqual(judged(right), [], right);
  }
  assert.equal(judged(disk('scsi', drive(0, 1, 0, 0))).length, 1);
  assert.deepEqual(judged(disk('scsi', drive(0, 1, 0, 0)), 'vmware'), []);
});

test('a USB bus is there and has the port', () => {
  const tablet = (bus: number, port: number): string =>
    `<input type='tablet' bus='usb'><address type='usb' bus='${String(bus)}' port='${String(port)}'/></input>`;
  const xhci = (more = ''): string => `<controller type='usb' index='0' model='qemu-xhci'${more}/>`;
  assert.equal(judged(xhci() + tablet(3, 1)).length, 1);
  assert.equal(judged(tablet(1, 1)).length, 1);
  assert.equal(judged(xhci() + tablet(0, 5)).length, 1);
  assert.deepEqual(judged(xhci() + tablet(0, 4)), []);
  assert.deepEqual(judged(xhci(" ports='15'") + tablet(0, 15)), []);
  assert.deepEqual(judged(tablet(0, 2)), []);
  const two = `<controller type='usb' model='qemu-xhci'/><controller type='usb' index='0' model='qemu-xhci'/>`;
  assert.deepEqual(judged(two + tablet(1, 1)), []);
  assert.deepEqual(judged(`{% include 'usb.xml' %}${tablet(3, 1)}`), []);
});

test('libvirt may choose', () =>
  assert.equal(
    fixed(
      domainWith({
        devices: `    <hub type='usb'>\n      <address type='usb' bus='3' port='1'/>\n    </hub>\n`,
      }),
      'Let libvirt choose',
    ),
    domainWith({ devices: `    <hub type='usb'>\n    </hub>\n` }),
  ));
