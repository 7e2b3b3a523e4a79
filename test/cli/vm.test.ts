/** plan, apply and groups against real QEMU, and what they do where there is no VM to speak to. */

import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test, type TestContext } from 'node:test';
import { connectQmp } from '../../server/src/qmp';
import { setLimits } from '../support/live';
import { startQemu } from '../support/qemu';
import { requireReal } from '../support/real';
import { GOOD, SAMPLES, domxml, onTerminal, outputOf, startDomxml, temporaryFolder } from './domxml';
import { APPLY_SHAPE, DISKS_SHAPE, PLAN_SHAPE, assertShape } from './shape';

const DB01 = join(SAMPLES, 'db01.domain.xml');
const IDENTITY = ['-name', 'db01', '-uuid', '5b6d7f2a-1c2d-4e3f-8a9b-0c1d2e3f4a5b'];

interface PlanJson {
  readonly hash: string;
  readonly changes: number;
  readonly target: { readonly name: string };
  readonly steps: readonly { readonly kind: string }[];
}
interface ApplyJson {
  readonly outcome: string;
  readonly message: string;
  readonly steps: readonly { readonly state: string }[];
  readonly state: { readonly groups: Readonly<Record<string, Readonly<Record<string, number>>>> } | null;
}

function planJson(stdout: string): PlanJson {
  const value: unknown = JSON.parse(stdout);
  assertShape(value, PLAN_SHAPE);
  return value as PlanJson;
}

function applyJson(stdout: string): ApplyJson {
  const value: unknown = JSON.parse(stdout);
  assertShape(value, APPLY_SHAPE);
  return value as ApplyJson;
}

/** A peer that only counts who connects. */
async function listener(
  t: TestContext,
): Promise<{ readonly address: string; readonly connections: () => number }> {
  let connections = 0;
  const server: Server = createServer(socket => {
    connections++;
    socket.destroy();
  });
  const path = join(await temporaryFolder(t), 'vm.sock');
  server.listen(path);
  await once(server, 'listening');
  t.after(() => server.close());
  return { address: `unix:${path}`, connections: () => connections };
}

for (const words of [
  ['apply', DB01],
  ['apply', '--allow', 'other-domain', '--format', 'json', DB01],
  ['groups', 'set', 'gold', '--total-iops-sec', '5'],
  ['groups', 'delete', 'gold'],
]) {
  test(`domxml ${words.slice(0, 2).join(' ')}: without --yes and without a terminal it connects to nothing`, async t => {
    const vm = await listener(t);
    const { code, stdout, stderr } = await domxml([...words, '--vm', vm.address]);
    assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
    assert.match(stderr, /give --yes to accept the plan/);
    assert.equal(vm.connections(), 0);
  });
}

for (const { what, words, says } of [
  { what: 'no address', words: ['--vm', '/run/vm.sock'], says: /write unix: before its path/ },
  { what: 'a port that is none', words: ['--vm', 'tcp:localhost:99999'], says: /port from 1 to 65535/ },
  { what: 'an empty address', words: ['--vm', ''], says: /No address given/ },
  {
    what: '--config on a socket',
    words: ['--vm', 'unix:/x', '--config'],
    says: /reaches the running VM only/,
  },
]) {
  test(`${what} is a mistake in the arguments: plan exits 1, apply 2`, async () => {
    const plan = await domxml(['plan', ...words, DB01]);
    const apply = await domxml(['apply', '--yes', ...words, DB01]);
    assert.deepEqual([plan.code, apply.code, plan.stdout, apply.stdout], [1, 2, '', '']);
    assert.match(plan.stderr, says);
    assert.match(apply.stderr, says);
  });
}

for (const { what, words, says } of [
  { what: 'no socket', words: ['--vm', 'unix:/nonexistent/vm.sock', DB01], says: /no socket|no such/i },
  {
    what: 'libvirt',
    words: ['--vm', 'libvirt:db01@foo:///system', '--live', DB01],
    says: /virsh|foo:\/\/\/system/,
  },
  { what: 'another host', words: ['--vm', 'tcp:192.0.2.1:4444', DB01], says: /is on another host/ },
  {
    what: 'no document',
    words: ['--vm', 'unix:/x', '/nonexistent/a.xml'],
    says: /cannot be read: there is no such file/,
  },
]) {
  test(`${what}: plan and apply say so and exit 1, in JSON as well`, async () => {
    for (const command of [['plan'], ['apply', '--yes']]) {
      const text = await domxml([...command, ...words]);
      assert.equal(text.code, 1);
      assert.match(text.stderr + text.stdout, says);
      const json = await domxml([...command, ...words, '--format', 'json']);
      assert.equal(json.code, 1);
      assert.match(json.stdout, says);
      if (command[0] === 'apply') assert.ok(['failed', 'refused'].includes(applyJson(json.stdout).outcome));
    }
  });
}

