/**
 * A guest with I/O running: a filter that is put under its disk holds what it promises, and the guest notices nothing
 * else. The careless order, as control in the same run, stops the guest's I/O for seconds (facts F1 and F4).
 */

import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { meanOf, toldSeconds, withoutIo, type GuestSecond } from '../support/guest';
import { sessionAt } from '../support/live';
import { applyDocument, documentText } from '../support/live-document';
import { loadedVm, type LoadedVm } from '../support/loaded-vm';
import { qemuVersions } from '../support/qemu-version';

/** Behind 4 IOPS 16 waiting requests are a backlog of four seconds. */
const GROUPS = { gold: 150, roomy: 1_000_000, slow: 4 };

/** Over so many seconds the mean may be off by so much. */
const SECONDS = 20;
const TOLERANCE = 0.05;

for (const version of qemuVersions()) {
  test(`QEMU ${version.version}: a filter holds its limit within 5 %, and only the careless order stops the guest`, async t => {
    const vm = await loadedVm(t, version, [
      { kind: 'virtio-blk', mode: 'both', threads: 16 },
      // The witness: it never has a filter, so a second without I/O is a second in which the guest stood still.
      { kind: 'virtio-blk', mode: 'read', threads: 2 },
    ]);
    const change = await changer(t, vm);
    const tell = (what: string, words: string): void =>
      t.diagnostic(`QEMU ${version.version}: ${what}: ${words}`);

    const inserted = await during(vm, () => change(['gold']), SECONDS + 1);
    assertUndisturbed(inserted, 'a filter was inserted');
    // The second in which it was made is left out.
    const mean = meanOf(inserted.changed.slice(1));
    tell(`mean of ${SECONDS} s at ${GROUPS.gold} IOPS`, mean.toFixed(1));
    assert.ok(
      Math.abs(mean / GROUPS.gold - 1) <= TOLERANCE,
      `${mean} IOPS: ${toldSeconds(inserted.changed)}`,
    );

    await change(['slow', 'roomy']);
    await backlog(vm);
    const careful = await during(vm, () => change(['roomy', 'gold']), 5);
    tell('careful', toldBoth(careful));
    assertUndisturbed(careful, 'a chain of two was changed while requests waited in it');

    await change(['slow', 'roomy']);
    await backlog(vm);
    const careless = await during(vm, () => carelessInsert(vm), 6);
    tell('careless', toldBoth(careless));
    assert.ok(
      [...careless.changed, ...careless.witness].some(withoutIo),
      'The careless order went as smoothly as the product: this test would not see the difference.',
    );
  });
}

/** Gives the first disk these groups by the product's own way; whatever is not applied is a failure. */
async function changer(t: TestContext, vm: LoadedVm): Promise<(groups: readonly string[]) => Promise<void>> {
  const session = await sessionAt(t, vm.socket);
  const [disk] = vm.disks;
  assert.ok(disk !== undefined);
  return async groups => {
    const text = documentText({
      name: 'db01',
      groups: GROUPS,
      disks: [{ target: disk.target, bus: disk.bus, filters: groups }],
    });
    const { outcome } = await applyDocument(session, text);
    assert.equal(outcome.outcome, 'applied', outcome.message);
    assert.deepEqual(
      (await vm.monitor.disks()).get(disk.alias)?.groups,
      groups.map(group => `throttle-${group}`),
    );
  };
}

/**
 * The careless order: a new filter straight over the chain that is in use. QEMU 10 and 11 freeze in qom-set until the
 * requests that wait in the lower filter are through (F1), QEMU 7 already in blockdev-add (F4).
 */
async function carelessInsert(vm: LoadedVm): Promise<void> {
  const [disk] = vm.disks;
  assert.ok(disk !== undefined);
  const path = (await vm.monitor.disks()).get(disk.alias)?.qdev;
  const top = await vm.monitor.execute('qom-get', { path, property: 'drive' });
  const node = { driver: 'throttle', 'node-name': 'careless', 'throttle-group': 'throttle-gold', file: top };
  await vm.monitor.execute('blockdev-add', node);
  await vm.monitor.execute('qom-set', { path, property: 'drive', value: 'careless' });
}

/** Waits until requests wait in the slow filter: two whole seconds in which not more than it lets through came back. */
async function backlog(vm: LoadedVm): Promise<void> {
  const device = vm.disks[0]?.device ?? '';
  for (;;) {
    const seconds = await vm.guest.next(device, 2);
    if (seconds.every(({ requests }) => requests <= 2 * GROUPS.slow)) return;
  }
}

interface Seen {
  /** Of the disk whose chain is changed, and of the one that is left alone. */
  readonly changed: readonly GuestSecond[];
  readonly witness: readonly GuestSecond[];
}

/** Seconds of both disks from the one on in which the change is made. */
async function during(vm: LoadedVm, change: () => Promise<void>, count: number): Promise<Seen> {
  const [changed = '', witness = ''] = vm.disks.map(({ device }) => device);
  const seen = Promise.all([
    vm.guest.next(changed, count, 'under-way'),
    vm.guest.next(witness, count, 'under-way'),
  ]);
  // Where the change fails, nobody asks for the seconds any more.
  seen.catch(() => undefined);
  await change();
  const [ofChanged, ofWitness] = await seen;
  return { changed: ofChanged, witness: ofWitness };
}

function assertUndisturbed({ changed, witness }: Seen, what: string): void {
  assert.ok(!changed.some(withoutIo), `A second without I/O when ${what}: ${toldSeconds(changed)}`);
  assert.ok(!witness.some(withoutIo), `The guest stood still when ${what}: ${toldSeconds(witness)}`);
  assert.ok(
    [...changed, ...witness].every(({ errors }) => errors === 0),
    `I/O errors when ${what}`,
  );
}

const toldBoth = ({ changed, witness }: Seen): string =>
  `${toldSeconds(changed)}; witness ${toldSeconds(witness)}`;
