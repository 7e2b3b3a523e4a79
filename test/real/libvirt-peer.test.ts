/** A domain of a real libvirt through virsh: read, changed on both sides, read back, never marked by looking. */

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GivenLimits, PlanResult, VmState } from '../../server/src/engine';
import { analyze, desiredGroups, encodeText, SourceText } from '../../server/src/engine';
import { listEverywhere, readDomainView } from '../../server/src/libvirt';
import type { Plane } from '../../server/src/libvirt';
import type { VmOptions, VmSession } from '../../server/src/vm';
import { planLibvirt, planLibvirtDeleteGroup, planLibvirtSetGroup } from '../../server/src/vm';
import { domainXml } from '../support/libvirt-domain';
import { onEachLibvirt } from '../support/libvirt-hosts';
import { connectThrough, startWithGroups, withSession } from '../support/libvirt-session';

const BOTH = ['live', 'config'] as const;

onEachLibvirt(host => {
  before(() =>
    startWithGroups(host(), NAME, UUID, [
      { target: 'vda', filters: ['gold'] },
      { target: 'vdb' },
      { target: 'sda', serial: 's-1' },
    ]),
  );

  const connect = (options: VmOptions = {}, domain: string = NAME): Promise<VmSession> =>
    connectThrough(host(), domain, options);

  const session = <T>(use: (vm: VmSession) => Promise<T>, options: VmOptions = {}): Promise<T> =>
    withSession(host(), NAME, options, use);

  const dumped = async (...flags: readonly string[]): Promise<string> =>
    host().virsh('dumpxml', UUID, ...flags);
  const groupsOf = async (...flags: readonly string[]): Promise<Readonly<Record<string, GivenLimits>>> =>
    Object.fromEntries(
      readDomainView(await dumped(...flags)).groups.map(({ name, limits }) => [name, limits]),
    );

  test('both definitions are read, each value with its source', async () => {
    await session(vm => {
      const { state } = vm;
      assert.deepEqual(
        { ...state.target, libvirt: undefined, qemu: undefined },
        { name: NAME, uuid: UUID, managedBy: 'libvirt', libvirt: undefined, qemu: undefined },
      );
      assert.match(state.target.libvirt ?? '', /^1[12]\.\d+\.\d+$/);
      assert.match(state.target.qemu, /^1[01]\.\d+\.\d+$/);
      assert.equal(state.runState, 'running');
      assert.deepEqual(
        state.disks.map(({ target, alias, serial, source }) => [target, alias, serial, source]),
        [
          ['vda', 'virtio-disk0', null, 'libvirt-live'],
          ['vdb', 'virtio-disk1', null, 'libvirt-live'],
          ['sda', 'scsi0-0-0-0', 's-1', 'libvirt-live'],
        ],
      );
      assert.deepEqual(
        state.disks[0]?.filters.map(({ group }) => group),
        ['throttle-gold'],
      );
      assert.deepEqual(
        state.definition?.groups.map(({ name, source }) => [name, source]),
        [
          ['gold', 'libvirt-config'],
          ['free', 'libvirt-config'],
          ['silver', 'libvirt-config'],
        ],
      );
      return Promise.resolve();
    });
  });

  test('a domain is found by its uuid too, and one that is not there is said with those that are', async () => {
    const vm = await connect({}, UUID);
    assert.equal(vm.state.target.name, NAME);
    await vm.close();
    await assert.rejects(connect({}, 'lv-nobody'), {
      name: 'DomainGoneError',
      message: /no domain called lv-nobody.*lv-peer/,
    });
    const [listing, wrong] = await listEverywhere(['qemu:///system', 'foo:///x'], {
      command: host().command,
    });
    assert.ok(listing?.kind === 'domains');
    assert.deepEqual(listing.domains, [{ name: NAME, uuid: UUID, running: true }]);
    assert.ok(wrong?.kind === 'failed');
  });

  test('groups are set live, in the definition, and on both sides, with the reset rules', async () => {
    await session(async vm => {
      const set = (given: GivenLimits, planes: readonly Plane[]) =>
        applied(vm, state => planLibvirtSetGroup(state, 'free', given, planes));
      await set({ total_iops_sec: 300n, total_iops_sec_max: 3000n, total_iops_sec_max_length: 5n }, ['live']);
      assert.deepEqual(set19(await groupsOf(), 'free'), [300n, 3000n, 5n]);
      assert.deepEqual(set19(await groupsOf('--inactive'), 'free'), [900n, 0n, 1n]);
      await set({ total_iops_sec: 700n }, ['config']);
      assert.deepEqual(set19(await groupsOf('--inactive'), 'free'), [700n, 0n, 1n]);
      // A lower base alone keeps the burst, going to reads and writes must clear burst and length.
      await set({ read_iops_sec: 10n, total_iops_sec_max: 0n, total_iops_sec_max_length: 0n }, BOTH);
      assert.deepEqual((await groupsOf())['free'], (await groupsOf('--inactive'))['free']);
      assert.equal((await groupsOf())['free']?.read_iops_sec, 10n);
      assert.deepEqual(set19(await groupsOf(), 'free'), [0n, 0n, 1n]);
    });
  });

  test('what QEMU or libvirt would refuse is refused before anything is sent', async () => {
    await session(vm => {
      const refusals = [
        planLibvirtSetGroup(vm.state, 'gold', { total_iops_sec: 0n }, ['live']),
        planLibvirtSetGroup(vm.state, 'gold', { total_iops_sec: 0n }, ['config']),
        planLibvirtSetGroup(vm.state, 'gold', { total_iops_sec_max: 2n }, ['config']),
        planLibvirtSetGroup(vm.state, 'a b', { total_iops_sec: 2n }, ['config']),
        planLibvirtSetGroup(vm.state, 'gold', { total_iops_sec: 2n }, []),
        planLibvirtDeleteGroup(vm.state, 'gold', ['config']),
        planLibvirtDeleteGroup(vm.state, 'gold', ['live']),
        planLibvirtDeleteGroup(vm.state, 'nosuch', BOTH),
      ].map(result => (result.kind === 'refusal' ? result.refusal.reason : 'planned'));
      assert.deepEqual(refusals, [
        'unthrottles',
        'unthrottles',
        'limits',
        'group-name',
        'unsupported',
        'in-use',
        'in-use',
        'no-such-group',
      ]);
      return Promise.resolve();
    });
  });

  test('groups are created and deleted on both sides', async () => {
    await session(async vm => {
      await applied(vm, state => planLibvirtSetGroup(state, 'lv-new', { write_bytes_sec: 4096n }, BOTH));
      assert.equal((await groupsOf())['lv-new']?.write_bytes_sec, 4096n);
      assert.equal((await groupsOf('--inactive'))['lv-new']?.write_bytes_sec, 4096n);
      await applied(vm, state => planLibvirtDeleteGroup(state, 'lv-new', BOTH));
      assert.equal((await groupsOf())['lv-new'], undefined);
      assert.equal((await groupsOf('--inactive'))['lv-new'], undefined);
    });
  });

  test('a document changes the definition: groups, filters of one disk, iotune', async () => {
    await session(async vm => {
      const text = edited(await dumped('--inactive'), xml =>
        xml
          .replace('<total_iops_sec>50<', '<total_iops_sec>60<')
          .replace(
            /(<target dev='vdb'[^>]*>)/,
            "$1<throttlefilters><throttlefilter group='silver'/><throttlefilter group='free'/></throttlefilters>",
          )
          .replace(
            /(<target dev='sda'[^>]*>)/,
            '$1<iotune><total_iops_sec>77</total_iops_sec><group_name>tune</group_name></iotune>',
          ),
      );
      await appliedDocument(vm, text, ['config']);
      const view = readDomainView(await dumped('--inactive'));
      assert.deepEqual(
        view.disks.map(({ target, filters }) => [target, filters]),
        [
          ['vda', ['gold']],
          ['vdb', ['silver', 'free']],
          ['sda', []],
        ],
      );
      const iotune = view.disks[2]?.iotune;
      assert.deepEqual([iotune?.limits.total_iops_sec, iotune?.group], [77n, 'tune']);
      assert.equal(view.groups.find(({ name }) => name === 'silver')?.limits.total_iops_sec, 60n);
      assert.deepEqual(readDomainView(await dumped()).disks[1]?.filters, [], 'the running disk is as it was');
      // And from filters to iotune and the other way round, on one disk each.
      const turned = edited(await dumped('--inactive'), xml =>
        xml
          .replace(
            /<throttlefilters>\s*<throttlefilter group='silver'\/>[\s\S]*?<\/throttlefilters>/,
            '<iotune><read_bytes_sec>4096</read_bytes_sec></iotune>',
          )
          .replace(
            /<iotune>\s*<total_iops_sec>77[\s\S]*?<\/iotune>/,
            "<throttlefilters><throttlefilter group='free'/></throttlefilters>",
          ),
      );
      await appliedDocument(vm, turned, ['config']);
      const after = readDomainView(await dumped('--inactive'));
      assert.deepEqual(
        after.disks.map(({ filters, iotune }) => [filters, iotune?.limits.read_bytes_sec]),
        [
          [['gold'], undefined],
          [[], 4096n],
          [['free'], undefined],
        ],
      );
    });
  });

  test('filters of the definition need their groups on the running VM, as libvirt wants it', async () => {
    const xml = await dumped('--inactive');
    const text = edited(xml, before =>
      before
        .replace(
          '</throttlegroups>',
          '<throttlegroup><group_name>fresh</group_name><total_iops_sec>40</total_iops_sec></throttlegroup></throttlegroups>',
        )
        .replace(
          "<throttlefilter group='gold'/>",
          "<throttlefilter group='gold'/><throttlefilter group='fresh'/>",
        ),
    );
    const desired = desiredGroups(analyze(SourceText.of(text)));
    assert.ok(desired.kind === 'desired');
    const plan =
      (...planes: readonly Plane[]) =>
      (state: VmState): PlanResult =>
        planLibvirt(desired.desired, state, { planes });
    await session(async vm => {
      const held = plan('config')(vm.state);
      assert.ok(held.kind === 'plan');
      assert.match(
        held.plan.held.map(({ message }) => message).join(),
        /vda \(persistent definition\): its filters are left: .*running VM, which has no fresh\. Change both/,
      );
      assert.equal((await vm.apply({ plan: plan('config'), expect: held.plan.hash })).outcome, 'applied');
      // Libvirt itself, with the group in the definition alone.
      const disk = /<disk (?:(?!<\/disk>)[\s\S])*dev='vda'[\s\S]*?<\/disk>/.exec(text)?.[0] ?? '';
      const file = join(host().folder, 'vda.xml');
      await writeFile(file, disk);
      await assert.rejects(
        host().virsh('update-device', UUID, '--file', file, '--config'),
        /throttle group 'fresh' not found/,
      );
      const both = plan('live', 'config')(await vm.read());
      assert.ok(both.kind === 'plan');
      assert.deepEqual(
        both.plan.steps.slice(0, 2).map(({ kind, plane }) => [kind, plane]),
        [
          ['create-group', 'live'],
          ['change-filters', 'config'],
        ],
      );
      await host().virsh('domthrottlegroupdel', UUID, 'fresh', '--config');
    });
  });

  test('everything that only looks leaves the taint of the domain as it was', async () => {
    assert.doesNotMatch(await host().virsh('dominfo', UUID), TAINTED);
    await session(async vm => {
      await vm.read();
      planLibvirtSetGroup(vm.state, 'gold', { total_iops_sec: 3n }, BOTH);
      await applied(vm, state => planLibvirtSetGroup(state, 'silver', { total_iops_sec: 61n }, BOTH));
    });
    assert.doesNotMatch(await host().virsh('dominfo', UUID), TAINTED);
    assert.doesNotMatch(
      await host().run('cat', `/run/libvirt/qemu/${NAME}.xml`),
      /<taint flag='custom-monitor'/,
    );
    await session(
      vm => {
        assert.equal(vm.state.groups.find(({ name }) => name === 'gold')?.source, 'qemu');
        return Promise.resolve();
      },
      { allowTaint: true },
    );
    assert.match(await host().virsh('dominfo', UUID), TAINTED, 'the control: asking QEMU does mark it');
  });

  test('a change that libvirt refuses half-way is taken back on both sides', async () => {
    await session(async vm => {
      const plan = (state: VmState): PlanResult => {
        const result = planLibvirtSetGroup(state, 'gold', { total_iops_sec: 444n }, BOTH);
        if (result.kind === 'refusal') return result;
        const steps = result.plan.steps.map(step =>
          step.plane === 'live' && step.via === 'virsh'
            ? {
                ...step,
                commands: [
                  {
                    argv: [
                      'domthrottlegroupset',
                      `--domain=${UUID}`,
                      '--group-name=gold',
                      '--total-iops-sec=1',
                      '--total-iops-sec-max=1',
                      '--read-iops-sec=1',
                      '--live',
                    ],
                  },
                ],
              }
            : step,
        );
        return { kind: 'plan', plan: { ...result.plan, steps } };
      };
      const shown = plan(vm.state);
      assert.ok(shown.kind === 'plan');
      const outcome = await vm.apply({ plan, expect: shown.plan.hash });
      assert.equal(outcome.outcome, 'rolled-back', outcome.message);
      assert.match(outcome.message, /Libvirt refused domthrottlegroupset: .*total and read\/write/);
      assert.deepEqual(
        outcome.steps.map(({ state }) => state),
        ['undone', 'failed'],
      );
      assert.equal((await groupsOf('--inactive'))['gold']?.total_iops_sec, 500n);
    });
  });

  test('names of domains and groups are data, whatever they are made of', async () => {
    for (const [index, name] of HOSTILE.entries()) {
      const uuid = UUID.replace(/.$/, String(index + 2));
      const file = join(host().folder, `hostile-${String(index)}.xml`);
      const xml = domainXml({ name: 'NAME', uuid, disks: [] }).replace('NAME', encodeText(name));
      const groups = `<throttlegroups><throttlegroup><group_name>${encodeText(name)}</group_name><total_iops_sec>5</total_iops_sec></throttlegroup></throttlegroups>`;
      await writeFile(file, xml.replace('<os>', `${groups}<os>`));
      await host().virsh('define', file);
      const vm = await connect({}, name);
      try {
        assert.deepEqual([vm.state.target.name, vm.state.runState], [name, 'shutoff']);
        assert.deepEqual(
          vm.state.groups.map(group => group.name),
          [name],
        );
        await applied(vm, state => planLibvirtSetGroup(state, 'plain', { total_iops_sec: 7n }, ['config']));
        await applied(vm, state => planLibvirtDeleteGroup(state, name, ['config']));
        assert.deepEqual(
          vm.state.groups.map(group => group.name),
          ['plain'],
        );
      } finally {
        await vm.close();
        await host().virsh('undefine', uuid);
      }
    }
  });

  test('a domain that goes while somebody is connected is said to be gone', async () => {
    const file = join(host().folder, 'gone.xml');
    const uuid = UUID.replace(/.$/, 'f');
    await writeFile(file, domainXml({ name: 'lv-gone', uuid, disks: [] }));
    await host().virsh('create', file);
    const vm = await connect({}, 'lv-gone');
    try {
      assert.equal(vm.state.definition, undefined, 'it is transient');
      const plan = (state: VmState): PlanResult =>
        planLibvirtSetGroup(state, 'g', { total_iops_sec: 5n }, ['live']);
      const shown = plan(vm.state);
      assert.ok(shown.kind === 'plan');
      await host().virsh('destroy', uuid);
      await assert.rejects(vm.read(), { name: 'DomainGoneError', message: /does not exist any more/ });
      const outcome = await vm.apply({ plan, expect: shown.plan.hash });
      assert.equal(outcome.outcome, 'failed');
      assert.match(outcome.message, /could not be read before the first change.*Nothing was sent/);
    } finally {
      await vm.close();
    }
  });

  test('a connection outlives a restart of the daemon', async () => {
    await session(async vm => {
      await host().restartDaemon();
      const state = await vm.read();
      assert.equal(state.runState, 'running');
      await applied(vm, now => planLibvirtSetGroup(now, 'silver', { total_iops_sec: 62n }, ['config']));
      await host().restartDaemon();
      await applied(vm, now => planLibvirtSetGroup(now, 'silver', { total_iops_sec: 63n }, BOTH));
    });
  });

  test('a plan that was made from another state is not applied', async () => {
    await session(async vm => {
      const plan = (state: VmState): PlanResult =>
        planLibvirtSetGroup(state, 'gold', { total_iops_sec: 5n }, ['live']);
      const shown = plan(vm.state);
      assert.ok(shown.kind === 'plan');
      await host().virsh('domthrottlegroupset', NAME, 'gold', '--total-iops-sec', '501', '--config');
      const outcome = await vm.apply({ plan, expect: shown.plan.hash });
      assert.equal(outcome.outcome, 'drifted');
      assert.equal((await groupsOf())['gold']?.total_iops_sec, 500n);
    });
  });
});

