import { resolve } from 'node:path';
import { parseVersion, type Severity, type World } from '../../engine';
import {
  ReadText,
  findDocuments,
  isFolder,
  productVersion,
  readDocument,
  wantedSchemas,
  type FoundRead,
} from '../../files';
import { UsageError } from '../arguments';
import { says, type Command } from '../command';
import { quoted, printable } from '../printable';
import { ruleOfUser } from '../rules';
import type { CommandSyntax } from '../syntax';
import type { Terminal } from '../terminal';
import { githubReporter } from './github';
import { jsonReporter } from './json';
import { Outcomes, answersFor } from './outcomes';
import { countsText, shownPath, type CheckedInput, type Reporter } from './report';
import { sarifReporter } from './sarif';
import { chosenSchema, schemaWords, worldOfSchema, type SchemaChoice } from './schema';
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
      summary:
        "Libvirt's schemas: auto takes those that are installed, none goes without, DIR holds domain.rng.",
    },
    {
      name: '--libvirt',
      value: { label: 'VERSION', completes: 'nothing' },
      summary: 'The release of libvirt that the documents are for, such as 11.3.0.',
    },
    {
      name: '--no-cache',
      summary: 'Check every document anew, also those that have not changed since an earlier run.',
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
    "Domains, snapshots and checkpoints are checked always; networks, pools, volumes and the others that have a schema, by libvirt's schema. Below a folder those others are passed over where the schema does not know most of what is in them: they are somebody else's.",
    'Exit code: 0 no finding of severity error, 1 at least one, 2 an input could not be read, or a mistake in the arguments.',
    'What was found is kept in your cache folder (XDG_CACHE_HOME, or ~/.cache): a document that has not changed is not checked again by the same domxml and the same schema.',
    "'domxml explain RULE' tells about the rule that is named in brackets.",
  ],
};

/** `domxml check`: findings on stdout in the wanted format, words for people on stderr. */
export const checkCommand: Command = {
  syntax,
  async run(given, terminal) {
    const severities = severitiesOf(given.values('--rule'));
    const versions = worldOf(given.value('--libvirt'));
    const wish = given.value('--schema') ?? 'auto';
    const wanted = await wantedSchemas(wish, undefined);
    const answers = given.has('--no-cache') ? undefined : answersFor(wanted, versions);
    const choice = chosenSchema(wish, wanted, answers?.isEmpty === false);
    const outcomes = new Outcomes(
      { ...versions, ...worldOfSchema(choice) },
      choice.kind === 'broken' ? undefined : answers,
    );
    const reporter = reporterFor(given.value('--format') ?? 'text', choice, terminal);
    let exitCode = 0;
    for await (const { path, read } of inputs(given.operands, outcomes, terminal)) {
      const checked = checkedInput(path, read, outcomes, severities);
      reporter.input(checked);
      exitCode = Math.max(exitCode, exitCodeOf(checked));
      sayAside(checked, terminal);
    }
    reporter.end();
    outcomes.save();
    return exitCode;
  },
};

type Severities = ReadonlyMap<string, Severity | 'off'>;

function worldOf(version: string | undefined): World {
  if (version === undefined) return {};
  const libvirt = /^v?\d+\.\d+(\.\d+)?(-\S*)?$/.test(version) ? parseVersion(version) : undefined;
  if (libvirt === undefined) {
    throw new UsageError(`--libvirt ${quoted(version)} is no release; write it as in 11.3.0`);
  }
  return { libvirt };
}

function severitiesOf(settings: readonly string[]): Severities {
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

function reporterFor(format: string, choice: SchemaChoice, terminal: Terminal): Reporter {
  switch (format) {
    case 'json':
      return jsonReporter(terminal, choice.kind === 'used' ? choice : undefined);
    case 'sarif':
      return sarifReporter(terminal, productVersion(__dirname));
    case 'github':
      return githubReporter(terminal);
    default:
      return textReporter(terminal, schemaWords(choice));
  }
}

/** The inputs in the order given, each file once. */
async function* inputs(
  paths: readonly string[],
  outcomes: Outcomes,
  terminal: Terminal,
): AsyncGenerator<{ readonly path: string; readonly read: FoundRead }> {
  const seen = new Set<string>();
  const isNew = (path: string): boolean => {
    const key = path === '-' ? path : resolve(path);
    const isNewKey = !seen.has(key);
    seen.add(key);
    return isNewKey;
  };
  for (const path of paths) {
    if (path === '-' || !isFolder(path)) {
      if (isNew(path)) yield { path, read: await readNamed(path) };
      continue;
    }
    let found = 0;
    for await (const document of findDocuments(path, text => outcomes.isWanted(text))) {
      found++;
      if (isNew(document.path)) yield document;
    }
    if (found === 0) terminal.err(says(`${printable(path)}: no libvirt document below this folder`));
  }
}

async function readNamed(path: string): Promise<FoundRead> {
  const read = await readDocument(path);
  return read.kind === 'text' ? { kind: 'text', text: new ReadText(read.text) } : read;
}

function checkedInput(
  path: string,
  read: FoundRead,
  outcomes: Outcomes,
  severities: Severities,
): CheckedInput {
  if (read.kind === 'unreadable') return { path, status: 'unreadable', message: read.message };
  const outcome = outcomes.of(read.text);
  if (outcome.status === 'not-libvirt') return { path, ...outcome };
  const findings = outcome.findings.flatMap(finding => {
    const severity = severities.get(finding.rule) ?? finding.severity;
    return severity === 'off' ? [] : [{ ...finding, severity }];
  });
  const message = countsText(findings.map(finding => finding.severity));
  return { path, status: 'checked', message, source: read.text.source, findings, faults: outcome.faults };
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
