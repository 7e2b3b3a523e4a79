import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DesiredGroups, Plan, PlanResult, VmState } from '../../server/src/engine';
import { analyze, desiredGroups, parseXml, readDomain, SourceText } from '../../server/src/engine';
import { diskXml, readDomainView, setGroup, type LibvirtDomain } from '../../server/src/libvirt';
import { planLibvirt, planLibvirtDeleteGroup, planReturn } from '../../server/src/vm';
import { libvirtState } from '../../server/src/vm/libvirt-state';
import { normalised } from '../../server/src/engine';

test('before libvirt 11.2 groups and filters are refused, iotune is not', () => {
  const old = vmOf({ config: DOMAIN, libvirt: '11.1.0' });
  const refused = refusal(plan(DOMAIN.replace('>500<', '>600<'), old, ['config']));
  assert.match(refused, /^Libvirt 11\.1\.0 does not know throttle groups.*drops both.*iotune/);
  const plain = withoutGroups(DOMAIN);
  const steps = stepsOf(
    plan(
      plain.replace('<total_iops_sec>9<', '<total_iops_sec>10<'),
      vmOf({ config: plain, libvirt: '9.0.0' }),
      ['config'],
    ),
  );
  assert.deepEqual(steps, [
    'Set iotune of vdb: 9 IOPS in group io -> 10 IOPS in group io (persistent definition)',
  ]);
});

test('what is to change must be said, and must be there', () => {
  const off = vmOf({ config: DOMAIN });
  assert.match(refusal(plan(DOMAIN, off, [])), /live.*config.*both/);
  assert.match(refusal(plan(DOMAIN, off, ['live'])), /is not running/);
  assert.match(refusal(plan(DOMAIN, vmOf({ live: LIVE }), ['config'])), /is transient/);
});

test('each step says its argv, its inverse, and what is the persistent definition', () => {
  const vm = vmOf({ live: LIVE, config: DOMAIN });
  const result = plan(DOMAIN.replace('>500<', '>600<'), vm, ['live', 'config']);
  assert.deepEqual(stepsOf(result), [
    'Raise gold: 500 IOPS -> 600 IOPS (persistent definition)',
    'Raise gold: 500 IOPS -> 600 IOPS',
  ]);
  const [, live] = planned(result).steps;
  assert.ok(live?.via === 'virsh');
  const argv = live.commands[0]?.argv ?? [];
  assert.deepEqual(
    [argv.slice(0, 3), argv.at(-1)],
    [['domthrottlegroupset', `--domain=${UUID}`, '--group-name=gold'], '--live'],
  );
  assert.equal(argv.length, 3 + 19 + 1, 'all limits are named, zeroes too');
  assert.ok(argv.includes('--total-iops-sec=600') && argv.includes('--read-iops-sec=0'));
  assert.ok(live.inverse[0]?.argv.includes('--total-iops-sec=500'));
});

test('a new group is on the running VM before filters of the definition name it', () => {
  const text = DOMAIN.replace(
    '</throttlegroups>',
    '<throttlegroup><group_name>new</group_name><total_iops_sec>4</total_iops_sec></throttlegroup></throttlegroups>',
  ).replace("<throttlefilter group='gold'/>", "<throttlefilter group='gold'/><throttlefilter group='new'/>");
  const vm = vmOf({ live: LIVE, config: DOMAIN });
  const filters = 'Set the filters of vda: gold -> gold and new (persistent definition)';
  assert.deepEqual(stepsOf(plan(text, vm, ['live', 'config'])), [
    'Create new: 4 IOPS',
    'Create new: 4 IOPS (persistent definition)',
    filters,
  ]);
  // Where it does not run, the definition's own groups count.
  assert.ok(stepsOf(plan(text, vmOf({ config: DOMAIN }), ['config'])).includes(filters));
  const alone = planned(plan(text, vm, ['config']));
  assert.deepEqual(
    alone.held.map(({ title, what }) => [title, what]),
    [['vda', 'filters']],
  );
});

test('one side alone says what becomes of the other', () => {
  const vm = vmOf({ live: LIVE, config: DOMAIN });
  const text = DOMAIN.replace('>500<', '>600<');
  assert.deepEqual(
    planned(plan(text, vm, ['live'])).consequences.map(({ kind }) => kind),
    ['refills-burst', 'lost-at-restart'],
  );
  const config = planned(plan(text, vm, ['config']));
  assert.deepEqual(config.consequences, []);
  assert.ok(config.notes.some(note => /running VM stays as it is/.test(note)));
});

