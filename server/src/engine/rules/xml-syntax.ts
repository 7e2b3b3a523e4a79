import { holdsStatement, holdsTemplate } from '../domain/template';
import type { XmlElement } from '../xml/tree';
import { defineRule, type ReportFinding } from './rule';

/** Above this many UTF-16 units (32 MB of ASCII) only well-formedness is checked. */
export const LARGEST_CHECKED = 32 * 1024 * 1024;

/** A document broken everywhere needs no more than this many findings to be mended. */
const MOST_PROBLEMS = 1000;

export const xmlSyntax = defineRule({
  id: 'xml-syntax',
  may: { error: ['libvirt'], information: [null] },
  scope: 'document',
  judgesAlone: true,
  summary: 'The text must be well-formed XML.',
  explain: `Libvirt reads a domain with an XML parser that stops at the first fault, so nothing of the document
takes effect until it is well-formed: every tag closed, every value in quotes, \`&\` and \`<\` written as \`&amp;\`
and \`&lt;\`.

\`\`\`xml
<source file='/vm/a & b.img'/>      <!-- refused: a bare & -->
<source file='/vm/a &amp; b.img'/>  <!-- good -->
\`\`\`

In a document of more than 32 MB nothing but this rule is checked, and one note says so.`,
  check({ source, document }, report) {
    if (source.text.length > LARGEST_CHECKED) {
      report({
        span: { start: 0, end: 0 },
        message: 'This document is larger than 32 MB: only its well-formedness is checked.',
        severity: 'information',
        refusedBy: null,
      });
    }
    const { text } = source;
    for (const problem of document.problems) {
      // A template engine takes its statements and comments out before libvirt reads the text.
      if (holdsTemplate(text.slice(problem.start, problem.end))) continue;
      report({ ...syntaxError(problem.message), span: { start: problem.start, end: problem.end } });
    }
    reportWithin(text, document, report);
  },
});

const syntaxError = (message: string): { message: string; severity: 'error'; refusedBy: 'libvirt' } => ({
  message,
  severity: 'error',
  refusedBy: 'libvirt',
});

/** Goes down only into elements that hold a problem; no recursion, for documents nest as deep as they like. */
function reportWithin(
  text: string,
  top: Pick<XmlElement, 'children' | 'childStarts'>,
  report: ReportFinding,
): void {
  const pending: { holder: Pick<XmlElement, 'children' | 'childStarts'>; base: number }[] = [
    { holder: top, base: 0 },
  ];
  let told = 0;
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const [index, child] of next.holder.children.entries()) {
      if (child.kind !== 'element' || child.problemCount === 0) continue;
      const start = next.base + (next.holder.childStarts[index] ?? 0);
      for (const problem of child.problems) {
        if (++told > MOST_PROBLEMS) return;
        const span = { start: start + problem.start, end: start + problem.end };
        // `{% if tuned %} iothread='1'{% endif %}` inside a tag.
        if (holdsStatement(text.slice(span.start, span.end))) continue;
        report({ ...syntaxError(problem.message), span });
      }
      pending.push({ holder: child, base: start });
    }
  }
}
