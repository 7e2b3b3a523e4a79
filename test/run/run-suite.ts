/** Runs one suite as a process of its own, under a deadline, and says what became of it. */

import { randomUUID } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { endProcessesOfRun, RUN_MARK, startGroup, type Ending } from './process-group';
import { readReport, type Report, type ReportLine } from './report';

export interface Suite {
  readonly name: string;
  /** Node's arguments; REPORT in them stands for the path of the report (see report.ts). */
  readonly nodeArguments: readonly string[];
  readonly deadlineMs: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether only some tests were asked for, so that none in this suite is no mistake. */
  readonly filtered?: boolean;
}

export interface SuiteResult {
  readonly name: string;
  readonly passed: number;
  /** Each failure in full: place, name, stack. */
  readonly failures: readonly string[];
  /** Each skipped test with its reason. */
  readonly skipped: readonly string[];
  readonly ms: number;
}

export interface SuiteContext {
  readonly root: string;
  /** Folder for logs, reports and screenshots. */
  readonly results: string;
  readonly signal?: AbortSignal;
}

/** Stands in `nodeArguments` for the path of the report. */
export const REPORT = '{report}';

/**
 * Runs `suite` to its end, its deadline or the signal. Never rejects: what goes wrong is a failure in the result,
 * and so are processes and temporary files that the suite left behind (processes are ended, files removed).
 */
export async function runSuite(suite: Suite, context: SuiteContext): Promise<SuiteResult> {
  const began = Date.now();
  mkdirSync(context.results, { recursive: true });
  const report = path.join(context.results, `${suite.name}.ndjson`);
  const log = path.join(context.results, `${suite.name}.log`);
  rmSync(report, { force: true });
  rmSync(log, { force: true });
  const mark = randomUUID();
  const temporary = mkdtempSync(path.join(tmpdir(), 'domxml-'));
  const state = mkdtempSync(path.join(tmpdir(), 'domxml-state-'));
  try {
    const stop = await runProcess(suite, context, { report, log, mark, temporary, state });
    const left = await endProcessesOfRun(mark);
    const read = readReport(report);
    const failures = [
      ...read.failures.map(line => describe(line)),
      ...problemsOf(read, stop, suite, log),
      ...left.map(
        process => `left a process behind (ended now): ${String(process.pid)} ${process.commandLine}`,
      ),
      ...leftFiles(temporary).map(name => `left a temporary file behind (removed now): ${name}`),
    ];
    const skipped = read.skipped.map(line => `${line.name ?? ''}: ${line.reason ?? ''}`);
    return { name: suite.name, passed: read.passed, failures, skipped, ms: Date.now() - began };
  } finally {
    for (const folder of [temporary, state]) {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
  }
}

interface Places {
  readonly report: string;
  readonly log: string;
  readonly mark: string;
  readonly temporary: string;
  /** What programs under test keep is not mixed with what this person's own have kept. */
  readonly state: string;
}

/** How the process came to its end: by itself, at the deadline, or because the person stopped the run. */
type Stop =
  | { readonly kind: 'ended'; readonly ending: Ending }
  | { readonly kind: 'deadline' }
  | { readonly kind: 'interrupted' };

async function runProcess(suite: Suite, context: SuiteContext, places: Places): Promise<Stop> {
  const args = suite.nodeArguments.map(argument => argument.replace(REPORT, places.report));
  const group = startGroup(process.execPath, args, {
    cwd: context.root,
    env: environment(suite, context, places),
    output: text => appendFileSync(places.log, text),
  });
  const over = new AbortController();
  const interrupted = new Promise<Stop>(resolve => {
    const stop = (): void => resolve({ kind: 'interrupted' });
    if (context.signal?.aborted === true) stop();
    context.signal?.addEventListener('abort', stop, { once: true, signal: over.signal });
  });
  const deadline = delay(suite.deadlineMs, undefined, { signal: over.signal }).then(
    (): Stop => ({ kind: 'deadline' }),
    (): Stop => ({ kind: 'interrupted' }),
  );
  const ended = group.ended.then((ending): Stop => ({ kind: 'ended', ending }));
  const stop = await Promise.race([ended, deadline, interrupted]);
  over.abort();
  await group.stop();
  return stop;
}

function environment(suite: Suite, context: SuiteContext, places: Places): NodeJS.ProcessEnv {
  // Set where these tests run inside a `node --test` themselves; the inner one would then not report to its own file.
  const inherited = { ...process.env };
  delete inherited['NODE_TEST_CONTEXT'];
  return {
    ...inherited,
    ...suite.env,
    [RUN_MARK]: places.mark,
    DOMXML_TEST_RESULTS: context.results,
    DOMXML_TEST_REPORT: places.report,
    TMPDIR: places.temporary,
    TEMP: places.temporary,
    TMP: places.temporary,
    XDG_STATE_HOME: places.state,
  };
}

function problemsOf(read: Report, stop: Stop, suite: Suite, log: string): readonly string[] {
  const problems = read.withoutTests.map(file => `${file}: holds no test`);
  const unfinished = read.unfinished.map(line => `${line.file ?? ''}: ${line.name ?? ''}`).join('\n  ');
  if (stop.kind === 'interrupted') return [...problems, `interrupted; was running:\n  ${unfinished}`];
  if (stop.kind === 'deadline') {
    const seconds = String(suite.deadlineMs / 1000);
    return [
      ...problems,
      `stopped at its deadline of ${seconds} s; was running:\n  ${unfinished}\nlog: ${log}`,
    ];
  }
  const { code, signal } = stop.ending;
  const how = signal === null ? `code ${String(code)}` : `signal ${signal}`;
  if (!read.ended) {
    return [...problems, `broke off before its end (${how}); was running:\n  ${unfinished}\n${tail(log)}`];
  }
  const count = read.passed + read.failures.length + read.skipped.length;
  if (count === 0 && suite.filtered !== true) return [...problems, 'no tests were run'];
  if (code !== 0 && read.failures.length === 0 && problems.length === 0) {
    return [`every test passed, but the suite ended with ${how}\n${tail(log)}`];
  }
  return problems;
}

/** The last lines of a log, for people who see the output only. */
function tail(log: string): string {
  const text = existsSync(log) ? readFileSync(log, 'utf8') : '';
  const lines = text.trimEnd().split('\n').slice(-LINES_SHOWN).join('\n');
  return `last lines of ${log}:\n${lines}`;
}

const LINES_SHOWN = 40;

function describe(line: ReportLine): string {
  return `${line.file ?? ''}: ${line.name ?? ''}\n${line.reason ?? ''}`;
}

/** What Node, V8 and Chromium keep in the temporary folder for themselves. */
const OTHERS = /^(node-compile-cache|v8-compile-cache|\.org\.chromium\.|org\.chromium\.|tsx-)/;

function leftFiles(temporary: string): readonly string[] {
  return readdirSync(temporary).filter(name => !OTHERS.test(name));
}
