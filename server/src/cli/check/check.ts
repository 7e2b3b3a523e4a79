import { resolve } from 'node:path';
import {
  SourceText,
  analyzeTree,
  fixesOf,
  hasOtherLibvirtRoot,
  libvirtKind,
  parseXml,
  parseVersion,
  schemaAgrees,
  validationOf,
  type SchemaFolder,
  type Severity,
  type World,
  type XmlDocument,
} from '../../engine';
import {
  findDocuments,
  isFolder,
  productVersion,
  readDocument,
  type DocumentRead,
  type IsOurs,
  type TreeRead,
} from '../../files';
import { UsageError } from '../arguments';
import { says, type Command } from '../command';
import { quoted, printable } from '../printable';
import { ruleOfUser } from '../rules';
import type { CommandSyntax } from '../syntax';
import type { Terminal } from '../terminal';
import { githubReporter } from './github';
import { jsonReporter } from './json';
import { countsText, shownPath, type CheckedInput, type ReportedFinding, type Reporter } from './report';
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
    "'domxml explain RULE' tells about the rule that is named in brackets.",
  ],
};

/** `domxml check`: findings on stdout in the wanted format, words for people on stderr. */
export const checkCommand: Command = {
  syntax,
  async run(given, terminal) {
    const severities = severitiesOf(given.values('--rule'));
    const versions = worldOf(given.value('--libvirt'));
    const choice = await chosenSchema(given.value('--schema') ?? 'auto');
    const wishes = { world: { ...versions, ...worldOfSchema(choice) }, severities };
    const reporter = reporterFor(given.value('--format') ?? 'text', choice, terminal);
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

/** What the user wants: a version and a schema to check for, and other severities. */
interface Wishes {
  readonly world: World;
  readonly severities: ReadonlyMap<string, Severity | 'off'>;
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
      if (isNew(path)) yield checkedInput(path, treeOf(await readDocument(path)), wishes);
      continue;
    }
    let found = 0;
    for await (const document of findDocuments(path, isWanted(wishes.world.schema))) {
      found++;
      if (isNew(document.path)) yield checkedInput(document.path, document.read, wishes);
    }
    if (found === 0) terminal.err(says(`${printable(path)}: no libvirt document below this folder`));
  }
}

/** Below a folder nobody named the file: what is called as libvirt's other documents must also look like one. */
const isWanted =
  (schemas: SchemaFolder | undefined): IsOurs =>
  document => {
    if (libvirtKind(document) !== undefined) return true;
    if (schemas === undefined || !hasOtherLibvirtRoot(document)) return false;
    const validation = validationOf(document, undefined, schemas);
    return validation !== undefined && schemaAgrees(validation);
  };

const treeOf = (read: DocumentRead): TreeRead =>
  read.kind === 'text' ? { kind: 'tree', document: parseXml(SourceText.of(read.text)) } : read;

function checkedInput(path: string, read: TreeRead, { world, severities }: Wishes): CheckedInput {
  if (read.kind === 'unreadable') return { path, status: 'unreadable', message: read.message };
  const { source } = read.document;
  const analysis = analyzeTree(read.document, world);
  if (analysis.kind === undefined && analysis.validation === undefined) {
    return { path, status: 'not-libvirt', message: whyNotChecked(analysis.document, world.schema) };
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

const whyNotChecked = (document: XmlDocument, schemas: SchemaFolder | undefined): string =>
  schemas === undefined && hasOtherLibvirtRoot(document)
    ? "only libvirt's schema tells about this document, and none is used; it was not checked"
    : 'this is no libvirt domain document, nor one that a schema is for; it was not checked';

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
