/** Taking back what a plan did, by what is true on the VM and not by what was sent. */

import type { Step, VmState } from '../engine';
import { QmpCommandError } from '../qmp';
import { isAfter, isBefore } from './compare';
import { errorWords } from './errors';
import type { Link } from './link';
import type { Finish } from './outcomes';

export interface Undone {
  /** As read after the last command; undefined where the VM can no longer be read. */
  readonly state: VmState | undefined;
  /** Why an inverse was refused, or why the VM cannot be read. */
  readonly trouble: string | undefined;
}

/** Lost connections while undoing that are worked around before giving up. */
const ROUNDS = 3;

/**
 * Runs the inverses, last step first, of those steps whose effect stands on the VM just as the plan made it. What is
 * as before needs nothing; what is neither was changed by somebody else and is left to them. A lost reply leads to
 * another reading, never to sending again unseen.
 */
export async function undoSteps(link: Link, { plan, states, before }: Finish, now: VmState): Promise<Undone> {
  const done = plan.steps.filter((_, index) => states[index] === 'done').reverse();
  let state = now;
  for (let round = 1; ; round++) {
    const standing = done.filter(step => stands(step, state));
    const result = await sendInverses(link, standing);
    try {
      state = result.lost ? await link.readAnew() : await link.read().catch(() => link.readAnew());
    } catch (error) {
      return { state: undefined, trouble: errorWords(error) };
    }
    noteStates(plan.steps, states, state);
    const isOver = !result.lost || round >= ROUNDS || state.process !== before.process;
    if (isOver) return { state, trouble: result.words };
  }
}

/** Whether a step's effect is on the VM. */
const stands = (step: Step, state: VmState): boolean =>
  step.effect.kind === 'group' && isAfter(state, step.effect.change) && !isBefore(state, step.effect.change);

async function sendInverses(
  link: Link,
  steps: readonly Step[],
): Promise<{ readonly lost: boolean; readonly words: string | undefined }> {
  let words: string | undefined;
  for (const step of steps) {
    try {
      if (step.via === 'qmp') for (const command of step.inverse) await link.send(command);
    } catch (error) {
      words = errorWords(error);
      if (!(error instanceof QmpCommandError)) return { lost: true, words };
    }
  }
  return { lost: false, words };
}

/** A step that was done and whose group is as before is undone. */
function noteStates(steps: readonly Step[], states: Finish['states'], now: VmState): void {
  steps.forEach(({ effect }, index) => {
    const known = states[index];
    if (effect.kind !== 'group' || (known !== 'done' && known !== 'undone')) return;
    states[index] = isBefore(now, effect.change) ? 'undone' : 'done';
  });
}
