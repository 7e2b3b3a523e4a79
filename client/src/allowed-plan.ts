/** Plans that the server makes only, or makes whole only, where the user allows something first; needs no VS Code. */

import type { ConsequenceKind } from '../../server/src/engine';
import type { CommandAnswer, CommandFailure } from '../../server/src/protocol';
import { stringsOf } from './addresses';

/** A plan, and what the user allowed for it. */
export interface Allowed<T> {
  readonly answer: { readonly ok: true } & T;
  readonly allow: readonly ConsequenceKind[];
}

export type PlanAsked<T> =
  | { readonly kind: 'planned'; readonly allowed: Allowed<T> }
  /** The user said no, or went away. */
  | { readonly kind: 'declined' }
  | { readonly kind: 'failed'; readonly failure: CommandFailure };

/** What the user is asked. */
export interface Questions {
  /** Whether the VM is meant although it is another domain's, which the message says. */
  meansOtherDomain(message: string): Promise<boolean>;
  /**
   * Whether QEMU may be reached behind libvirt's back. `held` says what is left as it is otherwise; with `no-plan`
   * there is nothing without. Undefined: the user went away.
   */
  meansTaint(held: string, otherwise: 'plan-without' | 'no-plan'): Promise<'taint' | 'without' | undefined>;
}

/**
 * Asks for a plan by `ask`, with what is `allowed` already, and the user for what it needs: each once. Who says no to
 * taint gets the plan without it, as it was made.
 */
export async function planAsking<T extends object>(
  allowed: readonly ConsequenceKind[],
  ask: (allow: readonly ConsequenceKind[]) => PromiseLike<CommandAnswer<T>>,
  questions: Questions,
): Promise<PlanAsked<T>> {
  const allow = new Set(allowed);
  for (;;) {
    const answer = await ask([...allow]);
    if (!answer.ok && answer.reason === 'other-domain' && !allow.has('other-domain')) {
      if (!(await questions.meansOtherDomain(answer.message))) return { kind: 'declined' };
      allow.add('other-domain');
    } else if (wantsTaint(answer) && !allow.has('taint')) {
      const decision = answer.ok
        ? await questions.meansTaint(heldIn(answer), 'plan-without')
        : await questions.meansTaint(answer.message, 'no-plan');
      if (decision === 'without' && answer.ok) return planned(answer, allow);
      if (decision !== 'taint') return { kind: 'declined' };
      allow.add('taint');
    } else {
      return answer.ok ? planned(answer, allow) : { kind: 'failed', failure: answer };
    }
  }
}

const planned = <T>(answer: { readonly ok: true } & T, allow: ReadonlySet<ConsequenceKind>) =>
  ({ kind: 'planned', allowed: { answer, allow: [...allow] } }) as const;

/** The server says so of a whole plan that is not made, and of one that leaves something out. */
const wantsTaint = (answer: CommandAnswer<object>): boolean =>
  answer.ok ? 'wantsTaint' in answer && answer.wantsTaint === true : answer.reason === 'taint';

const heldIn = (answer: object): string => ('held' in answer ? stringsOf(answer.held).join('\n\n') : '');
