/**
 * Keeps what was found of an element with it, as long as it lives: trees share what an edit left alone, so only the path
 * from the root to the edit is checked again.
 */

import type { XmlElement } from '../xml/tree';
import type { PlacedElement } from './check-tag';
import type { Namespaces } from './namespaces';
import type { ElementResult } from './schema-error';
import type { ElementSet } from './state';

/** What is kept with an element; more than one only where it was checked as part of different parents. */
interface KeptResult {
  readonly candidates: ElementSet;
  readonly namespaces: Namespaces;
  readonly result: ElementResult;
  readonly next: KeptResult | undefined;
}

/** Results by element, and by what it was checked against. */
export class KeptResults {
  private readonly kept = new WeakMap<XmlElement, KeptResult>();

  of({ node, namespaces }: PlacedElement, candidates: ElementSet): ElementResult | undefined {
    for (let kept = this.kept.get(node); kept !== undefined; kept = kept.next) {
      if (kept.candidates === candidates && kept.namespaces === namespaces) return kept.result;
    }
    return undefined;
  }

  keep({ node, namespaces }: PlacedElement, candidates: ElementSet, result: ElementResult): void {
    const before = this.kept.get(node);
    const next = depthOf(before) < MOST_KEPT ? before : undefined;
    this.kept.set(node, { candidates, namespaces, result, next });
  }
}

/** How many results an element keeps: it may be tried as part of different parents. */
const MOST_KEPT = 8;

function depthOf(kept: KeptResult | undefined): number {
  let depth = 0;
  for (let at = kept; at !== undefined; at = at.next) depth++;
  return depth;
}
