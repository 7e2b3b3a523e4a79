/** What belongs to the thing at the cursor: the tag's twin, and the places of a throttle group. */

import type { Position } from '../engine';
import type { DocumentHighlight, DocumentHighlightKind } from 'vscode-languageserver-types';
import { highlights } from './references';
import { lspRange } from './subject';
import type { Subject } from './subject';
import { tagNamesAt } from './tag-names';

/** Matching tags first; on the name of a `<throttlefilter>` also the places of its group. */
export function documentHighlights(subject: Subject, position: Position): DocumentHighlight[] {
  const { document, source } = subject.analysis;
  const names = tagNamesAt(document, source.offsetAt(position));
  return [
    ...names.map(name => ({ range: lspRange(subject, name), kind: HIGHLIGHT_TEXT })),
    ...highlights(subject, position),
  ];
}

/** LSP's DocumentHighlightKind.Text. */
const HIGHLIGHT_TEXT: DocumentHighlightKind = 1;
