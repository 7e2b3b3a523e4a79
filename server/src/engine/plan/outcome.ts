/** What became of a plan, as data: how far its steps went, and what is true now. */

import type { LimitValues } from '../limits/values';
import type { PluggedDisk, StepKind } from './types';
import type { FilterNode, IotuneState, Target, VmState } from './vm-state';

export type OutcomeKind =
  | 'applied'
  | 'unchanged'
  | 'refused'
  | 'drifted'
  | 'cancelled'
  | 'failed'
  | 'rolled-back'
  | 'partial'
  | 'unknown';

export type StepState = 'done' | 'undone' | 'skipped' | 'failed' | 'unknown';

export interface StepOutcome {
  readonly kind: StepKind;
  readonly summary: string;
  readonly state: StepState;
}

/**
 * An object whose state now is neither what it was before nor what was wanted, or not all of it: where the outcome is
 * `partial` everything that is not as before, else empty.
 */
export type Difference =
  /** `undefined`: not there. */
  | {
      readonly kind: 'group';
      readonly object: string;
      readonly before: LimitValues | undefined;
      readonly now: LimitValues | undefined;
    }
  /** `undefined`: the disk is not there any more. */
  | {
      readonly kind: 'chain';
      readonly object: string;
      readonly before: readonly FilterNode[];
      readonly now: readonly FilterNode[] | undefined;
    }
  | {
      readonly kind: 'iotune';
      readonly object: string;
      readonly before: IotuneState | null;
      readonly now: IotuneState | null | undefined;
    }
  | {
      readonly kind: 'plug';
      readonly object: string;
      readonly before: PluggedDisk | null;
      readonly now: PluggedDisk | null;
    }
  /** Block nodes or groups of ours that an apply left behind. */
  | {
      readonly kind: 'leftover';
      readonly object: string;
      readonly before: undefined;
      readonly now: readonly string[];
    }
  /** The guest was running before and is not now. */
  | { readonly kind: 'run-state'; readonly object: 'guest'; readonly before: string; readonly now: string };

export interface Outcome {
  readonly outcome: OutcomeKind;
  /** Who the VM is, as far as it could be read. */
  readonly target: Target | undefined;
  readonly steps: readonly StepOutcome[];
  /** As read back; undefined where the VM could not be read. */
  readonly state: VmState | undefined;
  readonly differs: readonly Difference[];
  /** One or two sentences that say what is true now. */
  readonly message: string;
}
