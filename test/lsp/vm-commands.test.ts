/** Commands about VMs over the language server, against real QEMU. */

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createConnection } from 'node:net';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { LspClient } from '../support/lsp-client';
import { requireReal } from '../support/real';
import { runner, URI, vmScene } from './vm-scene';

const skip = requireReal('qemu-system-x86_64') === undefined;

const domain = (groups: string): string => `<domain type='kvm'>
  <name>db01</name>
  <throttlegroups>
    ${groups}
  </throttlegroups>
  <devices/>
</domain>
`;
const group = (name: string, iops: number): string =>
  `<throttlegroup><group_name>${name}</group_name><total_iops_sec>${iops}</total_iops_sec></throttlegroup>`;

/** Whether the socket greets somebody else: it serves one client at a time. */
function greets(path: string): Promise<boolean> {
  return new Promise(resolve => {
    const socket = createConnection(path);
    const settle = (value: boolean): void => {
      socket.destroy();
      resolve(value);
    };
    socket.setTimeout(300, () => settle(false));
    socket.once('data', () => settle(true));
    socket.once('error', () => settle(false));
    socket.once('end', () => settle(false));
  });
}

/** Asked again and again, since letting go of a socket is not announced; fails where nobody lets go. */
async function free(path: string): Promise<void> {
  for (let asked = 0; asked < 50; asked++) {
    if (await greets(path)) return;
  }
  assert.fail(`${path} is still held.`);
}

test('nothing connects without trust, and trust that is taken away lets go', { skip }, async t => {
  const { client, address, qemu, run } = await vmScene(t, domain(group('gold', 500)));
  const stranger = await LspClient.start(t);
  for (const command of [
    'connect',
    'plan',
    'apply',
    'setGroup',
    'deleteGroup',
    'documentDisks',
    'attachDisk',
    'detachDisk',
    'undo',
    'listGroups',
    'listDisks',
    'listDomains',
    'startPracticeVm',
  ]) {
    const answer = await runner(stranger)(command, { address, uri: URI, name: 'x', hash: 'x' });
    assert.deepEqual([answer.ok, answer['reason']], [false, 'untrusted'], command);
  }
  assert.equal((await run('connect', { address })).ok, true);
  assert.equal(await greets(qemu.sockets[0] ?? ''), false, 'the session holds the socket');
  await client.notify('libvirtDomain/trust', { trusted: false });
  assert.equal((await run('connect', { address }))['reason'], 'untrusted');
  await free(qemu.sockets[0] ?? '');
});

test('connect says who is there; disconnect frees the socket', { skip }, async t => {
  const { address, qemu, run } = await vmScene(t, domain(''));
  const answer = await run('connect', { address: ` ${address},server=on` });
  assert.equal(answer.ok, true);
  assert.equal(answer['address'], address);
  assert.equal((answer['target'] as { name: string }).name, 'db01');
  assert.deepEqual(answer['groups'], []);
  assert.equal((await run('disconnect', { address })).ok, true);
  await free(qemu.sockets[0] ?? '');
});

test('plan, apply, and what the VM has then', { skip }, async t => {
  const { client, address, run } = await vmScene(t, domain(group('gold', 500) + group('silver', 100)));
  const plan = await run('plan', { uri: URI, address });
  assert.equal(plan.ok, true, String(plan['message']));
  assert.equal(plan['changes'], 2);
  assert.match(String(plan['text']), /gold/);
  assert.match(String(plan['documentGroups']), /<total_iops_sec>500<\/total_iops_sec>/);
  const applied = await run('apply', { uri: URI, address, hash: plan['hash'] });
  assert.equal(applied['outcome'], 'applied', String(applied['message']));
  const lines = String(applied['transcript']).trimEnd().split('\n');
  for (const line of lines) {
    const entry = JSON.parse(line) as { direction: string; time: string };
    assert.ok(['sent', 'received'].includes(entry.direction) && !Number.isNaN(Date.parse(entry.time)));
  }
  assert.ok(lines.some(line => line.includes('object-add') && line.includes('throttle-gold')));
  const listed = await run('listGroups', { address });
  assert.deepEqual(
    (listed['groups'] as { name: string; limitsText: string; limits: object }[]).map(each => [
      each.name,
      each.limitsText,
      each.limits,
    ]),
    [
      ['gold', '500 IOPS', { total_iops_sec: '500' }],
      ['silver', '100 IOPS', { total_iops_sec: '100' }],
    ],
  );
  assert.equal((await run('plan', { uri: URI, address }))['changes'], 0);
  await client.change(URI, { text: domain(group('gold', 500)) });
  const pruning = await run('plan', { uri: URI, address, prune: true });
  assert.deepEqual([pruning['changes'], pruning['deletes']], [1, true]);
});

