import type { Fix, Severity, SourceText, Span } from '../../engine';
import { says } from '../command';
import { excerptOf } from '../excerpt';
import { painter, type Paint } from '../paint';
import { printable } from '../printable';
import type { Terminal } from '../terminal';
import type { KnownFinding } from './outcomes';
import { countsText, shownPath, type CheckedDocument, type Reporter } from './report';

/**
 * As compilers print: `path:line:column: severity: message [rule]`, the source line, and what can be done. `schema` says
 * at the end by which schema the documents were checked.
 */
export function textReporter(terminal: Terminal, schema: string): Reporter {
  const paint = painter(terminal.colors);
  const severities: Severity[] = [];
  let checkedFiles = 0;
  return {
    input: checked => {
      if (checked.status !== 'checked') return;
      checkedFiles++;
      severities.push(...checked.findings.map(finding => finding.severity));
      for (const finding of checked.findings) terminal.out(findingText(finding, checked, paint));
    },
    end: () => {
      const files = `${checkedFiles} ${checkedFiles === 1 ? 'document' : 'documents'} checked`;
      terminal.err(says(`${files} ${schema}: ${countsText(severities)}`));
    },
  };
}

const COLORS: Readonly<Record<Severity, 'red' | 'yellow' | 'cyan' | 'dim'>> = {
  error: 'red',
  warning: 'yellow',
  information: 'cyan',
  hint: 'dim',
};

function findingText(finding: KnownFinding, file: CheckedDocument, paint: Paint): string {
  const { rule, severity, fixes } = finding;
  const { path, source } = file;
  const color = COLORS[severity];
  const head = [
    paint.bold(`${place(path, source, finding.span)}:`),
    paint[color](`${severity}:`),
    printable(finding.message),
    paint.dim(`[${rule}]`),
  ].join(' ');
  const related = finding.related.map(
    ({ span, message }) => `${place(path, source, span)}: note: ${printable(message)}\n`,
  );
  return [
    `${head}\n`,
    excerptOf(source, finding.span, paint[color]),
    ...related,
    ...fixes.map(fix => `  ${paint.green('fix:')} ${fixText(fix)}\n`),
  ].join('');
}

const fixText = (fix: Fix): string => printable(fix.title);

function place(path: string, source: SourceText, span: Span): string {
  const { line, character } = source.positionAt(span.start);
  return `${printable(shownPath(path))}:${line + 1}:${character + 1}`;
}
