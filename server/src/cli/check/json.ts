import type { SourceText } from '../../engine';
import { jsonText } from '../printable';
import type { Terminal } from '../terminal';
import type { CheckedInput, ReportedFinding, Reporter } from './report';

/** The JSON contract of `check`: one document, lines and characters from 0 in UTF-16, as in LSP. */
export function jsonReporter(terminal: Terminal): Reporter {
  const files: object[] = [];
  return {
    input: checked => files.push(fileOf(checked)),
    // This version checks without libvirt's schema: it says so by null.
    end: () => terminal.out(jsonText({ schema: null, files })),
  };
}

function fileOf(checked: CheckedInput): object {
  const { path, status, message } = checked;
  const findings =
    checked.status === 'checked' ? checked.findings.map(finding => findingOf(finding, checked.source)) : [];
  return { path, status, message, findings };
}

function findingOf({ rule, severity, finding, fixes }: ReportedFinding, source: SourceText): object {
  return {
    rule,
    severity,
    refusedBy: finding.refusedBy,
    message: finding.message,
    range: source.rangeOf(finding.span),
    related: finding.related.map(({ message, span }) => ({ message, range: source.rangeOf(span) })),
    fixes: fixes.map(({ title, safe, edits }) => ({
      title,
      safe,
      edits: edits.map(({ span, newText }) => ({ range: source.rangeOf(span), newText })),
    })),
  };
}
