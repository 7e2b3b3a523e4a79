/** Devices of a practice VM beyond what real QEMU is compared with: how documents are played, and what a client sees. */

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { analyze, desiredGroups, normalised, SourceText } from '../../server/src/engine';
import {
  converse,
  powerOn,
  practiceDomain,
  startPracticeVm,
  type PracticeDisk,
  type PracticeState,
} from '../../server/src/practice';
import {
  connectQmp,
  formatJson,
  isJsonObject,
  jsonMember,
  parseJson,
  type JsonObject,
  type JsonValue,
  type QmpClient,
} from '../../server/src/qmp';
import { readState } from '../../server/src/vm';

const started = (disks: readonly PracticeDisk[] = []): PracticeState =>
  powerOn({
    name: 'db01',
    uuid: undefined,
    groups: [{ name: 'gold', limits: normalised({ total_iops_sec: 100n }) }],
    disks,
  });

const virtioDisks = (count: number): readonly PracticeDisk[] =>
  Array.from({ length: count }, (_, index) => ({ alias: `virtio-disk${index}`, filters: [] }));

/** The state after a command, and what was sent. */
function after(
  state: PracticeState,
  execute: string,
  args: JsonObject = {},
): { readonly state: PracticeState; readonly messages: readonly JsonObject[] } {
  const turn = converse(state, 'ready', formatJson({ execute, arguments: args }), 0);
  const messages = turn.messages.map(text => parseJson(text)).filter(isJsonObject);
  return { state: turn.state, messages };
}

const returned = (state: PracticeState, execute: string, args: JsonObject = {}): JsonValue | undefined =>
  jsonMember(after(state, execute, args).messages[0] ?? {}, 'return');

const FILE: JsonObject = { driver: 'file', 'node-name': 'domxml-1-storage', filename: '/images/new.qcow2' };
const FORMAT: JsonObject = {
  ...{ driver: 'qcow2', 'node-name': 'domxml-1-format', file: 'domxml-1-storage' },
  ...{ backing: null, cache: { direct: true, 'no-flush': false } },
};
const FILTER: JsonObject = {
  ...{ driver: 'throttle', 'node-name': 'domxml-1-filter' },
  ...{ 'throttle-group': 'throttle-gold', file: 'domxml-1-format' },
};

