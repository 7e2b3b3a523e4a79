/** Test documents with marks: `$0` is the cursor. */

import { SourceText, analyze, type Position, type World } from '../../server/src/engine';
import { PLAIN_EDITOR, type EditorAbilities, type Subject } from '../../server/src/language';

export const TEST_URI = 'file:///test.domain.xml';

/** An editor that can do everything. */
export const FULL_EDITOR: EditorAbilities = {
  ...PLAIN_EDITOR,
  snippets: true,
  keepsIndentation: true,
  markdown: true,
  relatedInformation: true,
  versionedEdits: true,
};

export const subjectOf = (text: string, world: World = {}): Subject => ({
  uri: TEST_URI,
  version: 1,
  analysis: analyze(SourceText.of(text), world),
  world,
});

/** The document without its `$0`, and where that stood. The line break after the opening quote is not part of it. */
export function atCursor(
  marked: string,
  world: World = {},
): { subject: Subject; position: Position; text: string } {
  const text = marked.replace(/^\n/, '');
  const offset = text.indexOf('$0');
  if (offset < 0) throw new Error('The test document has no $0.');
  const clean = text.slice(0, offset) + text.slice(offset + 2);
  return { subject: subjectOf(clean, world), position: SourceText.of(clean).positionAt(offset), text: clean };
}

/** LSP edits applied to a text. */
export function withEdits(
  text: string,
  edits: readonly { readonly range: { start: Position; end: Position }; readonly newText: string }[],
): string {
  const source = SourceText.of(text);
  return edits
    .map(({ range, newText }) => ({ ...source.spanOf(range), newText }))
    .sort((a, b) => b.start - a.start)
    .reduce((done, edit) => done.slice(0, edit.start) + edit.newText + done.slice(edit.end), text);
}
