/**
 * Entry of the mocha suite, called by VS Code inside the extension host, in the server as in a desktop VS Code.
 * It reports each test to the file DOMXML_TEST_REPORT as it goes (see test/run/report.ts), `ended` last: a host that
 * is killed answers exit code 0, but never writes that line.
 */

import { appendFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import type { ReportLine } from '../../run/report';
import { waitsInVain } from './editor';

/** Runs every *.test.js beside this file. Rejects when a test failed or none was run. */
export async function run(): Promise<void> {
  const grep = process.env['MOCHA_GREP'];
  const mocha = new Mocha({
    ui: 'tdd',
    color: false,
    timeout: 30_000,
    reporter: 'spec',
    ...(grep === undefined ? {} : { fgrep: grep }),
  });
  for (const file of readdirSync(__dirname)) {
    if (file.endsWith('.test.js')) mocha.addFile(path.join(__dirname, file));
  }
  const { failures, tests } = await runMocha(mocha);
  report({ event: 'ended' });
  if (failures > 0) throw new Error(`${String(failures)} of ${String(tests)} tests failed`);
  if (tests === 0 && grep === undefined) throw new Error('no tests were run');
}

function runMocha(mocha: Mocha): Promise<{ readonly failures: number; readonly tests: number }> {
  return new Promise((resolve, reject) => {
    try {
      let tests = 0;
      const runner = mocha.run(failures => resolve({ failures, tests }));
      runner.on('test', test => report({ event: 'began', ...placeOf(test) }));
      runner.on('pass', test => {
        tests++;
        report({ event: 'passed', ...placeOf(test), ms: test.duration ?? 0 });
      });
      runner.on('fail', (test, error: unknown) => {
        tests++;
        const reason = [reasonOf(error), ...waitsInVain()].join('\n');
        report({ event: 'failed', ...placeOf(test), reason });
      });
      runner.on('pending', test => {
        tests++;
        report({ event: 'skipped', ...placeOf(test), reason: 'skipped in the suite' });
      });
    } catch (error) {
      // A test file that cannot be loaded ends up here.
      report({ event: 'failed', name: 'loading the test files', file: '', reason: reasonOf(error) });
      reject(error instanceof Error ? error : new Error(String(error)));
    }
  });
}

function placeOf(test: Mocha.Runnable): { readonly name: string; readonly file: string } {
  const file = test.file === undefined ? '' : path.basename(test.file).replace(/\.js$/, '.ts');
  return { name: test.fullTitle(), file: `test/vscode/suite/${file}` };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function report(line: ReportLine): void {
  const file = process.env['DOMXML_TEST_REPORT'];
  if (file !== undefined) appendFileSync(file, JSON.stringify(line) + '\n');
}
