import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  RULES,
  type Fix,
  type Range,
  type Rule,
  type Severity,
  type SourceText,
  type Span,
} from '../../engine';
import { jsonText } from '../printable';
import type { Terminal } from '../terminal';
import type { KnownFinding } from './outcomes';
import type { CheckedDocument, CheckedInput, Reporter } from './report';

/** SARIF 2.1.0 (OASIS) for code scanning: the rules with their help, the results with their fixes. */
export function sarifReporter(terminal: Terminal, version: string): Reporter {
  const results: object[] = [];
  const notifications: object[] = [];
  let unreadable = false;
  return {
    input: checked => {
      unreadable ||= checked.status === 'unreadable';
      notifications.push(...notificationsOf(checked));
      if (checked.status === 'checked')
        results.push(...checked.findings.map(found => resultOf(found, checked)));
    },
    end: () => terminal.out(jsonText(sarifLog(version, results, notifications, !unreadable))),
  };
}

const sarifLog = (
  version: string,
  results: readonly object[],
  toolExecutionNotifications: readonly object[],
  executionSuccessful: boolean,
): object => ({
  $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
  version: '2.1.0',
  runs: [
    {
      tool: { driver: { name: 'domxml', semanticVersion: version, rules: RULES.map(descriptorOf) } },
      columnKind: 'utf16CodeUnits',
      invocations: [{ executionSuccessful, toolExecutionNotifications }],
      results,
    },
  ],
});

const LEVELS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

const descriptorOf = (rule: Rule): object => ({
  id: rule.id,
  shortDescription: { text: rule.summary },
  help: { text: rule.explain, markdown: rule.explain },
  defaultConfiguration: { level: LEVELS[gravest(rule)] },
});

const gravest = (rule: Rule): Severity =>
  (['error', 'warning', 'information', 'hint'] as const).find(severity => rule.may[severity] !== undefined) ??
  'warning';

function resultOf(finding: KnownFinding, file: CheckedDocument): object {
  const { rule, severity, fixes } = finding;
  const artifactLocation = { uri: uriOf(file.path) };
  const location = (span: Span): object => ({
    physicalLocation: { artifactLocation, region: regionOf(file.source, span) },
  });
  return {
    ruleId: rule,
    ruleIndex: RULES.findIndex(known => known.id === rule),
    level: LEVELS[severity],
    message: { text: finding.message },
    locations: [location(finding.span)],
    relatedLocations: finding.related.map(({ span, message }, id) => ({
      id,
      message: { text: message },
      ...location(span),
    })),
    fixes: fixes.map(fix => fixOf(fix, file.source, artifactLocation)),
    properties: { refusedBy: finding.refusedBy },
  };
}

const fixOf = (fix: Fix, source: SourceText, artifactLocation: object): object => ({
  description: { text: fix.title },
  artifactChanges: [
    {
      artifactLocation,
      replacements: fix.edits.map(({ span, newText }) => ({
        deletedRegion: regionOf(source, span),
        insertedContent: { text: newText },
      })),
    },
  ],
});

/** SARIF counts lines and columns from 1; the end column is behind the last character. */
function regionOf(source: SourceText, span: Span): object {
  const { start, end }: Range = source.rangeOf(span);
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

function notificationsOf(checked: CheckedInput): object[] {
  const locations = [{ physicalLocation: { artifactLocation: { uri: uriOf(checked.path) } } }];
  if (checked.status !== 'checked') {
    const level = checked.status === 'unreadable' ? 'error' : 'note';
    return [{ level, message: { text: checked.message }, locations }];
  }
  return checked.faults.map(({ rule, message }) => ({
    level: 'error',
    message: { text: `rule ${rule} failed: ${message}` },
    locations,
  }));
}

/** A reference relative to where domxml was started, or a file URI. */
function uriOf(path: string): string {
  if (path === '-') return 'stdin';
  if (isAbsolute(path)) return pathToFileURL(path).href;
  return path
    .replace(/^\.[/\\]/, '')
    .split(/[/\\]/)
    .map(part => encodeURIComponent(part))
    .join('/');
}
