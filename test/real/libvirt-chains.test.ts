/** Filters of running disks of a libvirt domain, changed in QEMU where the user allowed taint, and returned to libvirt's. */

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Outcome, Plan, PlanResult, Step, VmState } from '../../server/src/engine';
import { analyze, desiredGroups, SourceText } from '../../server/src/engine';
import type { ApplyRequest, LibvirtPlanOptions, VmSession } from '../../server/src/vm';
import { planLibvirt, planLibvirtDeleteGroup, planLibvirtSetGroup, planReturn } from '../../server/src/vm';
import { onEachLibvirt } from '../support/libvirt-hosts';
import { startWithGroups, withSession } from '../support/libvirt-session';

onEachLibvirt(host => {
  before(() =>
    startWithGroups(host(), NAME, UUID, [
      { target: 'vda', filters: ['gold'] },
      { target: 'vdb', filters: ['gold', 'silver'] },
      { target: 'sda' },
    ]),
  );

  const session = <T>(allowTaint: boolean, use: (vm: VmSession) => Promise<T>): Promise<T> =>
    withSession(host(), NAME, { allowTaint }, use);

  /** The definition with other filters: names of groups by target. */
  async function documentWith(chains: Readonly<Record<string, readonly string[]>>): Promise<string> {
    let xml = (await host().virsh('dumpxml', UUID)).replace(
      /<throttlefilters>[\s\S]*?<\/throttlefilters>/g,
      '',
    );
    for (const [target, groups] of Object.entries(chains)) {
      const filters = groups.map(group => `<throttlefilter group='${group}'/>`).join('');
      xml = xml.replace(
        new RegExp(`<target dev='${target}'[^>]*>`),
        `$&<throttlefilters>${filters}</throttlefilters>`,
      );
    }
    return xml;
  }

  const planned =
    (text: string, options: LibvirtPlanOptions) =>
    (state: VmState): PlanResult => {
      const desired = desiredGroups(analyze(SourceText.of(text)));
      assert.ok(desired.kind === 'desired', desired.kind === 'refusal' ? desired.refusal.message : '');
      return planLibvirt(desired.desired, state, options);
    };

  const chainsOf = (state: VmState | undefined): Readonly<Record<string, readonly string[]>> =>
    Object.fromEntries(
      (state?.disks ?? []).map(({ target, filters }) => [
        target ?? '?',
        filters.map(({ group }) => group.replace('throttle-', '')),
      ]),
    );

  test('without taint a chain is not changed, and the reason is said', async () => {
    const text = await documentWith({ vda: ['free'], vdb: ['gold', 'silver'] });
    await session(false, vm => {
      const result = planned(text, { planes: ['live'] })(vm.state);
      assert.ok(result.kind === 'refusal');
      assert.match(
        result.refusal.message,
        /^vda: its filters are left.*answers success and does nothing.*Allow taint/,
      );
      const both = planned(text, { planes: ['live', 'config'] })(vm.state);
      assert.ok(both.kind === 'plan');
      assert.deepEqual(
        both.plan.steps.map(({ plane, via }) => [plane, via]),
        [['config', 'virsh']],
      );
      assert.ok(both.plan.notes.some(note => note.startsWith('vda: its filters are left')));
      return Promise.resolve();
    });
    assert.doesNotMatch(await host().virsh('dominfo', UUID), /tainted: custom monitor/);
  });

  test('chains change in QEMU, groups through libvirt, and both return to what libvirt says', async () => {
    await session(true, async vm => {
      assert.deepEqual(chainsOf(vm.state), LIBVIRTS);
      const nodes = nodesOf(vm.state);
      const text = (await documentWith({ vda: ['free', 'gold'], vdb: ['silver'], sda: ['tier'] })).replace(
        '</throttlegroups>',
        '<throttlegroup><group_name>tier</group_name><total_iops_sec>40</total_iops_sec></throttlegroup></throttlegroups>',
      );
      const plan = await applied(vm, planned(text, { planes: ['live'], allow: ['taint', 'breaks-libvirt'] }));
      assert.deepEqual(
        new Set(
          plan.consequences
            .map(({ kind }) => kind)
            .filter(kind => kind === 'taint' || kind === 'breaks-libvirt'),
        ),
        new Set(['taint', 'breaks-libvirt']),
      );
      assert.deepEqual(plan.steps[0]?.via, 'virsh');
      assert.deepEqual(chainsOf(vm.state), { vda: ['free', 'gold'], vdb: ['silver'], sda: ['tier'] });
      assert.deepEqual(chainsOf(vm.state.declared), LIBVIRTS, 'libvirt does not see it');
      const [vda] = vm.state.disks;
      assert.match(
        vda?.filters.at(-1)?.node ?? '',
        /^libvirt-\d+-filter$/,
        "libvirt's own top filter is kept",
      );
      assert.match(await host().virsh('dumpxml', UUID), /<group_name>tier</, 'libvirt knows the group');

      const back = await applied(vm, state => planReturn(state));
      assert.ok(!back.consequences.some(({ kind }) => kind === 'breaks-libvirt'));
      assert.deepEqual(chainsOf(vm.state), LIBVIRTS);
      assert.deepEqual(nodesOf(vm.state), nodes, 'by the names that libvirt knows');
    });
  });

  test('what fails behind a changed chain takes the chain back too, and cancelling does', async () => {
    const text = (await documentWith({ vda: ['rank', 'gold'], vdb: ['gold', 'silver'] })).replace(
      '</throttlegroups>',
      '<throttlegroup><group_name>rank</group_name><total_iops_sec>41</total_iops_sec></throttlegroup></throttlegroups>',
    );
    const good = planned(text, { planes: ['live'], allow: ['taint'] });
    await session(true, async vm => {
      await applied(vm, state => planLibvirtSetGroup(state, 'spare', { total_iops_sec: 5n }, ['live']));
      const before = [chainsOf(vm.state), nodesOf(vm.state)];
      // The last step names a group that is not there: libvirt refuses it when everything else is done.
      const bad = (state: VmState): PlanResult => {
        const [result, spare] = [good(state), planLibvirtDeleteGroup(state, 'spare', ['live'])];
        assert.ok(result.kind === 'plan' && spare.kind === 'plan');
        const last = spare.plan.steps.map((step): Step =>
          step.via === 'virsh'
            ? {
                ...step,
                commands: [
                  { argv: ['domthrottlegroupdel', `--domain=${UUID}`, '--group-name=none', '--live'] },
                ],
              }
            : step,
        );
        return { kind: 'plan', plan: { ...result.plan, steps: [...result.plan.steps, ...last] } };
      };
      const failed = await run(vm, bad);
      assert.equal(failed.outcome, 'rolled-back', failed.message);
      assert.match(
        failed.message,
        /^Delete spare.*Libvirt refused domthrottlegroupdel.*the domain is as before/,
      );
      assert.deepEqual([chainsOf(vm.state), nodesOf(vm.state)], before);
      assert.doesNotMatch(await host().virsh('dumpxml', UUID), />rank</);

      const stop = new AbortController();
      const cancelled = await run(vm, good, {
        signal: stop.signal,
        onStep: index => {
          if (index === 0) stop.abort();
        },
      });
      assert.equal(cancelled.outcome, 'cancelled', cancelled.message);
      assert.deepEqual([chainsOf(vm.state), nodesOf(vm.state)], before);
      assert.doesNotMatch(await host().virsh('dumpxml', UUID), />rank</);
    });
  });

  test('commands for QEMU itself are not sent where taint was not allowed, whoever made the plan', async () => {
    const text = await documentWith({ vda: ['free'], vdb: ['gold', 'silver'] });
    const plan = planned(text, { planes: ['live'], allow: ['taint'] });
    const made = await session(true, vm => Promise.resolve(plan(vm.state)));
    assert.ok(made.kind === 'plan');
    await session(false, async vm => {
      const outcome = await vm.apply({ plan: () => made, expect: made.plan.hash });
      assert.equal(outcome.outcome, 'refused');
      assert.match(outcome.message, /was not allowed for this connection\. Nothing was sent\./);
    });
  });

  test('a grown chain that was returned no longer stands in the way of detaching', async () => {
    await session(true, async vm => {
      const grown = await documentWith({ vda: ['gold'], vdb: ['gold', 'silver'], sda: ['free', 'silver'] });
      await applied(vm, planned(grown, { planes: ['live'], allow: ['taint', 'breaks-libvirt'] }));
      await applied(vm, state => planReturn(state));
    });
    await host().virsh('detach-disk', UUID, 'sda', '--live');
    const graph = await host().virsh(
      'qemu-monitor-command',
      UUID,
      '{"execute":"query-named-block-nodes","arguments":{"flat":true}}',
    );
    const named = [...graph.matchAll(/"node-name":"([^"]+)"/g)].map(match => match[1] ?? '');
    const left = [...new Set(named)];
    assert.deepEqual(
      left.filter(node => node.startsWith('domxml-')),
      [],
    );
    assert.equal(left.length, 5, `vda and vdb alone, the image of sda is closed: ${left.join(', ')}`);
  });

  test('limits that somebody changed behind libvirt are seen, and are set through libvirt', async () => {
    await host().virsh(
      'qemu-monitor-command',
      UUID,
      '{"execute":"qom-set","arguments":{"path":"/objects/throttle-free","property":"limits","value":{"iops-total":7}}}',
    );
    await session(true, async vm => {
      assert.equal(vm.state.groups.find(({ name }) => name === 'free')?.limits.total_iops_sec, 7n);
      assert.equal(
        vm.state.declared?.groups.find(({ name }) => name === 'free')?.limits.total_iops_sec,
        900n,
      );
      await applied(vm, state => planLibvirtSetGroup(state, 'free', { total_iops_sec: 900n }, ['live']));
      assert.equal(vm.state.groups.find(({ name }) => name === 'free')?.limits.total_iops_sec, 900n);
    });
  });

  test('a group that libvirt does not know is changed where it is, in QEMU', async () => {
    await host().virsh(
      'qemu-monitor-command',
      UUID,
      '{"execute":"object-add","arguments":{"qom-type":"throttle-group","id":"throttle-own","limits":{"iops-total":7}}}',
    );
    await session(true, async vm => {
      const plan = await applied(vm, state =>
        planLibvirtSetGroup(state, 'own', { total_iops_sec: 8n }, ['live']),
      );
      assert.deepEqual(
        plan.steps.map(({ via }) => via),
        ['qmp'],
      );
      assert.equal(vm.state.groups.find(({ name }) => name === 'own')?.limits.total_iops_sec, 8n);
    });
  });
});

