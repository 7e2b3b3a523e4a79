/** Formatting of a document, of a range, and while typing. */

import { LIBVIRT_STYLE, formatDocument, formatFinishedTag, formatNewLine, formatRange } from '../engine';
import type { FormatStyle, Position, Range, TextEdit } from '../engine';
import type { Settings } from '../protocol';
import type { FormattingOptions, TextEdit as LspTextEdit } from 'vscode-languageserver-types';
import { lspEdits } from './subject';
import type { Subject } from './subject';

/** What must be typed for `onTypeFormatting` to be asked. */
export const FORMATTING_TRIGGERS: readonly [string, ...string[]] = ['\n', '>'];

/** Edits that lay out the document; none where it is laid out already. */
export const formatting = (
  subject: Subject,
  options: FormattingOptions,
  settings: Settings['format'],
): LspTextEdit[] => sent(subject, formatDocument(subject.analysis.document, styleOf(options, settings)));

/** The same within the lines of a range. */
export const rangeFormatting = (
  subject: Subject,
  range: Range,
  options: FormattingOptions,
  settings: Settings['format'],
): LspTextEdit[] => {
  const { document, source } = subject.analysis;
  return sent(subject, formatRange(document, styleOf(options, settings), source.spanOf(range)));
};

/** The indentation of the line at the cursor, after one of `FORMATTING_TRIGGERS` was typed. */
export function onTypeFormatting(
  subject: Subject,
  position: Position,
  typed: string,
  options: FormattingOptions,
  settings: Settings['format'],
): LspTextEdit[] {
  const { document, source } = subject.analysis;
  const style = styleOf(options, settings);
  const offset = source.offsetAt(position);
  switch (typed) {
    case '\n':
      return lspEdits(subject, formatNewLine(document, style, offset));
    case '>':
      return lspEdits(subject, formatFinishedTag(document, style, offset));
    default:
      return [];
  }
}

/**
 * Edits for the editor. As small as they are where they are few; where nearly every tag of a large document changes,
 * neighbours are sent as one with what stands between them, which is less to send than their places: 1,000 disks
 * without indentation and with other quotes are 66,623 edits and 8 MB of JSON.
 */
const sent = (subject: Subject, edits: readonly TextEdit[]): LspTextEdit[] =>
  lspEdits(subject, edits.length <= FEW_EDITS ? edits : joined(subject.analysis.source.text, edits));

const FEW_EDITS = 1000;

/** About what the place of one more edit costs in JSON, characters. */
const NEAR = 100;

/** Longer pieces are not made: an editor finds out the small changes inside of pieces like these itself. */
const LONGEST_PIECE = 4000;

/** `edits` in order and without overlap. */
function joined(text: string, edits: readonly TextEdit[]): TextEdit[] {
  const pieces: { start: number; end: number; newText: string }[] = [];
  for (const { span, newText } of edits) {
    const last = pieces.at(-1);
    if (last !== undefined && span.start - last.end < NEAR && span.end - last.start < LONGEST_PIECE) {
      last.newText += text.slice(last.end, span.start) + newText;
      last.end = span.end;
    } else pieces.push({ start: span.start, end: span.end, newText });
  }
  return pieces.map(({ start, end, newText }) => ({ span: { start, end }, newText }));
}

function styleOf(options: FormattingOptions, settings: Settings['format']): FormatStyle {
  // Editors may send anything: a step of no blanks, or of thousands, is no step.
  const tabSize = Math.min(Math.max(1, Math.trunc(options.tabSize) || LIBVIRT_STYLE.tabSize), MOST_BLANKS);
  return {
    ...settings,
    step: options.insertSpaces ? ' '.repeat(tabSize) : '\t',
    tabSize,
    end: options.insertFinalNewline === true ? 'line-break' : 'keep',
  };
}

const MOST_BLANKS = 16;
