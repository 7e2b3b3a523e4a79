/** The close tag that is due while an element is typed. */

import { dueCloseTag } from '../engine';
import type { Position } from '../engine';
import type { ClosingTagAnswer } from '../protocol';
import type { Subject } from './subject';

/** What to insert at the cursor right after `>` or `/` was typed; null where no close tag is missing. */
export const closingTag = (subject: Subject, position: Position): ClosingTagAnswer | null =>
  dueCloseTag(subject.analysis.document, subject.analysis.source.offsetAt(position)) ?? null;
