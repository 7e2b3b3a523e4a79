/**
 * Hundreds of random changes of chains under load, on every kind of disk, and a reader that knows nothing of the product
 * looks at QEMU's graph after each.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toldSeconds } from '../support/guest';
import { sessionAt } from '../support/live';
import { applyDocument, documentText } from '../support/live-document';
import { loadedVm, type DiskWanted, type LoadedDisk, type LoadedVm } from '../support/loaded-vm';
import { qemuVersions, type QemuVersion } from '../support/qemu-version';
import { seeded } from '../support/seeded';

/** Changes of one disk's chain, for each QEMU. */
const CHANGES = 300;

/** From so slow that requests wait for seconds, to what never holds one back. */
const GROUPS = { crawl: 5, slow: 20, medium: 50, fast: 5000, roomy: 1_000_000_000 };

/** Lengths of chains; short ones are more common. */
const LENGTHS = [0, 1, 1, 2, 2, 3, 5];

const DISKS: readonly DiskWanted[] = [
  { kind: 'virtio-blk', mode: 'both', threads: 4 },
  { kind: 'virtio-scsi', mode: 'both', threads: 4 },
  { kind: 'ahci', mode: 'both', threads: 4 },
  { kind: 'nvme', mode: 'both', threads: 4 },
  { kind: 'virtio-blk', thread: 'iothread', mode: 'both', threads: 4 },
  { kind: 'virtio-scsi', thread: 'iothread', mode: 'both', threads: 4 },
];

const SEED = Number(process.env['DOMXML_SEED'] ?? 20261);

for (const version of qemuVersions()) {
  test(`QEMU ${version.version}: ${CHANGES} random changes of chains under load`, async t => {
    const vm = await loadedVm(t, version, DISKS);
    const session = await sessionAt(t, vm.socket);
    const random = seeded(SEED);
    const chains = new Map<LoadedDisk, readonly string[]>(vm.disks.map(disk => [disk, []]));
    const nodes = await vm.monitor.nodes();
    const disks = changeable(vm, version);
    const began = Date.now();
    const change = async (disk: LoadedDisk, groups: readonly string[], where: string): Promise<void> => {
      chains.set(disk, groups);
      const { outcome } = await applyDocument(session, textOf(chains), { allow: ['pause'] });
      assert.equal(outcome.outcome, 'applied', outcome.message);
      await assertGraph(vm, chains, nodes, where);
    };
    for (let number = 1; number <= CHANGES; number++) {
      const disk = pick(disks, random);
      const groups = differing(chains.get(disk) ?? [], random);
      const where = `change ${number} of seed ${SEED}: ${disk.alias} to [${groups.join(', ')}]`;
      await change(disk, groups, where).catch((error: unknown) => {
        const words = error instanceof Error ? error.message : String(error);
        throw new Error(`${where}: ${words} QEMU: ${vm.qemu.words()}`, { cause: error });
      });
    }
    t.diagnostic(`${CHANGES} changes in ${((Date.now() - began) / 1000).toFixed(1)} s`);
    // A chain may hold a disk to a request in seconds; without chains each must have all its I/O again.
    for (const disk of disks) {
      if (chains.get(disk)?.length !== 0) await change(disk, [], `${disk.alias} to no filter at the end`);
    }
    const once = vm.disks.filter(disk => !disks.includes(disk) && disk.kind === 'virtio-blk');
    for (const disk of once) await change(disk, ['roomy'], `${disk.alias} to its only filter`);
    await assertAlive(vm);
  });
}

/**
 * On QEMU 7 a disk in an iothread is never changed twice: only virtio-blk is at all, while the guest is paused, and with
 * a filter there a pause can abort QEMU. It gets its filter at the end.
 */
const changeable = (vm: LoadedVm, { major }: QemuVersion): readonly LoadedDisk[] =>
  vm.disks.filter(({ thread }) => thread === 'main' || major >= 10);

const pick = <Value>(values: readonly Value[], random: (bound: number) => number): Value => {
  const value = values[random(values.length)];
  assert.ok(value !== undefined);
  return value;
};

/** Another chain than this one. A group comes at most once in it: twice would halve the limit and kill QEMU (K3). */
function differing(chain: readonly string[], random: (bound: number) => number): readonly string[] {
  for (;;) {
    const rest = Object.keys(GROUPS);
    const length = pick(LENGTHS, random);
    const next = Array.from({ length }, () => rest.splice(random(rest.length), 1)[0] ?? '');
    if (next.join() !== chain.join()) return next;
  }
}

const textOf = (chains: ReadonlyMap<LoadedDisk, readonly string[]>): string =>
  documentText({
    name: 'db01',
    groups: GROUPS,
    disks: [...chains].map(([{ target, bus, alias }, filters]) => ({ target, bus, alias, filters })),
  });

/** The chains are those wanted, over the same images, and nothing else is left in the graph. */
async function assertGraph(
  vm: LoadedVm,
  chains: ReadonlyMap<LoadedDisk, readonly string[]>,
  nodes: readonly string[],
  where: string,
): Promise<void> {
  const seen = await vm.monitor.disks();
  let filters = 0;
  for (const [{ alias, base }, groups] of chains) {
    filters += groups.length;
    const expected = groups.map(group => `throttle-${group}`);
    assert.deepEqual(seen.get(alias)?.groups, expected, `${where}: chain of ${alias}`);
    assert.equal(seen.get(alias)?.base, base, `${where}: image of ${alias}`);
  }
  const now = await vm.monitor.nodes();
  assert.equal(now.length, nodes.length + filters, `${where}: nodes ${now.join(' ')}`);
  assert.match(JSON.stringify(await vm.monitor.execute('query-status')), /"status":"running"/, where);
}

/** Every disk has I/O, and none of its requests ever failed. */
async function assertAlive(vm: LoadedVm): Promise<void> {
  await Promise.all(
    vm.disks.map(async ({ device, alias }) => {
      const seconds = await vm.guest.next(device, 3);
      assert.ok(
        !seconds.some(({ requests }) => requests === 0),
        `No I/O on ${alias}: ${toldSeconds(seconds)}`,
      );
      assert.equal(seconds.at(-1)?.errors, 0, `I/O errors on ${alias}`);
    }),
  );
}
