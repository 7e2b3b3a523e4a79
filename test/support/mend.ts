/** Whether fixes mend: every fix of a document applied, and what is found then. */

import assert from 'node:assert/strict';
import { SourceText, analyze, applyEdits, fixesOf } from '../../server/src/engine';
import type { Analysis, Finding, TextEdit } from '../../server/src/engine';

/** Every offered fix, applied: the finding is gone, no error is new, and no two edits overlap. Gives their number. */
export function mend(text: string): number {
  const before = analyze(SourceText.of(text));
  let count = 0;
  for (const finding of before.findings) {
    for (const { title, edits } of fixesOf(before, finding)) {
      count++;
      const after = applyEdits(text, edits);
      const what = `${finding.rule}: ${title}\n\n${text}\n\nbecomes\n\n${after}\n`;
      assertApart(edits, what);
      const analysis = analyze(SourceText.of(after));
      assert.ok(number(analysis, finding.rule) < number(before, finding.rule), `still there after ${what}`);
      for (const { rule, severity, message } of analysis.findings) {
        if (severity !== 'error') continue;
        assert.ok(errors(analysis, rule) <= errors(before, rule), `new ${rule} (${message}) after ${what}`);
      }
    }
  }
  return count;
}

const number = (analysis: Analysis, rule: string): number =>
  analysis.findings.filter(found => found.rule === rule).length;

const errors = (analysis: Analysis, rule: string): number =>
  analysis.findings.filter((found: Finding) => found.rule === rule && found.severity === 'error').length;

function assertApart(edits: readonly TextEdit[], what: string): void {
  const ordered = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  for (const [index, edit] of ordered.entries()) {
    const next = ordered[index + 1];
    assert.ok(next === undefined || edit.span.end <= next.span.start, `edits overlap in ${what}`);
  }
}
