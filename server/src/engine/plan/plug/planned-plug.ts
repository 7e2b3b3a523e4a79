import type { PlugChange, QmpStep } from '../types';

/** A disk that is to come or go, with the steps for it. */
export interface PlannedPlug {
  readonly change: PlugChange;
  readonly steps: readonly QmpStep[];
}
