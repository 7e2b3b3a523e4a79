/**
 * Putting a plan on a VM so that the truth is known at the end: fresh reading, drift check, one command after the
 * other, reading back; whatever goes wrong half-way is undone and read back again. No command is ever sent twice
 * because its reply is missing: the VM is read, and what is true decides.
 */

import type { Outcome, Plan, PlanResult, Step, StepState, VmState } from '../engine';
import { listed } from '../engine';
import { QmpAbortedError, QmpCommandError } from '../qmp';
import { errorWords, surelyNotExecuted } from './errors';
import type { Link } from './link';
import { differences, isAfter, isBefore } from './compare';
import type { Finish } from './outcomes';
import { gone, notStarted, stopped, unreadable } from './outcomes';
import { undoSteps } from './undo';

export interface ApplyRequest {
  /** Makes the plan from a state, just as the plan that was shown was made. */
  readonly plan: (state: VmState) => PlanResult;
  /** Hash of the plan that was shown. */
  readonly expect: string;
  /** Cancels between two commands; what was done by then is undone. */
  readonly signal?: AbortSignal;
  /** Before each step: its index from 0, and how many there are. */
  readonly onStep?: (index: number, count: number) => void;
}

/** Never throws. `address` is for words only. */
export async function applyPlan(link: Link, request: ApplyRequest, address: string): Promise<Outcome> {
  let fresh: VmState;
  try {
    fresh = await link.read(request.signal);
  } catch (error) {
    await link.drop();
    if (error instanceof QmpAbortedError)
      return notStarted('cancelled', undefined, [], 'Cancelled. Nothing was sent.');
    const words = `The VM could not be read before the first change: ${errorWords(error)} Nothing was sent.`;
    return notStarted('failed', undefined, [], words);
  }
  const result = planOf(request, fresh);
  if (result.kind === 'refusal') return notStarted('refused', fresh, [], result.refusal.message);
  const { plan } = result;
  if (plan.hash !== request.expect) {
    const words =
      'The VM or the document is not as it was when the plan was made. Nothing was sent. Look at a new plan.';
    return notStarted('drifted', fresh, plan.steps, words);
  }
  if (plan.steps.length === 0) {
    return notStarted(
      'unchanged',
      fresh,
      [],
      'Nothing to do: the groups on the VM are as wanted. Nothing was sent.',
    );
  }
  return run(link, request, plan, fresh, address);
}

/** A plan function that throws is a fault of ours; nothing was sent yet, and that is what counts. */
function planOf(request: ApplyRequest, state: VmState): PlanResult {
  try {
    return request.plan(state);
  } catch (error) {
    return { kind: 'refusal', refusal: { reason: 'unsupported', message: errorWords(error) } };
  }
}

async function run(
  link: Link,
  request: ApplyRequest,
  plan: Plan,
  before: VmState,
  address: string,
): Promise<Outcome> {
  const states = plan.steps.map((): StepState => 'skipped');
  const finish: Finish = { plan, before, states, address };
  const stop = await sendSteps(link, request, plan.steps, states);
  const lost = states.includes('unknown');
  let now: VmState;
  try {
    now = lost ? await link.readAnew() : await link.read().catch(() => link.readAnew());
  } catch (error) {
    return unreadable(finish, stop, error);
  }
  if (!isSameProcess(before, now)) return gone(finish, now);
  settleUnknown(finish, now);
  if (stop?.kind !== 'refused' && plan.groupChanges.every(change => isAfter(now, change))) {
    return applied(finish, now, lost);
  }
  return stopped(finish, stop ?? notAsPlanned(plan, now), await undoSteps(link, finish, now));
}

/** Reading tells whether a command without a reply was executed. */
function settleUnknown({ plan, states }: Finish, now: VmState): void {
  plan.steps.forEach(({ effect }, index) => {
    if (states[index] !== 'unknown' || effect.kind !== 'group') return;
    states[index] = isBefore(now, effect.change) ? 'failed' : 'done';
  });
}

function notAsPlanned(plan: Plan, now: VmState): Stop {
  const names = listed(differences(plan.groupChanges, now, 'after').map(({ object }) => object));
  const words = `All commands were answered, but reading back shows something else than planned: ${names}. Somebody else may have changed it in between.`;
  return { kind: 'not-as-planned', words };
}

/** Why sending ended before the last step was answered. */
export interface Stop {
  readonly kind: 'cancelled' | 'refused' | 'lost' | 'not-as-planned';
  /** A sentence. */
  readonly words: string;
}

/** Sends the steps one after the other and notes in `states` what became of each. Undefined when all were answered. */
async function sendSteps(
  link: Link,
  request: ApplyRequest,
  steps: readonly Step[],
  states: StepState[],
): Promise<Stop | undefined> {
  for (const [index, step] of steps.entries()) {
    if (request.signal?.aborted === true) return { kind: 'cancelled', words: 'Cancelled.' };
    request.onStep?.(index, steps.length);
    try {
      if (step.via === 'qmp') for (const command of step.commands) await link.send(command);
      states[index] = 'done';
    } catch (error) {
      states[index] = surelyNotExecuted(error) ? 'failed' : 'unknown';
      const kind = error instanceof QmpCommandError ? 'refused' : 'lost';
      return { kind, words: `${step.summary}: ${errorWords(error)}` };
    }
  }
  return undefined;
}

function applied({ plan, states, before }: Finish, now: VmState, lost: boolean): Outcome {
  const count = plan.groupChanges.length;
  const what = count === 1 ? 'The change is' : `All ${count} changes are`;
  return {
    outcome: 'applied',
    target: before.target,
    steps: plan.steps.map(({ kind, summary }, index) => ({ kind, summary, state: states[index] ?? 'done' })),
    state: now,
    differs: [],
    message: `${what} in force and ${count === 1 ? 'was' : 'were'} read back.${lost ? ' A reply was lost on the way; reading the VM showed that its command was executed.' : ''}`,
  };
}

/** Where a process cannot be told, name and uuid must do. */
const isSameProcess = (before: VmState, now: VmState): boolean =>
  before.process === now.process &&
  before.target.uuid === now.target.uuid &&
  before.target.name === now.target.name;
