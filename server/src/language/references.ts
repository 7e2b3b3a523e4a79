/** Where a throttle group is named and used. */

import type { Position } from '../engine';
import type { DocumentHighlight, Location } from 'vscode-languageserver-types';
import { mentionAround, mentionsOf } from './mentions';
import type { Mention } from './mentions';
import { lspRange } from './subject';
import type { Subject } from './subject';

/** Filters that name the group at the position; with `declaration` the `<group_name>` too. */
export const references = (
  subject: Subject,
  position: Position,
  include: { readonly declaration: boolean },
): Location[] =>
  sameName(subject, position)
    .filter(mention => include.declaration || mention.kind === 'use')
    .map(mention => ({ uri: subject.uri, range: lspRange(subject, mention.span) }));

/** The same places as highlights: the naming is a write, a use a read. */
export const highlights = (subject: Subject, position: Position): DocumentHighlight[] =>
  sameName(subject, position).map(mention => ({
    range: lspRange(subject, mention.span),
    kind: mention.kind === 'naming' ? HIGHLIGHT_WRITE : HIGHLIGHT_READ,
  }));

function sameName(subject: Subject, position: Position): readonly Mention[] {
  const { domain, source } = subject.analysis;
  if (domain === undefined) return [];
  const mention = mentionAround(domain, source.offsetAt(position));
  return mention === undefined || mention.template ? [] : mentionsOf(domain, mention.name);
}

/** LSP's DocumentHighlightKind. */
const HIGHLIGHT_READ = 2;
const HIGHLIGHT_WRITE = 3;
