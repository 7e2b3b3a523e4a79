/** Typing in a tag's name changes the name in its twin. */

import type { Position, Range } from '../engine';
import { lspRange } from './subject';
import type { Subject } from './subject';
import { tagNamesAt } from './tag-names';

/** Same shape as LSP's LinkedEditingRanges. */
export interface LinkedNames {
  ranges: Range[];
  /** What may be typed without ending the link: characters of a name. */
  wordPattern: string;
}

/** Both names of the element whose tag the position is in; null where there is one only. */
export function linkedEditingRanges(subject: Subject, position: Position): LinkedNames | null {
  const { document, source } = subject.analysis;
  const names = tagNamesAt(document, source.offsetAt(position));
  if (names.length < 2) return null;
  return { ranges: names.map(name => lspRange(subject, name)), wordPattern: NAME };
}

const NAME = '[-.\\w:\\u0080-\\uffff]*';