test('a burst length that goes is set to 1, since libvirt does not send 0', () => {
  const before = normalised({ total_iops_sec: 5n, total_iops_sec_max: 50n, total_iops_sec_max_length: 9n });
  const { argv } = setGroup(UUID, 'g', before, normalised({ read_iops_sec: 5n }), 'live');
  assert.ok(argv.includes('--total-iops-sec-max-length=1'));
  assert.ok(argv.includes('--read-iops-sec-max-length=0'));
});

test('an iotune group is left by clearing first: there is no empty group name', () => {
  const vm = vmOf({ config: DOMAIN });
  const [step] = planned(plan(DOMAIN.replace('<group_name>io</group_name>', ''), vm, ['config'])).steps;
  assert.ok(step?.via === 'virsh');
  assert.deepEqual(
    step.commands.map(({ argv }) => argv.filter(word => /group-name|total-iops-sec=/.test(word))),
    [['--total-iops-sec=0'], ['--total-iops-sec=9']],
  );
  assert.ok(step.inverse[0]?.argv.includes('--group-name=io'));
});

test('a filter without a group never reaches libvirt', () => {
  const desired = desiredOf(DOMAIN);
  const [vda, ...rest] = desired.disks;
  assert.ok(vda !== undefined);
  const broken = { ...desired, disks: [{ ...vda, filters: ['gold', ''] }, ...rest] };
  const words = refusal(planLibvirt(broken, vmOf({ config: DOMAIN }), { planes: ['config'] }));
  assert.match(words, /filter without a group.*daemon ends/);
  assert.equal(diskXml("<disk><target dev='vda'/></disk>", ['gold', '']), undefined);
});

test('names are data: no markup and no option comes of them', () => {
  for (const name of [`x'/><evil a='`, '"&<>', '--config', ' a ', '\u65e5', "'; quit; echo '"]) {
    const xml = diskXml("<disk type='file'>\n  <target dev='vda'/>\n</disk>", [name, 'gold']);
    assert.ok(xml !== undefined);
    const [disk] =
      readDomain(parseXml(SourceText.of(`<domain><devices>${xml}</devices></domain>`)))?.disks ?? [];
    assert.deepEqual(
      disk?.of.filters.map(({ group }) => group?.value),
      [name, 'gold'],
    );
    const { argv } = setGroup(UUID, name, undefined, normalised({ total_iops_sec: 1n }), 'config');
    assert.equal(argv[2], `--group-name=${name}`);
  }
});

test('an update of a disk changes its filters and nothing else, and the inverse is the XML as it was', () => {
  const vm = vmOf({ config: DOMAIN });
  const text = DOMAIN.replace(
    "<throttlefilter group='gold'/>",
    "<throttlefilter group='silver'/><throttlefilter group='gold'/>",
  );
  const [step] = planned(plan(text, vm, ['config'])).steps;
  assert.ok(step?.via === 'virsh');
  assert.equal(
    step.commands[0]?.input,
    `<disk type='file' device='disk'>
      <source file='/a'/>
      <target dev='vda' bus='virtio'/>
      <throttlefilters>
        <throttlefilter group='silver'/>
        <throttlefilter group='gold'/>
      </throttlefilters>
    </disk>
`,
  );
  assert.equal(step.inverse[0]?.input?.trim(), vm.definition?.disks[0]?.xml);
});

test('a disk whose cookie libvirt hides is left, and the others are changed', () => {
  const http = DOMAIN.replace(
    "<source file='/a'/>",
    "<source protocol='https' name='a'><host name='h'/></source>",
  );
  const text = http
    .replace("<throttlefilter group='gold'/>", "<throttlefilter group='silver'/>")
    .replace('>500<', '>600<');
  const result = planned(plan(text, vmOf({ config: http }), ['config']));
  assert.deepEqual(
    result.held.map(({ title, what }) => [title, what]),
    [['vda', 'filters']],
  );
  assert.deepEqual(
    result.steps.map(({ object }) => object),
    ['group gold'],
  );
});

test('a group without limits is stuck in the running VM until it starts anew', () => {
  const live = LIVE.replace('<total_iops_sec>50</total_iops_sec>', '');
  const words = refusal(plan(DOMAIN, vmOf({ live, config: DOMAIN }), ['live']));
  assert.match(words, /did not create group silver/);
});