async function connected(t: TestContext, disks: readonly PracticeDisk[]): Promise<QmpClient> {
  const folder = await mkdtemp(join(tmpdir(), 'domxml-devices-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const domain = {
    name: 'db01',
    uuid: undefined,
    groups: [{ name: 'gold', limits: normalised({ total_iops_sec: 100n }) }],
    disks,
  };
  const vm = await startPracticeVm(domain, { kind: 'unix', path: join(folder, 'vm.sock') });
  t.after(() => vm.stop());
  const client = await connectQmp(vm.address);
  t.after(() => client.close());
  return client;
}

test('a disk that was attached is read as one of the domain, and is gone when its event comes', async t => {
  const client = await connected(t, virtioDisks(1));
  for (const node of [FILE, FORMAT, FILTER]) await client.execute('blockdev-add', node);
  const place = { bus: 'scsi0.0', channel: 0, 'scsi-id': 0, lun: 1 };
  const device = { driver: 'scsi-hd', id: 'scsi0-0-0-1', drive: 'domxml-1-filter', serial: 'S' };
  await client.execute('device_add', { ...device, ...place });
  const [, disk] = (await readState(client)).disks;
  assert.ok(disk);
  const { alias, qdev, bus, serial, sources, filters, base, size, shape } = disk;
  assert.deepEqual(
    { alias, qdev, bus, serial, sources, filters, base, size, shape },
    {
      alias: 'scsi0-0-0-1',
      qdev: 'scsi0-0-0-1',
      bus: 'scsi',
      serial: 'S',
      sources: ['/images/new.qcow2'],
      filters: [{ node: 'domxml-1-filter', group: 'throttle-gold' }],
      base: 'domxml-1-format',
      size: 10n * 1024n ** 3n,
      shape: 'plain',
    },
  );
  const gone = new Promise<unknown>(resolve => client.onEvent(event => resolve(event.data)));
  await client.execute('device_del', { id: 'scsi0-0-0-1' });
  assert.deepEqual(await gone, { device: 'scsi0-0-0-1', path: '/machine/peripheral/scsi0-0-0-1' });
  for (const node of ['domxml-1-filter', 'domxml-1-format', 'domxml-1-storage']) {
    await client.execute('blockdev-del', { 'node-name': node });
  }
  const { disks, ownNodes, filters: left } = await readState(client);
  assert.deepEqual([disks.length, ownNodes, left], [1, [], []]);
});

test('a virtio disk sends two events behind the reply: the backend, which has no id, goes first', () => {
  const { messages } = after(started(virtioDisks(1)), 'device_del', { id: 'virtio-disk0' });
  assert.deepEqual(
    messages.map(message => jsonMember(message, 'data') ?? jsonMember(message, 'return')),
    [
      {},
      { path: '/machine/peripheral/virtio-disk0/virtio-backend' },
      { device: 'virtio-disk0', path: '/machine/peripheral/virtio-disk0' },
    ],
  );
});

test('the group of block_set_io_throttle ends with the last disk in it', () => {
  const limits = { bps: 0, bps_rd: 0, bps_wr: 0, iops: 5, iops_rd: 0, iops_wr: 0, group: 'both' };
  let state = started(virtioDisks(2));
  for (const alias of ['virtio-disk0', 'virtio-disk1']) {
    const id = `/machine/peripheral/${alias}/virtio-backend`;
    ({ state } = after(state, 'block_set_io_throttle', { id, ...limits }));
  }
  ({ state } = after(state, 'device_del', { id: 'virtio-disk0' }));
  assert.deepEqual([...state.legacyGroups.keys()], ['both']);
  ({ state } = after(state, 'device_del', { id: 'virtio-disk1' }));
  assert.deepEqual([...state.legacyGroups.keys()], []);
});

test('more queues than QEMU can give end the practice VM, as they end QEMU', () => {
  const { state: ready } = after(started(), 'blockdev-add', FILE);
  const device = { driver: 'virtio-blk-pci', id: 'v', drive: 'domxml-1-storage' };
  assert.equal(after(ready, 'device_add', { ...device, 'num-queues': 1024 }).state.run, 'running');
  const { state, messages } = after(ready, 'device_add', { ...device, 'num-queues': 1025 });
  assert.deepEqual([state.run, messages], ['ended', []]);
});

test('disks of a document on SCSI are on SCSI, at the place that they have in it; all others are virtio disks', () => {
  const document = `<domain type='kvm'><name>a</name><devices>
    <disk type='file' device='disk'><source file='/a'/><target dev='sda' bus='scsi'/></disk>
    <disk type='file' device='disk'><source file='/b'/><target dev='sdb' bus='scsi'/>
      <alias name='ua-b'/><address type='drive' controller='2' bus='0' target='3' unit='4'/></disk>
    <disk type='file' device='disk'><source file='/c'/><target dev='sdc' bus='sata'/></disk>
  </devices></domain>`;
  const result = desiredGroups(analyze(SourceText.of(document)));
  assert.ok(result.kind === 'desired');
  const { disks, controllers } = powerOn(practiceDomain(result.desired));
  assert.deepEqual(
    disks.map(({ alias, place }) => [alias, place]),
    [
      ['scsi0-0-0-0', { kind: 'scsi', bus: 'scsi0.0', target: 0, lun: 0 }],
      ['ua-b', { kind: 'scsi', bus: 'scsi2.0', target: 3, lun: 4 }],
      ['sata0-0-2', { kind: 'pci', bus: 'pci.0', slot: 4 }],
    ],
  );
  assert.deepEqual(
    controllers.map(({ id }) => id),
    ['scsi0', 'scsi2'],
  );
});

test('a SCSI disk without a bus goes to the controller that was plugged in last, as in QEMU', () => {
  const scsi = { controller: 1, target: 0, lun: 0 };
  const { state } = after(started([{ alias: 'scsi1-0-0-0', filters: [], scsi }]), 'blockdev-add', FILE);
  const device = { driver: 'scsi-hd', id: 'd', drive: 'domxml-1-storage' };
  const { state: plugged } = after(state, 'device_add', device);
  assert.equal(
    returned(plugged, 'qom-get', { path: '/machine/peripheral/d', property: 'parent_bus' }),
    '/machine/peripheral/scsi1/virtio-backend/scsi1.0',
  );
  assert.deepEqual(plugged.disks.at(-1)?.place, { kind: 'scsi', bus: 'scsi1.0', target: 1, lun: 0 });
});

test('two disks at one place behind a SCSI controller do not start', () => {
  const scsi = { controller: 0, target: 0, lun: 0 };
  const [a, b] = ['a', 'b'].map(alias => ({ alias, filters: [], scsi }));
  assert.ok(a && b);
  assert.throws(() => started([a, b]), { name: 'PracticeStartError', message: /lun already used by 'a'/ });
});

test('pci.0 can be filled; what is more stands behind bridges, which query-pci shows', () => {
  const full = started(virtioDisks(29));
  const device = { driver: 'virtio-blk-pci', id: 'v', drive: 'domxml-1-storage' };
  const { state: ready } = after(full, 'blockdev-add', FILE);
  assert.deepEqual(jsonMember(after(ready, 'device_add', device).messages[0] ?? {}, 'error'), {
    class: 'GenericError',
    desc: 'PCI: no slot/function available for virtio-blk-pci, all in use or reserved',
  });

  const { state } = after(started(virtioDisks(30)), 'blockdev-add', FILE);
  assert.deepEqual(state.disks.at(-1)?.place, { kind: 'pci', bus: 'pci.1', slot: 1 });
  const { state: plugged } = after(state, 'device_add', { ...device, bus: 'pci.1' });
  assert.deepEqual(plugged.disks.at(-1)?.place, { kind: 'pci', bus: 'pci.1', slot: 2 });
  const pci = formatJson(returned(plugged, 'query-pci') ?? null);
  assert.match(pci, /"qdev_id":"pci\.1".*"secondary":1.*"qdev_id":"virtio-disk29"/);
  const path = '/machine/peripheral/pci.1/pci.1';
  assert.equal(returned(plugged, 'qom-get', { path, property: 'type' }), 'PCI');
  // A bridge is asked to leave and stays.
  const asked = after(plugged, 'device_del', { id: 'pci.1' });
  assert.deepEqual(asked.messages, [{ return: {} }]);
  assert.equal(asked.state.controllers.length, 2);
});

test('more disks than libvirt finds places for do not start', () => {
  assert.equal(started(virtioDisks(900)).disks.length, 900);
  assert.throws(() => started(virtioDisks(1000)), {
    name: 'PracticeStartError',
    message: /no slot\/function/,
  });
});

test('a practice VM opens no file: an image that is nowhere has a size and the format that is asked for', () => {
  let state = started();
  for (const node of [FILE, FORMAT]) ({ state } = after(state, 'blockdev-add', node));
  const nodes = returned(state, 'query-named-block-nodes', { flat: true });
  assert.ok(Array.isArray(nodes));
  assert.deepEqual(
    nodes.filter(isJsonObject).map(node => [node['drv'], node['file'], node['cache']]),
    [
      ['qcow2', '/images/new.qcow2', { direct: true, 'no-flush': false, writeback: true }],
      ['file', '/images/new.qcow2', { direct: false, 'no-flush': false, writeback: true }],
    ],
  );
  const block = { driver: 'host_device', 'node-name': 'lun', filename: 'dev/nowhere', aio: 'native' };
  const direct = { ...block, cache: { direct: true } };
  assert.deepEqual(returned(state, 'blockdev-add', direct), {});
});
