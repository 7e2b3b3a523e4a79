/** Each guard: a command that it lets through, and the one that it is there for. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { QmpCommand, VmDisk, VmState } from '../../../server/src/engine';
import { GUARDS, modelOf, objectionTo, firstObjection } from '../../../server/src/engine';
import { vmWith } from '../../support/states';

const QDEV = '/machine/peripheral/virtio-disk0/virtio-backend';
const groups = {
  a: { total_iops_sec: 5n },
  b: { total_iops_sec: 9n },
  free: {},
};

/** A VM whose first disk has these filters (`f0-0`, `f0-1`, ... over `base0`). */
function vm(filters: readonly string[], disk: Partial<VmDisk> = {}, more: Partial<VmState> = {}): VmState {
  const state = vmWith(groups, { users: [[...filters], []] });
  return {
    ...state,
    disks: state.disks.map((one, index) => (index === 0 ? { ...one, ...disk } : one)),
    ...more,
  };
}

const qemu = (version: string): Partial<VmState> => ({
  target: { name: null, uuid: null, qemu: version, libvirt: null, managedBy: null },
});

const drive = (value: string, path = QDEV): QmpCommand => ({
  execute: 'qom-set',
  arguments: { path, property: 'drive', value },
});
const filter = (node: string, group: string, file: string) => ({
  driver: 'throttle',
  'node-name': node,
  'throttle-group': group,
  file,
});
const add = (node: string, group: string, file: string): QmpCommand => ({
  execute: 'blockdev-add',
  arguments: filter(node, group, file),
});
const reopen = (...options: readonly ReturnType<typeof filter>[]): QmpCommand => ({
  execute: 'blockdev-reopen',
  arguments: { options },
});
const iotune = (group: string): QmpCommand => ({
  execute: 'block_set_io_throttle',
  arguments: { id: QDEV, bps: 5, group },
});

const iot: Partial<VmDisk> = { thread: { kind: 'iothread', name: 'io1' } };

interface Case {
  readonly guard: string;
  readonly state: VmState;
  readonly refuses: QmpCommand;
  readonly words: RegExp;
  readonly lets: QmpCommand;
  /** Where the state that lets the command through is another one. */
  readonly letsOn?: VmState;
}

const device = (more: Readonly<Record<string, string | number>> = {}): QmpCommand => ({
  execute: 'device_add',
  arguments: { driver: 'scsi-hd', id: 'sdx', bus: 'scsi0.0', drive: 'domxml-1-storage', ...more },
});
const opened: Partial<VmState> = { ownNodes: ['domxml-1-storage'] };
const unplug: QmpCommand = { execute: 'device_del', arguments: { id: 'virtio-disk0' } };

