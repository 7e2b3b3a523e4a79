import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PlanOptions, Plan, PlanResult, Refusal, VmState } from '../../../server/src/engine';
import {
  analyze,
  describePlan,
  desiredGroups,
  groupsAsXml,
  makePlan,
  planJson,
  SourceText,
} from '../../../server/src/engine';
import { qmpOf, vmWith } from '../../support/states';

/** A domain db01 with these groups; disks are lists of group names, vda first. */
function domain(groups: string, disks: readonly string[][] = [], head = '<name>db01</name>'): string {
  const letters = 'abcdefgh';
  const xml = disks.map(
    (filters, index) =>
      `<disk type='file' device='disk'><source file='/data/${index}.raw'/><target dev='vd${letters[index] ?? ''}' bus='virtio'/>` +
      `<throttlefilters>${filters.map(name => `<throttlefilter group='${name}'/>`).join('')}</throttlefilters></disk>`,
  );
  return `<domain type='kvm'>\n${head}\n<throttlegroups>\n${groups}\n</throttlegroups>\n<devices>${xml.join('\n')}</devices></domain>`;
}

const group = (name: string, limits: string): string =>
  `<throttlegroup>${limits}<group_name>${name}</group_name></throttlegroup>`;
const iops = (name: string, value: number | string): string =>
  group(name, `<total_iops_sec>${value}</total_iops_sec>`);

function result(text: string, state: VmState, options?: PlanOptions): PlanResult {
  const desired = desiredGroups(analyze(SourceText.of(text)));
  return desired.kind === 'refusal' ? desired : makePlan(desired.desired, state, options);
}

function plan(text: string, state: VmState, options?: PlanOptions): Plan {
  const made = result(text, state, options);
  if (made.kind === 'refusal') assert.fail(`refused: ${made.refusal.message}`);
  return made.plan;
}

function refusal(text: string, state: VmState, options?: PlanOptions): Refusal {
  const made = result(text, state, options);
  if (made.kind === 'plan') assert.fail(`not refused: ${describePlan(made.plan, 'unix:/x')}`);
  return made.refusal;
}

const summaries = (made: Plan): readonly string[] => made.steps.map(step => step.summary);
const kinds = (made: Plan): readonly string[] => made.consequences.map(({ kind }) => kind);

test('groups that are as wanted are in no step', () => {
  const made = plan(
    domain(iops('gold', 500), [['gold']]),
    vmWith({ 'throttle-gold': { total_iops_sec: 500n } }, { users: [['throttle-gold']] }),
  );
  assert.deepEqual(made.steps, []);
  assert.deepEqual(made.consequences, []);
  assert.deepEqual(made.notes, []);
});

test('first what is created, then what changes, last what is deleted', () => {
  const state = vmWith({ 'throttle-old': { total_iops_sec: 5n }, 'throttle-gold': { total_iops_sec: 500n } });
  const made = plan(domain(`${iops('gold', 800)}${iops('new', 7)}`), state, { prune: true });
  assert.deepEqual(summaries(made), [
    'Create new: 7 IOPS',
    'Raise gold: 500 IOPS -> 800 IOPS',
    'Delete old (was 5 IOPS)',
  ]);
  assert.deepEqual(kinds(made), ['refills-burst', 'lost-at-restart']);
});

test('a change is sent whole, and its inverse brings back all 19 values', () => {
  const before = { total_iops_sec: 500n, total_iops_sec_max: 900n, total_iops_sec_max_length: 3n };
  const made = plan(
    domain(group('gold', '<read_iops_sec>7</read_iops_sec>')),
    vmWith({ 'throttle-gold': before }),
  );
  const [step] = made.steps;
  const value = (command: unknown): Record<string, unknown> =>
    (command as { arguments: { value: Record<string, unknown> } }).arguments.value;
  const sent = value(step?.commands[0]);
  assert.equal(Object.keys(sent).length, 19);
  assert.deepEqual(
    [sent['iops-total'], sent['iops-total-max'], sent['iops-total-max-length'], sent['iops-read']],
    [0, 0, 1, 7],
  );
  const back = value(step?.inverse[0]);
  assert.equal(Object.keys(back).length, 19);
  assert.deepEqual(
    [back['iops-total'], back['iops-total-max'], back['iops-total-max-length']],
    [500, 900, 3],
  );
  assert.equal(qmpOf(step)[0]?.arguments?.['path'], '/objects/throttle-gold');
});

