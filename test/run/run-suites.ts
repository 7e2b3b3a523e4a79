/** Runs the suites one after another and prints what became of them; the last line is `N passed, N failed`. */

import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { whenParentIsGone } from './process-group';
import { REPORT, runSuite, type Suite, type SuiteResult } from './run-suite';

export type SuiteName = 'unit' | 'qemu' | 'libvirt' | 'load' | 'vscode' | 'ui';

export interface RunOptions {
  readonly root: string;
  readonly only: readonly SuiteName[];
  /** Only tests whose name holds this. */
  readonly grep?: string | undefined;
  /** Programs that this system lacks. */
  readonly absent: readonly string[];
  /** Why there is no root with a real libvirt here; undefined, once they stand. Still being made meanwhile. */
  readonly noRoots: Promise<string | undefined>;
  /** CI=true: what cannot run is a failure, not a skip. */
  readonly ci: boolean;
}

interface PlannedSuite extends Suite {
  readonly name: SuiteName;
  /** Programs without which it cannot run. */
  readonly needs: readonly string[];
  /** Whether it runs programs of the roots: without them `some` of its tests are left out, or the `whole` of it. */
  readonly roots?: 'some' | 'whole';
  /** Why it has no place on this platform at all, whatever is installed. */
  readonly notHere?: string | undefined;
}

/** Runs what was asked for; answers the exit code. */
export async function runSuites(options: RunOptions): Promise<number> {
  const results: SuiteResult[] = [];
  const context = { root: options.root, results: path.join(options.root, 'test-results') };
  const interrupt = new AbortController();
  const stop = (): void => interrupt.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  whenParentIsGone(stop);
  rmSync(context.results, { recursive: true, force: true });
  for (const planned of plan(options)) {
    const suite = { ...planned, filtered: options.grep !== undefined };
    if (!options.only.includes(suite.name) || interrupt.signal.aborted) continue;
    const result =
      (await whyNot(suite, options)) ?? (await runSuite(suite, { ...context, signal: interrupt.signal }));
    results.push(judge(result, suite, options));
    printSuite(results.at(-1) ?? result);
  }
  return printTotal(results);
}

/** The suites, cheap ones first. Every test file is some suite's. */
function plan(options: RunOptions): readonly PlannedSuite[] {
  const grep = options.grep;
  const files = testFiles(path.join(options.root, 'out', 'test'));
  const of = (suite: SuiteName): string[] => files.filter(file => suiteOf(file) === suite);
  const electron = wantsElectron();
  const host = electron ? 'run-in-electron.js' : 'run-in-server.js';
  const linuxOnly = process.platform === 'linux' ? undefined : 'runs on Linux only';
  const editor = ['g++', 'make', 'python3', 'chromium'];
  const qemu = ['qemu-system-x86_64', 'qemu-img'];
  return [
    { name: 'unit', nodeArguments: nodeTest(of('unit'), 2, grep), deadlineMs: 1_800_000, needs: [] },
    {
      name: 'qemu',
      nodeArguments: nodeTest(of('qemu'), 1, grep),
      deadlineMs: 900_000,
      needs: qemu,
      roots: 'some',
      notHere: linuxOnly,
    },
    {
      name: 'libvirt',
      nodeArguments: nodeTest(of('libvirt'), 1, grep),
      deadlineMs: 2_400_000,
      needs: qemu,
      roots: 'whole',
      notHere: linuxOnly,
    },
    {
      name: 'load',
      nodeArguments: nodeTest(of('load'), 1, grep),
      deadlineMs: 2_400_000,
      needs: qemu,
      roots: 'whole',
      notHere: linuxOnly,
    },
    {
      name: 'vscode',
      nodeArguments: [path.join('out', 'test', 'host', host)],
      deadlineMs: 900_000,
      needs: electron ? [] : editor,
      notHere: electron ? undefined : linuxOnly && `${linuxOnly}, or with VSCODE_TEST_HOST=electron`,
      ...(grep === undefined ? {} : { env: { MOCHA_GREP: grep } }),
    },
    {
      name: 'ui',
      nodeArguments: nodeTest(of('ui'), 1, grep),
      deadlineMs: 1_200_000,
      needs: [...editor, ...qemu],
      roots: 'some',
      notHere: linuxOnly,
    },
  ];
}

/**
 * A test file's suite by its place: out/test/ui, out/test/vscode; real.test.js or a folder `real` is for QEMU, and of
 * these what speaks of libvirt in its path is for the long suite with a real libvirt, of a guest or random changes for
 * the suite under load.
 */
