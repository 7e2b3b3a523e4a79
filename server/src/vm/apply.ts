/**
 * Putting a plan on a VM so that the truth is known at the end: fresh reading, drift check, one command after the
 * other, reading back; whatever goes wrong half-way is undone and read back again. No command is ever sent twice
 * because its reply is missing: the VM is read, and what is true decides.
 */

import type { Outcome, Plan, PlanResult, QmpStep, Step, StepState, VmState } from '../engine';
import { cleanupOf, leftoversOf, listed } from '../engine';
import { QmpAbortedError, QmpCommandError } from '../qmp';
import { errorWords, surelyNotExecuted, VmGuardError, VmUnplugError } from './errors';
import { GuardedLink } from './guarded';
import type { Link } from './link';
import { differences, effectsOf, isAfter, isBefore } from './compare';
import type { Finish } from './outcomes';
import { gone, notStarted, pending, stopped, unreadable, withGuest } from './outcomes';
import { letRunOn } from './resume';
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
      'Nothing to do: groups and disks on the VM are as wanted. Nothing was sent.',
    );
  }
  return run(link, request, plan, fresh, address);
}

/** The plan from a fresh reading. One that throws is a fault of ours; nothing was sent yet, and that is what counts. */
export function planOf(request: ApplyRequest, state: VmState): PlanResult {
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
  const finish: Finish = { plan, before, states, address, guest: 'untouched' };
  const stop = await sendSteps(link, request, finish);
  const outcome = await settle(link, finish, stop);
  return finish.guest === 'paused'
    ? withGuest(finish, outcome, await letRunOn(link, before.process))
    : outcome;
}

/** What has become of the plan, after everything that went wrong was undone. */
async function settle(link: Link, finish: Finish, stop: Stop | undefined): Promise<Outcome> {
  const { plan, before, states } = finish;
  const lost = states.includes('unknown');
  let now: VmState;
  try {
    now = lost ? await link.readAnew() : await link.read().catch(() => link.readAnew());
    if (lost) now = await whenUnplugged(link, finish, now);
    if (!isSameProcess(before, now)) return gone(finish, now);
    if (finish.guest === 'paused' && now.runState === 'running') finish.guest = 'resumed';
    if (stop?.kind === 'pending') {
      // Where filters were opened for it, they hold back again.
      return pending(finish, stop, await undoSteps(link, finish, now));
    }
    settleUnknown(finish, now);
    if (mayStand(stop, plan, now)) {
      now = await completed(link, finish, now);
      if (differences(plan, before, now, 'after').length === 0) return applied(finish, now, lost);
    }
  } catch (error) {
    return unreadable(finish, stop, error);
  }
  return stopped(finish, stop ?? notAsPlanned(finish, now), await undoSteps(link, finish, now));
}

/**
 * After a device_del without a reply: QEMU may have got it, and then a device that needs no answer of its guest goes a
 * moment later. Reads until it is gone, or for as long as that could take.
 */
async function whenUnplugged(link: Link, { plan, states }: Finish, now: VmState): Promise<VmState> {
  const asked = plan.steps.find(({ kind }, index) => kind === 'detach-disk' && states[index] === 'unknown');
  let state = now;
  for (let waited = 0; asked !== undefined && waited < UNPLUG_MOMENT; waited += UNPLUG_POLL) {
    if (isAfter(state, asked.effect)) break;
    await new Promise(resolve => setTimeout(resolve, UNPLUG_POLL));
    state = await link.read().catch(() => link.readAnew());
  }
  return state;
}

/** Milliseconds; a SCSI disk was gone within some tens of them (measured with 7.2, 10.0 and 11.1). */
const UNPLUG_MOMENT = 2000;
const UNPLUG_POLL = 100;

/** Whether the plan is in force, apart from what is left to clear away: nothing was refused, nobody cancelled. */
const mayStand = (stop: Stop | undefined, plan: Plan, now: VmState): boolean =>
  (stop === undefined || stop.kind === 'lost') && effectsOf(plan).every(effect => isAfter(now, effect));

/**
 * After a lost reply: what a step could not clear away any more, and requests that were still to be woken. Nothing of
 * it is sent blindly, for the VM was read. Gives what is true then.
 */
async function completed(link: Link, { plan, before, states }: Finish, now: VmState): Promise<VmState> {
  const guarded = new GuardedLink(link, now);
  const cleanup = cleanupOf(leftoversOf(plan, before, now));
  const wakes = plan.steps.flatMap((step, index) =>
    step.kind === 'wake-waiting' && step.via === 'qmp' && states[index] !== 'done' ? [{ step, index }] : [],
  );
  if (cleanup.length === 0 && wakes.length === 0) return now;
  try {
    for (const command of cleanup) await guarded.send(command);
    for (const { step, index } of wakes) {
      for (const command of step.commands) await guarded.send(command);
      states[index] = 'done';
    }
  } catch {
    // Reading tells what came of it.
  }
  return link.read().catch(() => link.readAnew());
}

