/** The report that every suite writes while it runs: one JSON line an event, `ended` as the last. */

import { existsSync, readFileSync } from 'node:fs';

/** One line of the report. */
export interface ReportLine {
  readonly event: 'began' | 'closed' | 'passed' | 'failed' | 'skipped' | 'no-tests' | 'ended';
  readonly name?: string;
  /** Test file, relative to the repository. */
  readonly file?: string;
  readonly ms?: number;
  /** Why it failed (a stack), or why it was skipped. */
  readonly reason?: string;
}

export interface Report {
  readonly passed: number;
  readonly failures: readonly ReportLine[];
  readonly skipped: readonly ReportLine[];
  /** Began and never came to an end: what hung, or what was running when the host died. */
  readonly unfinished: readonly ReportLine[];
  /** Files that hold no test at all. */
  readonly withoutTests: readonly string[];
  /** Whether the suite itself wrote that it was through; a killed host never does, whatever its exit code says. */
  readonly ended: boolean;
}

/** Reads the report at `file`; an absent file is a report of nothing, not ended. */
export function readReport(file: string): Report {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  // The last line may be cut where the writer was killed; everything before the last line end is whole.
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  return summarize(lines.filter(line => line !== '').map(line => JSON.parse(line) as ReportLine));
}

function summarize(lines: readonly ReportLine[]): Report {
  const open = new Map<string, ReportLine>();
  for (const line of lines) {
    const key = `${line.file ?? ''}\n${line.name ?? ''}`;
    if (line.event === 'began') open.set(key, line);
    else open.delete(key);
  }
  const of = (event: ReportLine['event']): ReportLine[] => lines.filter(line => line.event === event);
  return {
    passed: of('passed').length,
    failures: of('failed'),
    skipped: of('skipped'),
    unfinished: [...open.values()],
    withoutTests: of('no-tests').map(line => line.file ?? ''),
    ended: of('ended').length > 0,
  };
}