const cases: readonly Case[] = [
  {
    guard: 'plug',
    state: vm(['a'], {}, opened),
    refuses: device({ drive: 'base0' }),
    words: /node base0 is used by another disk/,
    lets: device(),
  },
  {
    guard: 'plug',
    state: vm(['a']),
    refuses: device(),
    words: /no node domxml-1-storage that was opened for it/,
    lets: device(),
    letsOn: vm(['a'], {}, opened),
  },
  {
    guard: 'plug',
    state: vm([], {}, opened),
    refuses: device({ id: 'virtio-disk0' }),
    words: /there is a disk virtio-disk0 already/,
    lets: device({ id: 'virtio-disk9' }),
  },
  {
    guard: 'plug',
    state: vm([], {}, opened),
    refuses: device({ driver: 'e1000' }),
    words: /no other device than a disk/,
    lets: device({ driver: 'virtio-blk-pci' }),
  },
  {
    guard: 'plug',
    state: vm([], {}, opened),
    refuses: device({ driver: 'virtio-blk-pci', 'num-queues': 1025 }),
    words: /queues would end QEMU/,
    lets: device({ driver: 'virtio-blk-pci', 'num-queues': 1024 }),
  },
  {
    guard: 'plug',
    state: vm([], {}, { ...opened, filters: [{ node: 'loose', group: 'a' }] }),
    refuses: device({ drive: 'loose', iothread: 'io1' }),
    words: /can abort QEMU 7/,
    lets: device({ drive: 'loose', iothread: 'io1' }),
    letsOn: vm([], {}, { ...opened, ...qemu('10.0.13'), filters: [{ node: 'loose', group: 'a' }] }),
  },
  {
    guard: 'plug',
    state: vm(['a'], { job: 'job0' }),
    refuses: unplug,
    words: /block job job0 works on/,
    lets: unplug,
    letsOn: vm(['a']),
  },
  {
    guard: 'plug',
    state: vm(['a', 'b'], { device: 'other' }),
    refuses: unplug,
    words: /requests may wait in the 2 filters/,
    lets: unplug,
    letsOn: vm(['a', 'b']),
  },
  {
    guard: 'plug',
    state: vm(['a']),
    refuses: { execute: 'device_del', arguments: { id: 'net0' } },
    words: /net0 is no disk of the VM/,
    lets: unplug,
  },
  { guard: 'K1', state: vm(['a']), refuses: drive('f0-0'), words: /uses f0-0 already/, lets: drive('base0') },
  {
    guard: 'K2',
    state: vm([], iot, qemu('11.1.2')),
    refuses: add('f', 'a', 'base0'),
    words: /straight over a node in an iothread/,
    lets: { execute: 'blockdev-add', arguments: { driver: 'null-co', 'node-name': 'domxml-1-placeholder' } },
  },
  {
    guard: 'K2',
    state: vm([], iot, { ...qemu('7.2.22'), runState: 'running' }),
    refuses: add('f', 'a', 'base0'),
    words: /QEMU 7 could end over it/,
    lets: add('f', 'a', 'base0'),
    letsOn: vm([], iot, { ...qemu('7.2.22'), runState: 'paused' }),
  },
  {
    guard: 'K2',
    state: vm(['a'], iot, qemu('7.2.22')),
    refuses: reopen(filter('f0-0', 'b', 'base0')),
    words: /QEMU 7 could end over it/,
    lets: reopen(filter('f0-0', 'b', 'base0')),
    letsOn: vm(['a'], iot, qemu('10.0.13')),
  },
  {
    guard: 'K2',
    state: vm(['a'], iot, qemu('9.1.0')),
    refuses: reopen(filter('f0-0', 'b', 'base0')),
    words: /QEMU 9 could end over it/,
    lets: reopen(filter('f0-0', 'b', 'base0')),
    letsOn: vm(['a'], {}, qemu('9.1.0')),
  },
  {
    guard: 'K2',
    state: vm(['a'], { thread: { kind: 'mapped' } }, qemu('11.1.2')),
    refuses: drive('base0'),
    words: /several iothreads/,
    lets: drive('base0'),
    letsOn: vm(['a'], iot, qemu('11.1.2')),
  },
  {
    guard: 'K2',
    state: vm(['a'], { thread: { kind: 'unreadable', why: 'x' } }, qemu('11.1.2')),
    refuses: drive('base0'),
    words: /could not be read which thread/,
    lets: drive('base0'),
    letsOn: vm(['a']),
  },
  {
    guard: 'K3',
    state: vm(['a', 'b']),
    refuses: reopen(filter('f0-0', 'b', 'base0'), filter('f0-1', 'b', 'f0-0')),
    words: /would have group b twice/,
    lets: reopen(filter('f0-0', 'b', 'base0'), filter('f0-1', 'a', 'f0-0')),
  },
  {
    guard: 'K3',
    state: vm(['a', 'a']),
    refuses: reopen(filter('f0-0', 'b', 'base0'), filter('f0-1', 'a', 'f0-0')),
    words: /has group a twice/,
    lets: drive('base0'),
    letsOn: vm(['a']),
  },
  {
    guard: 'K4',
    state: vm([], { shape: 'empty', base: null }),
    refuses: drive('f'),
    words: /no medium/,
    lets: drive('base0'),
    letsOn: vm(['a']),
  },
  {
    guard: 'F1',
    state: vm(['a', 'b']),
    refuses: drive('base0'),
    words: /2 filters/,
    lets: drive('base0'),
    letsOn: vm(['a']),
  },
  {
    guard: 'F1',
    state: vm(['free', 'a']),
    refuses: drive('base0'),
    words: /2 filters/,
    lets: drive('base0'),
    letsOn: vm(['free', 'free']),
  },
  {
    guard: 'F2',
    state: vm(['a', 'b']),
    refuses: reopen(filter('f0-1', 'free', 'f0-0')),
    words: /leaves out f0-0/,
    lets: reopen(filter('f0-0', 'a', 'base0'), filter('f0-1', 'free', 'f0-0')),
  },
  {
    guard: 'F2',
    state: vm(['a', 'b']),
    refuses: reopen(filter('f0-1', 'free', 'f0-0'), filter('f0-0', 'a', 'base0')),
    words: /from the image up/,
    lets: reopen(filter('f0-0', 'a', 'base0'), filter('f0-1', 'free', 'f0-0')),
  },
  {
    guard: 'F3',
    state: vm([], {}, qemu('10.0.13')),
    refuses: { execute: 'stop' },
    words: /can freeze QEMU 10/,
    lets: { execute: 'stop' },
    letsOn: vm([], {}, qemu('7.2.22')),
  },
  {
    guard: 'F4',
    state: vm(['a']),
    refuses: add('f', 'b', 'f0-0'),
    words: /may wait in f0-0/,
    lets: add('f', 'b', 'base0'),
  },
  {
    guard: 'W1',
    state: vm(['a']),
    refuses: drive('base0', '/machine/peripheral/usb0'),
    words: /not the path of a disk/,
    lets: drive('base0'),
  },
  {
    guard: 'W2',
    state: vm(['a']),
    refuses: drive('base1'),
    words: /would end in base1 instead of base0/,
    lets: drive('base0'),
  },
  {
    guard: 'W2',
    state: vm(['a']),
    refuses: reopen(filter('f0-0', 'a', 'base1')),
    words: /would end in base1 instead of base0/,
    lets: reopen(filter('f0-0', 'b', 'base0')),
  },
  {
    guard: 'W3',
    state: vm([]),
    refuses: iotune('a'),
    words: /limits would be overwritten/,
    lets: iotune('backup'),
  },
  {
    guard: 'block-job',
    state: vm(['a'], { job: 'copy0' }),
    refuses: drive('base0'),
    words: /block job copy0 works on/,
    lets: iotune('backup'),
  },
  {
    guard: 'known-command',
    state: vm([]),
    refuses: { execute: 'quit' },
    words: /quit is no command of a plan/,
    lets: { execute: 'cont' },
  },
  {
    guard: 'known-command',
    state: vm([]),
    refuses: { execute: 'qom-set', arguments: { path: QDEV, property: 'serial', value: 'x' } },
    words: /no other property/,
    lets: drive('x', '/y'),
  },
];

for (const { guard, state, refuses, words, lets, letsOn } of cases) {
  test(`${guard} keeps back: ${JSON.stringify(refuses)}`, () => {
    const objection = objectionTo(refuses, modelOf(state));
    assert.equal(objection?.guard, guard, objection?.message);
    assert.match(objection.message, words);
    const other = objectionTo(lets, modelOf(letsOn ?? state));
    assert.notEqual(other?.guard, guard, `it lets ${JSON.stringify(lets)} through: ${other?.message ?? ''}`);
  });
}

test('every guard has a case here', () => {
  const tested = new Set(cases.map(({ guard }) => guard));
  for (const { id, prevents } of GUARDS) assert.ok(tested.has(id), `${id}: ${prevents}`);
});

test('a row of commands is judged by what those before it have made', () => {
  const model = modelOf(vm([]));
  assert.equal(firstObjection([add('f', 'a', 'base0'), drive('f')], model), undefined);
  assert.equal(objectionTo(drive('f'), model)?.guard, 'K1', 'the device uses f by now');
  assert.equal(firstObjection([drive('base0'), drive('base0')], model)?.guard, 'K1');
});