test('a group is deleted where nothing uses it, on the sides that have it', () => {
  const vm = vmOf({
    live: LIVE.replace(/<throttlegroup>\s*<total_iops_sec>50<[\s\S]*?<\/throttlegroup>/, ''),
    config: DOMAIN,
  });
  assert.deepEqual(stepsOf(planLibvirtDeleteGroup(vm, 'silver', ['live', 'config'])), [
    'Delete silver (was 50 IOPS) (persistent definition)',
  ]);
  assert.match(
    refusal(planLibvirtDeleteGroup(vm, 'gold', ['config'])),
    /used by vda in the persistent definition/,
  );
});

test('pruning takes groups that are not wanted and not used, on each side', () => {
  const text = DOMAIN.replace(/<throttlegroup>\s*<group_name>silver[\s\S]*?<\/throttlegroup>/, '');
  assert.notEqual(text, DOMAIN);
  const desired = desiredOf(text);
  const vm = vmOf({ live: LIVE, config: DOMAIN });
  const result = planLibvirt(desired, vm, { planes: ['live', 'config'], prune: true });
  assert.deepEqual(stepsOf(result), [
    'Delete silver (was 50 IOPS) (persistent definition)',
    'Delete silver (was 50 IOPS)',
  ]);
});

test('another domain is refused, also where only the definition is to change', () => {
  const words = refusal(
    plan(DOMAIN.replace(UUID, UUID.replace('1', '2')), vmOf({ config: DOMAIN }), ['config']),
  );
  assert.match(words, /Nothing was sent/);
});

test('a return needs QEMU itself to be asked', () => {
  assert.match(refusal(planReturn(vmOf({ live: LIVE, config: DOMAIN }))), /known to QEMU only/);
});

const UUID = '1c9bbd2a-6a40-4e11-8d4e-0a5b6a1f6f01';

const DOMAIN = `<domain type='kvm'>
  <name>db01</name>
  <uuid>${UUID}</uuid>
  <throttlegroups>
    <throttlegroup>
      <total_iops_sec>500</total_iops_sec>
      <group_name>gold</group_name>
    </throttlegroup>
    <throttlegroup>
      <group_name>silver</group_name>
      <total_iops_sec>50</total_iops_sec>
    </throttlegroup>
  </throttlegroups>
  <devices>
    <disk type='file' device='disk'>
      <source file='/a'/>
      <target dev='vda' bus='virtio'/>
      <throttlefilters>
        <throttlefilter group='gold'/>
      </throttlefilters>
    </disk>
    <disk type='file' device='disk'>
      <source file='/b'/>
      <target dev='vdb' bus='virtio'/>
      <iotune>
        <total_iops_sec>9</total_iops_sec>
        <group_name>io</group_name>
      </iotune>
    </disk>
  </devices>
</domain>
`;
const LIVE = DOMAIN.replace("type='kvm'", "type='kvm' id='3'").replace(
  '<group_name>silver</group_name>\n      <total_iops_sec>50</total_iops_sec>',
  '<total_iops_sec>50</total_iops_sec>\n      <group_name>silver</group_name>',
);

const withoutGroups = (text: string): string =>
  text
    .replace(/<throttlegroups>[\s\S]*<\/throttlegroups>/, '')
    .replace(/<throttlefilters>[\s\S]*?<\/throttlefilters>/g, '');

function vmOf(parts: { live?: string; config?: string; libvirt?: string }): VmState {
  const domain: LibvirtDomain = {
    versions: { libvirt: parts.libvirt ?? '11.3.0', qemu: '10.0.13' },
    name: 'db01',
    uuid: UUID,
    state: parts.live === undefined ? 'shut off' : 'running',
    live: parts.live === undefined ? undefined : readDomainView(parts.live),
    config: parts.config === undefined ? undefined : readDomainView(parts.config),
    job: undefined,
    tainted: false,
  };
  return libvirtState(domain);
}

function desiredOf(text: string): DesiredGroups {
  const result = desiredGroups(analyze(SourceText.of(text)));
  assert.ok(result.kind === 'desired', result.kind === 'refusal' ? result.refusal.message : '');
  return result.desired;
}

const plan = (text: string, vm: VmState, planes: readonly ('live' | 'config')[]): PlanResult =>
  planLibvirt(desiredOf(text), vm, { planes });

function planned(result: PlanResult): Plan {
  assert.ok(result.kind === 'plan', result.kind === 'refusal' ? result.refusal.message : '');
  return result.plan;
}

const stepsOf = (result: PlanResult): readonly string[] =>
  planned(result).steps.map(({ summary }) => summary);

function refusal(result: PlanResult): string {
  assert.ok(result.kind === 'refusal', 'it should be refused');
  return result.refusal.message;
}
