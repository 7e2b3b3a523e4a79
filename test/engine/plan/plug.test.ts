/** A disk of a document and a VM in, the commands that attach it or the reason why not out; and detaching. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AttachWish, PlanResult, QmpCommand, VmState } from '../../../server/src/engine';
import {
  analyze,
  attachWish,
  describePlan,
  formatDiskOfWords,
  planAttach,
  planDetach,
  planSides,
  SourceText,
} from '../../../server/src/engine';
import { vmWith } from '../../support/states';

const ROOM: Partial<VmState> = {
  plugs: {
    pci: ['rp1', 'rp2'],
    scsi: [{ id: 'scsi0', thread: { kind: 'main' } }],
    devices: ['rp1', 'rp2', 'scsi0'],
  },
};

const document = (disk: string, before = ''): string => `<domain type='kvm'>
  <name>db01</name>
  ${before}
  <throttlegroups>
    <throttlegroup><total_iops_sec>100</total_iops_sec><group_name>gold</group_name></throttlegroup>
    <throttlegroup><total_iops_sec>500</total_iops_sec><group_name>all</group_name></throttlegroup>
  </throttlegroups>
  <devices>
    ${disk}
  </devices>
</domain>`;

const FILTERS = `<throttlefilters><throttlefilter group='gold'/><throttlefilter group='all'/></throttlefilters>`;

/** A disk with these parts in the place of the usual ones. */
function diskWith({
  tag = `type='file' device='disk'`,
  driver = `<driver name='qemu' type='qcow2'/>`,
  source = `<source file='/data/new.qcow2'/>`,
  target = `<target dev='vdb' bus='virtio'/>`,
  more = '',
}: { readonly [part in 'tag' | 'driver' | 'source' | 'target' | 'more']?: string }): string {
  return `<disk ${tag}>${driver}${source}${target}${more}</disk>`;
}

function wishOf(text: string, target = 'vdb'): AttachWish {
  const result = attachWish(analyze(SourceText.of(text)), target);
  assert.ok(result.kind === 'wish', result.kind === 'refusal' ? result.refusal.message : '');
  return result.wish;
}

const planned = (text: string, state: Partial<VmState> = {}, target = 'vdb'): PlanResult =>
  planAttach(wishOf(text, target), vmWith({}, { ...ROOM, ...state }));

function commandsOf(result: PlanResult): readonly QmpCommand[] {
  assert.ok(result.kind === 'plan', result.kind === 'refusal' ? result.refusal.message : '');
  return result.plan.steps.flatMap(step => (step.via === 'qmp' ? step.commands : []));
}

/** One line a command: what it does to what, with the options that matter here. */
const told = (commands: readonly QmpCommand[]): readonly string[] =>
  commands.map(({ execute, arguments: given = {} }) => `${execute} ${JSON.stringify(given)}`);

function refusalOf(result: PlanResult): string {
  assert.ok(result.kind === 'refusal', 'a plan was made');
  return result.refusal.message;
}

test('groups, image from the bottom up, filters from the image up, device: in this order', () => {
  const result = planned(document(diskWith({ more: `<serial>S 1</serial>${FILTERS}` })));
  assert.deepEqual(
    commandsOf(result).map(({ execute, arguments: given = {} }) => [
      execute,
      given['node-name'] ?? given['id'],
      given['file'] ?? given['filename'] ?? given['drive'] ?? given['qom-type'],
    ]),
    [
      ['object-add', 'throttle-gold', 'throttle-group'],
      ['object-add', 'throttle-all', 'throttle-group'],
      ['blockdev-add', 'domxml-1-storage', '/data/new.qcow2'],
      ['blockdev-add', 'domxml-1-format', 'domxml-1-storage'],
      ['blockdev-add', 'domxml-1-filter', 'domxml-1-format'],
      ['blockdev-add', 'domxml-2-filter', 'domxml-1-filter'],
      ['device_add', 'virtio-disk1', 'domxml-2-filter'],
    ],
  );
  assert.ok(result.kind === 'plan');
  assert.match(
    describePlan(result.plan, 'unix:/x'),
    /3 changes:\n {2}Create gold: 100 IOPS\n {2}Create all: 500 IOPS\n {2}Attach vdb \(\/data\/new\.qcow2, filters: gold, then all\)\n/,
  );
  assert.match(planSides(result.plan).wanted, /<target dev='vdb'\/>\n.*throttlefilters/s);
  const step = result.plan.steps.at(-1);
  assert.ok(step?.via === 'qmp');
  assert.deepEqual(told(step.inverse), [
    'device_del {"id":"virtio-disk1"}',
    ...['domxml-2-filter', 'domxml-1-filter', 'domxml-1-format', 'domxml-1-storage'].map(
      node => `blockdev-del {"node-name":"${node}"}`,
    ),
  ]);
});

