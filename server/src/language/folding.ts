/** Elements, tags, comments and regions that span several lines. */

import { childNodes, isElement, topNodes } from '../engine';
import type { Located, SourceText, XmlNode } from '../engine';
import type { FoldingRange } from 'vscode-languageserver-types';
import type { Subject } from './subject';

/**
 * Folding ranges by lines, outermost first. The line of a close tag stays visible. A tag of several lines can be
 * folded with its element, or its element's content alone. `<!-- #region -->` to `<!-- #endregion -->` is a region.
 * `limit` is how many the editor wants at most; deeper elements give way first.
 */
export function foldingRanges(subject: Subject, limit = Infinity): FoldingRange[] {
  const { document, source } = subject.analysis;
  const ranges: FoldingRange[] = [];
  const marks: Mark[] = [];
  let level: Located<XmlNode>[] = topNodes(document);
  while (level.length > 0 && ranges.length < limit) {
    const deeper: Located<XmlNode>[] = [];
    for (const located of level) {
      const { node, start } = located;
      const startLine = source.positionAt(start).line;
      const endLine = source.positionAt(start + node.length).line;
      if (node.kind === 'comment') marks.push(...marksIn(source, located, startLine));
      if (endLine === startLine) continue;
      if (isElement(located)) {
        ranges.push(...foldsOf(source, located, startLine, endLine));
        for (const child of childNodes(located)) deeper.push(child);
      } else if (node.kind === 'comment') {
        ranges.push({ startLine, endLine, kind: 'comment' });
      } else if (node.kind !== 'text') {
        ranges.push({ startLine, endLine });
      }
    }
    level = deeper;
  }
  return [...regionsOf(marks), ...ranges].slice(0, limit).sort((a, b) => a.startLine - b.startLine);
}

function foldsOf(
  source: SourceText,
  { node, start }: Located,
  startLine: number,
  endLine: number,
): FoldingRange[] {
  const lastLine = node.closeStart >= 0 ? source.positionAt(start + node.closeStart).line - 1 : endLine;
  const tagLine = source.positionAt(start + node.openEnd).line;
  const folds: FoldingRange[] = [];
  if (lastLine > startLine) folds.push({ startLine, endLine: lastLine });
  if (tagLine > startLine && lastLine > tagLine) folds.push({ startLine: tagLine, endLine: lastLine });
  return folds;
}

/** A comment that begins or ends a region. */
interface Mark {
  readonly line: number;
  readonly begins: boolean;
}

function marksIn({ text }: SourceText, { node, start }: Located<XmlNode>, line: number): readonly Mark[] {
  // As the marks in syntaxes/language-configuration.json.
  const word = /^<!--\s*#(region|endregion)\b/.exec(
    text.slice(start, Math.min(start + node.length, start + 100)),
  )?.[1];
  return word === undefined ? [] : [{ line, begins: word === 'region' }];
}

function regionsOf(marks: readonly Mark[]): FoldingRange[] {
  const open: number[] = [];
  const regions: FoldingRange[] = [];
  for (const { line, begins } of [...marks].sort((a, b) => a.line - b.line)) {
    if (begins) open.push(line);
    else {
      const startLine = open.pop();
      if (startLine !== undefined && line > startLine)
        regions.push({ startLine, endLine: line, kind: 'region' });
    }
  }
  return regions;
}