const NAME = 'lv-peer';
const UUID = '1c9bbd2a-6a40-4e11-8d4e-0a5b6a1f6f01';
const HOSTILE = ['5', `lv'"\\;#$(x)&<>`, '--config', '\u65e5\u672c \u{1f600}', ' lv x '];
const TAINTED = /custom monitor control commands issued/;

/** Plans from the state as read, applies, and insists that it was applied and read back. */
async function applied(vm: VmSession, plan: (state: VmState) => PlanResult): Promise<void> {
  const shown = plan(await vm.read());
  assert.ok(shown.kind === 'plan', shown.kind === 'refusal' ? shown.refusal.message : '');
  assert.notEqual(shown.plan.steps.length, 0);
  const outcome = await vm.apply({ plan, expect: shown.plan.hash });
  assert.equal(outcome.outcome, 'applied', outcome.message);
  const again = plan(vm.state);
  const left = again.kind === 'plan' ? again.plan.steps : again.refusal.reason;
  assert.ok(left === 'no-such-group' || left.length === 0, 'nothing is left to do');
}

async function appliedDocument(vm: VmSession, text: string, planes: readonly Plane[]): Promise<void> {
  const desired = desiredGroups(analyze(SourceText.of(text)));
  assert.ok(desired.kind === 'desired', desired.kind === 'refusal' ? desired.refusal.message : '');
  await applied(vm, state => planLibvirt(desired.desired, state, { planes }));
}

/** An edit that must change the text. */
function edited(text: string, edit: (text: string) => string): string {
  const after = edit(text);
  assert.notEqual(after, text);
  return after;
}

const set19 = (
  groups: Readonly<Record<string, GivenLimits>>,
  name: string,
): readonly (bigint | undefined)[] => [
  groups[name]?.total_iops_sec,
  groups[name]?.total_iops_sec_max,
  groups[name]?.total_iops_sec_max_length,
];
