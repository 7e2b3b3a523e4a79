import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import {
  connectQmp,
  QmpAbortedError,
  QmpBusyError,
  QmpCommandError,
  QmpDisconnectedError,
  QmpGreetingError,
  QmpProtocolError,
  QmpTimeoutError,
  QmpVersionError,
  type QmpClient,
  type QmpOptions,
} from '../../server/src/qmp';
import { GREETING, scriptedPeer, type PeerConversation } from '../support/qmp-peer';

type Script = (peer: PeerConversation) => Promise<void> | void;

async function connected(t: TestContext, script: Script, options: QmpOptions = {}): Promise<QmpClient> {
  const { address } = await scriptedPeer(t, script);
  const client = await connectQmp(address, options);
  t.after(() => client.close());
  return client;
}

/** Answers each command by the function's text; the connection stays until the client goes. */
const answering =
  (answer: (execute: string, id: number) => string): Script =>
  async peer => {
    for (let command = await peer.next(); command !== undefined; command = await peer.next()) {
      peer.say(answer(command.execute, command.id));
    }
  };

const never = () => undefined;

test('a command gets its return value, over a unix socket and over TCP', async t => {
  for (const options of [{}, { tcp: true as const }]) {
    const { address } = await scriptedPeer(
      t,
      answering((execute, id) => `{"return": "${execute}", "id": ${id}}\r\n`),
      options,
    );
    const client = await connectQmp(address);
    t.after(() => client.close());
    assert.deepEqual(client.qemu, { major: 10, minor: 0, micro: 13 });
    assert.equal(await client.execute('query-name'), 'query-name');
  }
});

test('nothing is sent before the greeting, then qmp_capabilities', async t => {
  let before = '';
  const { address } = await scriptedPeer(
    t,
    async peer => {
      // A first half of the greeting: a client that talks too early would do so now.
      peer.say(GREETING.slice(0, 20));
      await new Promise(resolve => setImmediate(resolve));
      before = peer.heard.text;
      peer.say(GREETING.slice(20));
      const command = await peer.next();
      assert(command?.execute === 'qmp_capabilities');
      peer.reply(command);
    },
    { greets: false },
  );
  const client = await connectQmp(address);
  t.after(() => client.close());
  assert.equal(before, '');
});

test('replies may come in any packets: byte by byte, in mid-character, several in one', async t => {
  const client = await connected(t, async peer => {
    const first = await peer.next();
    const text = Buffer.from(`{"return": "grün 🐳", "id": ${first?.id ?? 0}}\r\n`);
    for (const byte of text) {
      peer.say(Uint8Array.of(byte));
      await new Promise(resolve => setImmediate(resolve));
    }
    const [a, b] = [await peer.next(), await peer.next()];
    peer.say(
      `{"return": 1, "id": ${a?.id ?? 0}}\r\n{"event": "STOP", "timestamp": {"seconds": 5, "microseconds": 250000}}\r\n{"return": 2, "id": ${b?.id ?? 0}}\r\n`,
    );
  });
  const heard: unknown[] = [];
  client.onEvent(event => heard.push(event));
  assert.equal(await client.execute('one'), 'grün 🐳');
  assert.deepEqual(await Promise.all([client.execute('two'), client.execute('three')]), [1, 2]);
  assert.deepEqual(heard, [{ event: 'STOP', data: {}, timestamp: 5.25 }]);
});

test('commands of one turn go in one packet, in order', async t => {
  let heard = { text: '', packets: 0 };
  const client = await connected(t, async peer => {
    peer.heard.packets = 0;
    peer.heard.text = '';
    heard = peer.heard;
    for (let n = 0; n < 50; n++) {
      const command = await peer.next();
      if (command) peer.reply(command, String(n));
    }
  });
  const values = await Promise.all(Array.from({ length: 50 }, () => client.execute('query-status')));
  assert.deepEqual(
    values,
    values.map((_, n) => n),
  );
  assert.equal(heard.packets, 1);
  assert(heard.text.startsWith('{"execute":"query-status","id":2}\n{"execute":"query-status","id":3}\n'));
});

test('a refusal keeps class and words; the connection stays', async t => {
  const client = await connected(
    t,
    answering(
      (_execute, id) =>
        `{"id": ${id}, "error": {"class": "DeviceNotFound", "desc": "Device '/objects/x' not found"}}\r\n`,
    ),
  );
  for (let n = 0; n < 2; n++) {
    await assert.rejects(client.execute('qom-get'), (error: unknown) => {
      assert(error instanceof QmpCommandError);
      assert.equal(error.errorClass, 'DeviceNotFound');
      assert.equal(error.desc, "Device '/objects/x' not found");
      assert.equal(error.message, "QEMU refused qom-get: Device '/objects/x' not found.");
      return true;
    });
  }
});

