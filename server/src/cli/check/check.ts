import { resolve } from 'node:path';
import { SourceText, analyze, fixesOf, parseVersion, type Severity, type World } from '../../engine';
import { findDocuments, isFolder, productVersion, readDocument, type DocumentRead } from '../../files';
import { UsageError, type Arguments } from '../arguments';
import { says, type Command } from '../command';
import { quoted, printable } from '../printable';
import { ruleOfUser } from '../rules';
import type { CommandSyntax } from '../syntax';
import type { Terminal } from '../terminal';
import { githubReporter } from './github';
import { jsonReporter } from './json';
import { countsText, shownPath, type CheckedInput, type ReportedFinding, type Reporter } from './report';
import { sarifReporter } from './sarif';
import { textReporter } from './text';

const syntax: CommandSyntax = {
  name: 'check',
  summary: 'Check domain XML documents and say what libvirt or QEMU would refuse.',
  operand: { label: 'PATH', completes: 'file', least: 1, most: 'any' },
  options: [
    {
      name: '--format',
      value: { label: 'FORMAT', choices: ['text', 'json', 'sarif', 'github'], completes: 'nothing' },
      summary: 'How findings are written; text where not given.',
    },
    {
      name: '--schema',
      value: { label: 'auto|none|DIR', completes: 'folder' },
      summary: "Libvirt's schema; this version checks without one.",
    },
    {
      name: '--libvirt',
      value: { label: 'VERSION', completes: 'nothing' },
      summary: 'The release of libvirt that the documents are for, such as 11.3.0.',
    },
    {
      name: '--rule',
      value: { label: 'ID=off|SEVERITY', completes: 'rule-setting' },
      repeatable: true,
      summary: 'Switch a rule off, or report it as error, warning, information or hint.',
    },
  ],
  usageExit: 2,
  details: [
    'PATH is a document, or a folder: every *.xml below it that is a libvirt document is checked, the rest passed over. - is standard input.',
    'Exit code: 0 no finding of severity error, 1 at least one, 2 an input could not be read, or a mistake in the arguments.',
    "'domxml explain RULE' tells about the rule that is named in brackets.",
  ],
};

/** `domxml check`: findings on stdout in the wanted format, words for people on stderr. */
export const checkCommand: Command = {
  syntax,
  async run(given, terminal) {
    const wishes = wishesOf(given);
    const reporter = reporterFor(given.value('--format') ?? 'text', terminal);
    let exitCode = 0;
    for await (const checked of checkedInputs(given.operands, wishes, terminal)) {
      reporter.input(checked);
      exitCode = Math.max(exitCode, exitCodeOf(checked));
      sayAside(checked, terminal);
    }
    reporter.end();
    return exitCode;
  },
};

/** What the user wants: a version to check for, and other severities. */
interface Wishes {
  readonly world: World;
  readonly severities: ReadonlyMap<string, Severity | 'off'>;
}

function wishesOf(given: Arguments): Wishes {
  const schema = given.value('--schema') ?? 'auto';
  if (schema !== 'auto' && schema !== 'none') {
    throw new UsageError(
      "--schema: this version does not validate by libvirt's schema yet; leave the option out, or give auto or none",
    );
  }
  return { world: worldOf(given.value('--libvirt')), severities: severitiesOf(given.values('--rule')) };
}

function worldOf(version: string | undefined): World {
  if (version === undefined) return {};
  const libvirt = /^v?\d+\.\d+(\.\d+)?(-\S*)?$/.test(version) ? parseVersion(version) : undefined;
  if (libvirt === undefined) {
    throw new UsageError(`--libvirt ${quoted(version)} is no release; write it as in 11.3.0`);
  }
  return { libvirt };
}

function severitiesOf(settings: readonly string[]): ReadonlyMap<string, Severity | 'off'> {
  const severities = new Map<string, Severity | 'off'>();
  for (const setting of settings) {
    const equals = setting.indexOf('=');
    const id = equals < 0 ? setting : setting.slice(0, equals);
    const rule = ruleOfUser(id, '--rule');
    const severity = SETTINGS.find(known => known === setting.slice(equals + 1));
    if (equals < 0 || severity === undefined) {
      throw new UsageError(
        `--rule ${quoted(setting)}: say what to do with the rule: ${rule.id}=off, or =${SETTINGS.slice(1).join(', =')}`,
      );
    }
    if (severities.has(rule.id)) throw new UsageError(`--rule ${rule.id} is given twice; give it once`);
    severities.set(rule.id, severity);
  }
  return severities;
}

const SETTINGS = ['off', 'error', 'warning', 'information', 'hint'] as const;

function reporterFor(format: string, terminal: Terminal): Reporter {
  switch (format) {
    case 'json':
      return jsonReporter(terminal);
    case 'sarif':
      return sarifReporter(terminal, productVersion(__dirname));
    case 'github':
      return githubReporter(terminal);
    default:
      return textReporter(terminal);
  }
}

/** The inputs in the order given, each file once. */
async function* checkedInputs(
  paths: readonly string[],
  wishes: Wishes,
  terminal: Terminal,
): AsyncGenerator<CheckedInput> {
  const seen = new Set<string>();
  const isNew = (path: string): boolean => {
    const key = path === '-' ? path : resolve(path);
    const isNewKey = !seen.has(key);
    seen.add(key);
    return isNewKey;
  };
  for (const path of paths) {
    if (path === '-' || !(await isFolder(path))) {
      if (isNew(path)) yield checkedInput(path, await readDocument(path), wishes);
      continue;
    }
    let found = 0;
    for await (const document of findDocuments(path)) {
      found++;
      if (isNew(document.path)) yield checkedInput(document.path, document.read, wishes);
    }
    if (found === 0) terminal.err(says(`${printable(path)}: no libvirt document below this folder`));
  }
}

function checkedInput(path: string, read: DocumentRead, { world, severities }: Wishes): CheckedInput {
  if (read.kind === 'unreadable') return { path, status: 'unreadable', message: read.message };
  const source = SourceText.of(read.text);
  const analysis = analyze(source, world);
  if (analysis.kind === undefined) {
    return { path, status: 'not-libvirt', message: 'this is no libvirt domain document; it was not checked' };
  }
  const findings: ReportedFinding[] = [];
  for (const finding of analysis.findings) {
    const severity = severities.get(finding.rule) ?? finding.severity;
    if (severity === 'off') continue;
    findings.push({ rule: finding.rule, severity, finding, fixes: fixesOf(analysis, finding) });
  }
  findings.sort(
    (a, b) =>
      a.finding.span.start - b.finding.span.start ||
      a.finding.span.end - b.finding.span.end ||
      (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0),
  );
  const message = countsText(findings.map(finding => finding.severity));
  return { path, status: 'checked', message, source, findings, faults: analysis.faults };
}

function exitCodeOf(checked: CheckedInput): number {
  switch (checked.status) {
    case 'unreadable':
      return 2;
    case 'not-libvirt':
      return 0;
    case 'checked':
      return checked.findings.some(finding => finding.severity === 'error') ? 1 : 0;
  }
}

/** What people need to know beside the findings, whatever the format. */
function sayAside(checked: CheckedInput, terminal: Terminal): void {
  const path = printable(shownPath(checked.path));
  if (checked.status !== 'checked') {
    terminal.err(says(`${path}: ${printable(checked.message)}`));
    return;
  }
  for (const { rule, message } of checked.faults) {
    terminal.err(
      says(`${path}: rule ${rule} failed and found nothing (${printable(message)}); please report this`),
    );
  }
}