test('creating and deleting are each other’s inverse', () => {
  const made = plan(domain(iops('new', 7)), vmWith({ 'throttle-old': { read_bytes_sec: 9n } }), {
    prune: true,
  });
  assert.deepEqual(
    made.steps.map(step => [...qmpOf(step), ...qmpOf(step, 'inverse')].map(({ execute }) => execute)),
    [
      ['object-add', 'object-del'],
      ['object-del', 'object-add'],
    ],
  );
});

test('a plain object is the group where no prefixed one is', () => {
  const made = plan(domain(iops('gold', 800)), vmWith({ gold: { total_iops_sec: 500n } }));
  assert.equal(made.groupChanges[0]?.objectId, 'gold');
});

test('a prefixed object is the group; the plain one beside it is noted and never touched', () => {
  const state = vmWith({ gold: { total_iops_sec: 1n }, 'throttle-gold': { total_iops_sec: 500n } });
  const made = plan(domain(iops('gold', 800)), state, { prune: true });
  assert.deepEqual(
    made.groupChanges.map(({ objectId }) => objectId),
    ['throttle-gold'],
  );
  assert.match(made.notes.join('\n'), /both throttle-gold and an object called plain gold/);
});

test('an object that another group of the document claims is not taken for a plain name', () => {
  const state = vmWith({ 'throttle-x': { total_iops_sec: 5n } });
  const made = plan(domain(`${iops('throttle-x', 9)}${iops('x', 5)}`), state);
  assert.deepEqual(
    made.groupChanges.map(({ objectId, before }) => [objectId, before === undefined]),
    [['throttle-throttle-x', true]],
  );
});

test('groups that the document does not name are noted and left; prune takes only unused ones', () => {
  const state = vmWith(
    { 'throttle-a': { total_iops_sec: 1n }, 'throttle-b': { total_iops_sec: 2n } },
    { users: [['throttle-a']] },
  );
  // A disk that the document does not describe goes on using the group.
  const text = domain('');
  const left = plan(text, state);
  assert.deepEqual(left.steps, []);
  assert.match(left.notes.join('\n'), /left as they are: a \(used by virtio-disk0\) and b\./);
  const pruned = plan(text, state, { prune: true });
  assert.deepEqual(summaries(pruned), ['Delete b (was 2 IOPS)']);
  assert.match(pruned.notes.join('\n'), /left as they are: a \(used by virtio-disk0\)\./);
});

test('raising a used group wakes the requests that wait by the old limit; lowering it does not', () => {
  const state = vmWith({ 'throttle-gold': { total_iops_sec: 5n } }, { users: [['throttle-gold']] });
  assert.deepEqual(summaries(plan(domain(iops('gold', 9), [['gold']]), state)), [
    'Raise gold: 5 IOPS -> 9 IOPS',
    'Let requests of vda that wait by an old limit (gold) go by the new one',
  ]);
  assert.deepEqual(summaries(plan(domain(iops('gold', 2), [['gold']]), state)), [
    'Lower gold: 5 IOPS -> 2 IOPS',
  ]);
});

test('a limit that goes away on a used group is a consequence of its own', () => {
  const state = vmWith(
    { 'throttle-gold': { total_iops_sec: 5n, total_bytes_sec: 9n } },
    { users: [['throttle-gold']] },
  );
  const made = plan(domain(iops('gold', 5), [['gold']]), state);
  assert.deepEqual(kinds(made), ['refills-burst', 'unthrottles', 'lost-at-restart']);
  assert.equal(
    made.consequences[1]?.text,
    'gold no longer limits reads by bytes per second and writes by bytes per second of virtio-disk0.',
  );
});

test('a used group is never set to no limit at all', () => {
  const state = vmWith({ 'throttle-gold': { total_iops_sec: 5n } }, { users: [['throttle-gold']] });
  const refused = refusal(domain(iops('gold', 0)), state);
  assert.equal(refused.reason, 'unthrottles');
  assert.match(refused.message, /virtio-disk0 uses it.*1e15/);
});

test('a group without limits that is not on the VM is not created, as libvirt does', () => {
  const made = plan(domain(iops('empty', 0)), vmWith({}));
  assert.deepEqual(made.steps, []);
  assert.match(made.notes.join('\n'), /not created, as libvirt does: empty/);
});