test('an error without id is for the oldest command', async t => {
  const client = await connected(t, async peer => {
    await peer.next();
    const second = await peer.next();
    peer.say('{"error": {"class": "GenericError", "desc": "JSON parse error, stray"}}\r\n');
    if (second) peer.reply(second, '7');
  });
  const first = client.execute('one');
  const second = client.execute('two');
  await assert.rejects(first, /JSON parse error, stray/);
  assert.equal(await second, 7);
});

test('numbers beyond 2^53 are exact in both directions', async t => {
  let heard = '';
  const client = await connected(t, async peer => {
    const command = await peer.next();
    heard = peer.heard.text;
    if (command) peer.reply(command, '[9223372036854775808, -9223372036854775808, 9007199254740993, 42]');
  });
  const value = await client.execute('x', { size: 9223372036854775808n });
  assert.deepEqual(value, [9223372036854775808n, -9223372036854775808n, 9007199254740993n, 42]);
  assert.match(heard, /"size":9223372036854775808}/);
});

test('a reply of 300 KB in one line', async t => {
  const list = JSON.stringify(Array.from({ length: 12_000 }, (_, n) => `name-of-command-number-${n}`));
  assert(list.length > 300_000);
  const client = await connected(
    t,
    answering((_execute, id) => `{"return": ${list}, "id": ${id}}\r\n`),
  );
  assert.deepEqual(await client.execute('query-qmp-schema'), JSON.parse(list));
});

test('an id of 1e400 comes back as inf, which is not JSON: everything pending fails, the connection ends', async t => {
  const client = await connected(t, async peer => {
    await peer.next();
    await peer.next();
    peer.say('{"return": {}, "id": inf}\r\n');
  });
  const results = await Promise.allSettled([client.execute('a'), client.execute('b')]);
  for (const result of results) {
    assert(result.status === 'rejected' && result.reason instanceof QmpProtocolError);
    assert.match(result.reason.message, /not JSON/);
  }
  assert.equal(client.closed, true);
});

const broken: readonly (readonly [string, string, RegExp])[] = [
  ['a list', '[1]\r\n', /sent "\[1\]"/],
  ['a reply to what was not asked', '{"return": {}, "id": 999}\r\n', /what was not asked/],
  ['a reply without id', '{"return": {}}\r\n', /what was not asked/],
  ['garbage', '\u0000\u0001\u0002\r\n', /not JSON/],
];
for (const [name, text, words] of broken) {
  test(`broken protocol: ${name}`, async t => {
    const client = await connected(t, async peer => {
      await peer.next();
      peer.say(text);
    });
    await assert.rejects(client.execute('a'), (error: unknown) => {
      assert(error instanceof QmpProtocolError);
      assert.match(error.message, words);
      return true;
    });
  });
}

test('endless garbage in one line ends at the limit', async t => {
  const client = await connected(
    t,
    async peer => {
      await peer.next();
      peer.say('x'.repeat(5000));
    },
    { messageLimit: 4000 },
  );
  await assert.rejects(client.execute('a'), /More than 4000 bytes came without the end of a message/);
});

test('a deadline passes; the late reply is dropped and never taken for another command', async t => {
  const client = await connected(t, async peer => {
    const slow = await peer.next();
    const next = await peer.next(); // sent after the deadline of the first
    if (slow) peer.reply(slow, '"late"');
    if (next) peer.reply(next, '"mine"');
  });
  await assert.rejects(client.execute('slow', {}, { deadline: 20 }), (error: unknown) => {
    assert(error instanceof QmpTimeoutError);
    assert.match(error.message, /did not answer slow within 0.02 s/);
    return true;
  });
  assert.equal(await client.execute('next'), 'mine');
});

test('an error without id after a timed-out command is for that one, not for the next', async t => {
  const client = await connected(t, async peer => {
    await peer.next();
    const next = await peer.next();
    peer.say('{"error": {"class": "GenericError", "desc": "JSON parse error"}}\r\n');
    if (next) peer.reply(next, '"mine"');
  });
  await assert.rejects(client.execute('slow', {}, { deadline: 20 }), QmpTimeoutError);
  assert.equal(await client.execute('next'), 'mine');
});

