/**
 * What the check of an element with very many children leaves behind, so that completion need not walk over all of
 * them again: by which patterns they matched, a stretch of them at a time.
 */

import type { ElementSet } from './state';

/** By which of the patterns that were offered for its name a child matched. */
export interface TrailStep {
  readonly name: string;
  readonly candidates: ElementSet;
  readonly taken: ElementSet;
}

/** So many children make one stretch. */
export const STRETCH = 64;

/** Elements with fewer children are walked over child by child. */
export const LONG = 4 * STRETCH;

export class SiblingTrail {
  private readonly stretches: (TrailStep[] | undefined)[] = [];

  /** A child without errors, in no namespace of its own. */
  add(childIndex: number, name: string, candidates: ElementSet, taken: ElementSet): void {
    const at = Math.floor(childIndex / STRETCH);
    if (at in this.stretches) {
      const steps = this.stretches[at];
      const last = steps?.at(-1);
      if (last?.name === name && last.candidates === candidates && last.taken === taken) return;
      // What is already there is not looked for: stretches are short, and their children mostly alike.
      steps?.push({ name, candidates, taken });
    } else this.stretches[at] = [{ name, candidates, taken }];
  }

  /** A child that must be looked at by itself. */
  break(childIndex: number): void {
    this.stretches[Math.floor(childIndex / STRETCH)] = undefined;
  }

  /** The steps of the stretch that begins at the child; undefined where its children must be looked at. */
  from(childIndex: number): readonly TrailStep[] | undefined {
    return childIndex % STRETCH === 0 ? this.stretches[childIndex / STRETCH] : undefined;
  }
}
