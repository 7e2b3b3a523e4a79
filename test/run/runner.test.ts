import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { REPORT, runSuite, type Suite, type SuiteResult } from './run-suite';

/** Runs a suite of the given test files, as the runner runs one. */
async function run(
  t: TestContext,
  files: Readonly<Record<string, string>>,
  more: Partial<Suite> = {},
): Promise<SuiteResult> {
  const root = mkdtempSync(path.join(tmpdir(), 'domxml-run-'));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(root, name), text);
  const reporter = [
    '--test-reporter',
    path.join(__dirname, 'reporter.js'),
    '--test-reporter-destination',
    REPORT,
  ];
  const suite: Suite = {
    name: 'probe',
    nodeArguments: ['--test', ...reporter, ...Object.keys(files)],
    deadlineMs: 60_000,
    ...more,
  };
  return runSuite(suite, { root, results: path.join(root, 'results') });
}

/** Runs a suite that writes `lines` as its report and then does `rest`. */
function runReporting(t: TestContext, lines: readonly object[], rest = ''): Promise<SuiteResult> {
  const text = lines.map(line => `${JSON.stringify(line)}\n`).join('');
  const script = `
    require('node:fs').writeFileSync(process.env.DOMXML_TEST_REPORT, ${JSON.stringify(text)});
    ${rest}`;
  return run(t, { 'suite.js': script }, { nodeArguments: ['suite.js'] });
}

const HEAD = `const { test, describe } = require('node:test');\n`;

test('tests are counted, a failing one is told in full, a skipped one with its reason', async t => {
  const result = await run(t, {
    'one.test.js': `${HEAD}
      describe('group', () => {
        test('fine', () => {});
        test('wrong', () => { throw new Error('two is not three'); });
        test('left out', { skip: 'no QEMU here' }, () => {});
      });`,
  });
  assert.equal(result.passed, 1);
  assert.deepEqual(result.skipped, ['left out: no QEMU here']);
  assert.equal(result.failures.length, 1);
  assert.match(result.failures[0] ?? '', /^one\.test\.js: wrong\nError: two is not three\n +at /);
});

test('a file that cannot be loaded is a failure with its own words', async t => {
  const result = await run(t, { 'broken.test.js': `throw new Error('no such module');` });
  assert.equal(result.failures.length, 1);
  assert.match(result.failures[0] ?? '', /broken\.test\.js[^]*Error: no such module/);
});

test('a file without tests is a failure', async t => {
  const result = await run(t, { 'empty.test.js': '' });
  assert.ok(result.failures.includes('empty.test.js: holds no test'), result.failures.join('\n'));
});

test('a suite in which nothing ran is a failure', async t => {
  const result = await runReporting(t, [{ event: 'ended' }]);
  assert.deepEqual(result.failures, ['no tests were run']);
});

test('a hanging test ends at the deadline and is named', async t => {
  const files = {
    'hang.test.js': `${HEAD}test('waits for ever', () => new Promise(() => setInterval(() => {}, 1000)));`,
  };
  const result = await run(t, files, { deadlineMs: 2000 });
  assert.equal(result.failures.length, 1);
  assert.match(result.failures[0] ?? '', /^stopped at its deadline of 2 s; was running:[^]*waits for ever/);
});

test('an extension host that is killed is reported, although it answers exit code 0', async t => {
  const began = { event: 'began', name: 'the one that crashes', file: 'a.test.ts' };
  const result = await runReporting(t, [{ event: 'passed', name: 'before' }, began], 'process.exit(0);');
  assert.equal(result.passed, 1);
  assert.equal(result.failures.length, 1);
  assert.match(result.failures[0] ?? '', /^broke off before its end \(code 0\)[^]*the one that crashes/);
});

test('an exit code that no failed test explains is a failure', async t => {
  const result = await runReporting(
    t,
    [{ event: 'passed', name: 'a' }, { event: 'ended' }],
    'process.exit(3);',
  );
  assert.match(result.failures[0] ?? '', /^every test passed, but the suite ended with code 3/);
});

test('a temporary file that is left behind is named and removed', async t => {
  const leave = `require('node:fs').writeFileSync(require('node:os').tmpdir() + '/forgotten', '');`;
  const result = await runReporting(t, [{ event: 'passed', name: 'a' }, { event: 'ended' }], leave);
  assert.deepEqual(result.failures, ['left a temporary file behind (removed now): forgotten']);
});

test(
  'a process that is left behind is named and ended',
  { skip: process.platform !== 'linux' && 'environments of processes are read on Linux only' },
  async t => {
    const leave = `
      const sleeper = require('node:child_process').spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
      sleeper.unref();
      console.log(sleeper.pid);`;
    const result = await runReporting(t, [{ event: 'passed', name: 'a' }, { event: 'ended' }], leave);
    const pid = Number(/: (\d+) sleep 600$/.exec(result.failures[0] ?? '')?.[1]);
    assert.ok(pid > 0, result.failures.join('\n'));
    await gone(pid);
  },
);

/** Waits until a killed process runs no more (a zombie that nobody collects counts); node:test's deadline ends it. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      const status = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
      if (status.slice(status.lastIndexOf(')')).startsWith(') Z')) return;
    } catch {
      return;
    }
    await new Promise(resolve => setImmediate(resolve));
  }
}