test('what the document says of the disk is told to QEMU', () => {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    [
      diskWith({
        driver: `<driver name='qemu' type='raw' cache='none' io='native' discard='unmap' detect_zeroes='unmap'/>`,
      }),
      [
        'blockdev-add {"driver":"file","node-name":"domxml-1-storage","filename":"/data/new.qcow2","aio":"native","read-only":false,"discard":"unmap","detect-zeroes":"unmap","cache":{"direct":true,"no-flush":false}}',
        'device_add {"driver":"virtio-blk-pci","bus":"rp1","id":"virtio-disk1","drive":"domxml-1-storage","write-cache":"on"}',
      ],
    ],
    [
      diskWith({
        tag: `type='block' device='disk'`,
        driver: `<driver name='qemu' type='raw' cache='directsync' detect_zeroes='unmap' queues='4'/>`,
        source: `<source dev='/dev/vg/lv'/>`,
        more: '<readonly/><shareable/>',
      }),
      [
        'blockdev-add {"driver":"host_device","node-name":"domxml-1-storage","filename":"/dev/vg/lv","read-only":true,"detect-zeroes":"on","cache":{"direct":true,"no-flush":false}}',
        'device_add {"driver":"virtio-blk-pci","bus":"rp1","id":"virtio-disk1","drive":"domxml-1-storage","share-rw":true,"write-cache":"off","num-queues":4}',
      ],
    ],
    [
      diskWith({ more: '<backingStore/>' }),
      [
        'blockdev-add {"driver":"file","node-name":"domxml-1-storage","filename":"/data/new.qcow2","auto-read-only":true,"discard":"unmap"}',
        'blockdev-add {"driver":"qcow2","node-name":"domxml-1-format","file":"domxml-1-storage","read-only":false,"backing":null}',
        'device_add {"driver":"virtio-blk-pci","bus":"rp1","id":"virtio-disk1","drive":"domxml-1-format"}',
      ],
    ],
    [
      diskWith({
        target: `<target dev='vdb' bus='scsi'/>`,
        driver: '',
        more: `<serial>S1</serial><address type='drive' controller='0' bus='0' target='2' unit='5'/>`,
      }),
      [
        'blockdev-add {"driver":"file","node-name":"domxml-1-storage","filename":"/data/new.qcow2","read-only":false}',
        'device_add {"driver":"scsi-hd","bus":"scsi0.0","channel":0,"scsi-id":2,"lun":5,"id":"scsi0-0-2-5","drive":"domxml-1-storage","serial":"S1"}',
      ],
    ],
  ];
  for (const [disk, expected] of rows)
    assert.deepEqual(told(commandsOf(planned(document(disk)))), expected, disk);
});

test('a group that the VM has is left as it is; names and nodes that are taken are not used again', () => {
  const state = vmWith(
    { 'throttle-gold': { total_iops_sec: 7n } },
    { ...ROOM, ownNodes: ['domxml-1-storage', 'domxml-2-format', 'domxml-1-filter'] },
  );
  const result = planAttach(wishOf(document(diskWith({ more: FILTERS }))), state);
  const commands = commandsOf(result);
  assert.deepEqual(
    commands.map(({ arguments: given = {} }) => given['node-name'] ?? given['id']),
    [
      'throttle-all',
      'domxml-3-storage',
      'domxml-3-format',
      'domxml-2-filter',
      'domxml-3-filter',
      'virtio-disk1',
    ],
  );
  assert.ok(result.kind === 'plan');
  assert.ok(result.plan.notes.includes('gold is on the VM already, and left as the VM has it.'));
});

