import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  analyze,
  LIMITS,
  limitsFromQmp,
  limitsToCreate,
  limitsToSet,
  normalised,
  groupObjectId,
  refusalOfLimits,
  SourceText,
  type GivenLimits,
} from '../../../server/src/engine';

const cases = join(__dirname, '../../../../test/data/throttle-cases.json');

interface Case {
  readonly id: string;
  readonly xml: string;
  readonly qemuArgs?: readonly string[];
}

test('groups become the objects that libvirt wrote on the command line', () => {
  const all = JSON.parse(readFileSync(cases, 'utf8')) as readonly Case[];
  let compared = 0;
  const leftOut: string[] = [];
  for (const { id, xml, qemuArgs = [] } of all) {
    // As text, so that the order of the keys counts too; no case goes beyond 2^53.
    const written = qemuArgs.filter(text => text.includes('"qom-type":"throttle-group"'));
    if (written.length === 0) continue;
    const { domain } = analyze(SourceText.of(xml));
    const entries = (domain?.groups ?? []).flatMap(({ of: group }) => group.limits.entries);
    if (entries.some(({ reading }) => reading.kind === 'unreadable')) {
      leftOut.push(id); // refused by the schema, and so by us; only `define` without it lets them through
      continue;
    }
    const ours = (domain?.groups ?? []).map(({ of: group }) => {
      const given = new Map<string, bigint>();
      for (const { field, reading } of group.limits.entries) {
        if (reading.kind === 'number' && !given.has(field.xml)) given.set(field.xml, reading.value);
      }
      const limits = limitsToCreate(Object.fromEntries(given));
      const members = Object.entries(limits).map(
        ([key, value]) => `"${key}":${JSON.stringify(Number(value))}`,
      );
      return `{"qom-type":"throttle-group","id":"${groupObjectId(group.name?.value ?? '')}","limits":{${members.join(',')}}}`;
    });
    assert.deepEqual(ours, written, id);
    compared++;
  }
  assert.deepEqual(leftOut, ['val:plus', 'val:child']);
  assert.ok(compared > 20, `only ${compared} cases carry qemuArgs`);
});

test('a set is whole: all 19 limits, burst lengths back to 1', () => {
  const limits = limitsToSet(normalised({ read_iops_sec: 5n }));
  assert.equal(Object.keys(limits).length, 19);
  assert.equal(limits['iops-read'], 5);
  assert.equal(limits['iops-total'], 0);
  assert.equal(limits['iops-total-max'], 0);
  assert.equal(limits['iops-total-max-length'], 1);
});

test('what QEMU answers is read exactly, also beyond 2^53', () => {
  const answer = limitsToSet(normalised({ total_iops_sec: 100n, size_iops_sec: 9_007_199_254_740_993n }));
  assert.equal(typeof answer['iops-size'], 'bigint');
  assert.deepEqual(
    limitsFromQmp(answer),
    normalised({ total_iops_sec: 100n, size_iops_sec: 9_007_199_254_740_993n }),
  );
});

test('an answer without a limit, with a fraction or with text is not read', () => {
  const whole = limitsToSet(normalised({}));
  const { ['iops-total']: dropped, ...rest } = whole;
  assert.equal(dropped, 0);
  for (const answer of [
    null,
    'x',
    {},
    rest,
    { ...whole, 'iops-read': 1.5 },
    { ...whole, 'iops-read': '1' },
  ]) {
    assert.equal(limitsFromQmp(answer), undefined);
  }
});

/** facts/qemu.md 1.1, one row per refusal; the real QEMU is asked the same in test/real. */
const refusals: readonly (readonly [GivenLimits, RegExp])[] = [
  [{ total_iops_sec: 1n, read_iops_sec: 1n }, /total_iops_sec cannot be combined with read_iops_sec/],
  [{ total_bytes_sec: 1n, write_bytes_sec: 1n }, /total_bytes_sec cannot be combined/],
  [
    { total_iops_sec: 5n, total_iops_sec_max: 9n, read_iops_sec_max: 9n },
    /total_iops_sec_max cannot be combined with read_iops_sec_max/,
  ],
  [{ size_iops_sec: 4096n, total_bytes_sec: 1n }, /size_iops_sec needs a limit of operations/],
  [{ total_iops_sec: 1_000_000_000_000_001n }, /QEMU takes 0 to 1000000000000000/],
  [{ total_iops_sec: 1n, total_iops_sec_max: 1_000_000_000_000_001n }, /QEMU takes 0 to 1000000000000000/],
  [
    { total_iops_sec: 1n, total_iops_sec_max_length: 2n },
    /total_iops_sec_max_length needs total_iops_sec_max/,
  ],
  [
    { total_iops_sec: 1n, total_iops_sec_max: 1_000_000n, total_iops_sec_max_length: 1_000_000_001n },
    /must not be more than 1000000000000000/,
  ],
  [
    { total_iops_sec: 1n, total_iops_sec_max: 1n, total_iops_sec_max_length: 4_294_967_296n },
    /QEMU takes at most 4294967295/,
  ],
  [{ total_iops_sec_max: 5n }, /total_iops_sec_max needs total_iops_sec/],
  [{ total_iops_sec: 9n, total_iops_sec_max: 5n }, /must not be lower than total_iops_sec/],
  [{ total_iops_sec: 9n, size_iops_sec: 1_000_000_000_000_001n }, /must lie between 0 and/],
];

test('what QEMU would refuse is said before it is sent', () => {
  for (const [given, words] of refusals) assert.match(refusalOfLimits(normalised(given)) ?? 'taken', words);
});

test('what QEMU takes is not refused', () => {
  const good: readonly GivenLimits[] = [
    {},
    { total_iops_sec: 100n, read_bytes_sec: 5n },
    { total_iops_sec: 5n, total_iops_sec_max: 5n, total_iops_sec_max_length: 1n },
    { total_iops_sec: 1n, total_iops_sec_max: 1_000_000n, total_iops_sec_max_length: 1_000_000_000n },
    { read_iops_sec: 1n, size_iops_sec: 4096n },
  ];
  for (const given of good) assert.equal(refusalOfLimits(normalised(given)), undefined);
});

test('every limit survives the way to QEMU and back', () => {
  for (const field of LIMITS) {
    const values = normalised({ [field.xml]: 7n });
    assert.deepEqual(limitsFromQmp(limitsToSet(values)), values, field.xml);
  }
});
