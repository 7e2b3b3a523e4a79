/**
 * Reporter for `node --test`: one JSON line for each test that began and one for each that ended (see report.ts),
 * so that the runner can count, name what hung, and tell a file without tests from a passing one.
 * `export =` because `node --test` loads a reporter by `import()` and takes a CommonJS module's exports themselves.
 */

import { relative } from 'node:path';
import type { ReportLine } from './report';

/** What of node:test's events is read here; https://nodejs.org/api/test.html, class TestsStream. */
interface TestEvent {
  readonly type: string;
  readonly data: {
    readonly name?: string;
    readonly file?: string;
    readonly message?: string;
    readonly skip?: string | boolean;
    readonly details?: { readonly type?: string; readonly duration_ms?: number; readonly error?: unknown };
  };
}

/** What Node calls a test that --test-name-pattern left out. */
const LEFT_OUT = 'test name does not match pattern';

async function* reporter(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const errors = new Map<string, string>();
  for await (const { type, data } of source) {
    if (type === 'test:stderr') {
      const file = data.file ?? '';
      errors.set(file, (errors.get(file) ?? '') + (data.message ?? ''));
    }
    const line = lineOf(type, data, errors);
    if (line) yield JSON.stringify(line) + '\n';
  }
  yield JSON.stringify({ event: 'ended' } satisfies ReportLine) + '\n';
}

function lineOf(
  type: string,
  data: TestEvent['data'],
  errors: ReadonlyMap<string, string>,
): ReportLine | undefined {
  if (type === 'test:dequeue') return { event: 'began', ...placeOf(data) };
  if (type === 'test:complete') return { event: 'closed', ...placeOf(data) };
  if (data.details?.type === 'suite' || data.skip === LEFT_OUT) return undefined;
  if (type === 'test:pass') return passed(data);
  if (type === 'test:fail') return failed(data, errors);
  return undefined;
}

function passed(data: TestEvent['data']): ReportLine {
  if (isFile(data)) return { event: 'no-tests', ...placeOf(data) };
  if (data.skip === undefined || data.skip === false) {
    return { event: 'passed', ...placeOf(data), ms: data.details?.duration_ms ?? 0 };
  }
  const reason = typeof data.skip === 'string' && data.skip !== '' ? data.skip : 'no reason given';
  return { event: 'skipped', ...placeOf(data), reason };
}

function failed(data: TestEvent['data'], errors: ReadonlyMap<string, string>): ReportLine | undefined {
  const error = data.details?.error;
  // The test inside has been reported; its parents need not be counted too.
  if (property(error, 'failureType') === 'subtestsFailed') return undefined;
  const said = isFile(data) ? errors.get(data.file ?? '') : undefined;
  const reason = said ?? stackOf(property(error, 'cause')) ?? stackOf(error) ?? 'failed without an error';
  return { event: 'failed', ...placeOf(data), ms: data.details?.duration_ms ?? 0, reason };
}

function isFile(data: TestEvent['data']): boolean {
  return data.name !== undefined && data.name === data.file;
}

function placeOf(data: TestEvent['data']): { readonly name: string; readonly file: string } {
  const file = data.file === undefined ? '' : relative(process.cwd(), data.file);
  return { name: isFile(data) ? file : (data.name ?? ''), file };
}

function stackOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const stack = property(value, 'stack');
  return typeof stack === 'string' ? stack : undefined;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

export = reporter;
