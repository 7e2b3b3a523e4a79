/** qemu-storage-daemon has groups and filters, but no name, no CPUs and no run state. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { planSetGroup } from '../../server/src/engine';
import { hashOfPlan, sessionAt } from '../support/live';
import { requireReal } from '../support/real';

const skip = requireReal('qemu-storage-daemon') === undefined;

test('a group of a storage daemon is set and read back', { skip }, async t => {
  const folder = await mkdtemp(join(tmpdir(), 'domxml-qsd-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const [socket, ready] = [join(folder, 'qmp.sock'), join(folder, 'ready.pid')];
  const daemon = spawn(
    'qemu-storage-daemon',
    [
      '--chardev',
      `socket,id=c,path=${socket},server=on,wait=off`,
      '--monitor',
      'chardev=c',
      '--daemonize',
      '--pidfile',
      ready,
    ],
    { stdio: 'ignore' },
  );
  // --daemonize returns when the daemon listens.
  const [code] = (await once(daemon, 'exit')) as [number | null];
  assert.equal(code, 0);
  const pid = Number(await readFile(ready, 'utf8'));
  t.after(() => process.kill(pid));
  const session = await sessionAt(t, socket);
  assert.equal(session.state.process, null);
  const plan = (state: typeof session.state) => planSetGroup(state, 'gold', { total_iops_sec: 5n });
  const outcome = await session.apply({ plan, expect: hashOfPlan(plan(session.state)) });
  assert.equal(outcome.outcome, 'applied', outcome.message);
  assert.equal(outcome.state?.groups[0]?.limits.total_iops_sec, 5n);
});