test('a disk that is not fit for QMP is refused with the reason', () => {
  const rows: readonly (readonly [string, RegExp])[] = [
    [
      diskWith({
        tag: `type='network' device='disk'`,
        source: `<source protocol='nbd' name='x'><host name='h'/></source>`,
      }),
      /not understood over QMP|its type is network/,
    ],
    [
      diskWith({ tag: `type='file' device='cdrom'`, target: `<target dev='vdb' bus='scsi'/>` }),
      /it is a cdrom/,
    ],
    [diskWith({ target: `<target dev='vdb' bus='usb'/>` }), /its bus is usb, and only virtio and scsi/],
    [diskWith({ more: '<encryption format="luks"/>' }), /<encryption> in it is not understood/],
    [
      diskWith({ more: '<iotune><total_iops_sec>5</total_iops_sec></iotune>' }),
      /<iotune> in it is not understood/,
    ],
    [
      diskWith({ driver: `<driver name='qemu' type='qcow2' copy_on_read='on'/>` }),
      /copy_on_read='on'> in it is not understood/,
    ],
    [
      diskWith({ driver: `<driver name='qemu' type='vmdk'/>` }),
      /<driver type='vmdk'> in it is not understood/,
    ],
    [
      diskWith({ driver: `<driver name='qemu' type='raw' queues='1025'/>` }),
      /1025 queues, and a disk can have 1 to 1024/,
    ],
    [
      diskWith({
        more: `<backingStore type='file'><format type='qcow2'/><source file='/b'/></backingStore>`,
      }),
      /backing image of its own/,
    ],
    [diskWith({ source: `<source file='new.qcow2'/>` }), /no absolute path/],
  ];
  for (const [disk, words] of rows) {
    const message = refusalOf(planned(document(disk)));
    assert.match(message, words, disk);
    assert.match(message, /^vdb is not attached: .*\. Nothing was sent\.$/);
  }
});

test('a disk that is there, or whose place or image is taken, is refused', () => {
  const disk = document(diskWith({ more: FILTERS }));
  const there = vmWith(
    { 'throttle-gold': { total_iops_sec: 7n }, 'throttle-all': { total_iops_sec: 7n } },
    { ...ROOM, users: [['throttle-gold'], ['throttle-gold', 'throttle-all']] },
  );
  assert.match(
    refusalOf(planAttach(wishOf(disk), there)),
    /vdb is virtio-disk1 of the VM already, with the image \/data\/1\.raw\./,
  );
  const same: VmState = {
    ...there,
    disks: there.disks.map(one =>
      one.alias === 'virtio-disk1' ? { ...one, sources: ['/data/new.qcow2'] } : one,
    ),
  };
  assert.deepEqual(commandsOf(planAttach(wishOf(disk), same)), [], 'just as wanted: nothing to do');
  const sharing = vmWith({}, { ...ROOM, users: [[]] });
  const first = diskWith({ source: `<source file='/data/0.raw'/>` });
  assert.match(
    refusalOf(planAttach(wishOf(document(first)), sharing)),
    /its image \/data\/0\.raw is that of virtio-disk0/,
  );
  const shared = diskWith({ source: `<source file='/data/0.raw'/>`, more: '<shareable/>' });
  assert.ok(commandsOf(planAttach(wishOf(document(shared)), sharing)).length > 0);
  const taken: Partial<VmState> = {
    plugs: { pci: ['rp1'], scsi: [], devices: ['virtio-disk1'] },
  };
  assert.match(refusalOf(planned(disk, taken)), /has a device virtio-disk1 already/);
});