test('an aborted command: after sending it may be executed, before it is not sent', async t => {
  let heard = { text: '' };
  const client = await connected(t, async peer => {
    heard = peer.heard;
    for (let command = await peer.next(); command !== undefined; command = await peer.next()) {
      if (command.execute === 'last') peer.reply(command);
      else abort.abort();
    }
  });
  const abort = new AbortController();
  await assert.rejects(client.execute('sent', {}, { signal: abort.signal }), (error: unknown) => {
    assert(error instanceof QmpAbortedError);
    assert.equal(error.sent, true);
    return true;
  });
  const early = new AbortController();
  const unsent = client.execute('unsent', {}, { signal: early.signal });
  early.abort();
  await assert.rejects(unsent, { name: 'QmpAbortedError', sent: false });
  await assert.rejects(client.execute('unsent', {}, { signal: early.signal }), { sent: false });
  await client.execute('last');
  assert(!heard.text.includes('unsent'));
});

test('what JSON cannot hold is not sent', async t => {
  const client = await connected(
    t,
    answering((_execute, id) => `{"return": 1, "id": ${id}}\n`),
  );
  await assert.rejects(client.execute('a', { id: '\ud800' }), { name: 'QmpProtocolError', sent: false });
  await assert.rejects(client.execute('a', { id: Infinity }), { name: 'QmpProtocolError', sent: false });
  assert.equal(await client.execute('b'), 1);
});

test('the end in mid-command fails everything pending, in whichever way it comes', async t => {
  for (const how of [undefined, 'reset'] as const) {
    const script: Script = async peer => {
      await peer.next();
      await peer.next();
      peer.say('{"event": "SHUTDOWN", "data": {"guest": false, "reason": "host-qmp-quit"}}\r\n{"retu');
      peer.end(how);
    };
    const { address } = await scriptedPeer(t, script, how === 'reset' ? { tcp: true } : {});
    const client = await connectQmp(address, { commandDeadline: 2000 });
    t.after(() => client.close());
    const results = await Promise.allSettled([client.execute('a'), client.execute('b')]);
    for (const result of results) {
      assert(result.status === 'rejected' && result.reason instanceof QmpDisconnectedError);
      assert.match(result.reason.message, /QEMU has ended/);
      assert.equal(result.reason.sent, true);
    }
    await assert.rejects(client.execute('c'), { name: 'QmpDisconnectedError', sent: false });
  }
});

test('closing fails what is pending and may be repeated', async t => {
  const client = await connected(t, never);
  const pending = assert.rejects(client.execute('a'), QmpDisconnectedError);
  const reasons: string[] = [];
  client.onClose(reason => reasons.push(reason.message));
  await client.close();
  await client.close();
  await pending;
  client.onClose(reason => reasons.push(reason.message));
  assert.deepEqual(reasons, [reasons[0], reasons[0]]);
  assert.match(reasons[0] ?? '', /was closed/);
});

test('a listener that throws disturbs nobody', async t => {
  const errors: unknown[] = [];
  const client = await connected(
    t,
    answering((_execute, id) => `{"event": "A"}\n{"event": "B"}\n{"return": 1, "id": ${id}}\n`),
    { onListenerError: error => errors.push(error) },
  );
  const heard: string[] = [];
  client.onEvent(() => {
    throw new Error('listener');
  });
  const stop = client.onEvent(({ event }) => heard.push(event));
  assert.equal(await client.execute('x'), 1);
  stop();
  assert.equal(await client.execute('x'), 1);
  assert.deepEqual(heard, ['A', 'B']);
  assert.equal(errors.length, 4);
});

test('a busy socket accepts and never greets', async t => {
  let heard = { text: '' };
  const { address } = await scriptedPeer(t, peer => void (heard = peer.heard), { greets: false });
  await assert.rejects(connectQmp(address, { greetingDeadline: 30 }), (error: unknown) => {
    assert(error instanceof QmpBusyError);
    assert.match(error.message, /somebody seems to hold this one/);
    return true;
  });
  assert.equal(heard.text, '');
});

