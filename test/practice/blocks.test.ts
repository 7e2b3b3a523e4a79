/**
 * Filters, drives and legacy limits: the same commands to the practice VM and to a real QEMU with the same nodes; class
 * and text of each refusal, and what the queries tell of chains, must be equal.
 */

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { normalised } from '../../server/src/engine';
import { startPracticeVm, type PracticeVm } from '../../server/src/practice';
import {
  connectQmp,
  formatJson,
  QmpCommandError,
  type JsonObject,
  type QmpClient,
} from '../../server/src/qmp';
import { readState } from '../../server/src/vm';
import { applyWanted, desiredOf, sessionAt } from '../support/live';
import { startQemu } from '../support/qemu';
import { requireReal } from '../support/real';

const QDEV = '/machine/peripheral/virtio-disk9/virtio-backend';
const zero = { bps: 0, bps_rd: 0, bps_wr: 0, iops: 0, iops_rd: 0, iops_wr: 0 };
const filter = (node: string, group: string, file: string): JsonObject => ({
  driver: 'throttle',
  'node-name': node,
  'throttle-group': group,
  file,
  discard: 'unmap',
});
const drive = (value: string, path = QDEV): readonly [string, JsonObject] => [
  'qom-set',
  { path, property: 'drive', value },
];

const SCRIPT: readonly (readonly [string, JsonObject?])[] = [
  ['object-add', { 'qom-type': 'throttle-group', id: 'throttle-silver', limits: { 'iops-total': 5 } }],
  ['blockdev-add', {}],
  ['blockdev-add', { driver: 'nosuch' }],
  ['blockdev-add', { driver: 'throttle' }],
  ['blockdev-add', { driver: 'throttle', 'throttle-group': 'throttle-gold' }],
  ['blockdev-add', { driver: 'throttle', 'throttle-group': 'throttle-gold', file: 'libvirt-1-format' }],
  ['blockdev-add', filter('f1', 'nosuch', 'libvirt-1-format')],
  ['blockdev-add', filter('f1', 'throttle-gold', 'nosuch')],
  ['blockdev-add', filter('1f', 'throttle-gold', 'libvirt-1-format')],
  ['blockdev-add', filter('libvirt-2-filter', 'throttle-gold', 'libvirt-1-format')],
  ['blockdev-add', filter('x'.repeat(32), 'throttle-gold', 'libvirt-1-format')],
  ['blockdev-add', { ...filter('f1', 'throttle-gold', 'libvirt-1-format'), zoo: 1 }],
  ['blockdev-add', filter('f1', 'throttle-silver', 'libvirt-1-format')],
  ['blockdev-add', filter('f1', 'throttle-silver', 'libvirt-1-format')],
  ['blockdev-add', { driver: 'null-co', 'node-name': 'hole', size: 4096, 'read-zeroes': true }],
  ['blockdev-add', filter('f2', 'throttle-gold', 'hole')],
  ['blockdev-del', { 'node-name': 'hole' }],
  ['blockdev-del', { 'node-name': 'nosuch' }],
  ['blockdev-del', { 'node-name': 'libvirt-2-filter' }],
  ['blockdev-reopen', {}],
  [
    'blockdev-reopen',
    { options: [{ driver: 'throttle', 'node-name': 'f1', 'throttle-group': 'throttle-gold' }] },
  ],
  ['blockdev-reopen', { options: [filter('nosuch', 'throttle-gold', 'libvirt-1-format')] }],
  ['blockdev-reopen', { options: [filter('f1', 'nosuch', 'libvirt-1-format')] }],
  [
    'blockdev-reopen',
    { options: [filter('f1', 'throttle-gold', 'libvirt-1-format'), filter('f2', 'nosuch', 'hole')] },
  ],
  ['query-filters'],
  ['blockdev-reopen', { options: [filter('f1', 'throttle-gold', 'libvirt-1-format')] }],
  ['query-filters'],
  ['blockdev-del', { 'node-name': 'f2' }],
  ['blockdev-del', { 'node-name': 'hole' }],
  ['object-del', { id: 'throttle-gold' }],
  drive('nosuch'),
  drive('libvirt-1-format'),
  ['query-filters'],
  drive('f1', '/machine/peripheral/virtio-disk9'),
  ['query-filters'],
  ['blockdev-del', { 'node-name': 'libvirt-2-filter' }],
  ['blockdev-del', { 'node-name': 'f1' }],
  ['block_set_io_throttle', { id: QDEV }],
  ['block_set_io_throttle', { id: 'nosuch', ...zero }],
  ['block_set_io_throttle', { id: QDEV, ...zero, iops: 5, iops_rd: 5 }],
  ['block_set_io_throttle', { id: QDEV, ...zero, iops_max: 5 }],
  ['block_set_io_throttle', { id: QDEV, ...zero, iops: 5, iops_max: 9, iops_max_length: 3, group: 'legacy' }],
  ['query-filters'],
  ['block_set_io_throttle', { id: QDEV, ...zero, bps_rd: 77, iops_size: 0 }],
  ['query-filters'],
  ['block_set_io_throttle', { id: QDEV, ...zero, iops: 8, group: 'throttle-silver' }],
  ['query-filters'],
  ['object-del', { id: 'throttle-silver' }],
  ['block_set_io_throttle', { id: QDEV, ...zero }],
  ['query-filters'],
];