const NAME = 'lv-chains';
const UUID = '7f0a9a3c-3c0e-4a55-9d44-1f2c5f0b7c02';
const nodesOf = (state: VmState): readonly (readonly string[])[] =>
  state.disks.map(({ filters }) => filters.map(({ node }) => node));
const LIBVIRTS = { vda: ['gold'], vdb: ['gold', 'silver'], sda: [] };

async function run(
  vm: VmSession,
  plan: (state: VmState) => PlanResult,
  more: Partial<ApplyRequest> = {},
): Promise<Outcome> {
  const shown = plan(await vm.read());
  assert.ok(shown.kind === 'plan', shown.kind === 'refusal' ? shown.refusal.message : '');
  return vm.apply({ plan, expect: shown.plan.hash, ...more });
}

async function applied(vm: VmSession, plan: (state: VmState) => PlanResult): Promise<Plan> {
  const shown = plan(await vm.read());
  assert.ok(shown.kind === 'plan', shown.kind === 'refusal' ? shown.refusal.message : '');
  assert.notEqual(shown.plan.steps.length, 0);
  const outcome = await vm.apply({ plan, expect: shown.plan.hash });
  assert.equal(outcome.outcome, 'applied', outcome.message);
  const again = plan(vm.state);
  assert.ok(again.kind === 'plan' && again.plan.steps.length === 0, 'nothing is left to do');
  return shown.plan;
}
