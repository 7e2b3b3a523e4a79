/** What an editor asks beside LSP while a document is typed; any editor can. */

import type { Position } from '../engine';

/**
 * Request, `{ textDocument: { uri }, position }`: asked right after `>` or `/` was typed, with the position behind it.
 * Answers `ClosingTagAnswer`, or null where no close tag is missing there.
 */
export const CLOSING_TAG_REQUEST = 'libvirtDomain/closingTag';

export interface ClosingTagParams {
  readonly textDocument: { readonly uri: string };
  readonly position: Position;
}

export interface ClosingTagAnswer {
  /** To be inserted at the position: `</disk>` after `>`, `disk>` after `</`. */
  readonly newText: string;
  /** Where the cursor stands then: before or behind what was inserted. */
  readonly cursor: 'before' | 'behind';
}
