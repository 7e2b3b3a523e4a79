/** What was changed on a VM from this server, kept to be taken back, and found again. */

import { lastChangeOf, lastChangeText, readLastChange } from '../engine';
import type { LastChange, Outcome, Plan, PlanResult, VmState } from '../engine';
import { keepLastChange, lastChangeAt } from '../files';
import type { Session } from './session';
import { refuse } from './vm-arguments';
import type { Planner } from './vm-plans';

/** A planner that remembers the last plan it made, and from what: an apply makes it once, from a fresh reading. */
export class RememberingPlanner {
  private made: { readonly plan: Plan; readonly before: VmState } | undefined;

  constructor(private readonly planner: Planner) {}

  readonly plan = (state: VmState): PlanResult => {
    const result = this.planner(state);
    this.made = result.kind === 'plan' ? { plan: result.plan, before: state } : undefined;
    return result;
  };

  /** Keeps what was changed where all of it is in force. Where it cannot be kept, the log says why. */
  async keep(session: Session, address: string, outcome: Outcome): Promise<void> {
    if (outcome.outcome !== 'applied' || this.made === undefined) return;
    const text = lastChangeText(lastChangeOf(this.made.plan, this.made.before));
    const why = await keepLastChange(address, text);
    if (why !== undefined) session.connection.console.warn(`Undo will not know of this change: ${why}`);
  }
}

/** Throws `CommandRefused` where there is none. */
export async function lastChangeOn(address: string): Promise<LastChange> {
  const text = await lastChangeAt(address);
  if (text === undefined) throw refuse('refused', `There is no change to take back at ${address}.`);
  const change = readLastChange(text);
  if (change === undefined)
    throw refuse('refused', `What is kept of the last change at ${address} cannot be read.`);
  return change;
}