test('a document with mistakes is refused before anything is connected', async t => {
  const vm = await listener(t);
  const mistakes = join(SAMPLES, 'db01-with-mistakes.domain.xml');
  for (const command of [['plan'], ['apply', '--yes']]) {
    const { code, stderr, stdout } = await domxml([...command, '--vm', vm.address, mistakes]);
    assert.equal(code, 1);
    assert.match(stdout + stderr, /The document has an error in what would be sent, in line \d+/);
  }
  assert.equal(vm.connections(), 0);
});

test('groups set judges the limits before it connects', async t => {
  const vm = await listener(t);
  for (const { words, says } of [
    { words: [], says: /no limit is given/ },
    { words: ['--total-iops-sec', '1k'], says: /--total-iops-sec '1k' is no number; write digits only/ },
    { words: ['--total-iops-sec', '-1'], says: /'-1' is no number/ },
    { words: ['--total-bytes-sec', '5 potatoes'], says: /'5 potatoes' is no number/ },
    { words: ['--total-iops', '5'], says: /unknown option '--total-iops'; did you mean --total-iops-sec/ },
  ]) {
    const { code, stderr } = await domxml(['groups', 'set', '--vm', vm.address, '--yes', 'g', ...words]);
    assert.equal(code, 2);
    assert.match(stderr, says);
  }
  assert.equal(vm.connections(), 0);
});

const noQemu =
  requireReal('qemu-system-x86_64') === undefined ? 'qemu-system-x86_64 is not installed' : false;

async function db01(t: TestContext): Promise<string> {
  const qemu = await startQemu({ args: IDENTITY });
  t.after(() => qemu.stop());
  return `unix:${qemu.sockets[0] ?? ''}`;
}

test('QEMU: plan, apply, plan again', { skip: noQemu }, async t => {
  const vm = await db01(t);
  const before = await domxml(['plan', '--vm', vm, '--format', 'json', '--detailed-exitcode', DB01]);
  assert.equal(before.code, 2, 'there are changes');
  const plan = planJson(before.stdout);
  assert.deepEqual([plan.changes, plan.steps.length, plan.target.name], [3, 3, 'db01']);
  assert.equal((await domxml(['plan', '--vm', vm, DB01])).code, 0, 'without --detailed-exitcode');

  const applied = await domxml([
    'apply',
    '--vm',
    vm,
    '--yes',
    '--expect',
    plan.hash,
    '--format',
    'json',
    DB01,
  ]);
  assert.equal(applied.code, 0);
  const outcome = applyJson(applied.stdout);
  assert.equal(outcome.outcome, 'applied');
  assert.deepEqual(
    outcome.steps.map(({ state }) => state),
    ['done', 'done', 'done'],
  );
  assert.equal(outcome.state?.groups['gold']?.['total_iops_sec_max'], 6000);
  assert.equal(Object.keys(outcome.state.groups['gold']).length, 19, 'all limits, by their XML names');
  assert.match(applied.stderr, /^Plan: /m, 'the plan is shown on stderr');

  const after = await domxml(['plan', '--vm', vm, '--detailed-exitcode', '--format', 'json', DB01]);
  assert.deepEqual([after.code, planJson(after.stdout).changes], [0, 0]);
  const again = await domxml(['apply', '--vm', vm, '--yes', DB01]);
  assert.equal(again.code, 0);
  assert.match(again.stdout, /^unchanged: /);
});

test(
  'QEMU: a plan that is no longer the one expected is drift, and nothing is written',
  { skip: noQemu },
  async t => {
    const vm = await db01(t);
    const { hash } = planJson((await domxml(['plan', '--vm', vm, '--format', 'json', DB01])).stdout);
    assert.equal(
      (await domxml(['groups', 'set', '--vm', vm, '--yes', 'gold', '--total-iops-sec', '7'])).code,
      0,
    );
    const { code, stdout } = await domxml([
      'apply',
      '--vm',
      vm,
      '--yes',
      '--expect',
      hash,
      '--format',
      'json',
      DB01,
    ]);
    assert.equal(code, 1);
    const outcome = applyJson(stdout);
    assert.equal(outcome.outcome, 'drifted');
    assert.deepEqual(Object.keys(outcome.state?.groups ?? {}), ['gold']);
  },
);

