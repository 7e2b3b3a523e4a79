/**
 * Annotated XML in, findings out. A line of carets speaks of the line above it:
 *
 *     <read_bytes_sec_max>400</read_bytes_sec_max>
 *                         ^^^ error burst-below-rate: ...lower than...
 *
 * The carets mark the finding's range on its first line (one caret for an empty range); the message is optional and
 * `...` in it stands for any text. What is announced must be found and nothing else; the failure is the right test.
 * A fragment (`<throttlegroup>`, `<throttlegroups>`, `<disk>`) is put into a whole domain, where only it is judged.
 */

import assert from 'node:assert/strict';
import { SourceText, analyze, applyEdits, fixesOf } from '../../server/src/engine';
import type { Analysis, Finding, World } from '../../server/src/engine';

/** Compares what the product finds with the carets. */
export function check(annotated: string, world: World = {}): void {
  const { text, expected } = withoutCarets(annotated);
  const frame = framed(text);
  const analysis = analyze(SourceText.of(frame.text), world);
  assert.deepEqual(analysis.faults, [], 'a rule threw');
  const found = analysis.findings
    .filter(finding => finding.span.start >= frame.from && finding.span.start <= frame.to)
    .map(finding => marked(analysis, finding, frame.firstLine));
  const problems: string[] = [];
  const left = [...found];
  for (const mark of expected) {
    const index = left.findIndex(candidate => matches(mark, candidate));
    if (index < 0)
      problems.push(
        `not found: ${mark.carets} ${mark.severity} ${mark.rule}${mark.message === '' ? '' : `: ${mark.message}`}`,
      );
    else left.splice(index, 1);
  }
  if (problems.length === 0 && left.length === 0) return;
  assert.fail(
    `the findings differ. The right test would be:\n\n${annotate(text, found)}\n${problems.join('\n')}`,
  );
}

/** The findings of a text as `severity rule "text of the range"`, for lists and tables. */
export function findingsIn(text: string, world: World = {}): string[] {
  const analysis = analyze(SourceText.of(text), world);
  assert.deepEqual(analysis.faults, [], 'a rule threw');
  return analysis.findings.map(
    ({ severity, rule, span }) => `${severity} ${rule} ${JSON.stringify(text.slice(span.start, span.end))}`,
  );
}

/** The text after the fix whose title begins so; fails where no finding offers it. */
export function fixed(text: string, title: string, world: World = {}): string {
  const frame = framed(text);
  const analysis = analyze(SourceText.of(frame.text), world);
  const titles: string[] = [];
  for (const finding of analysis.findings) {
    for (const fix of fixesOf(analysis, finding)) {
      titles.push(`${finding.rule}: ${fix.title}`);
      if (!fix.title.startsWith(title)) continue;
      const after = applyEdits(frame.text, fix.edits);
      return after.slice(frame.from, after.length - (frame.text.length - frame.to));
    }
  }
  return assert.fail(`no fix is titled ${JSON.stringify(title)}; offered:\n${titles.join('\n')}`);
}

interface Mark {
  readonly line: number;
  readonly start: number;
  readonly carets: string;
  readonly severity: string;
  readonly rule: string;
  readonly message: string;
}

const CARETS = /^( *)(\^+) (error|warning|information|hint) ([a-z0-9-]+)(?:: (.*))?$/;

/** The text without its caret lines, and what they announce. */
export function withoutCarets(annotated: string): { text: string; expected: Mark[] } {
  const kept: string[] = [];
  const expected: Mark[] = [];
  for (const line of annotated.replace(/^\n/, '').split('\n')) {
    const match = CARETS.exec(line);
    if (match === null) kept.push(line);
    else {
      const [, indent = '', carets = '', severity = '', rule = '', message = ''] = match;
      expected.push({ line: kept.length - 1, start: indent.length, carets, severity, rule, message });
    }
  }
  return { text: kept.join('\n'), expected };
}

function marked(analysis: Analysis, finding: Finding, firstLine: number): Mark {
  const { start, end } = analysis.source.rangeOf(finding.span);
  const lines = analysis.source.text.split('\n');
  const lastOnLine = end.line === start.line ? end.character : (lines[start.line] ?? '').length;
  return {
    line: start.line - firstLine,
    start: start.character,
    carets: '^'.repeat(Math.max(1, lastOnLine - start.character)),
    severity: finding.severity,
    rule: finding.rule,
    message: finding.message,
  };
}

function matches(expected: Mark, found: Mark): boolean {
  const same = (['line', 'start', 'carets', 'severity', 'rule'] as const).every(
    key => expected[key] === found[key],
  );
  if (!same || expected.message === '') return same;
  const pattern = expected.message
    .split('...')
    .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${pattern}$`, 's').test(found.message);
}

function annotate(text: string, found: readonly Mark[]): string {
  return text
    .split('\n')
    .flatMap((line, number) => [
      line,
      ...found
        .filter(mark => mark.line === number)
        .map(
          mark => `${' '.repeat(mark.start)}${mark.carets} ${mark.severity} ${mark.rule}: ${mark.message}`,
        ),
    ])
    .join('\n');
}

/** A fragment in a domain of its own: groups get a disk that uses them, a disk the groups that it names. */
export function framed(text: string): { text: string; from: number; to: number; firstLine: number } {
  const root = /<([a-z]+)/.exec(text.replace(/<!--[^]*?-->/g, ''))?.[1];
  const around = (before: string, after: string): ReturnType<typeof framed> => ({
    text: `${before}\n${text}\n${after}`,
    from: before.length + 1,
    to: before.length + 1 + text.length,
    firstLine: before.split('\n').length,
  });
  const head = `<domain type='kvm'><name>framed</name>`;
  const users = namesIn(text, /<group_name>([^<]*)</g);
  const disk = `<devices><disk><target dev='vdz'/><throttlefilters>${users.map(name => `<throttlefilter group='${name}'/>`).join('')}</throttlefilters></disk></devices></domain>`;
  switch (root) {
    case 'throttlegroup':
      return around(`${head}<throttlegroups>`, `</throttlegroups>${disk}`);
    case 'throttlegroups':
      return around(head, disk);
    case 'disk': {
      const groups = namesIn(text, /group=["']([^"']*)["']/g).map(
        name =>
          `<throttlegroup><group_name>${name}</group_name><total_iops_sec>10</total_iops_sec></throttlegroup>`,
      );
      return around(
        `${head}<throttlegroups>${groups.join('')}</throttlegroups><devices>`,
        '</devices></domain>',
      );
    }
    case undefined:
    default:
      return { text, from: 0, to: text.length, firstLine: 0 };
  }
}

const namesIn = (text: string, pattern: RegExp): string[] => [
  ...new Set(
    [...text.matchAll(pattern)]
      .map(match => match[1] ?? '')
      .filter(name => name !== '' && name !== 'unknown'),
  ),
];
