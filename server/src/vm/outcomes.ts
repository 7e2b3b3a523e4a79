/** Outcomes in words: what is true on the VM now. */

import type { Outcome, OutcomeKind, Plan, Step, StepState, VmState } from '../engine';
import { listed, shown } from '../engine';
import type { Stop } from './apply';
import { differences } from './compare';
import { errorWords } from './errors';
import type { Resumed } from './resume';
import type { Undone } from './undo';

/** What an apply knows when it ends. */
export interface Finish {
  readonly plan: Plan;
  readonly before: VmState;
  /** One per step, kept up to date. */
  readonly states: StepState[];
  readonly address: string;
  /** Whether the guest was paused for a step, and whether it is surely running again. Kept up to date. */
  guest: 'untouched' | 'paused' | 'resumed';
}

/** Ended before anything was sent. */
export const notStarted = (
  outcome: OutcomeKind,
  state: VmState | undefined,
  steps: readonly Step[],
  message: string,
): Outcome => ({
  outcome,
  target: state?.target,
  steps: steps.map(({ kind, summary }) => ({ kind, summary, state: 'skipped' })),
  state,
  differs: [],
  message,
});

/** Ended half-way, and undone as far as could be. */
export function stopped(finish: Finish, why: Stop, { state, trouble }: Undone): Outcome {
  if (state === undefined) return unreadable(finish, why, trouble ?? '');
  if (state.process !== finish.before.process) return gone(finish, state);
  const differs = differences(finish.plan, finish.before, state, 'before');
  if (differs.length > 0) {
    const names = listed(differs.map(({ object }) => object));
    const undoing = trouble === undefined ? '' : ` Undoing met: ${trouble}`;
    return outcomeOf(finish, 'partial', state, differs, `${why.words}${undoing} Not as before: ${names}.`);
  }
  if (why.kind === 'cancelled') {
    const undone = finish.states.includes('undone') ? 'What had been done was undone: the' : 'The';
    return outcomeOf(finish, 'cancelled', state, [], `Cancelled. ${undone} VM is as before.`);
  }
  return finish.states.includes('undone')
    ? outcomeOf(
        finish,
        'rolled-back',
        state,
        [],
        `${why.words} What had been done was undone: the VM is as before.`,
      )
    : outcomeOf(finish, 'failed', state, [], `${why.words} The VM is as before.`);
}

/** A guest was asked for something and has not done it: it may come later. What else was done is undone. */
export function pending(finish: Finish, why: Stop, { state, trouble }: Undone): Outcome {
  if (state === undefined) return unreadable(finish, why, trouble ?? '');
  const differs = differences(finish.plan, finish.before, state, 'before');
  return outcomeOf(finish, 'partial', state, differs, `${why.words} ${laterWords(finish.plan)}`);
}

/** What is left to be done once a guest has let go of a disk. Only nodes of ours are known to be the disk's then. */
function laterWords({ plugChanges }: Plan): string {
  const nodes = plugChanges.flatMap(({ before }) => before?.nodes ?? []);
  const others = nodes.filter(node => !node.startsWith('domxml-'));
  return others.length === 0
    ? 'Once it has, detach the disk again: that closes its image.'
    : `Once it has, its image stays open in QEMU until its nodes are closed (blockdev-del): ${listed(others.map(shown))}.`;
}

/** Something was sent, and nobody answers any more. */
export function unreadable(finish: Finish, why: Stop | undefined, error: unknown): Outcome {
  const trouble = typeof error === 'string' ? error : errorWords(error);
  const words =
    why === undefined ? 'All commands were answered, but the VM could not be read back.' : why.words;
  return outcomeOf(
    finish,
    'unknown',
    undefined,
    [],
    `${words} ${trouble} What is in force is not known. If the QEMU process has ended, its groups and filters have ended with it.`,
  );
}

/** Another QEMU process answers at the address: the one that was changed is no more. */
export function gone(finish: Finish, now: VmState): Outcome {
  // Whether its guest was paused no longer matters, and the other's guest is not ours to let run.
  finish.guest = 'untouched';
  const differs = differences(finish.plan, finish.before, now, 'before');
  const words = `The QEMU process that was being changed has ended, and another one answers at ${finish.address} now.`;
  return differs.length === 0
    ? outcomeOf(finish, 'failed', now, [], `${words} What the plan was about is there as it was before.`)
    : outcomeOf(
        finish,
        'partial',
        now,
        differs,
        `${words} What it has is its own: ${listed(differs.map(({ object }) => object))} not as before.`,
      );
}

/** The outcome of a plan that paused the guest, with what has become of the guest. */
export function withGuest({ before }: Finish, outcome: Outcome, guest: Resumed): Outcome {
  switch (guest.kind) {
    case 'running': {
      const state = outcome.state && { ...outcome.state, runState: 'running' };
      return {
        ...outcome,
        state,
        message: `${outcome.message} The guest was paused meanwhile and runs again.`,
      };
    }
    case 'standing': {
      const { runState } = guest;
      const state = outcome.state && { ...outcome.state, runState };
      const stands = { kind: 'run-state', object: 'guest', before: before.runState, now: runState } as const;
      return {
        ...outcome,
        state,
        outcome: outcome.outcome === 'unknown' ? 'unknown' : 'partial',
        differs: [...outcome.differs, stands],
        message: `${outcome.message} The guest does not run (${runState}), although it was told to run on: look at it now.`,
      };
    }
    case 'unknown':
      return {
        ...outcome,
        outcome: 'unknown',
        message: `${outcome.message} The guest was paused, and nobody answers to let it run on: it may stand still. Send cont to it as soon as it can be reached (virsh resume, or cont on its monitor). ${guest.words}`,
      };
  }
}

/** With what became of each step of the plan. */
export const outcomeOf = (
  { plan, states, before }: Pick<Finish, 'plan' | 'before'> & { readonly states: readonly StepState[] },
  outcome: OutcomeKind,
  state: VmState | undefined,
  differs: Outcome['differs'],
  message: string,
): Outcome => ({
  outcome,
  target: before.target,
  steps: plan.steps.map(({ kind, summary }, index) => ({ kind, summary, state: states[index] ?? 'skipped' })),
  state,
  differs,
  message,
});
