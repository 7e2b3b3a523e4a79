/** Disks attached to and detached from a domain of a real libvirt, on both of its sides, with their filters. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { Outcome, PlanResult, VmState } from '../../server/src/engine';
import { analyze, attachWish, desiredGroups, SourceText } from '../../server/src/engine';
import type { Plane } from '../../server/src/libvirt';
import { planWish, type VmOptions, type VmSession, type VmWish, type WishOptions } from '../../server/src/vm';
import { diskXml, type DomainDisk } from '../support/libvirt-domain';
import { onEachLibvirt } from '../support/libvirt-hosts';
import { startWithGroups, withSession } from '../support/libvirt-session';

const NAME = 'attach01';
const UUID = '5b6d7f2a-1c2d-4e3f-8a9b-0c1d2e3f4b77';
const ALL = ['taint', 'breaks-libvirt'] as const;
const BOTH: readonly Plane[] = ['live', 'config'];

onEachLibvirt(host => {
  const image = (): string => join(host().folder, 'attached.raw');

  before(async () => {
    await startWithGroups(host(), NAME, UUID, [
      { target: 'vda', filters: ['gold'] },
      { target: 'sda', filters: ['gold', 'silver'] },
    ]);
    await host().run('truncate', '-s', '16M', image());
  });

  const session = <T>(options: VmOptions, use: (vm: VmSession) => Promise<T>): Promise<T> =>
    withSession(host(), NAME, options, use);

  /** A document of the domain with a group that libvirt does not have yet, and one disk more. */
  const wish = (disk: Partial<DomainDisk> = {}): VmWish => {
    const given: DomainDisk = {
      target: 'sdb',
      image: image(),
      format: 'raw',
      filters: ['tier', 'gold'],
      ...disk,
    };
    const text = `<domain type='qemu'>
  <name>${NAME}</name>
  <uuid>${UUID}</uuid>
  <throttlegroups>
    <throttlegroup><group_name>gold</group_name><total_iops_sec>77</total_iops_sec></throttlegroup>
    <throttlegroup><group_name>tier</group_name><total_iops_sec>40</total_iops_sec></throttlegroup>
  </throttlegroups>
  <devices>${diskXml(given)}</devices>
</domain>`;
    const result = attachWish(analyze(SourceText.of(text)), given.target);
    assert.ok(result.kind === 'wish', result.kind === 'refusal' ? result.refusal.message : '');
    return { kind: 'attach-disk', disk: result.wish };
  };

  const planned =
    (what: VmWish, options: WishOptions) =>
    (state: VmState): PlanResult =>
      planWish(state, what, options);

  async function carriedOut(vm: VmSession, what: VmWish, planes = BOTH): Promise<Outcome> {
    const plan = planned(what, { planes });
    const shown = plan(await vm.read());
    assert.ok(shown.kind === 'plan', shown.kind === 'refusal' ? shown.refusal.message : '');
    return vm.apply({ plan, expect: shown.plan.hash });
  }

  async function refusalOf(vm: VmSession, what: VmWish, planes = BOTH): Promise<string> {
    const result = planned(what, { planes })(await vm.read());
    assert.ok(result.kind === 'refusal');
    return result.refusal.message;
  }

  const filtersOf = (state: VmState | undefined, target: string): readonly string[] | undefined =>
    state?.disks.find(disk => disk.target === target)?.filters.map(({ group }) => group);

  const CHAIN = ['throttle-tier', 'throttle-gold'];

  test('a disk comes with its filters on both sides, with the group that was missing, and nothing is marked', async () => {
    await session({}, async vm => {
      const outcome = await carriedOut(vm, wish());
      assert.equal(outcome.outcome, 'applied', outcome.message);
      assert.deepEqual(
        outcome.steps.map(({ kind, state }) => [kind, state]),
        ['create-group', 'attach-disk', 'create-group', 'attach-disk'].map(kind => [kind, 'done']),
      );
      assert.deepEqual(filtersOf(vm.state, 'sdb'), CHAIN);
      assert.deepEqual(filtersOf(vm.state.definition, 'sdb'), CHAIN);
      assert.equal((await carriedOut(vm, wish())).outcome, 'unchanged');
      assert.equal(
        vm.state.groups.find(({ name }) => name === 'gold')?.limits.total_iops_sec,
        500n,
        'a group that is there is left as it is',
      );
    });
    assert.doesNotMatch(await host().virsh('dominfo', UUID), /tainted: custom monitor/);
    await session({ allowTaint: true }, vm => {
      assert.deepEqual(filtersOf(vm.state, 'sdb'), CHAIN, 'QEMU itself has them');
      return Promise.resolve();
    });
  });

  test('another disk of that name, and a group without known limits, are refused', async () => {
    await session({}, async vm => {
      assert.match(
        await refusalOf(vm, wish({ image: '/elsewhere.raw' })),
        /sdb is there already.*attached\.raw.*detach this one first/,
      );
      const text = `<domain type='qemu'><devices>${diskXml({ target: 'sdc', image: image(), format: 'raw', filters: ['nix'] })}</devices></domain>`;
      const result = attachWish(analyze(SourceText.of(text)), 'sdc', { groupsOnVm: true });
      assert.ok(result.kind === 'wish');
      assert.match(
        await refusalOf(vm, { kind: 'attach-disk', disk: result.wish }),
        /there is no group nix in the persistent definition, and no limits are known/,
      );
      assert.match(
        await refusalOf(vm, { kind: 'detach-disk', disk: 'sdz' }),
        /no disk sdz in the persistent definition or the running VM/,
      );
    });
  });

  test('where the running VM refuses the disk, the definition is as before', async () => {
    await session({}, async vm => {
      const before = await host().virsh('dumpxml', '--inactive', UUID);
      const outcome = await carriedOut(vm, wish({ target: 'sdd', image: '/nonexistent/image.raw' }));
      assert.equal(outcome.outcome, 'rolled-back', outcome.message);
      assert.match(outcome.message, /^Attach sdd .*Libvirt refused attach-device.*the domain is as before/);
      assert.equal(await host().virsh('dumpxml', '--inactive', UUID), before);
    });
  });

  test('a disk whose filters were changed behind libvirt is not detached before they are returned', async () => {
    await session({ allowTaint: true }, async vm => {
      const text = (await host().virsh('dumpxml', UUID)).replace(
        /(<target dev='sdb'[^>]*>\s*)<throttlefilters>[\s\S]*?<\/throttlefilters>/,
        "$1<throttlefilters><throttlefilter group='silver'/></throttlefilters>",
      );
      const desired = desiredGroups(analyze(SourceText.of(text)));
      assert.ok(desired.kind === 'desired', desired.kind === 'refusal' ? desired.refusal.message : '');
      const change = planned(
        { kind: 'document', desired: desired.desired },
        { planes: ['live'], allow: ALL },
      );
      const plan = change(await vm.read());
      assert.ok(plan.kind === 'plan');
      const changed = await vm.apply({ plan: change, expect: plan.plan.hash });
      assert.equal(changed.outcome, 'applied', changed.message);
      assert.deepEqual(filtersOf(vm.state, 'sdb'), ['throttle-silver']);
      assert.match(
        await refusalOf(vm, { kind: 'detach-disk', disk: 'sdb' }, ['live']),
        /not those that libvirt put there.*--return/,
      );
      assert.equal((await carriedOut(vm, { kind: 'return' }, ['live'])).outcome, 'applied');
      assert.deepEqual(filtersOf(vm.state, 'sdb'), CHAIN);
    });
  });

  test('a disk is detached on both sides, and its image is free', async () => {
    await session({}, async vm => {
      const outcome = await carriedOut(vm, { kind: 'detach-disk', disk: 'sdb' });
      assert.equal(outcome.outcome, 'applied', outcome.message);
      for (const xml of [
        await host().virsh('dumpxml', UUID),
        await host().virsh('dumpxml', '--inactive', UUID),
      ]) {
        assert.doesNotMatch(xml, /sdb/);
      }
      await host().run('qemu-io', '-f', 'raw', '-c', 'write 0 512', image());
      // It can come back to one side alone; the other does not have it.
      assert.equal((await carriedOut(vm, wish(), ['live'])).outcome, 'applied');
      assert.equal(filtersOf(vm.state.definition, 'sdb'), undefined);
      const live = await carriedOut(vm, { kind: 'detach-disk', disk: 'sdb' });
      assert.deepEqual(
        live.steps.map(({ kind }) => kind),
        ['detach-disk'],
      );
      assert.equal(live.outcome, 'applied', live.message);
    });
  });

  test('a guest that does not let go keeps its disk, and that is said', async () => {
    await session({ unplugWait: 500 }, async vm => {
      const outcome = await carriedOut(vm, { kind: 'detach-disk', disk: 'vda' }, ['live']);
      assert.equal(outcome.outcome, 'partial', outcome.message);
      assert.match(outcome.message, /asked to let go of the disk and has not in time/);
      assert.deepEqual(filtersOf(vm.state, 'vda'), ['throttle-gold']);
    });
  });
});
