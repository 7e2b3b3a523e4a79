import {
  CONSEQUENCES_TO_ALLOW,
  changeCount,
  describePlan,
  lastChangeOf,
  lastChangeText,
  outcomeJson,
  type ConsequenceKind,
  type Outcome,
  type OutcomeKind,
  type Plan,
  type Target,
} from '../../engine';
import { keepLastChange } from '../../files';
import { formatVmAddress, type VmAddress, type VmSession } from '../../vm';
import { UsageError, type Arguments } from '../arguments';
import { says } from '../command';
import { printable, printableLines } from '../printable';
import { jsonText } from '../printable';
import type { Terminal } from '../terminal';
import { interruptible } from './interrupt';
import type { Planner } from './planner';
import { addressOf, reachVm } from './reach';

/** What a writing command wants, beside its options. */
export interface Wish {
  /** Gives the planner, or the words of a refusal before anything is connected. */
  readonly planner: (address: VmAddress) => Promise<Planner | { readonly refusal: string }>;
  readonly allow: readonly ConsequenceKind[];
  /** Hash of the plan that the user looked at before. */
  readonly expect: string | undefined;
  /** The document came through standard input, so nobody can answer there. */
  readonly stdinTaken: boolean;
}

/**
 * The one way of the command line to write to a VM: plan on stderr, question on a terminal, apply, outcome on stdout.
 * Gives the exit code: 0 applied or nothing to do, else 1. Without `--yes` and without a terminal it throws
 * `UsageError` before anything is read or connected.
 */
export async function writeToVm(given: Arguments, terminal: Terminal, wish: Wish): Promise<number> {
  if (!given.has('--yes') && (!terminal.canAsk || wish.stdinTaken)) {
    throw new UsageError(
      'there is no terminal to ask on, and nothing is written unasked: give --yes to accept the plan',
    );
  }
  const address = addressOf(given);
  const interrupt = interruptible(words => terminal.err(says(words)));
  try {
    const planner = await wish.planner(address);
    if (typeof planner !== 'function') {
      return report(notStarted('refused', planner.refusal), formatVmAddress(address), given, terminal);
    }
    const reached = await reachVm(address, given, interrupt.signal);
    if (reached.kind === 'unreached') {
      const outcome = notStarted(reached.outcome, reached.message);
      return report(outcome, formatVmAddress(address), given, terminal);
    }
    const { session } = reached;
    try {
      const outcome = await planAndApply(session, planner, wish, given, terminal, interrupt.signal);
      return report(outcome, session.address, given, terminal);
    } finally {
      await session.close();
    }
  } finally {
    interrupt.end();
  }
}

async function planAndApply(
  session: VmSession,
  planner: Planner,
  wish: Wish,
  given: Arguments,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Outcome> {
  const { target } = session.state;
  const result = planner(session.state);
  if (result.kind === 'refusal') return notStarted('refused', result.refusal.message, target);
  const { plan } = result;
  terminal.err(printableLines(describePlan(plan, session.address)));
  if (wish.expect !== undefined && wish.expect !== plan.hash) {
    const message = `The plan is now ${plan.hash}, not the one of --expect: the VM or the document has changed since. Nothing was sent.`;
    return { ...notStarted('drifted', message, target), state: session.state };
  }
  const refusal = notAllowed(plan, wish.allow);
  if (refusal !== undefined) return { ...notStarted('refused', refusal, target), state: session.state };
  if (plan.steps.length > 0 && !given.has('--yes') && !(await asked(plan, session, terminal, signal))) {
    const message = 'Not confirmed. Nothing was sent.';
    return { ...notStarted('cancelled', message, target), state: session.state };
  }
  const before = session.state;
  const outcome = await session.apply({
    plan: planner,
    expect: plan.hash,
    signal,
    onStep: (index, count) => {
      terminal.err(`${index + 1}/${count} ${printable(plan.steps[index]?.summary ?? '')}\n`);
    },
  });
  if (outcome.outcome === 'applied') {
    const why = await keepLastChange(session.address, lastChangeText(lastChangeOf(plan, before)));
    if (why !== undefined) terminal.err(says(`undo will not know of this change: ${printable(why)}`));
  }
  return outcome;
}

/** Words about the first consequence that needs an allowance and has none. */
function notAllowed(plan: Plan, allow: readonly ConsequenceKind[]): string | undefined {
  const toAllow = new Set<ConsequenceKind>(CONSEQUENCES_TO_ALLOW);
  const missing = plan.consequences.find(({ kind }) => toAllow.has(kind) && !allow.includes(kind));
  if (missing === undefined) return undefined;
  return `${missing.text} Give --allow ${missing.kind} if that may be. Nothing was sent.`;
}

function asked(plan: Plan, session: VmSession, terminal: Terminal, signal: AbortSignal): Promise<boolean> {
  const count = changeCount(plan);
  const changes = `${count} ${count === 1 ? 'change' : 'changes'}`;
  const name = plan.target.name ?? 'the VM';
  return terminal.confirm(printable(`Apply ${changes} to ${name} (${session.address})?`), signal);
}

const notStarted = (outcome: OutcomeKind, message: string, target?: Target): Outcome => ({
  outcome,
  target,
  steps: [],
  state: undefined,
  differs: [],
  message,
});

function report(outcome: Outcome, address: string, given: Arguments, terminal: Terminal): number {
  const isGood = outcome.outcome === 'applied' || outcome.outcome === 'unchanged';
  if (given.value('--format') === 'json') {
    terminal.out(jsonText(outcomeJson(outcome, address)));
    if (!isGood) terminal.err(says(printable(outcome.message)));
    return isGood ? 0 : 1;
  }
  const steps = isGood
    ? []
    : outcome.steps.map(({ state, summary }) => `  ${state}: ${printable(summary)}\n`);
  terminal.out(`${outcome.outcome}: ${printable(outcome.message)}\n${steps.join('')}`);
  return isGood ? 0 : 1;
}