test('QEMU: another domain is refused, unless that is allowed', { skip: noQemu }, async t => {
  const vm = await db01(t);
  const words = ['--vm', vm, '--yes', '--format', 'json', '-'];
  const refused = await domxml(['apply', ...words], { stdin: GOOD });
  assert.deepEqual([refused.code, applyJson(refused.stdout).outcome], [1, 'refused']);
  const allowed = await domxml(['apply', '--allow', 'other-domain', ...words], { stdin: GOOD });
  assert.deepEqual([allowed.code, applyJson(allowed.stdout).outcome], [0, 'applied']);
});

test('QEMU: --prune deletes the groups that the document does not name', { skip: noQemu }, async t => {
  const vm = await db01(t);
  await domxml(['groups', 'set', '--vm', vm, '--yes', 'old', '--total-iops-sec', '7']);
  const kept = await domxml(['apply', '--vm', vm, '--yes', '--format', 'json', DB01]);
  assert.ok('old' in (applyJson(kept.stdout).state?.groups ?? {}));
  const pruned = await domxml(['apply', '--vm', vm, '--yes', '--prune', '--format', 'json', DB01]);
  assert.deepEqual(Object.keys(applyJson(pruned.stdout).state?.groups ?? {}).sort(), [
    'bulk',
    'gold',
    'silver',
  ]);
});

test('QEMU: groups set, list, info, delete', { skip: noQemu }, async t => {
  const vm = ['--vm', await db01(t)];
  const set = await domxml([
    'groups',
    'set',
    ...vm,
    '--yes',
    'g1',
    '--total-bytes-sec',
    '50MiB',
    '--read-iops-sec=9',
  ]);
  assert.deepEqual([set.code, /^applied: /.test(set.stdout)], [0, true], set.stdout + set.stderr);
  const list = await domxml(['groups', 'list', ...vm]);
  assert.deepEqual([list.code, list.stdout], [0, 'g1  read 9 IOPS; 50 MiB/s  (not used)\n']);
  const info = await domxml(['groups', 'info', ...vm, 'g1', '--format', 'json']);
  const { group } = JSON.parse(info.stdout) as {
    group: { limits: Record<string, number>; usedBy: string[] };
  };
  assert.equal(group.limits['total_bytes_sec'], 50 * 1024 * 1024);
  assert.deepEqual([Object.keys(group.limits).length, group.usedBy], [19, []]);

  const wrong = await domxml(['groups', 'set', ...vm, '--yes', 'g1', '--total-iops-sec-max', '5']);
  assert.equal(wrong.code, 1);
  assert.match(wrong.stdout, /^refused: /);
  const deleted = await domxml(['groups', 'delete', ...vm, '--yes', 'g1']);
  assert.equal(deleted.code, 0);
  assert.equal((await domxml(['groups', 'info', ...vm, 'g1'])).code, 1);
  assert.equal((await domxml(['groups', 'delete', ...vm, '--yes', 'g1'])).code, 1);
});

test(
  'QEMU: chains of a document are put on the disks; disks shows them; a used group is not deleted',
  { skip: noQemu },
  async t => {
    const qemu = await startQemu({ disks: 2, args: ['-name', 'vm1'] });
    t.after(() => qemu.stop());
    const vm = ['--vm', `unix:${qemu.sockets[0] ?? ''}`];
    const document = GOOD.replace('/tmp/a.raw', qemu.images[0] ?? '');
    const plan = await domxml(['plan', ...vm, '-'], { stdin: document });
    assert.match(plan.stdout, /2 changes:\n {2}Create gold: 100 IOPS\n {2}Put filters on vda: gold\n/);
    assert.match(plan.stdout, /"driver":"throttle","node-name":"domxml-1-filter"/);
    const applied = await domxml(['apply', ...vm, '--yes', '-'], { stdin: document });
    assert.equal(applied.code, 0, applied.stdout + applied.stderr);
    const disks = await domxml(['disks', ...vm]);
    assert.equal(disks.code, 0);
    assert.match(
      disks.stdout,
      /^virtio-disk0, virtio\n {2}filters: gold\n {2}image: \/.*disk0\.raw\nvirtio-disk1, virtio\n {2}filters: none\n/,
    );
    const json = JSON.parse((await domxml(['disks', ...vm, '--format', 'json'])).stdout) as unknown;
    assertShape(json, DISKS_SHAPE);
    const deleted = await domxml(['groups', 'delete', ...vm, '--yes', 'gold']);
    assert.equal(deleted.code, 1);
    assert.match(deleted.stdout, /Group gold is used by virtio-disk0 and cannot be deleted/);
    const again = await domxml(['plan', ...vm, '--detailed-exitcode', '-'], { stdin: document });
    assert.equal(again.code, 0, again.stdout);
  },
);

