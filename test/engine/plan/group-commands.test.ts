import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GivenLimits, PlanResult } from '../../../server/src/engine';
import { limitsThatAreSet, planDeleteGroup, planSetGroup } from '../../../server/src/engine';
import { qmpOf, vmWith } from '../../support/states';

const gold = (limits: GivenLimits, users: readonly string[][] = []) =>
  vmWith({ 'throttle-gold': limits }, { users });

/** What gold would be afterwards, or why it is refused. */
const after = (made: PlanResult): GivenLimits | string => {
  if (made.kind === 'refusal') return words(made);
  const [change] = made.plan.groupChanges;
  return change?.after === undefined ? 'no change' : limitsThatAreSet(change.after);
};

/** The reason and message of a refusal. */
function words(made: PlanResult): string {
  return made.kind === 'refusal' ? `${made.refusal.reason}: ${made.refusal.message}` : 'not refused';
}

/** facts/libvirt.md 3: start, what is named, result. */
const resets: readonly (readonly [string, GivenLimits, GivenLimits, GivenLimits | RegExp])[] = [
  [
    'naming one direction clears the other',
    { read_bytes_sec: 77n },
    { write_bytes_sec: 88n },
    { write_bytes_sec: 88n },
  ],
  [
    'naming a direction clears the total',
    { total_bytes_sec: 1000n },
    { read_bytes_sec: 77n },
    { read_bytes_sec: 77n },
  ],
  [
    'families that are not named are kept',
    { total_iops_sec: 200n, total_iops_sec_max: 1000n, total_iops_sec_max_length: 5n, size_iops_sec: 4096n },
    { total_iops_sec: 200n, total_iops_sec_max: 2000n },
    { total_iops_sec: 200n, total_iops_sec_max: 2000n, total_iops_sec_max_length: 5n, size_iops_sec: 4096n },
  ],
  [
    'a burst below the new rate',
    { total_iops_sec: 200n, total_iops_sec_max: 2000n },
    { total_iops_sec: 5000n },
    /^limits: .*must not be lower/,
  ],
  [
    'a burst without its rate',
    { total_iops_sec: 200n, total_iops_sec_max: 2000n },
    { read_iops_sec: 50n },
    /^limits: .*needs total_iops_sec/,
  ],
  [
    'a length of 0 is 1',
    { total_iops_sec: 200n, total_iops_sec_max: 2000n, total_iops_sec_max_length: 20n },
    { total_iops_sec_max_length: 0n },
    { total_iops_sec: 200n, total_iops_sec_max: 2000n },
  ],
  [
    'a size without operations',
    { total_iops_sec: 9n, size_iops_sec: 4096n },
    { total_iops_sec: 0n },
    /^limits: .*size_iops_sec needs/,
  ],
  ['the same values', { total_iops_sec: 9n }, { total_iops_sec: 9n }, /no change/],
  ['nothing named', { total_iops_sec: 9n }, {}, /no change/],
];

for (const [title, start, given, expected] of resets) {
  test(`set: ${title}`, () => {
    const result = after(planSetGroup(gold(start), 'gold', given));
    if (expected instanceof RegExp) assert.match(typeof result === 'string' ? result : 'set', expected);
    else assert.deepEqual(result, expected);
  });
}

test('set creates a group as libvirt would name it', () => {
  const made = planSetGroup(vmWith({}), 'new', { total_iops_sec: 5n });
  assert.equal(made.kind === 'plan' && qmpOf(made.plan.steps[0])[0]?.arguments?.['id'], 'throttle-new');
});

test('set refuses a name that QEMU would not take, and a new group without limits', () => {
  for (const name of ['a b', '', '../x', '-"\n', 'ü']) {
    assert.match(words(planSetGroup(vmWith({}), name, { total_iops_sec: 5n })), /^group-name: /);
  }
  assert.match(words(planSetGroup(vmWith({}), 'new', {})), /^limits: There is no group new/);
  assert.match(
    words(planSetGroup(gold({ total_iops_sec: 5n }, [['throttle-gold']]), 'gold', { total_iops_sec: 0n })),
    /^unthrottles: /,
  );
});

test('delete names the disks that use the group, or the groups that there are', () => {
  assert.match(
    words(planDeleteGroup(gold({ total_iops_sec: 5n }, [['throttle-gold'], ['throttle-gold']]), 'gold')),
    /^in-use: Group gold is used by virtio-disk0 and virtio-disk1/,
  );
  assert.match(words(planDeleteGroup(gold({}), 'silver')), /^no-such-group: .*It has gold\./);
  const made = planDeleteGroup(gold({ total_iops_sec: 5n }), 'gold');
  assert.deepEqual(made.kind === 'plan' && made.plan.steps.map(({ summary }) => summary), [
    'Delete gold (was 5 IOPS)',
  ]);
});
