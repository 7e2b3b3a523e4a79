/** Formatting of a document, of a range, and while typing. */

import { LIBVIRT_STYLE, formatDocument, formatFinishedTag, formatNewLine, formatRange } from '../engine';
import type { FormatStyle, Position, Range } from '../engine';
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
): LspTextEdit[] => lspEdits(subject, formatDocument(subject.analysis.document, styleOf(options, settings)));

/** The same within the lines of a range. */
export const rangeFormatting = (
  subject: Subject,
  range: Range,
  options: FormattingOptions,
  settings: Settings['format'],
): LspTextEdit[] => {
  const { document, source } = subject.analysis;
  return lspEdits(subject, formatRange(document, styleOf(options, settings), source.spanOf(range)));
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