const greetings: readonly (readonly [string, string, RegExp])[] = [
  ['SSH', 'SSH-2.0-OpenSSH_9.2\r\n', /SSH server/],
  ['a line of JSON', '{"hello": 1}\r\n', /said "{\\"hello\\": 1}/],
  ['text that never ends a line', 'NBDMAGIC', /NBD server/],
  ['endless text', 'a'.repeat(70_000), /not QMP/],
  ['the human monitor', "QEMU 7.2.22 monitor - type 'help' for more\r\n(qemu) ", /monitor for people/],
];
for (const [name, text, words] of greetings) {
  test(`not QMP: ${name}`, async t => {
    const { address } = await scriptedPeer(t, peer => peer.say(text), { greets: false });
    await assert.rejects(connectQmp(address, { greetingDeadline: 100 }), (error: unknown) => {
      assert(error instanceof QmpGreetingError);
      assert.equal(error.kind, 'not-qmp');
      assert.match(error.message, words);
      return true;
    });
  });
}

test('a connection that ends without a greeting', async t => {
  const { address } = await scriptedPeer(t, peer => peer.end(), { greets: false });
  await assert.rejects(connectQmp(address), { name: 'QmpGreetingError', kind: 'closed' });
});

test('QEMU before 6.0 is refused with words', async t => {
  const greeting = GREETING.replace('"major": 10', '"major": 5').replace('"minor": 0', '"minor": 2');
  const { address } = await scriptedPeer(t, never, { greeting });
  await assert.rejects(connectQmp(address), (error: unknown) => {
    assert(error instanceof QmpVersionError);
    assert.equal(error.version, '5.2.13');
    assert.match(error.message, /At least 6.0 is needed/);
    return true;
  });
});

test('connecting can be interrupted while waiting for the greeting', async t => {
  const abort = new AbortController();
  const { address } = await scriptedPeer(t, () => abort.abort(), { greets: false });
  await assert.rejects(connectQmp(address, { signal: abort.signal }), QmpAbortedError);
  await assert.rejects(connectQmp(address, { signal: abort.signal }), QmpAbortedError);
});

test('each failure to connect has its own kind and words', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'domxml-connect-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const kindOf = (path: string) =>
    connectQmp({ kind: 'unix', path }).then(
      () => 'connected',
      (error: unknown) => (error instanceof Error && 'kind' in error ? error.kind : error),
    );
  assert.equal(await kindOf(join(folder, 'absent')), 'no-such-socket');
  assert.equal(await kindOf(join(folder, 'x'.repeat(108))), 'path-too-long');
  assert.equal(await kindOf(folder), 'not-a-socket');
  assert.equal(await kindOf('/var/lib/libvirt/qemu/domain-1-db01/monitor.sock'), 'libvirt-monitor');
  await assert.rejects(
    connectQmp({ kind: 'unix', path: '/var/lib/libvirt/qemu/domain-12-db01/monitor.sock' }),
    /Use libvirt:db01 instead/,
  );
  await assert.rejects(connectQmp({ kind: 'tcp', host: '127.0.0.1', port: 1 }), { kind: 'nobody-listening' });
  await assert.rejects(connectQmp({ kind: 'tcp', host: 'no-such-host.invalid', port: 1 }), {
    kind: 'name-lookup',
  });
  await chmod(folder, 0);
  const kind = await asNobody(() => kindOf(join(folder, 'absent')));
  await chmod(folder, 0o700);
  assert.equal(kind, 'permission');
});

/** Root may open everything, so tests that run as root step down for a moment. */
async function asNobody<T>(call: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return call();
  process.seteuid?.(65534);
  try {
    return await call();
  } finally {
    process.seteuid?.(0);
  }
}

test('the transcript has every message and no secret', async t => {
  const texts: string[] = [];
  const client = await connected(
    t,
    answering((_execute, id) => `{"return": "geheim", "id": ${id}}\r\n`),
    { onTranscript: ({ direction, text }) => texts.push(`${direction} ${text}`) },
  );
  await client.execute('object-add', { 'qom-type': 'secret', id: 's0', data: 'geheim' });
  await client.execute('set_password', { protocol: 'vnc', password: 'geheim' });
  await client.execute('change-vnc-password', { password: 'geheim' });
  await client.execute('human-monitor-command', { 'command-line': 'set_password vnc geheim' });
  await client.execute('human-monitor-command', { 'command-line': 'object_add secret,id=a,data=geheim,x=y' });
  await client.execute('qom-set', { path: '/objects/s0', property: 'data', value: 'geheim' });
  await client.execute('blockdev-add', {
    driver: 'https',
    url: 'https://me:geheim@host/x',
    file: 'json:{"password": "geheim", "a": 1}',
  });
  const sent = texts.filter(text => text.startsWith('sent'));
  assert(sent.every(text => !text.includes('geheim')));
  assert(
    sent.includes('sent {"execute":"set_password","arguments":{"protocol":"vnc","password":"***"},"id":3}'),
  );
  assert.match(sent.at(-1) ?? '', /https:\/\/me:\*\*\*@host\/x.*\\"a\\": 1/);
  texts.length = 0;
  assert.equal(await client.execute('qom-get', { path: '/objects/s0', property: 'data' }), 'geheim');
  assert.equal(texts[1], 'received {"return":"***","id":9}');
});
