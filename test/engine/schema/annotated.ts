/** Annotated XML for the schema engine: a line of carets under what is wrong, then the kind of the error. */

import assert from 'node:assert/strict';
import { SourceText, errorSpan, parseXml, validate, type Schema } from '../../../server/src/engine';

/** The text with its errors by this schema written under their lines; the first line of each span is marked. */
export function annotated(schema: Schema, text: string): string {
  const source = SourceText.of(text);
  const marks = validate(schema, parseXml(source))
    .errors()
    .map(error => {
      const span = errorSpan(error);
      const start = source.positionAt(span.start);
      const end = source.positionAt(span.end);
      const line = text.split('\n')[start.line] ?? '';
      const until = end.line === start.line ? end.character : line.length;
      const carets = '^'.repeat(Math.max(1, until - start.character));
      return { line: start.line, mark: `${' '.repeat(start.character)}${carets} ${error.kind}` };
    });
  return text
    .split('\n')
    .flatMap((line, index) => [line, ...marks.filter(mark => mark.line === index).map(({ mark }) => mark)])
    .join('\n');
}

/** Fails where the errors are not exactly the marked ones; the failure is the right test. */
export function checkErrors(schema: Schema, marked: string): void {
  const text = marked
    .split('\n')
    .filter(line => !/^\s*\^+ [a-z-]+$/.test(line))
    .join('\n');
  assert.equal(annotated(schema, text).trim(), marked.trim());
}