/** What came of each line: "ok", class and text of a refusal, or the state as the product reads it. */
async function play(client: QmpClient): Promise<readonly string[]> {
  const answers: string[] = [];
  for (const [command, args] of SCRIPT) {
    if (command === 'query-filters') {
      answers.push(await seen(client));
      continue;
    }
    try {
      await client.execute(command, args ?? {});
      answers.push('ok');
    } catch (error) {
      assert.ok(error instanceof QmpCommandError);
      answers.push(`${error.errorClass}: ${error.desc}`);
    }
  }
  return answers;
}

async function seen(client: QmpClient): Promise<string> {
  const { disks, filters, groups } = await readState(client);
  const disk = disks.find(({ alias }) => alias === 'virtio-disk9');
  return JSON.stringify(
    [
      disk?.base,
      disk?.filters,
      disk?.iotune,
      disk?.iotuneGroup,
      [...filters].sort(byNode),
      groups.map(({ limits }) => limits),
    ],
    (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
  );
}

const byNode = (a: { readonly node: string }, b: { readonly node: string }): number =>
  a.node < b.node ? -1 : 1;

async function practice(t: TestContext): Promise<PracticeVm> {
  const folder = await mkdtemp(join(tmpdir(), 'domxml-practice-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const vm = await startPracticeVm(
    {
      name: 'db01',
      uuid: undefined,
      groups: [{ name: 'gold', limits: normalised({ total_iops_sec: 100n }) }],
      disks: [{ alias: 'virtio-disk9', filters: ['gold'] }],
    },
    { kind: 'unix', path: join(folder, 'vm.sock') },
  );
  t.after(() => vm.stop());
  return vm;
}

async function connected(t: TestContext, path: string): Promise<QmpClient> {
  const client = await connectQmp({ kind: 'unix', path });
  t.after(() => client.close());
  return client;
}

test(
  'real QEMU gives the same answers about filters, drives and legacy limits',
  { skip: requireReal('qemu-system-x86_64') === undefined },
  async t => {
    const json = (value: object): string => JSON.stringify(value);
    const qemu = await startQemu({
      disks: 1,
      args: [
        ...[
          '-object',
          json({ 'qom-type': 'throttle-group', id: 'throttle-gold', limits: { 'iops-total': 100 } }),
        ],
        ...['-blockdev', json({ driver: 'null-co', 'node-name': 'libvirt-1-storage', size: 10_737_418_240 })],
        ...['-blockdev', json({ driver: 'raw', 'node-name': 'libvirt-1-format', file: 'libvirt-1-storage' })],
        ...['-blockdev', json(filter('libvirt-2-filter', 'throttle-gold', 'libvirt-1-format'))],
        ...['-device', json({ driver: 'virtio-blk-pci', id: 'virtio-disk9', drive: 'libvirt-2-filter' })],
      ],
    });
    t.after(() => qemu.stop());
    const vm = await practice(t);
    assert.ok(vm.address.kind === 'unix');
    const [ours, real] = await Promise.all([
      connected(t, vm.address.path).then(play),
      connected(t, qemu.sockets[0] ?? '').then(play),
    ]);
    const told = (answers: readonly string[]): readonly string[] =>
      SCRIPT.map(
        ([command, args], index) => `${command} ${formatJson(args ?? {})} -> ${answers[index] ?? ''}`,
      );
    assert.deepEqual(told(ours), told(real));
  },
);

test('a device that is given the node it has ends the practice VM, as it ends QEMU', async t => {
  const vm = await practice(t);
  assert.ok(vm.address.kind === 'unix');
  const client = await connected(t, vm.address.path);
  await assert.rejects(client.execute(...drive('libvirt-2-filter')), /is gone/);
  await vm.ended;
});

test('the product changes chains and iotune of a practice VM as of a real one', async t => {
  const vm = await practice(t);
  assert.ok(vm.address.kind === 'unix');
  const session = await sessionAt(t, vm.address.path);
  const groups = { gold: { total_iops_sec: 100n }, new: { total_iops_sec: 7n } };
  for (const chain of [['new'], ['gold', 'new'], ['new', 'gold'], ['gold'], [], ['new', 'gold'], []]) {
    const outcome = await applyWanted(session, desiredOf(groups, { 'virtio-disk9': chain }));
    assert.equal(outcome.outcome, 'applied', `${chain.join()}: ${outcome.message}`);
    assert.deepEqual(
      outcome.state?.disks[0]?.filters.map(({ group }) => group),
      chain.map(name => `throttle-${name}`),
    );
  }
  const iotune = { 'virtio-disk9': { total_iops_sec: 50n, group: 'shared' } };
  const outcome = await applyWanted(session, desiredOf(groups, {}, iotune));
  assert.equal(outcome.outcome, 'applied', outcome.message);
  assert.equal(session.state.disks[0]?.iotuneGroup, 'shared');
});
