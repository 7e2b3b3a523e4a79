/** Outcomes of an apply through libvirt in words: what is true of the domain now. */

import type { Outcome, Plan, StepState, VmState } from '../engine';
import { listed } from '../engine';
import { libvirtDifferences } from './libvirt-compare';
import { OFF } from './libvirt-state';
import { outcomeOf } from './outcomes';

/** What an apply through libvirt knows when it ends. */
export interface LibvirtFinish {
  readonly plan: Plan;
  readonly before: VmState;
  /** One per step. */
  readonly states: readonly StepState[];
  readonly address: string;
}

/** Why sending ended before the last step was answered; the words are sentences. */
export interface LibvirtStop {
  /** `pending`: the guest was asked for something and has not done it. */
  readonly kind: 'cancelled' | 'failed' | 'pending';
  readonly words: string;
}

/** Everything is as wanted, on each side that shows it. */
export function applied(finish: LibvirtFinish, now: VmState): Outcome {
  const count = new Set(finish.plan.steps.map(({ object, plane }) => `${plane} ${object}`)).size;
  const words =
    count === 1
      ? 'The change is in force and was read back.'
      : `All ${count} changes are in force and were read back.`;
  return outcomeOf(finish, 'applied', now, [], words);
}

/** Ended half-way, and undone as far as could be; `trouble` is what undoing met. */
export function stopped(
  finish: LibvirtFinish,
  now: VmState,
  stop: LibvirtStop,
  trouble: string | undefined,
): Outcome {
  const differs = libvirtDifferences(finish.plan.steps, now, finish.before);
  if (differs.length > 0) {
    const names = listed([...new Set(differs.map(({ object }) => object))]);
    const undoing = trouble === undefined ? '' : ` Undoing met: ${trouble}`;
    return outcomeOf(finish, 'partial', now, differs, `${stop.words}${undoing} Not as before: ${names}.`);
  }
  const undone = finish.states.includes('undone');
  const words = `${undone ? ' What had been done was undone: the' : ' The'} domain is as before.`;
  const kind = stop.kind === 'cancelled' ? 'cancelled' : undone ? 'rolled-back' : 'failed';
  return outcomeOf(finish, kind, now, [], `${stop.words}${words}`);
}

/** Nothing is taken back of what a guest may still do; what else the plan did stands. */
export function pending(finish: LibvirtFinish, now: VmState, { words }: LibvirtStop): Outcome {
  const differs = libvirtDifferences(finish.plan.steps, now, finish.before);
  const names = listed([...new Set(differs.map(({ object }) => object))]);
  const done = differs.length === 0 ? '' : ` Done and left so: ${names}.`;
  return outcomeOf(finish, 'partial', now, differs, `${words}${done}`);
}

/** Something was sent, and the domain cannot be read any more. */
export function unreadable(finish: LibvirtFinish, stop: LibvirtStop | undefined, trouble: string): Outcome {
  const words = stop?.words ?? 'All commands were answered, but the domain could not be read back.';
  return outcomeOf(finish, 'unknown', undefined, [], `${words} ${trouble} What is in force is not known.`);
}

/**
 * The process that was changed is no more, and with it what was changed on the running domain: only the definition can
 * still be otherwise than before, and what a new process was started with.
 */
export function gone(finish: LibvirtFinish, now: VmState): Outcome {
  const { plan, before, address } = finish;
  const runs = now.runState !== OFF;
  const steps = runs ? plan.steps : plan.steps.filter(({ plane }) => plane === 'config');
  const differs = libvirtDifferences(steps, now, before);
  const words = runs
    ? `The domain was started anew while it was being changed (${address}). What was changed on its former process has ended with that.`
    : `The domain has ended while it was being changed (${address}): it does not run now, and what was changed on its process has ended with that.`;
  if (differs.length === 0) {
    const same = runs
      ? 'What the plan was about is as it was before.'
      : 'The persistent definition is as it was before.';
    return outcomeOf(finish, 'failed', now, [], `${words} ${same}`);
  }
  const names = listed([...new Set(differs.map(({ object }) => object))]);
  return outcomeOf(finish, 'partial', now, differs, `${words} Not as before: ${names}.`);
}
