/** Times of repeated runs. A busy machine makes single runs slow: the minimum is what the code costs. */

export interface Times {
  readonly min: number;
  readonly median: number;
}

/** Runs `work` `count` times after two for warming up; milliseconds. */
export async function measure(count: number, work: (round: number) => unknown): Promise<Times> {
  for (let round = 0; round < 2; round++) await work(round);
  const times: number[] = [];
  for (let round = 0; round < count; round++) {
    times.push(await timed(() => work(round + 2)));
  }
  times.sort((a, b) => a - b);
  return { min: times[0] ?? NaN, median: times[times.length >> 1] ?? NaN };
}

/** How long one run takes, milliseconds. */
export async function timed(work: () => unknown): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

export const inMilliseconds = (time: number): string => (time < 10 ? time.toFixed(2) : time.toFixed(0));

/** Rows of one table, printed with columns that line up; also good Markdown. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map(row => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  console.log(line(head));
  console.log(`|${widths.map(width => '-'.repeat(width + 2)).join('|')}|`);
  for (const row of rows) console.log(line(row));
  console.log('');
}