const same = vmWith({});
const withUuid = (uuid: string | null, name: string | null): VmState => ({
  ...same,
  target: { ...same.target, uuid, name },
});
const uuid = '12345678-1234-1234-1234-123456789abc';

test('another uuid, or without one another name, is another VM', () => {
  const document = (head: string): string => domain(iops('gold', 1), [], head);
  assert.equal(refusal(document('<name>web</name>'), same).reason, 'other-domain');
  assert.equal(
    refusal(
      document(`<name>db01</name><uuid>${uuid}</uuid>`),
      withUuid('ffffffff-1234-1234-1234-123456789abc', 'db01'),
    ).reason,
    'other-domain',
  );
  const allowed = plan(document('<name>web</name>'), same, { allow: ['other-domain'] });
  assert.ok(kinds(allowed).includes('other-domain'));
  assert.deepEqual(
    plan(
      document(`<name>db01</name><uuid>${uuid.toUpperCase().replaceAll('-', '')}</uuid>`),
      withUuid(uuid, 'db01'),
    ).notes,
    [],
  );
  assert.match(
    plan(document(`<name>db01</name><uuid>${uuid}</uuid>`), withUuid(uuid, 'db02')).notes.join(),
    /the uuid is the same/,
  );
});

test('a VM that does not say who it is, is noted', () => {
  assert.match(
    plan(domain(iops('gold', 1)), withUuid(null, null)).notes.join(),
    /neither its name nor its uuid/,
  );
});

test('a document with errors in its groups is refused, with the line, also where the finding is silenced', () => {
  const text = domain(`${iops('gold', 500)}\n${iops('bad', '5M')}`);
  const error = {
    rule: 'limit-not-a-number',
    severity: 'warning',
    refusedBy: 'libvirt',
    message: '5M is no number.',
  } as const;
  const at = text.indexOf('5M');
  const finding = {
    ...error,
    span: { start: at, end: at + 2 },
    related: [],
    unnecessary: false,
    report: { ...error, span: { start: 0, end: 2 } },
    start: at,
  };
  const analysis = { ...analyze(SourceText.of(text)), findings: [], suppressed: [finding] };
  const made = desiredGroups(analysis);
  assert.equal(made.kind === 'refusal' && made.refusal.reason, 'document-errors');
  assert.match(made.kind === 'refusal' ? made.refusal.message : '', /line 5: 5M is no number/);
});

test('an unreadable limit is never sent, whatever the rules say', () => {
  const made = desiredGroups({
    ...analyze(SourceText.of(domain(iops('bad', '5M')))),
    findings: [],
    suppressed: [],
  });
  assert.equal(made.kind === 'refusal' && made.refusal.reason, 'document-errors');
});

test('a document that a rule of ours failed on is not sent: what it would have found is unknown', () => {
  const made = desiredGroups({
    ...analyze(SourceText.of(domain(iops('gold', '5')))),
    faults: [{ rule: 'burst-below-rate', message: 'boom' }],
  });
  assert.match(made.kind === 'refusal' ? made.refusal.message : '', /rule burst-below-rate failed \(boom\)/);
});

test('text that is not well-formed, or no domain, is refused', () => {
  assert.equal(refusal('<domain type="kvm"><name>db01</name>', same).reason, 'document-errors');
  assert.equal(refusal('<project/>', same).reason, 'not-a-domain');
});

test('template text is never sent, and what it may mean is never pruned', () => {
  const state = vmWith({ 'throttle-gold': { total_iops_sec: 5n }, 'throttle-x': { total_iops_sec: 5n } });
  const value = plan(domain(iops('gold', '{{ iops }}')), state, { prune: true });
  assert.deepEqual(summaries(value), ['Delete x (was 5 IOPS)']);
  assert.match(value.notes.join('\n'), /template text: gold/);
  assert.deepEqual(plan(domain(iops('{{ name }}', 5)), state, { prune: true }).steps, []);
});

test('a disk that the VM does not have is a note', () => {
  const state = vmWith(
    { 'throttle-a': { total_iops_sec: 1n }, 'throttle-b': { total_iops_sec: 2n } },
    { users: [['throttle-a'], ['throttle-b']] },
  );
  const made = plan(domain(`${iops('a', 1)}${iops('b', 2)}`, [['a'], ['b'], ['a']]), state);
  assert.deepEqual(made.notes, [
    'vdc: not found on the VM, so its filters were not compared. It can be attached (attach-disk).',
  ]);
});

