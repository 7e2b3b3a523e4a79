import assert from 'node:assert/strict';
import { test } from 'node:test';
import { derivedAlias, matchDisk, type DesiredDisk } from '../../../server/src/engine';
import { vmWith } from '../../support/states';

test('aliases are derived from target and bus as libvirt does', () => {
  const rows = [
    ['vda', 'virtio', 'virtio-disk0'],
    ['vdb', undefined, 'virtio-disk1'],
    ['vdaa', 'virtio', 'virtio-disk26'],
    ['hdc', 'ide', 'ide0-1-0'],
    ['sda', 'sata', 'sata0-0-0'],
    ['sdg', 'sata', 'sata1-0-0'],
    ['sdb', 'scsi', 'scsi0-0-0-1'],
    ['sdh', 'scsi', 'scsi1-0-0-0'],
    ['sda', 'usb', 'usb-disk0'],
    ['fda', 'fdc', 'fdc0-0-0'],
    ['disk', 'virtio', undefined],
    ['vda', 'sd', undefined],
  ] as const;
  for (const [target, bus, alias] of rows) assert.equal(derivedAlias({ target, bus }), alias, target);
});

const wanted = (keys: Partial<DesiredDisk>): DesiredDisk => ({
  title: 'vda',
  target: undefined,
  bus: undefined,
  alias: undefined,
  serial: undefined,
  source: undefined,
  filters: [],
  iotune: undefined,
  iotuneGroup: null,
  ...keys,
});

test('a disk is found by alias, derived alias, serial or image; keys that disagree find none', () => {
  const { disks } = vmWith({}, { users: [[], []] });
  const found = (keys: Partial<DesiredDisk>): string => {
    const match = matchDisk(wanted(keys), disks);
    return match.kind === 'found' ? match.disk.alias : match.kind;
  };
  assert.equal(found({ alias: 'virtio-disk1' }), 'virtio-disk1');
  assert.equal(found({ target: 'vdb', bus: 'virtio' }), 'virtio-disk1');
  assert.equal(found({ target: 'vdx', bus: 'virtio', source: '/data/1.raw' }), 'virtio-disk1');
  assert.equal(found({ target: 'vda', bus: 'virtio', source: '/data/1.raw' }), 'unclear');
  assert.equal(found({ source: '/elsewhere' }), 'none');
  const withSerials = disks.map((disk, index) => ({ ...disk, serial: `S-${index}` }));
  const bySerial = (serial: string): string =>
    matchDisk(wanted({ alias: 'virtio-disk1', serial }), withSerials).kind;
  assert.equal(bySerial('S-1'), 'found');
  assert.equal(bySerial('S-0'), 'unclear');
  assert.equal(bySerial('S-9'), 'unclear', 'a serial that no disk has');
  assert.equal(found({ alias: 'virtio-disk1', serial: 'S-9' }), 'virtio-disk1', 'the VM tells no serial');
});

test('an image is the same one however its path is spelled; what is no absolute path is compared as written', () => {
  const { disks } = vmWith({}, { users: [[], []] });
  const found = (source: string): string => {
    const match = matchDisk(wanted({ source }), disks);
    return match.kind === 'found' ? match.disk.alias : match.kind;
  };
  for (const source of [
    '/data/1.raw',
    '//data//1.raw',
    '/data/./1.raw',
    '/images/../data/1.raw',
    '/../data/1.raw',
  ])
    assert.equal(found(source), 'virtio-disk1', source);
  for (const source of ['data/1.raw', '/data/1.raw/..', '/data/..1.raw', 'nbd://data/1.raw', '/Data/1.raw'])
    assert.equal(found(source), 'none', source);
  const spelled = disks.map(disk => ({ ...disk, sources: ['/images/../data/0.raw'] }));
  const both = matchDisk(wanted({ source: '/data/0.raw' }), spelled);
  assert.equal(both.kind === 'unclear' && both.cause, 'several', 'two disks on one image');
});
