/** Taking back what a plan did, by what is true on the VM and not by what was sent. */

import type { QmpStep, Step, VmState } from '../engine';
import { wayBack } from '../engine';
import { QmpCommandError } from '../qmp';
import { isBefore } from './compare';
import { errorWords, VmGuardError } from './errors';
import { GuardedLink } from './guarded';
import type { Link } from './link';
import type { Finish } from './outcomes';

export interface Undone {
  /** As read after the last command; undefined where the VM can no longer be read. */
  readonly state: VmState | undefined;
  /** Why an inverse was refused, or why the VM cannot be read. */
  readonly trouble: string | undefined;
}

/** Ways back that are tried, each made from a fresh reading, before giving up. */
const ROUNDS = 3;

/**
 * Goes back, last step first, over all that stands on the VM as the plan made it or left it half-way. What is as before
 * needs nothing; what is neither was changed by somebody else and is left to them. A lost reply, or a refusal, leads to
 * another reading and another way from there, never to sending again unseen.
 */
export async function undoSteps(link: Link, finish: Finish, now: VmState): Promise<Undone> {
  const { plan, before, states } = finish;
  let state = now;
  let trouble: string | undefined;
  for (let round = 1; ; round++) {
    const { steps, held } = wayBack(plan, before, state);
    if (steps.length === 0) {
      noteStates(plan.steps, states, state);
      return {
        state,
        trouble: [trouble, ...held].filter(words => words !== undefined).join(' ') || undefined,
      };
    }
    const result = await sendBack(link, finish, steps, state);
    trouble = result.words;
    try {
      state = result.lost ? await link.readAnew() : await link.read().catch(() => link.readAnew());
    } catch (error) {
      return { state: undefined, trouble: errorWords(error) };
    }
    noteStates(plan.steps, states, state);
    if (round >= ROUNDS || state.process !== before.process) return { state, trouble };
  }
}

async function sendBack(
  link: Link,
  finish: Finish,
  steps: readonly QmpStep[],
  state: VmState,
): Promise<{ readonly lost: boolean; readonly words: string | undefined }> {
  const guarded = new GuardedLink(link, state);
  let words: string | undefined;
  for (const step of steps) {
    if (step.kind === 'pause') finish.guest = 'paused';
    try {
      await guarded.sendAll(step.commands);
      if (step.kind === 'resume') finish.guest = 'resumed';
    } catch (error) {
      words = errorWords(error);
      const isRefusal = error instanceof QmpCommandError || error instanceof VmGuardError;
      if (!isRefusal) return { lost: true, words };
    }
  }
  return { lost: false, words };
}

/** A step that was done, and whose effect is gone again, is undone. */
function noteStates(steps: readonly Step[], states: Finish['states'], now: VmState): void {
  steps.forEach(({ effect, kind }, index) => {
    const known = states[index];
    if (known !== 'done' && known !== 'undone') return;
    if (effect.kind !== 'none') states[index] = isBefore(now, effect) ? 'undone' : 'done';
    else if (kind === 'pause') states[index] = 'undone';
  });
}