test('a VM on the move is left alone', () => {
  assert.equal(refusal(domain(iops('a', 1)), { ...same, migrating: true }).reason, 'migration');
  assert.equal(refusal(domain(iops('a', 1)), { ...same, runState: 'inmigrate' }).reason, 'migration');
});

test('the hash is that of what was read and wanted, and of nothing else', () => {
  const state = vmWith({ 'throttle-a': { total_iops_sec: 1n }, 'throttle-b': { total_iops_sec: 2n } });
  const text = domain(iops('a', 5));
  const { hash } = plan(text, state);
  assert.match(hash, /^[0-9a-f]{64}$/);
  assert.equal(
    plan(text.replace('<throttlegroups>', '<!-- mine --><throttlegroups>'), { ...state, runState: 'paused' })
      .hash,
    hash,
  );
  assert.equal(plan(text, { ...state, groups: [...state.groups].reverse() }).hash, hash);
  for (const other of [
    plan(domain(iops('a', 6)), state),
    plan(text, { ...state, process: 'cpu thread 101' }),
    plan(text, vmWith({ 'throttle-a': { total_iops_sec: 1n }, 'throttle-b': { total_iops_sec: 3n } })),
    plan(text, state, { prune: true }),
  ]) {
    assert.notEqual(other.hash, hash);
  }
});

test('the plan reads as a text', () => {
  const state = vmWith({ 'throttle-gold': { total_iops_sec: 500n } }, { users: [['throttle-gold']] });
  const made = plan(domain(iops('gold', 800), [['gold']]), state);
  assert.equal(
    describePlan({ ...made, hash: 'HASH', steps: [] }, 'unix:/run/db01.sock'),
    `VM: db01 (unix:/run/db01.sock), QEMU 7.2.22
Plan: HASH

1 change:
  Raise gold: 500 IOPS -> 800 IOPS
    total_iops_sec: 500 IOPS -> 800 IOPS

What this brings with it:
  - Setting limits refills the burst credit of gold: for a moment the disks may go at the burst limit again. (refills-burst)
  - This lasts until the QEMU process ends: the next start uses what its command line says. (lost-at-restart)
`,
  );
  assert.match(
    describePlan(made, 'unix:/x'),
    /1\. Raise gold.*\n {5}\{"execute":"qom-set","arguments":\{"path":"\/objects\/throttle-gold"/,
  );
});

test('both sides of the diff are groups as libvirt writes them', () => {
  const state = vmWith({ 'throttle-gold': { total_iops_sec: 500n, total_bytes_sec: 9n }, 'throttle-z': {} });
  const made = plan(domain(iops('gold', 800)), state);
  assert.equal(
    groupsAsXml(made.vmGroups),
    `<throttlegroups>
  <throttlegroup>
    <total_bytes_sec>9</total_bytes_sec>
    <total_iops_sec>500</total_iops_sec>
    <group_name>gold</group_name>
  </throttlegroup>
</throttlegroups>
`,
  );
  assert.match(groupsAsXml(made.wantedGroups), /<total_iops_sec>800</);
});

test('the JSON of a plan is the contract of the command line', () => {
  const state = vmWith({ 'throttle-gold': { total_iops_sec: 500n } });
  const made = planJson(plan(domain(iops('gold', 800)), state), 'unix:/run/vm.sock') as Record<
    string,
    unknown
  >;
  assert.deepEqual(Object.keys(made), ['vm', 'target', 'hash', 'changes', 'notes', 'consequences', 'steps']);
  assert.equal(made['changes'], 1);
  assert.deepEqual(made['target'], {
    name: 'db01',
    uuid: null,
    qemu: '7.2.22',
    libvirt: null,
    managedBy: null,
  });
  const [step] = made['steps'] as Record<string, unknown>[];
  assert.deepEqual(Object.keys(step ?? {}), [
    'kind',
    'plane',
    'via',
    'summary',
    'commands',
    'inverse',
    'sources',
  ]);
});

test('a group may be called like a member of every object', () => {
  const made = plan(domain(`${iops('constructor', 5)}${iops('__proto__', 6)}`), vmWith({}));
  assert.deepEqual(
    made.groupChanges.map(({ objectId }) => objectId),
    ['throttle-constructor', 'throttle-__proto__'],
  );
});
