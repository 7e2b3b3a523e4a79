/** Where a throttle group, an iothread, an alias, a controller or a NUMA cell is named and used. */

import type { Position, Span } from '../engine';
import type { DocumentHighlight, Location } from 'vscode-languageserver-types';
import { crossMentionAt, crossMentionsOf } from './cross-mentions';
import { mentionAround, mentionsOf } from './mentions';
import { lspRange } from './subject';
import type { Subject } from './subject';

/** What names the group, or other thing, at the position; with `declaration` where it gets its name too. */
export const references = (
  subject: Subject,
  position: Position,
  include: { readonly declaration: boolean },
): Location[] =>
  sameName(subject, position)
    .filter(mention => include.declaration || mention.role === 'use')
    .map(mention => ({ uri: subject.uri, range: lspRange(subject, mention.span) }));

/** The same places as highlights: the naming is a write, a use a read. */
export const highlights = (subject: Subject, position: Position): DocumentHighlight[] =>
  sameName(subject, position).map(mention => ({
    range: lspRange(subject, mention.span),
    kind: mention.role === 'naming' ? HIGHLIGHT_WRITE : HIGHLIGHT_READ,
  }));

interface SameName {
  readonly role: 'naming' | 'use';
  readonly span: Span;
}

function sameName(subject: Subject, position: Position): readonly SameName[] {
  const { analysis } = subject;
  const { domain, source } = analysis;
  if (domain === undefined) return [];
  const offset = source.offsetAt(position);
  const mention = mentionAround(domain, offset);
  if (mention?.template === true) return [];
  if (mention !== undefined) {
    return mentionsOf(domain, mention.name).map(({ kind, span }) => ({ role: kind, span }));
  }
  const cross = crossMentionAt(analysis, offset);
  if (cross === undefined) return [];
  return crossMentionsOf(analysis, cross).map(({ role, span }) => ({
    role: role === 'use' ? 'use' : 'naming',
    span,
  }));
}

/** LSP's DocumentHighlightKind. */
const HIGHLIGHT_READ = 2;
const HIGHLIGHT_WRITE = 3;
