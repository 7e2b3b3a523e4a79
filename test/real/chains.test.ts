/** Chains of attached disks on real QEMU: every kind of change on every kind of device, seen by a second monitor. */

import assert from 'node:assert/strict';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { GivenLimits, Outcome } from '../../server/src/engine';
import { makePlan } from '../../server/src/engine';
import type { VmSession } from '../../server/src/vm';
import { applyChains, applyWanted, chainsOf, desiredOf, liveVm, sessionAt, type Live } from '../support/live';
import { DISK_KINDS } from '../support/qemu';
import { requireReal } from '../support/real';

const skip = requireReal('qemu-system-x86_64') === undefined;

const GROUPS: { readonly [name: string]: GivenLimits } = {
  a: { total_iops_sec: 100n },
  b: { total_iops_sec: 200n },
  c: { total_bytes_sec: 1_000_000n },
  d: { read_iops_sec: 50n },
};

async function scene(
  t: TestContext,
  args: readonly string[],
): Promise<{ readonly live: Live; readonly session: VmSession }> {
  const live = await liveVm(t, {}, { disks: 1, args });
  return { live, session: await sessionAt(t, live.socket) };
}

/** From the image up; what a chain is called says what its step to it is. */
const WAY: readonly (readonly [string, readonly string[]])[] = [
  ['insert', ['a']],
  ['swap', ['b']],
  ['grow', ['b', 'a']],
  ['grow by two', ['c', 'd', 'b', 'a']],
  ['reorder', ['a', 'b', 'd', 'c']],
  ['shrink', ['a', 'c']],
  ['shrink to other groups', ['d']],
  ['remove one', []],
  ['insert three', ['a', 'b', 'c']],
  ['remove three', []],
];

for (const { alias, args } of DISK_KINDS) {
  test(
    `${alias}: insert, swap, grow, reorder, shrink, remove; and nothing is left behind`,
    { skip },
    async t => {
      const { live, session } = await scene(t, args);
      for (const [what, chain] of WAY) {
        const outcome = await applyWanted(session, desiredOf(GROUPS, { [alias]: chain }));
        assert.equal(outcome.outcome, 'applied', `${what}: ${outcome.message}`);
        const now = await chainsOf(live.other);
        assert.deepEqual(now[alias], [`base-${alias}`, ...chain.map(name => `throttle-${name}`)], what);
        assert.equal(outcome.state?.filters.length, chain.length, `${what}: no filter is left over`);
      }
      assert.deepEqual(session.state.ownNodes, []);
      assert.deepEqual(
        session.state.groups.map(({ name }) => name).sort(),
        ['a', 'b', 'c', 'd'],
        'no group is left over',
      );
    },
  );
}

test('the top node stays as long as there is one', { skip }, async t => {
  const { session } = await scene(t, DISK_KINDS[0]?.args ?? []);
  const top = async (chain: readonly string[]): Promise<string | undefined> => {
    const outcome = await applyWanted(session, desiredOf(GROUPS, { vda: chain }));
    return outcome.state?.disks.find(({ alias }) => alias === 'vda')?.filters.at(-1)?.node;
  };
  const first = await top(['a']);
  for (const chain of [['b'], ['a', 'b', 'c'], ['c', 'd'], ['d', 'c', 'b', 'a'], ['c']]) {
    assert.equal(await top(chain), first, chain.join());
  }
});

test(
  'a device without an id, and a -drive with a name, are changed by their own paths',
  { skip },
  async t => {
    const { live, session } = await scene(t, [
      ...['-blockdev', '{"driver":"null-co","node-name":"base0","size":67108864}'],
      ...['-device', 'virtio-blk-pci,drive=base0'],
      ...['-drive', 'if=none,id=drive1,file=null-co://,format=raw,file.size=67108864'],
      ...['-device', 'virtio-blk-pci,id=vdb,drive=drive1'],
    ]);
    const before = await chainsOf(live.other);
    for (const chain of [['a'], ['b', 'a'], ['c'], []]) {
      const outcome = await applyWanted(session, desiredOf(GROUPS, { 'device[0]': chain, vdb: chain }));
      assert.equal(outcome.outcome, 'applied', outcome.message);
      const now = await chainsOf(live.other);
      for (const alias of ['device[0]', 'vdb']) {
        assert.deepEqual(
          now[alias]?.slice(1),
          chain.map(name => `throttle-${name}`),
          alias,
        );
        assert.deepEqual(now[alias].slice(0, 1), before[alias]?.slice(0, 1), alias);
      }
    }
  },
);

