import type { Severity, SourceText } from '../../engine';
import { printable } from '../printable';
import type { Terminal } from '../terminal';
import type { KnownFinding } from './outcomes';
import type { CheckedInput, Reporter } from './report';

/** Workflow commands that GitHub Actions turns into annotations. An unreadable input is an error annotation too. */
export function githubReporter(terminal: Terminal): Reporter {
  return {
    input: checked => {
      for (const line of linesOf(checked)) terminal.out(`${line}\n`);
    },
    end: () => undefined,
  };
}

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

function linesOf(checked: CheckedInput): string[] {
  if (checked.status === 'checked') {
    return checked.findings.map(finding => annotation(checked.path, finding, checked.source));
  }
  if (checked.status === 'not-libvirt') return [];
  return [workflowCommand('error', { file: fileName(checked.path), title: 'unreadable' }, checked.message)];
}

function annotation(path: string, finding: KnownFinding, source: SourceText): string {
  const { rule, severity } = finding;
  const { start, end } = source.rangeOf(finding.span);
  const properties = {
    file: fileName(path),
    line: String(start.line + 1),
    col: String(start.character + 1),
    endLine: String(end.line + 1),
    // GitHub takes columns only within one line, and its end column is the last character itself.
    ...(start.line === end.line ? { endColumn: String(Math.max(start.character + 1, end.character)) } : {}),
    title: rule,
  };
  return workflowCommand(COMMANDS[severity], properties, finding.message);
}

function workflowCommand(
  command: string,
  properties: Readonly<Record<string, string | undefined>>,
  message: string,
): string {
  const texts = Object.entries(properties).map(([key, value]) =>
    value === undefined ? '' : `${key}=${propertyText(value)}`,
  );
  return `::${command} ${texts.filter(text => text !== '').join(',')}::${dataText(message)}`;
}

/** Standard input has no place in the repository. */
const fileName = (path: string): string | undefined => (path === '-' ? undefined : path.replace(/^\.\//, ''));

/** GitHub decodes these escapes; all other control characters are shown as codes. */
const dataText = (text: string): string =>
  text
    .replaceAll('%', '%25')
    .split('\n')
    .map(line => printable(line.replaceAll('\r', '')))
    .join('%0A');

const propertyText = (text: string): string =>
  printable(text).replaceAll('%', '%25').replaceAll(':', '%3A').replaceAll(',', '%2C');
