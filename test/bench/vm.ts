/** Reading and pushing 200 groups, beside a bare socket client that sends the same bytes to the same QEMU. */

import {
  SourceText,
  analyze,
  desiredGroups,
  makePlan,
  type PlanResult,
  type VmState,
} from '../../server/src/engine';
import type { VmSession } from '../../server/src/vm';
import { startQemu, type Qemu } from '../support/qemu';
import { inMilliseconds, measure, printTable } from './measure';
import { connect, Recorder, replay, type Exchange } from './recorder';

const GROUPS = 200;

export async function benchVm(): Promise<void> {
  let qemu: Qemu;
  try {
    qemu = await startQemu({ disks: 1 });
  } catch (error) {
    console.log(
      `Reading and pushing groups is left out: QEMU does not start (${error instanceof Error ? error.message : String(error)}).\n`,
    );
    return;
  }
  try {
    const path = qemu.sockets[0] ?? '';
    const recorder = new Recorder();
    const session = await connect(path, recorder);
    const push = await pushAll(session, recorder);
    let reads: Exchange = [];
    const read = await measure(15, async () => {
      reads = await recorder.during(() => session.read());
    });
    await session.close();
    const bareRead = await measure(15, () => replay(path, reads));
    const barePush = await measure(10, () => replay(path, push.bytes));
    console.log(`${GROUPS} groups on a real QEMU, all of them changed (milliseconds, the minimum)\n`);
    printTable(
      ['', 'ours', 'a bare socket client, same bytes', 'ratio'],
      [
        [
          'read',
          inMilliseconds(read.min),
          inMilliseconds(bareRead.min),
          (read.min / bareRead.min).toFixed(2),
        ],
        [
          'push and read back',
          inMilliseconds(push.min),
          inMilliseconds(barePush.min),
          (push.min / barePush.min).toFixed(2),
        ],
      ],
    );
  } finally {
    await qemu.stop();
  }
}

async function pushAll(session: VmSession, recorder: Recorder): Promise<{ min: number; bytes: Exchange }> {
  let bytes: Exchange = [];
  const times = await measure(10, async round => {
    const plan = (state: VmState): PlanResult => planFor(round, state);
    bytes = await recorder.during(async () => {
      const result = plan(await session.read());
      if (result.kind !== 'plan') throw new Error(result.refusal.message);
      const outcome = await session.apply({ plan, expect: result.plan.hash });
      if (outcome.outcome !== 'applied') throw new Error(outcome.message);
    });
  });
  return { min: times.min, bytes };
}

function planFor(round: number, state: VmState): PlanResult {
  const groups = Array.from(
    { length: GROUPS },
    (_, index) =>
      `<throttlegroup><group_name>bench${index}</group_name><total_iops_sec>${1000 + index + round}</total_iops_sec></throttlegroup>`,
  );
  const analysis = analyze(
    SourceText.of(
      `<domain type='kvm'><name>bench</name><throttlegroups>${groups.join('')}</throttlegroups></domain>`,
    ),
  );
  const desired = desiredGroups(analysis);
  if (desired.kind === 'refusal') throw new Error(desired.refusal.message);
  return makePlan(desired.desired, state);
}