test('groups, chains and iotune in one apply, and back by one apply', { skip }, async t => {
  const { live, session } = await scene(
    t,
    DISK_KINDS.flatMap(({ args }) => args),
  );
  const iotune = {
    total_iops_sec: 70n,
    total_iops_sec_max: 90n,
    total_iops_sec_max_length: 3n,
    group: 'shared',
  };
  const wanted = desiredOf(
    { ...GROUPS, e: { total_iops_sec: 5n } },
    { vda: ['a', 'b'], sda: ['b'], hda: [], nvme0: ['e', 'c'] },
    { hda: iotune, usb0: iotune },
  );
  const applied = await applyWanted(session, wanted);
  assert.equal(applied.outcome, 'applied', applied.message);
  assert.deepEqual(
    session.state.disks
      .map(({ alias, iotuneGroup }) => [alias, iotuneGroup])
      .filter(([, group]) => group !== null),
    [
      ['hda', 'shared'],
      ['usb0', 'shared'],
    ],
  );
  assert.equal(
    (await session.apply({ plan: state => makePlan(wanted, state), expect: '' })).outcome,
    'drifted',
  );
  assert.deepEqual(makePlan(wanted, session.state).kind === 'plan' && stepsNow(wanted, session), []);
  const back = await applyWanted(session, desiredOf({}, { vda: [], sda: [], hda: [], nvme0: [], usb0: [] }), {
    prune: true,
  });
  assert.equal(back.outcome, 'applied', back.message);
  assert.deepEqual(await live.groups(), {});
  const chains = await chainsOf(live.other);
  assert.ok(
    Object.values(chains).every(chain => chain.length === 1),
    JSON.stringify(chains),
  );
  assert.ok(session.state.disks.every(disk => disk.iotune === null));
});

function stepsNow(wanted: Parameters<typeof makePlan>[0], session: VmSession): readonly string[] {
  const made = makePlan(wanted, session.state);
  return made.kind === 'plan' ? made.plan.steps.map(({ summary }) => summary) : [made.refusal.message];
}

test('chains are applied by a socket and names alone', { skip }, async t => {
  const { live } = await scene(t, DISK_KINDS[1]?.args ?? []);
  const wait = (outcome: Outcome): void => assert.equal(outcome.outcome, 'applied', outcome.message);
  const other = await liveVm(
    t,
    { 'throttle-a': { total_iops_sec: 5n } },
    { args: DISK_KINDS[1]?.args ?? [] },
  );
  wait(await applyChains(other.socket, { sda: ['a'] }));
  assert.deepEqual((await chainsOf(other.other))['sda'], ['base-sda', 'throttle-a']);
  assert.deepEqual((await chainsOf(live.other))['sda'], ['base-sda']);
});

test('discards of the guest go on through filters that are put in, changed and woken', { skip }, async t => {
  const alias = 'virtio-disk1';
  const image = await imageOf(t);
  const vm = await liveVm(
    t,
    {},
    {
      disks: 1,
      args: [
        ...[
          '-blockdev',
          JSON.stringify({ driver: 'file', 'node-name': 'file9', filename: image, discard: 'unmap' }),
        ],
        ...[
          '-blockdev',
          JSON.stringify({ driver: 'raw', 'node-name': 'raw9', file: 'file9', discard: 'unmap' }),
        ],
        ...['-device', `virtio-blk-pci,id=${alias},drive=raw9`],
      ],
    },
  );
  const mine = await sessionAt(t, vm.socket);
  const io = (words: string): Promise<unknown> =>
    vm.other.execute('human-monitor-command', {
      'command-line': `qemu-io -d /machine/peripheral/${alias}/virtio-backend "${words}"`,
    });
  // No limits that would make the test wait.
  const wide = { a: { total_iops_sec: 1_000_000n }, b: { total_iops_sec: 1_000_000n } };
  for (const chain of [[], ['a'], ['b'], ['a', 'b'], ['b', 'a']]) {
    const outcome = await applyWanted(mine, desiredOf(wide, { [alias]: chain }));
    assert.notEqual(outcome.outcome, 'refused', outcome.message);
    await io('write -P 7 0 8M');
    assert.ok((await blocksOf(image)) >= 16_384, `${chain.join()}: written`);
    await io('discard 0 8M');
    assert.equal(await blocksOf(image), 0, `${chain.join() || 'no filter'}: discarded`);
  }
});

async function imageOf(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'domxml-discard-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'disk.raw');
  const file = await open(path, 'w');
  await file.truncate(64 * 1024 * 1024);
  await file.close();
  return path;
}

/** Blocks of 512 bytes that a file takes. */
const blocksOf = async (path: string): Promise<number> => (await stat(path)).blocks;
