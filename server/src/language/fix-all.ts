/** All safe fixes in one edit. */

import { fixesOf } from '../engine';
import type { Analysis, Finding, TextEdit } from '../engine';

export interface FixAll {
  /** Do not overlap; in the order of the document. */
  readonly edits: readonly TextEdit[];
  /** How many findings they mend. */
  readonly fixed: number;
}

/**
 * The first safe fix of each finding. A fix is taken whole or not at all: one that touches what another already
 * changes waits for the next time (the document is then read anew). A change that is already made counts as made.
 */
export function fixAllEdits(analysis: Analysis, findings: readonly Finding[]): FixAll {
  const accepted: TextEdit[] = [];
  let fixed = 0;
  for (const finding of findings) {
    const fix = fixesOf(analysis, finding).find(candidate => candidate.safe);
    if (fix === undefined || fix.edits.length === 0) continue;
    const fresh = fix.edits.filter(edit => !accepted.some(other => same(edit, other)));
    if (fresh.some(edit => accepted.some(other => collide(edit, other)))) continue;
    accepted.push(...fresh);
    fixed++;
  }
  accepted.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  return { edits: accepted, fixed };
}

const same = (a: TextEdit, b: TextEdit): boolean =>
  a.span.start === b.span.start && a.span.end === b.span.end && a.newText === b.newText;

/** Also where they only touch: which of two neighbours comes first would be a guess. */
const collide = (a: TextEdit, b: TextEdit): boolean =>
  a.span.start <= b.span.end && b.span.start <= a.span.end;
