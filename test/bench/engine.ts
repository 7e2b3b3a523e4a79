/** The engine alone: parsing, full analysis, analysis after a keystroke, and what it keeps in memory. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SourceText, analyze, parseXml, type Analysis } from '../../server/src/engine';
import { SIZES, benchDocument, type BenchDocument } from './documents';
import { inMilliseconds, measure, printTable } from './measure';

export async function benchEngine(): Promise<void> {
  const rows: string[][] = [];
  for (const size of SIZES) {
    const document = benchDocument(size);
    // The small document is over so soon that only many rounds show what it costs once the code is warm.
    const rounds = Math.min(500, Math.max(10, Math.ceil(40_000_000 / document.text.length)));
    const source = SourceText.of(document.text);
    const parse = await measure(rounds, () => parseXml(source));
    const full = await measure(rounds, () => analyze(SourceText.of(document.text)));
    const keystroke = await benchKeystroke(document);
    rows.push([
      document.title,
      inMilliseconds(parse.min),
      inMilliseconds(full.min),
      inMilliseconds(keystroke.min),
      ((full.min / size.disks) * 1000).toFixed(1),
      heapOf(document),
      xmllint(document),
    ]);
  }
  console.log('Engine (milliseconds, the minimum of repeated runs)\n');
  printTable(
    [
      'document',
      'parse',
      'full analysis',
      'keystroke, analysis',
      'µs a disk',
      'heap kept',
      'xmllint --noout, a process',
    ],
    rows,
  );
}

/** One character typed into a limit and taken out again, in the middle of the document. */
async function benchKeystroke({ text, keystroke }: BenchDocument): Promise<{ min: number; median: number }> {
  let analysis: Analysis = analyze(SourceText.of(text));
  return measure(40, round => {
    const edit =
      round % 2 === 0
        ? { span: { start: keystroke, end: keystroke }, newText: '0' }
        : { span: { start: keystroke, end: keystroke + 1 }, newText: '' };
    analysis = analyze(analysis.source.edited(edit), {}, { analysis, edits: [edit] });
  });
}

/** What an analysis keeps beside the text, in a process of its own that can collect its garbage. */
function heapOf({ text }: BenchDocument): string {
  const folder = mkdtempSync(join(tmpdir(), 'domxml-bench-'));
  try {
    const file = join(folder, 'document.xml');
    writeFileSync(file, text);
    const script = `
      const { SourceText, analyze } = require(${JSON.stringify(join(__dirname, '../../server/src/engine'))});
      const text = require('fs').readFileSync(${JSON.stringify(file)}, 'utf8');
      global.gc(); const before = process.memoryUsage().heapUsed;
      const kept = analyze(SourceText.of(text));
      global.gc(); global.gc();
      console.log(((process.memoryUsage().heapUsed - before) / 1e6).toFixed(1) + ' MB', kept.findings.length > 1e9 ? '' : '');`;
    const run = spawnSync(process.execPath, ['--expose-gc', '-e', script], { encoding: 'utf8' });
    return run.stdout.trim();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a user would use instead, as a process a file; says so where it is not installed. */
function xmllint({ text }: BenchDocument): string {
  const folder = mkdtempSync(join(tmpdir(), 'domxml-bench-'));
  try {
    const file = join(folder, 'document.xml');
    writeFileSync(file, text);
    const times: number[] = [];
    for (let round = 0; round < 5; round++) {
      const start = process.hrtime.bigint();
      const run = spawnSync('xmllint', ['--noout', '--huge', file]);
      if (run.error !== undefined) return 'not installed';
      times.push(Number(process.hrtime.bigint() - start) / 1e6);
    }
    return inMilliseconds(Math.min(...times));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