test('the chain of a disk is planned, allowed, applied and listed', async t => {
  const client = await LspClient.start(t, { initializationOptions: { trusted: true } });
  const run = runner(client);
  const disks = (names: readonly string[]): string =>
    `<devices><disk type='file'><target dev='vda' bus='virtio'/><throttlefilters>${names.map(name => `<throttlefilter group='${name}'/>`).join('')}</throttlefilters></disk></devices>`;
  const text = (names: readonly string[]): string =>
    domain(group('gold', 500) + group('all', 900)).replace('<devices/>', disks(names));
  await client.open(URI, text(['gold']));
  const { address } = await run('startPracticeVm', { uri: URI });
  await client.change(URI, { text: text(['gold', 'all']) });
  const plan = await run('plan', { uri: URI, address });
  assert.deepEqual([plan.ok, plan['changes'], plan['held'], plan['toAllow']], [true, 1, [], []]);
  assert.match(String(plan['text']), /Change the filters of vda: gold -> gold, then all/);
  assert.match(String(plan['documentGroups']), /<target dev='vda'\/>\n {2}<throttlefilters>/);
  const applied = await run('apply', { uri: URI, address, hash: plan['hash'] });
  assert.equal(applied['outcome'], 'applied', String(applied['message']));
  const listed = await run('listDisks', { address });
  const expected = {
    alias: 'virtio-disk0',
    target: null,
    filters: ['gold', 'all'],
    iotuneText: null,
    remarks: [],
    source: 'qemu',
  };
  assert.deepEqual(listed['disks'], [expected]);
  // The practice VM is one of libvirt's: taking libvirt's filters away must be allowed.
  await client.change(URI, { text: text([]) });
  const removal = await run('plan', { uri: URI, address });
  assert.deepEqual(removal['toAllow'], ['breaks-libvirt']);
  const refused = await run('apply', { uri: URI, address, hash: removal['hash'] });
  assert.deepEqual(
    [refused['outcome'], /breaks-libvirt/.test(String(refused['message']))],
    ['refused', true],
  );
  const allowed = await run('apply', { uri: URI, address, hash: removal['hash'], allow: ['breaks-libvirt'] });
  assert.equal(allowed['outcome'], 'applied', String(allowed['message']));
});

test('a plan that is not the one that was shown is not carried out', { skip }, async t => {
  const { client, address, run } = await vmScene(t, domain(group('gold', 500)));
  const plan = await run('plan', { uri: URI, address });
  await client.change(URI, { text: domain(group('gold', 501)) });
  assert.equal((await run('apply', { uri: URI, address, hash: plan['hash'] }))['outcome'], 'drifted');
  assert.deepEqual((await run('listGroups', { address }))['groups'], []);
});

test('another domain is refused until it is allowed', { skip }, async t => {
  const { client, address, run } = await vmScene(t, domain(group('gold', 500)));
  await client.change(URI, { text: domain(group('gold', 500)).replace('db01', 'web') });
  const refused = await run('plan', { uri: URI, address });
  assert.deepEqual([refused.ok, refused['reason']], [false, 'other-domain']);
  const plan = await run('plan', { uri: URI, address, allow: ['other-domain'] });
  assert.equal(plan.ok, true);
  const forgotten = await run('apply', { uri: URI, address, hash: plan['hash'] });
  assert.equal(forgotten['outcome'], 'refused');
  const applied = await run('apply', { uri: URI, address, hash: plan['hash'], allow: ['other-domain'] });
  assert.equal(applied['outcome'], 'applied', String(applied['message']));
});

