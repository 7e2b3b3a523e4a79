import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limitsToSet, normalised } from '../../server/src/engine';
import { QmpCommandError, type JsonObject, type JsonValue, type Monitor } from '../../server/src/qmp';
import { readState, VmUnreadableError } from '../../server/src/vm';

type Answers = { readonly [command: string]: JsonValue | Error };

const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

/** A monitor that knows these answers; qom-get is asked as `qom-get PATH PROPERTY`. */
function scripted(answers: Answers): Monitor {
  return {
    qemu: { major: 10, minor: 0, micro: 13 },
    execute: (command: string, args: JsonObject = {}) => {
      const key =
        command === 'qom-get'
          ? ['qom-get', textOf(args['path']), textOf(args['property'])].join(' ')
          : command;
      const answer = answers[key];
      if (answer === undefined) {
        return Promise.reject(
          new QmpCommandError(command, 'CommandNotFound', `The command ${command} has not been found`),
        );
      }
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    onEvent: () => () => undefined,
    onClose: () => () => undefined,
    close: () => Promise.resolve(),
  };
}

/** What a storage daemon knows. */
const bare: Answers = {
  'qom-list': [{ name: 'type', type: 'string' }],
  'query-block': [],
  'query-blockstats': [],
  'query-named-block-nodes': [],
};
const limits = limitsToSet(normalised({ total_iops_sec: 5n }));
const object = (name: string) => ({ name, type: 'child<throttle-group>' });

test('a peer that knows neither name nor CPUs has nothing to say about them', async () => {
  const state = await readState(scripted(bare));
  assert.deepEqual(state.target, { name: null, uuid: null, qemu: '10.0.13', libvirt: null, managedBy: null });
  assert.equal(state.process, null);
  assert.equal(state.runState, 'unknown');
});

test('the first CPU tells the process; without CPUs an iothread', async () => {
  const of = async (answers: Answers) => (await readState(scripted({ ...bare, ...answers }))).process;
  assert.equal(await of({ 'query-cpus-fast': [{ 'thread-id': 7 }, { 'thread-id': 8 }] }), 'cpu thread 7');
  assert.equal(
    await of({ 'query-cpus-fast': [], 'query-iothreads': [{ 'thread-id': 9 }] }),
    'iothread thread 9',
  );
});

test('a group that is deleted while we look is left out; any other refusal is not passed over', async () => {
  const answers = {
    ...bare,
    'qom-list': [object('throttle-a'), object('throttle-b')],
    'qom-get /objects/throttle-a limits': limits,
  };
  const gone = new QmpCommandError('qom-get', 'DeviceNotFound', "Device '/objects/throttle-b' not found");
  const state = await readState(scripted({ ...answers, 'qom-get /objects/throttle-b limits': gone }));
  assert.deepEqual(
    state.groups.map(({ name }) => name),
    ['a'],
  );
  const other = new QmpCommandError('qom-get', 'GenericError', 'no');
  await assert.rejects(
    readState(scripted({ ...answers, 'qom-get /objects/throttle-b limits': other })),
    other,
  );
});

test('what cannot be read is not guessed', async () => {
  const broken: readonly Answers[] = [
    { 'qom-list': 'x' },
    { 'qom-list': [{ type: 'child<throttle-group>' }] },
    { 'qom-list': [object('a')], 'qom-get /objects/a limits': { 'iops-total': 5 } },
    { 'query-block': [null] },
    { 'query-named-block-nodes': [{ drv: 'throttle', 'node-name': 'f', file: 'something else' }] },
    { 'query-named-block-nodes': [{ drv: 'throttle', 'node-name': 'f' }] },
  ];
  for (const answers of broken) {
    await assert.rejects(
      readState(scripted({ ...bare, ...answers })),
      VmUnreadableError,
      JSON.stringify(answers),
    );
  }
});

test('chains are read from the image up, also where the options of the top filter are cut off', async () => {
  const cut = `json:{"throttle-group": "throttle-b", "driver": "throttle", "file": {"driver"...`;
  const state = await readState(
    scripted({
      ...bare,
      'qom-list': [object('throttle-a'), object('throttle-b')],
      'qom-get /objects/throttle-a limits': limits,
      'qom-get /objects/throttle-b limits': limits,
      'query-block': [
        { device: '', qdev: '/machine/peripheral/usb0/usb0.0/legacy[0]', inserted: { 'node-name': 'top' } },
      ],
      'qom-get /machine/peripheral/usb0/usb0.0/legacy[0] serial': 'S1',
      'query-blockstats': [
        {
          device: '',
          qdev: '/machine/peripheral/usb0/usb0.0/legacy[0]',
          'node-name': 'top',
          parent: {
            'node-name': 'low',
            parent: { 'node-name': 'libvirt-1-format', parent: { 'node-name': 'libvirt-1-storage' } },
          },
        },
      ],
      'query-named-block-nodes': [
        { drv: 'throttle', 'node-name': 'top', file: cut },
        { drv: 'throttle', 'node-name': 'low', file: 'json:{"throttle-group": "throttle-a"}' },
        {
          drv: 'qcow2',
          'node-name': 'libvirt-1-format',
          file: '/data/top.qcow2',
          image: {
            filename: '/data/top.qcow2',
            'virtual-size': 4096,
            'backing-image': { filename: '/data/base.qcow2' },
          },
        },
        {
          drv: 'file',
          'node-name': 'libvirt-1-storage',
          file: '/data/top.qcow2',
          image: { filename: '/data/top.qcow2' },
        },
      ],
    }),
  );
  assert.deepEqual(state.disks, [
    {
      qdev: '/machine/peripheral/usb0/usb0.0/legacy[0]',
      alias: 'usb0',
      target: null,
      bus: 'usb',
      serial: 'S1',
      sources: ['/data/top.qcow2', '/data/base.qcow2'],
      filters: [
        { node: 'low', group: 'throttle-a' },
        { node: 'top', group: 'throttle-b' },
      ],
      base: 'libvirt-1-format',
      size: 4096n,
      shape: 'plain',
      readonly: false,
      device: 'other',
      thread: { kind: 'main' },
      job: null,
      iotuneGroup: null,
      iotune: null,
      source: 'qemu',
      nodes: ['top', 'low', 'libvirt-1-format', 'libvirt-1-storage'],
    },
  ]);
  assert.deepEqual(
    state.groups.map(({ usedBy }) => usedBy),
    [['low'], ['top']],
  );
  assert.equal(state.target.managedBy, 'libvirt');
});

/** One disk `vda` over `base`, whose answers may be told otherwise. */
const disk = (qdev: string, more: Answers = {}): Answers => ({
  ...bare,
  'query-block': [{ device: '', qdev, inserted: { 'node-name': 'base', drv: 'raw', ro: false } }],
  'query-blockstats': [{ device: '', qdev, 'node-name': 'base' }],
  'query-named-block-nodes': [{ 'node-name': 'base', drv: 'raw', file: 'x', image: { 'virtual-size': 512 } }],
  ...more,
});
const notFound = (type: string, property: string): Error =>
  new QmpCommandError('qom-get', 'GenericError', `Property '${type}.${property}' not found`);
const threads = { 'query-iothreads': [{ id: 'io1', 'thread-id': 9 }] };
const BLK = '/machine/peripheral/vda/virtio-backend';
const serials = {
  'qom-get /machine/peripheral/vda serial': '',
  'qom-get /machine/peripheral/sda serial': '',
};
const threadOf = async (answers: Answers): Promise<unknown> =>
  (await readState(scripted({ ...answers, ...serials }))).disks[0]?.thread;

test('without iothreads nobody is asked for one', async () => {
  assert.deepEqual(await threadOf(disk(BLK)), { kind: 'main' });
});

test('the thread of a virtio-blk disk is its own; what cannot be read is not guessed', async () => {
  const blk = (iothread: JsonValue | Error, mapping: JsonValue | Error): Promise<unknown> =>
    threadOf(
      disk(BLK, {
        ...threads,
        [`qom-get ${BLK} iothread`]: iothread,
        [`qom-get ${BLK} iothread-vq-mapping`]: mapping,
      }),
    );
  assert.deepEqual(await blk('', []), { kind: 'main' });
  assert.deepEqual(await blk('', notFound('virtio-blk-device', 'iothread-vq-mapping')), { kind: 'main' });
  assert.deepEqual(await blk('/objects/io1', []), { kind: 'iothread', name: 'io1' });
  assert.deepEqual(await blk('', [{ iothread: 'io1' }]), { kind: 'mapped' });
  assert.equal(((await blk(7, [])) as { readonly kind: string }).kind, 'unreadable');
});

test('the thread of a scsi disk is that of its controller', async () => {
  const bus = '/machine/peripheral/scsi0/virtio-backend/scsi0.0';
  const controller = '/machine/peripheral/scsi0/virtio-backend';
  const scsi = (parent: JsonValue | Error, iothread: JsonValue | Error): Promise<unknown> =>
    threadOf(
      disk('sda', {
        ...threads,
        'qom-get /machine/peripheral/sda iothread': notFound('scsi-hd', 'iothread'),
        'qom-get /machine/peripheral/sda iothread-vq-mapping': notFound('scsi-hd', 'iothread-vq-mapping'),
        'qom-get /machine/peripheral/sda parent_bus': parent,
        [`qom-get ${controller} iothread`]: iothread,
        [`qom-get ${controller} iothread-vq-mapping`]: notFound('virtio-scsi-device', 'iothread-vq-mapping'),
      }),
    );
  assert.deepEqual(await scsi(bus, '/objects/io1'), { kind: 'iothread', name: 'io1' });
  assert.deepEqual(await scsi(bus, ''), { kind: 'main' });
  assert.deepEqual(await scsi(bus, notFound('ich9-ahci', 'iothread')), { kind: 'main' });
  const unreadable = (await scsi(notFound('scsi-hd', 'parent_bus'), '')) as { readonly kind: string };
  assert.equal(unreadable.kind, 'unreadable');
});

test('a drive without a medium is empty; filters below other nodes are no chain that is changed', async () => {
  const shapeOf = async (answers: Answers): Promise<unknown> => {
    const { disks } = await readState(scripted({ ...answers, ...serials }));
    return [disks[0]?.shape, disks[0]?.base];
  };
  assert.deepEqual(await shapeOf(disk(BLK)), ['plain', 'base']);
  assert.deepEqual(await shapeOf(disk(BLK, { 'query-block': [{ device: '', qdev: BLK }] })), ['empty', null]);
  const low = { 'node-name': 'low', drv: 'throttle', file: 'json:{"throttle-group": "a"}' };
  const below = disk(BLK, {
    'query-blockstats': [{ device: '', qdev: BLK, 'node-name': 'base', parent: { 'node-name': 'low' } }],
    'query-named-block-nodes': [{ 'node-name': 'base', drv: 'qcow2', file: 'x' }, low],
  });
  assert.deepEqual(await shapeOf(below), ['mixed', null]);
});

test('a block job whose disk cannot be told may work on any', async () => {
  const jobs = { 'query-block-jobs': [{ device: 'copy0', type: 'mirror' }] };
  const jobOf = async (answers: Answers): Promise<unknown> => {
    const { jobs: found, disks } = await readState(scripted({ ...disk(BLK, jobs), ...serials, ...answers }));
    return [found[0]?.disks, disks[0]?.job];
  };
  assert.deepEqual(await jobOf({}), [null, 'copy0']);
  assert.deepEqual(await jobOf({ 'x-debug-query-block-graph': 'odd' }), [null, 'copy0']);
  const graph = (child: number): JsonValue => ({
    nodes: [
      { id: 1, type: 'block-job', name: 'copy0' },
      { id: 2, type: 'block-driver', name: 'base' },
      { id: 3, type: 'block-driver', name: 'other' },
    ],
    edges: [{ parent: 1, child }],
  });
  assert.deepEqual(await jobOf({ 'x-debug-query-block-graph': graph(2) }), [[BLK], 'copy0']);
  assert.deepEqual(await jobOf({ 'x-debug-query-block-graph': graph(3) }), [[], null]);
});

test('from QEMU 10.1 on the limits of all groups come in one answer; where it is refused, one by one', async () => {
  const names = ['throttle-a', 'throttle-b'];
  const properties = [
    { name: 'type', value: 'x' },
    { name: 'limits', value: limits },
  ];
  const single = Object.fromEntries(names.map(name => [`qom-get /objects/${name} limits`, limits]));
  const of = async (answers: Answers, minor: number): Promise<readonly string[]> => {
    const asked: string[] = [];
    const monitor = scripted({ ...bare, 'qom-list': names.map(object), ...answers });
    const state = await readState({
      ...monitor,
      qemu: { major: 10, minor, micro: 0 },
      execute: (command, args) => {
        if (/^qom-(?:list-)?get$/.test(command)) asked.push(command);
        return monitor.execute(command, args);
      },
    });
    assert.deepEqual(
      state.groups.map(group => group.limits.total_iops_sec),
      [5n, 5n],
    );
    return asked;
  };
  const all = { 'qom-list-get': [{ properties }, { properties }] };
  assert.deepEqual(await of(all, 1), ['qom-list-get']);
  assert.deepEqual(await of(single, 1), ['qom-list-get', 'qom-get', 'qom-get']);
  assert.deepEqual(await of(single, 0), ['qom-get', 'qom-get']);
});