test('where there is no room, or an iothread is not there or not safe, it is refused', () => {
  const disk = document(diskWith({}));
  const none: Partial<VmState> = { plugs: { pci: [], scsi: [], devices: [] } };
  assert.match(refusalOf(planned(disk, none)), /no free PCI place/);
  const scsi = diskWith({ target: `<target dev='sdb' bus='scsi'/>` });
  assert.match(
    refusalOf(planned(document(scsi), none, 'sdb')),
    /no virtio-scsi controller scsi0 to hang it on\./,
  );
  const others: Partial<VmState> = {
    plugs: { pci: [], scsi: [{ id: 'hba', thread: { kind: 'main' } }], devices: ['hba'] },
  };
  assert.match(told(commandsOf(planned(document(scsi), others, 'sdb'))).at(-1) ?? '', /"bus":"hba\.0"/);
  const two: Partial<VmState> = {
    plugs: {
      pci: [],
      scsi: ['a', 'b'].map(id => ({ id, thread: { kind: 'main' } }) as const),
      devices: ['a', 'b'],
    },
  };
  assert.match(
    refusalOf(planned(document(scsi), two, 'sdb')),
    /no virtio-scsi controller scsi0 .*\(it has a and b\)/,
  );
  const threaded = document(
    diskWith({ driver: `<driver name='qemu' type='raw' iothread='1'/>`, more: FILTERS }),
    '<iothreads>1</iothreads>',
  );
  assert.match(refusalOf(planned(threaded)), /no iothread iothread1\./);
  const io = { iothreads: ['iothread1'] };
  assert.match(refusalOf(planned(threaded, io)), /QEMU 7\.2\.22 can abort over filters there/);
  const newer = {
    ...io,
    target: { name: null, uuid: null, qemu: '10.0.13', libvirt: null, managedBy: null },
  };
  assert.match(told(commandsOf(planned(threaded, newer))).at(-1) ?? '', /"iothread":"iothread1"/);
});

test('an unfit document is refused before anything is asked', () => {
  const message = (text: string, target = 'vdb'): string => {
    const result = attachWish(analyze(SourceText.of(text)), target);
    assert.ok(result.kind === 'refusal');
    return result.refusal.message;
  };
  assert.match(
    message(document(diskWith({})), 'vdz'),
    /The document has no disk vdz; it has vdb\. Nothing was sent\./,
  );
  const typo = diskWith({ more: `<throttlefilters><throttlefilter group='godl'/></throttlefilters>` });
  assert.match(message(document(typo)), /^The document has an error in what would be sent, in line 9: /);
  const threadless = diskWith({ driver: `<driver name='qemu' type='raw' iothread='3'/>` });
  assert.match(message(document(threadless)), /^The disk has an error, in line 9: There is no iothread 3/);
  const template = diskWith({ source: `<source file='{{ image }}'/>` });
  assert.match(message(document(template)), /vdb holds template text/);
  assert.match(message('<network><name>n</name></network>'), /not a libvirt domain/);
});

