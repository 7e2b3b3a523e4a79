/** Requests that serve editing: each ties one method of LSP, or one of ours, to one feature. */

import {
  FORMATTING_TRIGGERS,
  SEMANTIC_LEGEND,
  closingTag,
  documentHighlights,
  documentLinks,
  formatting,
  linkedEditingRanges,
  onTypeFormatting,
  rangeFormatting,
  selectionRanges,
} from '../language';
import { CLOSING_TAG_REQUEST, type ClosingTagParams } from '../protocol';
import type { ServerCapabilities } from 'vscode-languageserver/node';
import { feature } from './guard';
import { serveSemanticTokens } from './semantic-tokens';
import type { Session } from './session';

/** What `initialize` says of them. */
export const EDITING_CAPABILITIES = {
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  documentOnTypeFormattingProvider: {
    firstTriggerCharacter: FORMATTING_TRIGGERS[0],
    moreTriggerCharacter: FORMATTING_TRIGGERS.slice(1),
  },
  linkedEditingRangeProvider: true,
  selectionRangeProvider: true,
  documentHighlightProvider: true,
  documentLinkProvider: {},
  semanticTokensProvider: { legend: SEMANTIC_LEGEND, full: { delta: true }, range: true },
} satisfies ServerCapabilities;

export function registerEditing(session: Session): void {
  const { connection } = session;
  connection.onDocumentFormatting(
    feature(session, 'textDocument/formatting', (subject, { options }) =>
      formatting(subject, options, session.settings.format),
    ),
  );
  connection.onDocumentRangeFormatting(
    feature(session, 'textDocument/rangeFormatting', (subject, { range, options }) =>
      rangeFormatting(subject, range, options, session.settings.format),
    ),
  );
  connection.onDocumentOnTypeFormatting(
    feature(session, 'textDocument/onTypeFormatting', (subject, { position, ch, options }) =>
      onTypeFormatting(subject, position, ch, options, session.settings.format),
    ),
  );
  connection.languages.onLinkedEditingRange(
    feature(session, 'textDocument/linkedEditingRange', (subject, { position }) =>
      linkedEditingRanges(subject, position),
    ),
  );
  connection.onSelectionRanges(
    feature(session, 'textDocument/selectionRange', (subject, { positions }) =>
      selectionRanges(subject, positions),
    ),
  );
  connection.onDocumentHighlight(
    feature(session, 'textDocument/documentHighlight', (subject, { position }) =>
      documentHighlights(subject, position),
    ),
  );
  connection.onDocumentLinks(
    feature(session, 'textDocument/documentLink', subject => documentLinks(subject)),
  );
  connection.onRequest(
    CLOSING_TAG_REQUEST,
    feature(session, CLOSING_TAG_REQUEST, (subject, { position }: ClosingTagParams) =>
      closingTag(subject, position),
    ),
  );
  serveSemanticTokens(session);
}
