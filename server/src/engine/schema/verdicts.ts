/** What the check of an element found, candidate by candidate. */

import type { Reporter } from './check-tag';
import type { ElementPattern } from './pattern';
import type { ElementError, ElementResult, Libxml2Refusal } from './schema-error';
import type { ElementSet, States } from './state';

type Found = Pick<ElementResult, 'own' | 'inner' | 'errorCount' | 'refusals' | 'refusedInner'>;

/** What was found by the candidates so far, and by the one under way. Most elements have one, and nothing is found. */
export class Verdicts implements Reporter {
  /** The one with errors that came nearest. */
  nearest: (Found & { readonly pattern: ElementPattern }) | undefined;
  /** The one without errors that libxml2 likes best; undefined where it likes one, or none is without errors. */
  refused: Found | undefined;
  /** Whether a candidate is without errors, and libxml2 likes it. */
  clean = false;
  private matched: ElementPattern[] | undefined;
  private closed = 0;
  private failed = 0;
  private own: ElementError[] | undefined;
  private inner: { childIndex: number; result: ElementResult }[] | undefined;
  private refusals: Libxml2Refusal[] | undefined;
  private refusedInner: { childIndex: number; result: ElementResult }[] | undefined;
  private errorCount = 0;

  constructor(private candidates: ElementSet) {}

  /** Makes it as good as new. */
  reset(candidates: ElementSet): void {
    this.candidates = candidates;
    this.nearest = undefined;
    this.refused = undefined;
    this.clean = false;
    this.matched = undefined;
    this.closed = 0;
    this.failed = 0;
    this.forget();
  }

  get hasErrors(): boolean {
    return this.errorCount > 0;
  }

  report(error: ElementError): void {
    (this.own ??= []).push(error);
    this.errorCount++;
  }

  reportInner(childIndex: number, result: ElementResult): void {
    (this.inner ??= []).push({ childIndex, result });
    this.errorCount += result.errorCount;
  }

  reportRefusal(refusal: Libxml2Refusal): void {
    (this.refusals ??= []).push(refusal);
  }

  reportRefusedInner(childIndex: number, result: ElementResult): void {
    (this.refusedInner ??= []).push({ childIndex, result });
  }

  /** The candidate under way has seen everything. */
  close(): void {
    const pattern = this.candidates.members[this.closed++];
    if (pattern === undefined) return;
    if (this.errorCount === 0) this.closeMatched(pattern);
    else {
      this.failed++;
      const { errorCount, own = NONE, inner = NONE } = this;
      if (this.nearest === undefined || errorCount < this.nearest.errorCount) {
        this.nearest = { pattern, own, inner, errorCount, refusals: NONE, refusedInner: NONE };
      }
    }
    this.forget();
  }

  /** The candidates that matched; undefined where none did. */
  taken(states: States): ElementSet | undefined {
    if (this.failed === 0) return this.candidates;
    return this.matched && states.elementSets.of(this.matched);
  }

  private closeMatched(pattern: ElementPattern): void {
    if (this.candidates.members.length > 1) (this.matched ??= []).push(pattern);
    const { refusals = NONE, refusedInner = NONE } = this;
    if (refusals.length === 0 && refusedInner.length === 0) {
      this.clean = true;
      this.refused = undefined;
    } else if (!this.clean) {
      this.refused ??= { own: NONE, inner: NONE, errorCount: 0, refusals, refusedInner };
    }
  }

  private forget(): void {
    this.own = undefined;
    this.inner = undefined;
    this.refusals = undefined;
    this.refusedInner = undefined;
    this.errorCount = 0;
  }
}

const NONE: readonly never[] = [];