test(
  'QEMU: the last change is taken back, and done again; of what was changed since nothing',
  { skip: noQemu },
  async t => {
    const qemu = await startQemu({ disks: 2, args: ['-name', 'vm1'] });
    t.after(() => qemu.stop());
    const vm = ['--vm', `unix:${qemu.sockets[0] ?? ''}`];
    const none = await domxml(['undo', ...vm, '--yes']);
    assert.deepEqual(
      [none.code, /^refused: There is no change to take back at unix:/.test(none.stdout)],
      [1, true],
    );
    const document = GOOD.replace('/tmp/a.raw', qemu.images[0] ?? '');
    assert.equal((await domxml(['apply', ...vm, '--yes', '-'], { stdin: document })).code, 0);
    const planned = async (): Promise<string> =>
      (await domxml(['plan', ...vm, '--detailed-exitcode', '-'], { stdin: document })).stdout;
    assert.match(await planned(), /Nothing to do/);

    const undone = await domxml(['undo', ...vm, '--yes']);
    assert.equal(undone.code, 0, undone.stdout + undone.stderr);
    assert.match(
      undone.stderr,
      /2 changes:\n {2}Delete gold \(was 100 IOPS\)\n {2}Take the filters off vda \(were gold\)\n/,
    );
    assert.match(await planned(), /2 changes:\n {2}Create gold: 100 IOPS\n {2}Put filters on vda: gold\n/);
    const again = await domxml(['undo', ...vm, '--yes']);
    assert.equal(again.code, 0, again.stdout + again.stderr);
    assert.match(await planned(), /Nothing to do/);

    // Somebody else, over another connection, whom nobody here has heard of.
    const other = await connectQmp({ kind: 'unix', path: qemu.sockets[0] ?? '' });
    await setLimits(other, 'throttle-gold', { total_iops_sec: 77n });
    await other.close();
    const rest = await domxml(['undo', ...vm, '--yes']);
    assert.match(rest.stderr, /Group gold was changed again since, and is left as it is/);
    assert.match((await domxml(['groups', 'list', ...vm])).stdout, /^gold .*77 IOPS/m);
  },
);

test('QEMU: what breaks operations of libvirt needs --allow', { skip: noQemu }, async t => {
  const node = '{"driver":"null-co","node-name":"libvirt-1-format","size":67108864}';
  const args = [
    '-name',
    'vm1',
    '-blockdev',
    node,
    '-device',
    'virtio-blk-pci,id=virtio-disk7,drive=libvirt-1-format',
  ];
  const qemu = await startQemu({ disks: 1, args });
  t.after(() => qemu.stop());
  const words = ['--vm', `unix:${qemu.sockets[0] ?? ''}`, '--yes', '-'];
  const document = GOOD.replace("<target dev='vda' bus='virtio'/>", "<target dev='vdh' bus='virtio'/>");
  const refused = await domxml(['apply', ...words], { stdin: document });
  assert.equal(refused.code, 1);
  assert.match(refused.stdout, /^refused: .*blockcommit and blockcopy fail.*--allow breaks-libvirt/);
  const allowed = await domxml(['apply', '--allow', 'breaks-libvirt', ...words], { stdin: document });
  assert.equal(allowed.code, 0, allowed.stdout);
});