export function suiteOf(file: string): SuiteName {
  const [, , top = '', ...rest] = file.split(path.sep);
  if (top === 'ui' || top === 'vscode') return top;
  if (top !== 'real' && !/(^|[./])real[./]/.test(rest.join('/'))) return 'unit';
  const place = [top, ...rest].join('/');
  if (/(^|\/)(guest|random)/.test(place)) return 'load';
  return /(^|\/)libvirt/.test(place) ? 'libvirt' : 'qemu';
}

function wantsElectron(): boolean {
  return (process.env['VSCODE_EXECUTABLE'] ?? '') !== '' || process.env['VSCODE_TEST_HOST'] === 'electron';
}

/** Compiled test files below `folder`, relative to the repository. */
function testFiles(folder: string): readonly string[] {
  return (
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.test.js'))
      .map(file => path.join('out', 'test', file))
      // The compiler leaves behind what it made of sources that are gone.
      .filter(file => existsSync(path.join(folder, '..', '..', sourceOf(file))))
      .sort()
  );
}

const sourceOf = (file: string): string => path.relative('out', file).replace(/\.js$/, '.ts');

function nodeTest(
  files: readonly string[],
  concurrency: number,
  grep: string | undefined,
): readonly string[] {
  // Without files `node --test` would go and look for some.
  if (files.length === 0) return [];
  const reporter = path.join(__dirname, 'reporter.js');
  return [
    '--test',
    `--test-concurrency=${String(concurrency)}`,
    `--test-reporter=${reporter}`,
    `--test-reporter-destination=${REPORT}`,
    ...(grep === undefined ? [] : [`--test-name-pattern=${escapePattern(grep)}`]),
    '--',
    ...files,
  ];
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** A result in place of a run, where the suite cannot run here. */
async function whyNot(suite: PlannedSuite, options: RunOptions): Promise<SuiteResult | undefined> {
  const nothing = { name: suite.name, passed: 0, failures: [], skipped: [], ms: 0 };
  if (suite.notHere !== undefined) return { ...nothing, skipped: [`whole suite: ${suite.notHere}`] };
  if (suite.nodeArguments.length === 0) return { ...nothing, failures: ['has no test files'] };
  const lacking = suite.needs.filter(program => options.absent.includes(program));
  // Also where only some of its tests need them: they must not be half-made when the suite begins.
  const noRoots = suite.roots === undefined ? undefined : await options.noRoots;
  const obstacle =
    lacking.length > 0
      ? `${lacking.join(', ')} missing on this system`
      : suite.roots === 'whole'
        ? noRoots
        : undefined;
  if (obstacle === undefined) return undefined;
  const reason = `whole suite: ${obstacle}`;
  return options.ci ? { ...nothing, failures: [reason] } : { ...nothing, skipped: [reason] };
}

/** With CI=true a real part that was there and still not used is a failure. */
function judge(result: SuiteResult, suite: PlannedSuite, options: RunOptions): SuiteResult {
  if (!options.ci || suite.name === 'unit' || suite.notHere !== undefined) return result;
  const failures = result.skipped.map(skipped => `skipped although CI=true: ${skipped}`);
  return { ...result, failures: [...result.failures, ...failures], skipped: [] };
}

function printSuite(result: SuiteResult): void {
  for (const skipped of result.skipped) console.log(`${result.name}: skipped ${skipped}`);
  for (const failure of result.failures) {
    console.log(`${result.name}: FAILED ${failure.replaceAll('\n', '\n    ')}`);
  }
  console.log(`${result.name}: ${counts([result])} (${(result.ms / 1000).toFixed(1)} s)`);
}

function printTotal(results: readonly SuiteResult[]): number {
  const total = (of: (result: SuiteResult) => number): number =>
    results.reduce((sum, result) => sum + of(result), 0);
  const nothing = total(result => result.passed + result.failures.length) === 0;
  if (nothing) console.log('No test was run; that counts as a failure.');
  const none: SuiteResult = {
    name: '',
    passed: 0,
    failures: nothing ? ['nothing ran'] : [],
    skipped: [],
    ms: 0,
  };
  console.log(counts([...results, none]));
  return nothing || total(result => result.failures.length) > 0 ? 1 : 0;
}

function counts(results: readonly SuiteResult[]): string {
  const sum = (of: (result: SuiteResult) => number): number =>
    results.reduce((n, result) => n + of(result), 0);
  const skipped = sum(result => result.skipped.length);
  const line = `${String(sum(r => r.passed))} passed, ${String(sum(r => r.failures.length))} failed`;
  return skipped === 0 ? line : `${line}, ${String(skipped)} skipped`;
}
