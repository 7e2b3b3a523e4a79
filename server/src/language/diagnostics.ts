/** Findings as diagnostics. */

import type { Finding, RefusedBy, Severity } from '../engine';
import type { RuleSetting, Settings } from '../protocol';
import type { Diagnostic, DiagnosticSeverity } from 'vscode-languageserver-types';
import { lspRange } from './subject';
import type { EditorAbilities, Subject } from './subject';

/** The `source` of our diagnostics: what stands beside the message in a list of problems. */
export const DIAGNOSTIC_SOURCE = 'domxml';

/** What `data` of a diagnostic holds. A severity that the user chose does not change who refuses the document. */
export interface DiagnosticData {
  readonly refusedBy: RefusedBy;
}

/** All findings that the settings do not switch off, in document order. */
export function diagnosticsOf(
  subject: Subject,
  settings: Settings,
  abilities: EditorAbilities,
): Diagnostic[] {
  return shownFindings(subject, settings).map(({ finding, severity }) =>
    diagnosticOf(subject, finding, severity, abilities),
  );
}

export interface ShownFinding {
  readonly finding: Finding;
  /** As the settings want it shown. */
  readonly severity: Severity;
}

/** Findings with the severity that they are shown with. */
export function shownFindings(subject: Subject, settings: Settings): ShownFinding[] {
  const chosen: ReadonlyMap<string, RuleSetting> = new Map(Object.entries(settings.rules));
  const shown: ShownFinding[] = [];
  for (const finding of subject.analysis.findings) {
    const setting = chosen.get(finding.rule) ?? finding.severity;
    if (setting !== 'off') shown.push({ finding, severity: setting });
  }
  return shown;
}

export function diagnosticOf(
  subject: Subject,
  finding: Finding,
  severity: Severity,
  abilities: EditorAbilities,
): Diagnostic {
  const data: DiagnosticData = { refusedBy: finding.refusedBy };
  const diagnostic: Diagnostic = {
    range: lspRange(subject, finding.span),
    severity: SEVERITY_NUMBERS[severity],
    code: finding.rule,
    source: DIAGNOSTIC_SOURCE,
    message: finding.message,
    data,
  };
  if (finding.unnecessary) diagnostic.tags = [UNNECESSARY];
  if (abilities.relatedInformation && finding.related.length > 0) {
    diagnostic.relatedInformation = finding.related.map(related => ({
      location: { uri: subject.uri, range: lspRange(subject, related.span) },
      message: related.message,
    }));
  }
  return diagnostic;
}

/** LSP's DiagnosticTag.Unnecessary. */
const UNNECESSARY = 1;

/** LSP's DiagnosticSeverity. */
const SEVERITY_NUMBERS: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: 1,
  warning: 2,
  information: 3,
  hint: 4,
};
