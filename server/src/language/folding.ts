/** Elements and comments that span several lines. */

import { childNodes, isElement, topNodes } from '../engine';
import type { Located, XmlNode } from '../engine';
import type { FoldingRange } from 'vscode-languageserver-types';
import type { Subject } from './subject';

/**
 * Folding ranges by lines, outermost first. The line of a close tag stays visible.
 * `limit` is how many the editor wants at most; deeper elements give way first.
 */
export function foldingRanges(subject: Subject, limit = Infinity): FoldingRange[] {
  const { document, source } = subject.analysis;
  const ranges: FoldingRange[] = [];
  let level: Located<XmlNode>[] = topNodes(document);
  while (level.length > 0 && ranges.length < limit) {
    const deeper: Located<XmlNode>[] = [];
    for (const located of level) {
      const { node, start } = located;
      const startLine = source.positionAt(start).line;
      const endLine = source.positionAt(start + node.length).line;
      if (endLine === startLine) continue;
      if (isElement(located)) {
        const closed = located.node.closeStart >= 0;
        const lastLine = closed ? source.positionAt(start + located.node.closeStart).line - 1 : endLine;
        if (lastLine > startLine) ranges.push({ startLine, endLine: lastLine });
        for (const child of childNodes(located)) deeper.push(child);
      } else if (node.kind === 'comment') {
        ranges.push({ startLine, endLine, kind: 'comment' });
      }
    }
    level = deeper;
  }
  return ranges.slice(0, limit).sort((a, b) => a.startLine - b.startLine);
}
