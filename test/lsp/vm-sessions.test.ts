/** Sessions with VMs: one an address, let go when idle, shared by what runs at the same time. */

import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { SourceText, analyze, soundPart, type Domain } from '../../server/src/engine';
import { VmSessions, type Reach, type SessionOptions } from '../../server/src/lsp/vm-sessions';
import { practiceDomain, startPrivatePracticeVm } from '../../server/src/practice';
import { connectVm } from '../../server/src/vm';

const DOMAIN = `<domain type='kvm'><name>vm</name><throttlegroups><throttlegroup><group_name>gold</group_name>
<total_iops_sec>5</total_iops_sec></throttlegroup></throttlegroups></domain>`;

function domainOf(text: string): Domain {
  const { domain } = analyze(SourceText.of(text));
  assert.ok(domain !== undefined);
  return domain;
}

async function scene(
  t: TestContext,
  more: Partial<SessionOptions> = {},
): Promise<{ reach: Reach; sessions: VmSessions; connections: () => number }> {
  const vm = await startPrivatePracticeVm(practiceDomain(soundPart(domainOf(DOMAIN))));
  t.after(() => vm.stop());
  let connections = 0;
  const sessions = new VmSessions({
    options: () => {
      connections++;
      return { deadline: 2000 };
    },
    ...more,
  });
  t.after(() => sessions.stop());
  const reach = { address: vm.address, mayTaint: false };
  return { reach, sessions, connections: () => connections };
}

const never = new AbortController().signal;

test('uses at the same time share one connection, and so do uses one after the other', async t => {
  const { reach, sessions, connections } = await scene(t);
  const names = await Promise.all(
    [1, 2, 3].map(() => sessions.use(reach, never, ({ session }) => session.read())),
  );
  assert.deepEqual(
    names.map(({ target }) => target.name),
    ['vm', 'vm', 'vm'],
  );
  await sessions.use(reach, never, ({ session }) => session.read());
  assert.equal(connections(), 1);
});

test('an idle session is let go, so that others can connect, and comes back when it is used', async t => {
  const { reach, sessions, connections } = await scene(t, { idleMillis: 1 });
  await sessions.use(reach, never, ({ session }) => session.read());
  // The practice VM serves one client at a time: this one is greeted when ours has left.
  const other = await connectVm(reach.address, { deadline: 10_000 });
  assert.equal(other.state.target.name, 'vm');
  await other.close();
  await sessions.use(reach, never, ({ session }) => session.read());
  assert.equal(connections(), 2);
});

test('a session that is asked to go while it works goes when the work is done', async t => {
  const { reach, sessions } = await scene(t);
  const told: string[] = [];
  let released: Promise<void> | undefined;
  await sessions.use(reach, never, async ({ session }) => {
    released = sessions.release(reach.address).then(() => void told.push('released'));
    await session.read();
    told.push('read');
  });
  await released;
  assert.deepEqual(told, ['read', 'released']);
  await (await connectVm(reach.address, { deadline: 10_000 })).close();
});

test('one that gives up while connecting does not take the others with it', async t => {
  const { reach, sessions } = await scene(t);
  const giveUp = new AbortController();
  const first = sessions.use(reach, giveUp.signal, ({ session }) => session.read());
  const second = sessions.use(reach, never, ({ session }) => session.read());
  giveUp.abort();
  await assert.rejects(first);
  assert.equal((await second).target.name, 'vm');
});

test('a use sees what was said while it lasted', async t => {
  const { reach, sessions } = await scene(t);
  await sessions.use(reach, never, ({ session }) => session.read());
  await sessions.use(reach, never, async ({ session, transcript }) => {
    assert.equal(transcript.length, 0);
    await session.read();
    assert.ok(transcript.some(({ text }) => text.includes('query-name')));
    assert.ok(!transcript.some(({ text }) => text.includes('qmp_capabilities')));
  });
});

test('after a failed connection the next use tries again', async t => {
  const { sessions } = await scene(t);
  const nowhere = { kind: 'unix', path: '/nonexistent/vm.sock' } as const;
  for (let tries = 0; tries < 2; tries++) {
    await assert.rejects(
      sessions.use({ address: nowhere, mayTaint: false }, never, ({ session }) => session.read()),
      /vm\.sock/,
    );
  }
  await sessions.release(nowhere);
});