test('a group is set and deleted; nothing is written before it is confirmed', { skip }, async t => {
  const { address, run } = await vmScene(t, domain(''));
  const about = { address, name: 'gold', limits: { total_iops_sec: '700' } };
  const shown = await run('setGroup', about);
  assert.equal(shown.ok, true);
  assert.deepEqual((await run('listGroups', { address }))['groups'], []);
  const set = await run('setGroup', { ...about, confirmed: true, hash: shown['hash'] });
  assert.equal(set['outcome'], 'applied');
  assert.match(String(set['transcript']), /"qom-set"|"object-add"/);
  assert.equal((await run('setGroup', about))['outcome'], 'unchanged');
  assert.equal(
    (await run('setGroup', { ...about, confirmed: true, hash: shown['hash'] }))['outcome'],
    'drifted',
  );
  assert.equal((await run('deleteGroup', { address, name: 'gold', confirmed: true }))['outcome'], 'applied');
  assert.equal((await run('deleteGroup', { address, name: 'gold' })).ok, false);
  assert.deepEqual((await run('listGroups', { address }))['groups'], []);
});

test('the last change is taken back by its plan, whichever command made it', { skip }, async t => {
  const { address, run } = await vmScene(t, domain(group('gold', 500)));
  const limits = async (): Promise<unknown> => (await run('listGroups', { address }))['groups'];
  assert.equal((await run('undo', { address }))['reason'], 'refused');
  const plan = await run('plan', { uri: URI, address });
  assert.equal((await run('apply', { uri: URI, address, hash: plan['hash'] }))['outcome'], 'applied');
  const applied = await limits();
  const set = { address, name: 'gold', limits: { total_iops_sec: '700' }, confirmed: true };
  assert.equal((await run('setGroup', set))['outcome'], 'applied');
  const shown = await run('undo', { address });
  assert.match(String(shown['text']), /Lower gold: 700 IOPS -> 500 IOPS/);
  assert.notDeepEqual(await limits(), applied, 'nothing is written before it is confirmed');
  const undone = await run('undo', { address, confirmed: true, hash: shown['hash'] });
  assert.equal(undone['outcome'], 'applied', String(undone['message']));
  assert.deepEqual(await limits(), applied);
});

test('a document that is not fit to be sent is refused with its reason', { skip }, async t => {
  const { client, address, run } = await vmScene(t, `${domain(group('gold', 500))}<`);
  assert.equal((await run('plan', { uri: URI, address }))['reason'], 'document');
  await client.change(URI, { text: '<network/>' });
  assert.equal((await run('plan', { uri: URI, address }))['reason'], 'document');
  assert.equal((await run('plan', { uri: 'file:///closed.xml', address }))['reason'], 'document');
});

test('what cannot be reached says why', async t => {
  const client = await LspClient.start(t, { initializationOptions: { trusted: true } });
  const run = runner(client);
  assert.equal((await run('connect', { address: '/run/vm.sock' }))['reason'], 'no-address');
  assert.equal((await run('connect', {}))['reason'], 'usage');
  assert.equal((await run('connect', { address: 'tcp:192.0.2.1:4444' }))['reason'], 'refused');
  assert.equal((await run('connect', { address: 'libvirt:db01@foo:///x' }))['reason'], 'cannot-connect');
  const nobody = await run('connect', { address: 'unix:/nonexistent/vm.sock' });
  assert.equal(nobody['reason'], 'cannot-connect');
  assert.match(String(nobody['message']), /vm\.sock/);
  const wrong = { address: 'unix:/nonexistent/vm.sock', name: 'g', limits: { total_iops_sec: '5M' } };
  assert.equal((await run('setGroup', wrong))['reason'], 'usage');
  assert.equal((await run('setGroup', { ...wrong, limits: { __proto__x: '5' } }))['reason'], 'usage');
});

test('shutdown lets go of the VM', { skip }, async t => {
  const { client, address, qemu, run } = await vmScene(t, domain(''));
  await run('connect', { address });
  await client.request('shutdown', undefined);
  await free(qemu.sockets[0] ?? '');
});

