/** The documents of throttle-cases.json and more-documents.ts, each with its verdict and its findings. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import {
  SourceText,
  ruleNamed,
  analyze,
  applyEdits,
  fixesOf,
  type Analysis,
  type Finding,
} from '../../server/src/engine';
import { MORE_DOCUMENTS } from '../data/more-documents';
import { THROTTLE_CASE_FINDINGS } from '../data/throttle-cases-findings';

interface Case {
  readonly id: string;
  readonly xml: string;
  readonly refusedAt: string;
}

const CASES = readCases(join(__dirname, '../../../test/data/throttle-cases.json'));

describe('what libvirt 11.3 and QEMU 10.0 said', () => {
  test('every document has its findings written down', () => {
    assert.equal(CASES.length, 97);
    assert.deepEqual(
      CASES.map(({ id }) => id),
      [...THROTTLE_CASE_FINDINGS.keys()],
    );
  });
  for (const { id, xml, refusedAt } of CASES) {
    test(id, () => judge(xml, refusedAt, THROTTLE_CASE_FINDINGS.get(id) ?? []));
  }
});

describe('what follows from the facts', () => {
  for (const [id, { xml, refusedAt, finds, why }] of MORE_DOCUMENTS) {
    test(`${id} (${why})`, () => judge(xml, refusedAt, finds));
  }
});

describe('each fix, applied, takes its finding away and brings no new error', () => {
  const documents = [...CASES, ...[...MORE_DOCUMENTS].map(([id, { xml }]) => ({ id, xml }))];
  for (const { id, xml } of documents) {
    const analysis = analyze(SourceText.of(xml));
    if (analysis.findings.length > 0) test(id, () => closeUnderFixes(analysis));
  }
});

function judge(xml: string, refusedAt: string, expected: readonly string[]): void {
  const { findings, faults } = analyze(SourceText.of(xml));
  assert.deepEqual(faults, [], 'a rule threw');
  for (const { rule, severity, refusedBy } of findings) {
    assert.ok(
      ruleNamed(rule)?.may[severity]?.includes(refusedBy),
      `${rule} does not declare ${severity} by ${String(refusedBy)}`,
    );
  }
  const inOrder = [...expected].sort();
  assert.deepEqual(findings.map(finding => written(finding, xml)).sort(), inOrder);
  const refusers = findings.filter(({ severity }) => severity === 'error').map(({ refusedBy }) => refusedBy);
  switch (refusedAt) {
    case 'accepted':
      assert.deepEqual(refusers, []);
      break;
    case 'schema':
      assert.deepEqual([...new Set(refusers)], ['schema']);
      break;
    case 'define':
      assert.ok(refusers.includes('libvirt'), 'libvirt refuses it, and nobody says so');
      break;
    default:
      assert.equal(refusedAt, 'start');
      assert.ok(refusers.includes('qemu') || refusers.includes('libvirt'), 'nobody refuses the start');
  }
}

const written = ({ severity, rule, refusedBy, span }: Finding, xml: string): string =>
  `${severity} ${rule}${refusedBy === null ? '' : ` ${refusedBy}`}: ${xml.slice(span.start, span.end)}`;

function closeUnderFixes(analysis: Analysis): void {
  const before = errorsByRule(analysis);
  for (const finding of analysis.findings) {
    for (const fix of fixesOf(analysis, finding)) {
      const text = applyEdits(analysis.source.text, fix.edits);
      const after = analyze(SourceText.of(text));
      const told = `${finding.rule}: ${fix.title}\n${text}`;
      const same = ({ findings }: Analysis): number =>
        findings.filter(({ rule, severity }) => rule === finding.rule && severity === finding.severity)
          .length;
      assert.ok(same(after) < same(analysis), `the finding stays after ${told}`);
      for (const [rule, count] of errorsByRule(after)) {
        assert.ok(count <= (before.get(rule) ?? 0), `a new error ${rule} after ${told}`);
      }
    }
  }
}

function errorsByRule({ findings }: Analysis): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { rule, severity } of findings) {
    if (severity === 'error') counts.set(rule, (counts.get(rule) ?? 0) + 1);
  }
  return counts;
}

function readCases(path: string): readonly Case[] {
  const list: unknown = JSON.parse(readFileSync(path, 'utf8'));
  assert.ok(Array.isArray(list));
  return list.map((entry: unknown) => {
    assert.ok(typeof entry === 'object' && entry !== null);
    assert.ok('id' in entry && typeof entry.id === 'string');
    assert.ok('xml' in entry && typeof entry.xml === 'string');
    assert.ok('refusedAt' in entry && typeof entry.refusedAt === 'string');
    return { id: entry.id, xml: entry.xml, refusedAt: entry.refusedAt };
  });
}