test('disks of a VM that is not there: exit 1, and JSON says why', async () => {
  const { code, stdout } = await domxml(['disks', '--vm', 'unix:/nonexistent/vm.sock', '--format', 'json']);
  assert.equal(code, 1);
  assert.match(stdout, /"refusal": \{\s+"reason": "failed"/);
});

for (const name of [
  "it's",
  'a b',
  '../x',
  '-rf',
  '$(id)',
  'new\nline',
  '__proto__',
  '日本',
  '',
  '\u001b[31m',
]) {
  test(
    `QEMU: a group called ${JSON.stringify(name)} is refused or set, never misread`,
    { skip: noQemu },
    async t => {
      const vm = await db01(t);
      const words = [
        'groups',
        'set',
        '--vm',
        vm,
        '--yes',
        '--total-iops-sec',
        '5',
        '--format',
        'json',
        '--',
        name,
      ];
      const { code, stdout, stderr } = await domxml(words);
      const { outcome, state } = applyJson(stdout);
      assert.doesNotMatch(stdout + stderr, /\u001b/);
      if (/^[A-Za-z0-9._-]+$/.test(name)) {
        assert.deepEqual([code, outcome, Object.keys(state?.groups ?? {})], [0, 'applied', [name]]);
      } else {
        assert.deepEqual([code, outcome], [1, 'refused']);
      }
    },
  );
}

test(
  'QEMU: Ctrl-D and anything but y at the question writes nothing; y writes',
  { skip: noQemu || noScript() },
  async t => {
    const vm = await db01(t);
    for (const { answer, outcome } of [
      { answer: '\n', outcome: 'cancelled' },
      { answer: 'no\n', outcome: 'cancelled' },
      { answer: '\u0004', outcome: 'cancelled' },
      { answer: '\u0003', outcome: 'cancelled' },
      { answer: 'y\n', outcome: 'applied' },
    ]) {
      assert.match(await onTerminal(['apply', '--vm', vm, DB01], answer), new RegExp(`^${outcome}: `, 'm'));
    }
  },
);

function noScript(): string | false {
  return process.platform === 'linux' ? false : 'script(1) of util-linux gives the terminal, on Linux only';
}

/** A socket between `domxml` and QEMU: every line for QEMU waits until `look` is done with it. */
async function proxy(t: TestContext, vm: string, look: (line: string) => Promise<void>): Promise<string> {
  const path = join(await temporaryFolder(t), 'proxy.sock');
  const server = createServer(client => {
    const qemu = createConnection(vm.replace(/^unix:/, ''));
    qemu.pipe(client);
    for (const socket of [client, qemu]) socket.on('error', () => socket.destroy());
    void passOn(client, qemu, look);
  }).listen(path);
  await once(server, 'listening');
  t.after(() => server.close());
  return `unix:${path}`;
}

async function passOn(from: Socket, to: Socket, look: (line: string) => Promise<void>): Promise<void> {
  for await (const line of createInterface({ input: from })) {
    await look(line);
    to.write(`${line}\n`);
  }
  to.end();
}

/** Until a process has written `words` on stderr. */
async function said(child: ChildProcess, words: string): Promise<void> {
  assert.ok(child.stderr);
  for (let text = ''; !text.includes(words);) text += String((await once(child.stderr, 'data'))[0]);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(
    `QEMU: ${signal} in the middle of an apply undoes what was done and says so`,
    { skip: noQemu },
    async t => {
      const vm = await db01(t);
      const CANCELLING = 'cancelling after the command under way';
      let additions = 0;
      const address = await proxy(t, vm, async line => {
        if (!line.includes('"object-add"') || ++additions > 1) return;
        // A signal may arrive later than QEMU's answers to all that is left, so that nothing would be cancelled.
        const heard = said(child, CANCELLING);
        child.kill(signal);
        await heard;
      });
      const child = startDomxml(['apply', '--vm', address, '--yes', '--format', 'json', DB01]);
      const { code, stdout, stderr } = await outputOf(child);
      const outcome = applyJson(stdout);
      assert.equal(code, 1);
      assert.ok(['cancelled', 'rolled-back'].includes(outcome.outcome), stdout);
      assert.deepEqual(outcome.state?.groups, {});
      assert.ok(stderr.includes(CANCELLING), stderr);
      assert.equal(additions, 1, 'nothing was sent after it');
      const { stdout: list } = await domxml(['groups', 'list', '--vm', vm, '--format', 'json']);
      assert.deepEqual((JSON.parse(list) as { groups: unknown[] }).groups, []);
    },
  );
}

test('Ctrl-C while the VM does not answer ends the command in order', async t => {
  const path = join(await temporaryFolder(t), 'vm.sock');
  const server = createServer(socket => {
    // A peer that is connected but never greets, as a busy socket is.
    socket.on('error', () => undefined);
    child.kill('SIGINT');
  }).listen(path);
  await once(server, 'listening');
  t.after(() => server.close());
  const child = startDomxml(['apply', '--vm', `unix:${path}`, '--yes', '--format', 'json', DB01]);
  const { code, stdout } = await outputOf(child);
  assert.deepEqual([code, applyJson(stdout).outcome], [1, 'cancelled']);
});

test('QEMU: a reader of the plan that goes away does not stop an apply', { skip: noQemu }, async t => {
  const vm = await db01(t);
  const child = startDomxml(['apply', '--vm', vm, '--yes', DB01]);
  child.stdout?.destroy();
  child.stderr?.destroy();
  assert.equal((await outputOf(child)).code, 0);
  const { stdout } = await domxml(['groups', 'list', '--vm', vm]);
  assert.match(stdout, /^gold /m);
});
