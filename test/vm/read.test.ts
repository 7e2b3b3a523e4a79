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
          image: { filename: '/data/top.qcow2', 'backing-image': { filename: '/data/base.qcow2' } },
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
      serial: 'S1',
      sources: ['/data/top.qcow2', '/data/base.qcow2'],
      filters: [
        { node: 'low', group: 'throttle-a' },
        { node: 'top', group: 'throttle-b' },
      ],
      iotuneGroup: null,
      iotune: null,
    },
  ]);
  assert.deepEqual(
    state.groups.map(({ usedBy }) => usedBy),
    [['low'], ['top']],
  );
  assert.equal(state.target.managedBy, 'libvirt');
});
