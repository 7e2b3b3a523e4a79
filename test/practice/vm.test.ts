import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { link, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { LIMITS, type LimitName, type LimitValues } from '../../server/src/engine';
import {
  converse,
  powerOn,
  PracticeStartError,
  startPracticeVm,
  type PracticeDomain,
  type PracticeVm,
} from '../../server/src/practice';
import type { QmpDisconnectedError } from '../../server/src/qmp';
import { connectQmp, formatJson, QmpBusyError, type QmpClient } from '../../server/src/qmp';
import { qmpText } from '../support/qmp-text';

const limits = (given: Partial<Record<LimitName, bigint>>): LimitValues =>
  Object.fromEntries(LIMITS.map(({ xml, neutral }) => [xml, given[xml] ?? BigInt(neutral)])) as Record<
    LimitName,
    bigint
  >;

const DOMAIN: PracticeDomain = {
  name: 'db01',
  uuid: 'ABCDEF00-2222-3333-4444-555555555555',
  groups: [
    { name: 'gold', limits: limits({ total_iops_sec: 100n }) },
    { name: 'all', limits: limits({ total_bytes_sec: 5_000_000n }) },
    { name: 'empty', limits: limits({}) },
  ],
  disks: [
    {
      alias: 'virtio-disk0',
      source: '/images/a.qcow2',
      format: 'qcow2',
      serial: 's1',
      filters: ['gold', 'all'],
    },
    { alias: 'virtio-disk1', filters: [] },
  ],
};

async function temp(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'domxml-practice-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'vm.sock');
}

async function started(t: TestContext, domain = DOMAIN): Promise<PracticeVm> {
  const vm = await startPracticeVm(domain, { kind: 'unix', path: await temp(t) });
  t.after(() => vm.stop());
  return vm;
}

async function connected(t: TestContext, vm: PracticeVm): Promise<QmpClient> {
  const client = await connectQmp(vm.address);
  t.after(() => client.close());
  return client;
}

test('a practice VM says who it is and has the groups and disks of its document', async t => {
  const client = await connected(t, await started(t));
  assert.deepEqual(client.qemu, { major: 10, minor: 0, micro: 0 });
  assert.deepEqual(await client.execute('query-name'), { name: 'db01' });
  assert.deepEqual(await client.execute('query-uuid'), { UUID: 'abcdef00-2222-3333-4444-555555555555' });
  assert.deepEqual(await client.execute('query-status'), { status: 'running', running: true });
  assert.deepEqual(await client.execute('qom-list', { path: '/objects' }), [
    { name: 'type', type: 'string' },
    { name: 'throttle-gold', type: 'child<throttle-group>' },
    { name: 'throttle-all', type: 'child<throttle-group>' },
  ]);
  const blocks = formatJson(await client.execute('query-block'));
  assert.match(blocks, /"node-name":"libvirt-3-filter"/);
  assert.match(blocks, /"qdev":"\/machine\/peripheral\/virtio-disk0\/virtio-backend"/);
  const chain = formatJson(await client.execute('query-blockstats')).match(/libvirt-\d-\w+/g);
  assert.deepEqual(chain?.slice(0, 4).reverse(), [
    'libvirt-3-filter',
    'libvirt-2-filter',
    'libvirt-1-format',
    'libvirt-1-storage',
  ]);
  const nodes = formatJson(await client.execute('query-named-block-nodes', { flat: true }));
  // With blanks, as QEMU writes it: clients look for exactly that beginning.
  assert.match(
    nodes,
    /"file":"json:\{\\"throttle-group\\": \\"throttle-all\\", \\"driver\\": \\"throttle\\"/,
  );
  const drive = { path: '/machine/peripheral/virtio-disk0', property: 'drive' };
  assert.equal(await client.execute('qom-get', drive), 'libvirt-3-filter');
});

test('commands that it does not know are refused as QEMU refuses them, and query-commands lists the others', async t => {
  const client = await connected(t, await started(t));
  await assert.rejects(client.execute('balloon', { value: 1 }), {
    errorClass: 'CommandNotFound',
    desc: 'The command balloon has not been found',
  });
  assert.match(formatJson(await client.execute('query-commands')), /\{"name":"object-add"\}/);
});

test('the second client waits without a greeting until the first has gone', async t => {
  const vm = await started(t);
  const first = await connected(t, vm);
  await assert.rejects(connectQmp(vm.address, { greetingDeadline: 30 }), QmpBusyError);
  const waiting = connectQmp(vm.address);
  assert.deepEqual(await first.execute('query-name'), { name: 'db01' });
  await first.close();
  const second = await waiting;
  t.after(() => second.close());
  assert.deepEqual(await second.execute('query-name'), { name: 'db01' });
});

test('what one client changes the next one finds; negotiation begins anew', async t => {
  const vm = await started(t);
  const first = await connected(t, vm);
  await first.execute('object-add', { 'qom-type': 'throttle-group', id: 'x', limits: { 'iops-size': 0 } });
  await first.close();
  const second = await connected(t, vm);
  assert.match(formatJson(await second.execute('qom-list', { path: '/objects' })), /"name":"x"/);
  assert(vm.state().groups.has('x'));
});

test('stop and cont send their events before the reply, quit ends it and removes the socket', async t => {
  const vm = await started(t);
  const client = await connected(t, vm);
  const heard: string[] = [];
  client.onEvent(({ event }) => heard.push(event));
  await client.execute('stop').then(() => heard.push('stopped'));
  await client.execute('cont').then(() => heard.push('continued'));
  const gone = new Promise<QmpDisconnectedError>(resolve => client.onClose(resolve));
  await client.execute('quit');
  assert.match((await gone).message, /QEMU has ended \(host-qmp-quit\)/);
  assert.deepEqual(heard, ['STOP', 'stopped', 'RESUME', 'continued', 'SHUTDOWN']);
  await vm.ended;
  assert(vm.address.kind === 'unix' && !existsSync(vm.address.path));
});

test('a client that breaks off in mid-message disturbs nobody', async t => {
  const vm = await started(t);
  assert(vm.address.kind === 'unix');
  const rude = qmpText(vm.address.path);
  await rude.next();
  rude.send('{"execute": "qmp_cap');
  rude.close();
  const client = await connected(t, vm);
  assert.deepEqual(await client.execute('query-name'), { name: 'db01' });
});

test('messages need no line ends, may be split, and may be garbage', async t => {
  const vm = await started(t);
  assert(vm.address.kind === 'unix');
  const text = qmpText(vm.address.path);
  t.after(() => text.close());
  await text.next();
  text.send('{"execute":"qmp_capabilities"}{"execute":"query-name",\n "id":"}\\"{"}');
  assert.equal(await text.next(), '{"return":{}}');
  assert.equal(await text.next(), '{"return":{"name":"db01"},"id":"}\\"{"}');
  text.send('hello\n}{"execute":"query-name"}\n');
  const error = '{"error":{"class":"GenericError","desc":"JSON parse error, expecting value"}}';
  assert.equal(await text.next(), error);
  assert.equal(await text.next(), error);
  assert.equal(await text.next(), '{"return":{"name":"db01"}}');
});

test('only the owner may connect, and a practice VM on TCP stays on loopback', async t => {
  const vm = await started(t);
  assert(vm.address.kind === 'unix');
  assert.equal((await stat(vm.address.path)).mode & 0o777, 0o600);
  const tcp = await startPracticeVm(DOMAIN, { kind: 'tcp', host: '127.0.0.1', port: 0 });
  t.after(() => tcp.stop());
  const client = await connected(t, tcp);
  assert.deepEqual(await client.execute('query-name'), { name: 'db01' });
  await assert.rejects(
    startPracticeVm(DOMAIN, { kind: 'tcp', host: '0.0.0.0', port: 0 }),
    /listens on loopback only/,
  );
});

test('a stale socket is replaced; a file, a living socket and a bad folder are not', async t => {
  const path = await temp(t);
  const other = createServer().listen(`${path}.other`);
  await once(other, 'listening');
  // The end of the listener removes its own name of the socket, not the second: that one is stale then.
  await link(`${path}.other`, path);
  await assert.rejects(startPracticeVm(DOMAIN, { kind: 'unix', path }), /Somebody listens at/);
  other.close();
  await once(other, 'close');
  const vm = await startPracticeVm(DOMAIN, { kind: 'unix', path });
  await vm.stop();
  await vm.stop();
  assert(!existsSync(path));
  await writeFile(path, 'precious');
  await assert.rejects(startPracticeVm(DOMAIN, { kind: 'unix', path }), /is no socket/);
  await assert.rejects(
    startPracticeVm(DOMAIN, { kind: 'unix', path: join(path, 'x.sock') }),
    PracticeStartError,
  );
  await assert.rejects(startPracticeVm(DOMAIN, { kind: 'unix', path: `/${'x'.repeat(200)}` }), /may have/);
});

test('a domain that QEMU would not start is refused in its words', () => {
  const start = (change: Partial<PracticeDomain>) => () => powerOn({ ...DOMAIN, ...change });
  const disk = { alias: 'virtio-disk0', filters: ['none'] };
  assert.throws(start({ disks: [disk] }), /Throttle group 'throttle-none' does not exist/);
  assert.throws(start({ disks: [{ ...disk, filters: ['empty'] }] }), /'throttle-empty' does not exist/);
  const bad = limits({ total_iops_sec: 5n, total_iops_sec_max: 3n });
  assert.throws(start({ groups: [{ name: 'bad', limits: bad }], disks: [] }), {
    name: 'PracticeStartError',
    message:
      'The practice VM cannot start with throttle group throttle-bad: bps_max/iops_max cannot be lower than bps/iops.',
  });
  const named = [{ name: 'a b', limits: limits({ total_iops_sec: 5n }) }];
  assert.throws(start({ groups: named, disks: [] }), /expects an identifier/);
});

test('the pure part changes nothing: state goes in, another comes out', () => {
  const before = powerOn(DOMAIN);
  const text = '{"execute":"object-add","arguments":{"qom-type":"throttle-group","id":"n"},"id":1}';
  const turn = converse(before, 'ready', text, 0);
  assert.deepEqual(turn.messages, ['{"return":{},"id":1}']);
  assert.equal(before.groups.has('n'), false);
  assert.equal(turn.state.groups.has('n'), true);
  const refused = converse(turn.state, 'ready', text, 0);
  assert.equal(refused.state, turn.state);
});

test('deep nesting and very long messages are refused, not suffered', async t => {
  const vm = await started(t);
  assert(vm.address.kind === 'unix');
  const text = qmpText(vm.address.path);
  t.after(() => text.close());
  await text.next();
  text.send(`${'['.repeat(5000)}${']'.repeat(5000)}`);
  assert.match(await text.next(), /JSON parse error/);
  text.send(`"${'x'.repeat(1024 * 1024)}`);
  assert.match(await text.next(), /JSON parse error/);
  text.send('{"execute":"qmp_capabilities"}');
  assert.equal(await text.next(), '{"return":{}}');
});