/** Reading tells whether a command without a reply was executed. */
function settleUnknown({ plan, states }: Finish, now: VmState): void {
  plan.steps.forEach(({ effect, kind }, index) => {
    if (states[index] !== 'unknown') return;
    if (effect.kind !== 'none') states[index] = isBefore(now, effect) ? 'failed' : 'done';
    else if (kind === 'resume') states[index] = now.runState === 'running' ? 'done' : 'failed';
    else if (kind === 'pause') states[index] = now.runState === 'running' ? 'failed' : 'done';
  });
}

function notAsPlanned({ plan, before }: Finish, now: VmState): Stop {
  const names = listed(differences(plan, before, now, 'after').map(({ object }) => object));
  const words = `All commands were answered, but reading back shows something else than planned: ${names}. Somebody else may have changed it in between.`;
  return { kind: 'not-as-planned', words };
}

/** Why sending ended before the last step was answered. */
export interface Stop {
  readonly kind: 'cancelled' | 'refused' | 'lost' | 'not-as-planned' | 'pending';
  /** A sentence. */
  readonly words: string;
}

/** Sends the steps one command after the other. Undefined: all were answered. */
async function sendSteps(link: Link, request: ApplyRequest, finish: Finish): Promise<Stop | undefined> {
  const { steps } = finish.plan;
  const guarded = new GuardedLink(link, finish.before);
  for (const [index, step] of steps.entries()) {
    if (request.signal?.aborted === true) return { kind: 'cancelled', words: 'Cancelled.' };
    request.onStep?.(index, steps.length);
    const stop = await sendStep(guarded, step, index, finish);
    if (stop !== undefined) return stop;
  }
  return undefined;
}

async function sendStep(
  guarded: GuardedLink,
  step: Step,
  index: number,
  finish: Finish,
): Promise<Stop | undefined> {
  if (step.via !== 'qmp') {
    finish.states[index] = 'failed';
    return { kind: 'refused', words: `${step.summary}: this needs virsh, which was not reached.` };
  }
  // From here on the guest may stand still, whether or not QEMU's reply arrives.
  if (step.kind === 'pause') finish.guest = 'paused';
  try {
    if (step.kind === 'close-image') await closeNodes(guarded, step);
    else await guarded.sendAll(step.commands);
    finish.states[index] = 'done';
    if (step.kind === 'resume') finish.guest = 'resumed';
    return undefined;
  } catch (error) {
    if (error instanceof VmUnplugError && !error.refused) {
      finish.states[index] = 'unknown';
      return { kind: 'pending', words: `${step.summary}: ${error.message}` };
    }
    finish.states[index] = surelyNotExecuted(error) ? 'failed' : 'unknown';
    const isRefusal =
      error instanceof QmpCommandError || error instanceof VmGuardError || error instanceof VmUnplugError;
    return { kind: isRefusal ? 'refused' : 'lost', words: `${step.summary}: ${errorWords(error)}` };
  }
}

/**
 * Closes what is there: a node that was opened inside another one goes with it, and QEMU then says that it finds none.
 * Reading back tells whether all are gone. Throws where a reply is missing.
 */
async function closeNodes(guarded: GuardedLink, { commands }: QmpStep): Promise<void> {
  for (const command of commands) {
    try {
      await guarded.send(command);
    } catch (error) {
      if (!(error instanceof QmpCommandError)) throw error;
    }
  }
}

function applied({ plan, states, before }: Finish, now: VmState, lost: boolean): Outcome {
  const count = effectsOf(plan).length;
  const what = count === 1 ? 'The change is' : `All ${count} changes are`;
  const held =
    plan.held.length === 0 ? '' : ` Not changed: ${plan.held.map(({ message }) => message).join(' ')}`;
  return {
    outcome: 'applied',
    target: before.target,
    steps: plan.steps.map(({ kind, summary }, index) => ({ kind, summary, state: states[index] ?? 'done' })),
    state: now,
    differs: [],
    message: `${what} in force and ${count === 1 ? 'was' : 'were'} read back.${lost ? ' A reply was lost on the way; reading the VM showed that its command was executed.' : ''}${held}`,
  };
}

/** Where a process cannot be told, name and uuid must do. */
const isSameProcess = (before: VmState, now: VmState): boolean =>
  before.process === now.process &&
  before.target.uuid === now.target.uuid &&
  before.target.name === now.target.name;
