/** Comments that silence a rule, put in for the user. */

import { nodeAt, rootElement } from '../engine';
import type { Analysis, Finding, TextEdit } from '../engine';

/**
 * `<!-- domxml-disable-next-line RULE -->` on a line of its own above the line of the finding. Undefined where no
 * comment can stand there: inside a tag or a comment, before the XML declaration, and for broken XML.
 */
export function disableNextLine(analysis: Analysis, finding: Finding): TextEdit | undefined {
  if (finding.rule === 'xml-syntax') return undefined;
  const { source } = analysis;
  const start = source.lineStartAt(finding.span.start);
  if (!commentMayStandAt(analysis, start)) return undefined;
  const indent = /^[ \t]*/.exec(source.text.slice(start, finding.span.start))?.[0] ?? '';
  return insert(start, `${indent}<!-- domxml-disable-next-line ${finding.rule} -->${lineEnd(source.text)}`);
}

/** `<!-- domxml-disable RULE -->` above the document element. Undefined for broken XML. */
export function disableInFile(analysis: Analysis, finding: Finding): TextEdit | undefined {
  if (finding.rule === 'xml-syntax') return undefined;
  const root = rootElement(analysis.document);
  if (root === undefined) return undefined;
  return insert(root.start, `<!-- domxml-disable ${finding.rule} -->${lineEnd(analysis.source.text)}`);
}

function commentMayStandAt({ document, source }: Analysis, offset: number): boolean {
  const declared = document.children[0];
  if (
    declared?.kind === 'processing-instruction' &&
    declared.target === 'xml' &&
    offset < (document.childStarts[0] ?? 0) + declared.length
  ) {
    return false;
  }
  const found = nodeAt(document, offset);
  if (found === undefined || found.start === offset) return true;
  if (found.node.kind === 'text') return source.text.slice(found.start, offset).trim() === '';
  if (found.node.kind !== 'element') return false;
  const { openEnd, closeStart } = found.node;
  const inside = offset - found.start;
  return inside >= openEnd && (closeStart < 0 || inside <= closeStart);
}

const insert = (at: number, newText: string): TextEdit => ({ span: { start: at, end: at }, newText });

/** The line end that the document uses first. */
const lineEnd = (text: string): string => /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
