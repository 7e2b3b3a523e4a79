import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIMITS, SourceText, analyze, applyEdits, fixesOf } from '../../../server/src/engine';
import type { Analysis, Finding, TextEdit } from '../../../server/src/engine';
import { framed, withoutCarets } from '../../support/check';
import { GROUP_EXAMPLES, IOTUNE_EXAMPLES, LIMIT_EXAMPLES } from './examples';

/** Every offered fix, applied: the finding is gone, no error is new, and no two edits overlap. Gives their number. */
function mend(text: string): number {
  const before = analyze(SourceText.of(text));
  let count = 0;
  for (const finding of before.findings) {
    for (const { title, edits } of fixesOf(before, finding)) {
      count++;
      const after = applyEdits(text, edits);
      const what = `${finding.rule}: ${title}\n\n${text}\n\nbecomes\n\n${after}\n`;
      assertApart(edits, what);
      const analysis = analyze(SourceText.of(after));
      assert.ok(number(analysis, finding.rule) < number(before, finding.rule), `still there after ${what}`);
      for (const { rule, severity, message } of analysis.findings) {
        if (severity !== 'error') continue;
        assert.ok(errors(analysis, rule) <= errors(before, rule), `new ${rule} (${message}) after ${what}`);
      }
    }
  }
  return count;
}

const number = (analysis: Analysis, rule: string): number =>
  analysis.findings.filter(found => found.rule === rule).length;

const errors = (analysis: Analysis, rule: string): number =>
  analysis.findings.filter((found: Finding) => found.rule === rule && found.severity === 'error').length;

function assertApart(edits: readonly TextEdit[], what: string): void {
  const ordered = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  for (const [index, edit] of ordered.entries()) {
    const next = ordered[index + 1];
    assert.ok(next === undefined || edit.span.end <= next.span.start, `edits overlap in ${what}`);
  }
}

for (const { says, xml } of [...LIMIT_EXAMPLES, ...GROUP_EXAMPLES, ...IOTUNE_EXAMPLES]) {
  test(`every fix mends: ${says}`, () => {
    assert.ok(mend(framed(withoutCarets(xml).text).text) > 0, 'no fix is offered');
  });
}

test('every fix mends: documents on one line', () => {
  for (const { xml } of [...LIMIT_EXAMPLES, ...GROUP_EXAMPLES, ...IOTUNE_EXAMPLES]) {
    mend(framed(withoutCarets(xml).text).text.replace(/\n\s*(?=<)/g, ''));
  }
});

test('every fix mends: 1,500 made-up groups and iotunes', () => {
  let fixes = 0;
  for (let seed = 1; seed <= 1500; seed++) fixes += mend(madeUp(random(seed)));
  assert.ok(fixes > 1500, `only ${String(fixes)} fixes were offered`);
});

const VALUES = [
  '0',
  '1',
  '2',
  '5',
  '10',
  '10',
  '100',
  '5M',
  '-1',
  ' 7 ',
  '',
  '{{x}}',
  '1000000000000000',
  '1000000000000001',
  '4294967296',
  '20000000000000000000',
  '+3',
];
const NAMES = ['g', 'g', 'h', 'a b', ' g ', '', '{{n}}', 'throttle-g'];

/** A document of two groups, three disks with iotune or filters, and limits from a small set of odd values. */
function madeUp(next: (below: number) => number): string {
  const pick = (from: readonly string[]): string => from[next(from.length)] ?? '';
  const limits = (): string =>
    Array.from({ length: next(5) }, () => {
      const name = LIMITS[next(LIMITS.length)]?.xml ?? 'total_iops_sec';
      return `\n<${name}>${pick(VALUES)}</${name}>`;
    }).join('');
  const name = (): string => (next(6) === 0 ? '' : `\n<group_name>${pick(NAMES)}</group_name>`);
  const groups = Array.from({ length: 2 }, () => `<throttlegroup>${name()}${limits()}\n</throttlegroup>`);
  const disks = Array.from({ length: 3 }, (_, index) => {
    const target = `<disk>\n<target dev='vd${'abc'.charAt(index)}'/>\n`;
    return next(2) === 0
      ? `${target}<iotune>${limits()}${name()}\n</iotune>\n</disk>`
      : `${target}<throttlefilters><throttlefilter group='${pick(NAMES.slice(0, 5))}'/></throttlefilters>\n</disk>`;
  });
  return `<domain type='kvm'>\n<throttlegroups>\n${groups.join('\n')}\n</throttlegroups>\n<devices>\n${disks.join('\n')}\n</devices>\n</domain>\n`;
}

/** A repeatable row of numbers (mulberry32). */
function random(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
