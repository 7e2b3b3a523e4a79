import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import {
  connectQmp,
  formatJson,
  isJsonObject,
  jsonMember,
  QmpBusyError,
  QmpCommandError,
  QmpConnectError,
  QmpDisconnectedError,
  QmpGreetingError,
  type JsonValue,
  type QmpEvent,
  type QmpOptions,
} from '../../server/src/qmp';
import { startQemu, type Qemu, type QemuOptions } from '../support/qemu';
import { requireReal } from '../support/real';

const skip = requireReal('qemu-system-x86_64') === undefined;

async function qemuFor(t: TestContext, options: QemuOptions = {}): Promise<Qemu> {
  const qemu = await startQemu(options);
  t.after(() => qemu.stop());
  return qemu;
}

const at = (path: string | undefined, options: QmpOptions = {}) =>
  connectQmp({ kind: 'unix', path: path ?? '' }, options);

const member = (value: JsonValue, key: string): JsonValue | undefined =>
  isJsonObject(value) ? jsonMember(value, key) : undefined;

test('real QEMU: greets, answers, refuses with class and text, and sends a big reply', { skip }, async t => {
  const qemu = await qemuFor(t);
  const sent: string[] = [];
  const client = await at(qemu.sockets[0], { onTranscript: ({ text }) => sent.push(text) });
  t.after(() => client.close());
  const version = await client.execute('query-version');
  assert.deepEqual(member(version, 'qemu'), client.qemu);

  await assert.rejects(client.execute('nosuch'), (error: unknown) => {
    assert(error instanceof QmpCommandError);
    assert.deepEqual(
      [error.command, error.errorClass, error.desc],
      ['nosuch', 'CommandNotFound', 'The command nosuch has not been found'],
    );
    return true;
  });
  const schema = await client.execute('query-qmp-schema');
  assert(formatJson(schema).length > 150_000);
  assert.deepEqual(sent.slice(1, 3), ['{"execute":"qmp_capabilities","id":1}', '{"return": {}, "id": 1}']);
});

test(
  'real QEMU: 300 commands under way at once are answered in order; a group of 2^63-1 reads back exactly',
  { skip },
  async t => {
    const client = await at((await qemuFor(t)).sockets[0]);
    t.after(() => client.close());
    const limits = { 'iops-total': 5, 'iops-size': 9223372036854775807n };
    const order: number[] = [];
    await Promise.all(
      Array.from({ length: 300 }, (_, n) =>
        client
          .execute('object-add', { 'qom-type': 'throttle-group', id: `g${n}`, limits })
          .then(() => order.push(n)),
      ),
    );
    assert.deepEqual(
      order,
      [...order].sort((a, b) => a - b),
    );
    const back = await client.execute('qom-get', { path: '/objects/g299', property: 'limits' });
    assert.equal(member(back, 'iops-size'), 9223372036854775807n);
  },
);

test(
  'real QEMU: the second client of one socket is told that it is busy, and by a second socket it gets in',
  { skip },
  async t => {
    const qemu = await qemuFor(t, { extraQmp: 1 });
    const first = await at(qemu.sockets[0]);
    t.after(() => first.close());
    await assert.rejects(at(qemu.sockets[0], { greetingDeadline: 100 }), (error: unknown) => {
      assert(error instanceof QmpBusyError);
      assert.match(error.message, /one client per socket/);
      assert.match(error.message, /ss -xp/);
      return true;
    });
    const second = await at(qemu.sockets[1]);
    t.after(() => second.close());
    assert.equal(member(await second.execute('query-status'), 'status'), 'prelaunch');
  },
);

test('real QEMU: both clients hear the events, before the reply', { skip }, async t => {
  const qemu = await qemuFor(t, { extraQmp: 1, disks: 1 });
  const first = await at(qemu.sockets[0]);
  const second = await at(qemu.sockets[1]);
  t.after(() => Promise.all([first.close(), second.close()]));
  const heard: string[] = [];
  const resumed = new Promise<QmpEvent>(resolve => second.onEvent(resolve));
  first.onEvent(({ event }) => heard.push(event));
  await first.execute('cont').then(() => heard.push('reply'));
  assert.deepEqual(heard, ['RESUME', 'reply']);
  const event = await resumed;
  assert.equal(event.event, 'RESUME');
  assert(event.timestamp > 1_600_000_000);
});

test(
  'real QEMU: quit while commands are pending fails them, with the reason; afterwards there is no socket',
  { skip },
  async t => {
    const qemu = await qemuFor(t);
    const client = await at(qemu.sockets[0]);
    const closed = new Promise<QmpDisconnectedError>(resolve => client.onClose(resolve));
    const quit = client.execute('quit').catch((error: unknown) => error);
    const behind = Array.from({ length: 50 }, () => client.execute('query-qmp-schema'));
    const results = await Promise.allSettled([quit, ...behind]);
    assert.match((await closed).message, /is gone: QEMU has ended/);
    const last = results.at(-1);
    assert(last?.status === 'rejected' && last.reason instanceof QmpDisconnectedError);
    assert.match(last.reason.message, /query-qmp-schema was not answered; QEMU may have executed it/);
    await assert.rejects(client.execute('query-status'), /query-status was not sent/);
    await qemu.ended;
    await assert.rejects(at(qemu.sockets[0]), { name: 'QmpConnectError', kind: 'no-such-socket' });
  },
);

test(
  'real QEMU: killed in mid-command fails what is pending; its socket is told from others',
  { skip },
  async t => {
    const qemu = await qemuFor(t);
    const client = await at(qemu.sockets[0]);
    const replies = Array.from({ length: 20 }, () => client.execute('query-qmp-schema'));
    const pending = Promise.allSettled(replies);
    await replies[0]; // QEMU is at the second
    await qemu.kill();
    const last = (await pending).at(-1);
    assert(last?.status === 'rejected' && last.reason instanceof QmpDisconnectedError);
    assert.equal(last.reason.sent, true);
    await assert.rejects(at(qemu.sockets[0]), (error: unknown) => {
      assert(error instanceof QmpConnectError);
      assert.equal(error.kind, 'nobody-listening');
      assert.match(error.message, /has ended without removing it/);
      return true;
    });
  },
);

test('real QEMU: the human monitor is recognised, pretty mode is read', { skip }, async t => {
  const folder = await mkdtemp(join(tmpdir(), 'domxml-hmp-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const hmp = join(folder, 'hmp.sock');
  const pretty = join(folder, 'pretty.sock');
  const qemu = await qemuFor(t, {
    args: ['-monitor', `unix:${hmp},server=on,wait=off`, '-qmp-pretty', `unix:${pretty},server=on,wait=off`],
  });
  assert(qemu.pid > 0);
  await assert.rejects(at(hmp), (error: unknown) => {
    assert(error instanceof QmpGreetingError);
    assert.match(error.message, /QEMU's monitor for people/);
    return true;
  });
  const client = await at(pretty);
  t.after(() => client.close());
  assert.equal(member(await client.execute('query-status'), 'running'), false);
  assert.deepEqual(await client.execute('query-block'), []);
});

test('an ordinary file is not taken for the socket of an ended QEMU', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'domxml-file-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'disk.raw');
  await writeFile(path, '');
  await assert.rejects(at(path), { name: 'QmpConnectError', kind: 'not-a-socket' });
});