test('a practice VM plays what is sound in a document that has mistakes, until it is stopped', async t => {
  const client = await LspClient.start(t, { initializationOptions: { trusted: true } });
  const run = runner(client);
  await client.open(URI, domain(group('gold', 500) + group('a b', 100)));
  const started = await run('startPracticeVm', { uri: URI });
  assert.equal(started.ok, true, String(started['message']));
  const address = String(started['address']);
  const again = await run('startPracticeVm', { uri: URI });
  assert.equal(again['address'], address, 'one VM a document');
  const connected = await run('connect', { address });
  assert.deepEqual(
    (connected['groups'] as { name: string }[]).map(({ name }) => name),
    ['gold'],
  );
  await client.change(URI, { text: domain(group('gold', 800)) });
  const plan = await run('plan', { uri: URI, address });
  assert.equal(plan['changes'], 1);
  const applied = await run('apply', { uri: URI, address, hash: plan['hash'] });
  assert.equal(applied['outcome'], 'applied', String(applied['message']));
  assert.equal((await run('stopPracticeVm', { address })).ok, true);
  assert.equal((await run('connect', { address })).ok, false);
});

test('a practice VM leaves no folder behind, however the server ends', async t => {
  for (const end of [
    (client: LspClient) => client.child.stdin?.end(),
    (client: LspClient) => client.child.kill('SIGTERM'),
  ]) {
    const client = await LspClient.start(t, { initializationOptions: { trusted: true } });
    await client.open(URI, domain(group('gold', 500)));
    const started = await runner(client)('startPracticeVm', { uri: URI });
    const folder = dirname(String(started['address']).slice('unix:'.length));
    assert.ok(existsSync(folder));
    end(client);
    await client.exited();
    assert.ok(!existsSync(folder), folder);
  }
});

test('a group of a practice VM is deleted where what it breaks is allowed: it plays one of libvirt’s', async t => {
  const client = await LspClient.start(t, { initializationOptions: { trusted: true } });
  const run = runner(client);
  const disk = `<devices><disk type='file'><target dev='vda' bus='virtio'/><throttlefilters><throttlefilter group='gold'/></throttlefilters></disk></devices>`;
  await client.open(URI, domain(group('gold', 500) + group('spare', 9)).replace('<devices/>', disk));
  const { address } = await run('startPracticeVm', { uri: URI });
  const shown = await run('deleteGroup', { address, name: 'spare' });
  assert.deepEqual(shown['toAllow'], ['breaks-libvirt'], String(shown['message']));
  const confirmed = { address, name: 'spare', confirmed: true, hash: shown['hash'] };
  assert.equal((await run('deleteGroup', confirmed))['outcome'], 'refused');
  const gone = await run('deleteGroup', { ...confirmed, allow: shown['toAllow'] });
  assert.equal(gone['outcome'], 'applied', String(gone['message']));
});

test('without virsh every connection says so, in words of its own', async t => {
  const settings = { virsh: { command: ['/nonexistent/virsh'] } };
  const client = await LspClient.start(t, { initializationOptions: { trusted: true, settings } });
  const listed = await runner(client)('listDomains', {});
  assert.deepEqual(
    (listed['connections'] as { uri: string; domains: []; problem: string }[]).map(
      ({ uri, domains, problem }) => [uri, domains, /\/nonexistent\/virsh/.test(problem)],
    ),
    [
      ['qemu:///system', [], true],
      ['qemu:///session', [], true],
    ],
  );
});

test('a document knows the QEMU that it is connected to until it is disconnected', { skip }, async t => {
  const { client, address, run } = await vmScene(t, domain(group('gold', 500)));
  const told = (): number => client.notifications.filter(isPublished).length;
  const isPublished = ({ method }: { readonly method: string }): boolean =>
    method === 'textDocument/publishDiagnostics';
  await client.until(() => (told() > 0 ? true : undefined));
  for (const change of ['connect', 'disconnect']) {
    const before = told();
    assert.equal((await run(change, { address, uri: URI })).ok, true);
    await client.until(() => (told() > before ? true : undefined));
  }
});