test('a disk of words is written as data, whatever is in them', () => {
  const words = {
    target: 'vdb',
    sourcetype: undefined,
    targetbus: undefined,
    subdriver: undefined,
    cache: undefined,
    io: undefined,
    iothread: undefined,
    serial: undefined,
    mode: undefined,
    throttleGroups: [],
  };
  assert.equal(
    formatDiskOfWords({ ...words, source: '/dev/x', mode: 'readonly', throttleGroups: ['gold'] }),
    `<disk type='block' device='disk'>
  <driver name='qemu' type='raw'/>
  <source dev='/dev/x'/>
  <target dev='vdb'/>
  <readonly/>
  <throttlefilters>
    <throttlefilter group='gold'/>
  </throttlefilters>
</disk>`,
  );
  const source = `/a'/><y a='&`;
  const text = `<domain type='kvm'><devices>${formatDiskOfWords({ ...words, source, throttleGroups: [`x'/><z`] })}</devices></domain>`;
  const result = attachWish(analyze(SourceText.of(text)), 'vdb', { groupsOnVm: true });
  if (result.kind === 'wish') {
    assert.deepEqual([result.wish.wanted.source, result.wish.filters], [source, [`x'/><z`]]);
    assert.match(refusalOf(planAttach(result.wish, vmWith({}, ROOM))), /there is no group x'\/><z on the VM/);
  } else {
    assert.match(result.refusal.message, /x'\/><z/);
  }
});

test('a detach asks the guest, then closes what only this disk uses, from the top down', () => {
  const base = vmWith({ a: { total_iops_sec: 5n } }, { users: [['a'], []] });
  const [first, second] = base.disks;
  assert.ok(first !== undefined && second !== undefined);
  const state: VmState = {
    ...base,
    disks: [
      { ...first, nodes: ['f0-0', 'base0', '#block3', 'file'] },
      { ...second, nodes: ['base1', 'file'] },
    ],
  };
  assert.deepEqual(told(commandsOf(planDetach(state, 'vda'))), [
    'device_del {"id":"virtio-disk0"}',
    'blockdev-del {"node-name":"f0-0"}',
    'blockdev-del {"node-name":"base0"}',
  ]);
  assert.deepEqual(commandsOf(planDetach(state, 'virtio-disk0')), commandsOf(planDetach(state, 'vda')));
  assert.match(
    refusalOf(planDetach(state, 'vdz')),
    /The VM has no disk vdz; it has virtio-disk0 and virtio-disk1/,
  );
  const changed = (more: Partial<typeof first>): VmState => ({ ...state, disks: [{ ...first, ...more }] });
  assert.match(refusalOf(planDetach(changed({ job: 'job0' }), 'vda')), /block job job0 works on it/);
  assert.match(
    refusalOf(planDetach(changed({ bus: 'ide' }), 'vda')),
    /cannot let go of a disk on the bus ide/,
  );
  assert.match(
    refusalOf(planDetach(changed({ qdev: '/machine/peripheral-anon/device[0]/virtio-backend' }), 'vda')),
    /no id by which/,
  );
  const loose: VmState = { ...state, ownNodes: ['domxml-1-filter', 'domxml-1-storage'] };
  assert.deepEqual(told(commandsOf(planDetach(loose, 'vdz'))), [
    'blockdev-del {"node-name":"domxml-1-filter"}',
    'blockdev-del {"node-name":"domxml-1-storage"}',
  ]);
});

test('filters of a SCSI disk let everything through before it goes, and only from two on', () => {
  const base = vmWith({ a: { total_iops_sec: 5n }, b: { total_iops_sec: 6n } }, { users: [['a', 'b']] });
  const scsi = (groups: readonly string[]): VmState => ({
    ...base,
    disks: base.disks.map(disk => ({
      ...disk,
      qdev: 'scsi0-0-0-0',
      alias: 'scsi0-0-0-0',
      bus: 'scsi',
      device: 'other',
      filters: disk.filters.slice(0, groups.length),
      nodes: ['f0-1', 'f0-0', 'base0'].slice(2 - groups.length),
    })),
  });
  const executed = (state: VmState): readonly string[] =>
    commandsOf(planDetach(state, 'scsi0-0-0-0')).map(({ execute }) => execute);
  assert.deepEqual(executed(scsi(['a', 'b'])), [
    ...['object-add', 'object-add', 'blockdev-reopen', 'device_del'],
    ...['blockdev-del', 'blockdev-del', 'blockdev-del', 'object-del', 'object-del'],
  ]);
  assert.deepEqual(executed(scsi(['a'])), ['device_del', 'blockdev-del', 'blockdev-del']);
  const [, , reopen] = commandsOf(planDetach(scsi(['a', 'b']), 'scsi0-0-0-0'));
  assert.match(
    told([reopen ?? { execute: '' }])[0] ?? '',
    /"throttle-group":"domxml-free-1","file":"base0".*"domxml-free-2","file":"f0-0"/,
  );
});

test('behind the back of libvirt a disk is attached where that is allowed, and only such a disk is detached', () => {
  const target = { name: 'db01', uuid: null, qemu: '10.0.13', libvirt: null, managedBy: 'libvirt' } as const;
  const state = vmWith({}, { ...ROOM, users: [[]], target });
  const result = planAttach(wishOf(document(diskWith({}))), state);
  assert.ok(result.kind === 'plan');
  const breaks = result.plan.consequences.find(({ kind }) => kind === 'breaks-libvirt');
  assert.match(breaks?.text ?? '', /does not learn of vdb.*Duplicate device ID.*libvirt:db01 libvirt itself/);
  const withNodes = (...nodes: readonly string[]): VmState => ({
    ...state,
    disks: state.disks.map(disk => ({ ...disk, nodes })),
  });
  assert.match(
    refusalOf(planDetach(withNodes('libvirt-2-filter', 'libvirt-1-storage'), 'vda')),
    /libvirt attached it.*give the address libvirt:db01/,
  );
  assert.ok(commandsOf(planDetach(withNodes('domxml-1-filter', 'domxml-1-storage'), 'vda')).length > 0);
});
