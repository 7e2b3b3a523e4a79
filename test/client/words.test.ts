import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressProblem, isThroughLibvirt, stringsOf, withRecent } from '../../client/src/addresses';
import {
  allowedBy,
  applyTitle,
  disksText,
  doneWords,
  detachedWords,
  findingsSummary,
  GROUP_DELETED,
  groupsText,
  planesOf,
  planesWords,
  reasonsToAsk,
  recordText,
  toneOf,
  virshEdit,
  vmName,
  weightOf,
  workspaceSummary,
} from '../../client/src/words';
import { patternOfPath } from '../../client/src/xml-pattern';
import type { Target } from '../../server/src/engine';
import type { CheckWorkspaceAnswer, FindingsAnswer } from '../../server/src/protocol';

const db01: Target = { name: 'db01', uuid: null, qemu: '10.0.13', libvirt: null, managedBy: null };
const nameless: Target = { ...db01, name: null };
const address = 'unix:/run/db01.sock';
const second = { firstToVm: false, reasons: [], practice: false };

test('the button of a plan says how much goes to whom', () => {
  assert.equal(applyTitle(3, db01, address), 'Apply 3 changes to db01 (unix:/run/db01.sock)');
  assert.equal(applyTitle(1, nameless, address), 'Apply 1 change to unix:/run/db01.sock');
  assert.equal(vmName(nameless, address), address);
});

test('a second plain change to a VM asks nothing: the button was the confirmation', () => {
  const refills = { kind: 'refills-burst', text: 'The burst credit of gold starts full.' } as const;
  assert.deepEqual(reasonsToAsk({ ...second, consequences: [refills] }, 'db01'), []);
});

test('the first change, a delete and a disk without limits ask', () => {
  const consequences = [{ kind: 'unthrottles', text: 'vda is left without limits.' }] as const;
  assert.deepEqual(
    reasonsToAsk({ ...second, firstToVm: true, reasons: [GROUP_DELETED], consequences }, 'db01'),
    [
      'This is the first change to db01 from this window.',
      'A throttle group is deleted.',
      'vda is left without limits.',
    ],
  );
});

test('a disk that a running guest has is detached only after a question that tells how long it can take', () => {
  const reasons = [detachedWords(['live', 'config'])];
  assert.match(reasonsToAsk({ ...second, reasons, consequences: [] }, 'db01').join(), /let go.*up to 20 s/);
  assert.doesNotMatch(detachedWords(['config']), /guest/);
});

test('what the question names is what its answer allows', () => {
  const taint = { kind: 'taint', text: 'Libvirt marks the domain.' } as const;
  const unthrottles = { kind: 'unthrottles', text: 'vda is left without limits.' } as const;
  const weight = { ...second, consequences: [taint, unthrottles] };
  assert.deepEqual(allowedBy(weight), ['taint']);
  assert.ok(reasonsToAsk(weight, 'db01').includes(taint.text));
});

test('a practice VM asks nothing, and its changes are allowed all the same', () => {
  const breaks = { kind: 'breaks-libvirt', text: 'Libvirt goes on believing in gold.' } as const;
  const weight = { firstToVm: true, reasons: [GROUP_DELETED], practice: true, consequences: [breaks] };
  assert.deepEqual(reasonsToAsk(weight, 'db01'), []);
  assert.deepEqual(allowedBy(weight), ['breaks-libvirt']);
});

test('taint that was allowed to make the plan is not asked for again, the rest is', () => {
  const taint = { kind: 'taint', text: 'Libvirt marks the domain.' } as const;
  const breaks = { kind: 'breaks-libvirt', text: 'blockcommit fails until the VM is started anew.' } as const;
  const plan = { reasons: [], consequences: [taint, breaks] };
  const reasons = (allowed: readonly 'taint'[]): readonly string[] =>
    reasonsToAsk({ ...weightOf(plan, allowed, { practice: false }), firstToVm: false }, 'db01');
  assert.deepEqual(reasons([]), [taint.text, breaks.text]);
  assert.deepEqual(reasons(['taint']), [breaks.text]);
});

test('what of a libvirt domain is changed is said in words, and foreign values choose nothing', () => {
  assert.equal(planesWords(['live', 'config']), 'the running VM and its persistent definition');
  assert.equal(planesWords(['config']), 'the persistent definition');
  assert.deepEqual(planesOf(['config', 'live', 'all']), ['live', 'config']);
  for (const foreign of [undefined, null, 'live', [], ['all'], { 0: 'live' }]) {
    assert.equal(planesOf(foreign), undefined);
  }
});

test('only addresses of libvirt know a persistent definition', () => {
  assert.ok(isThroughLibvirt('libvirt:db01@qemu:///system'));
  assert.ok(!isThroughLibvirt('unix:/run/libvirt:db01'));
});

test('disks as a document to read, with what was asked', () => {
  const vda = {
    alias: 'virtio-disk0',
    target: 'vda',
    filters: ['gold', 'all'],
    iotuneText: null,
    remarks: [],
    source: 'libvirt-live',
  } as const;
  const cd = {
    ...vda,
    alias: 'cd0',
    target: null,
    filters: [],
    iotuneText: '5 IOPS',
    remarks: ['no medium'],
  };
  assert.equal(
    disksText('Disks of db01', [vda, cd]),
    `# Disks of db01

## vda (virtio-disk0)

Filters, from the image up: gold, then all

## cd0

No filters.
Limits of its own (iotune): 5 IOPS
Remarks: no medium

As libvirt's live XML has it. What was changed in QEMU behind libvirt's back is not seen there.
`,
  );
  assert.equal(disksText('Nothing', []), '# Nothing\n\nThere are no disks.\n');
});

test('a plan that was used says what became of it, and never that it was carried out when it was not', () => {
  assert.equal(doneWords('applied'), 'This plan was carried out: applied');
  assert.equal(doneWords('unknown'), 'This plan was broken off: what is in force is not known');
  for (const outcome of [
    'refused',
    'drifted',
    'cancelled',
    'failed',
    'rolled-back',
    'partial',
    'unknown',
  ] as const) {
    assert.doesNotMatch(doneWords(outcome), /carried out/);
  }
});

test('an outcome is told as loud as it is bad', () => {
  assert.equal(toneOf('applied'), 'information');
  assert.equal(toneOf('drifted'), 'warning');
  assert.equal(toneOf('unknown'), 'error');
});

test('the record of a change holds its steps, what differs, and what was said', () => {
  assert.equal(
    recordText({
      outcome: 'partial',
      message: 'Group gold was changed, group silver was not.',
      steps: [
        { kind: 'change-group', summary: 'Change group gold', state: 'done' },
        { kind: 'create-group', summary: 'Create group silver', state: 'failed' },
      ],
      differs: [{ object: 'group gold', text: 'was 5 IOPS, is now 9 IOPS' }],
      transcript: '{"execute":"qom-set"}\n',
    }),
    `Outcome: partial
Group gold was changed, group silver was not.

Steps:
done    Change group gold
failed  Create group silver

Differs from before:
group gold: was 5 IOPS, is now 9 IOPS

Transcript:
{"execute":"qom-set"}
`,
  );
});

test('a record folds long words, and has no empty transcript', () => {
  const record = recordText({
    outcome: 'failed',
    message: `It is ${'really '.repeat(20)}gone.`,
    steps: [],
    differs: [],
    transcript: '',
  });
  assert.equal(
    record,
    `Outcome: failed
It is ${'really '.repeat(12)}really
${'really '.repeat(7)}gone.
`,
  );
});

test('findings are counted by severity', () => {
  const finding = (severity: FindingsAnswer['findings'][number]['severity']) =>
    ({
      rule: 'r',
      severity,
      refusedBy: null,
      message: '',
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
    }) as const;
  assert.equal(findingsSummary([finding('error'), finding('error'), finding('hint')]), '2 errors, 1 hint');
  assert.equal(findingsSummary([]), undefined);
});

test('groups as a document to read', () => {
  const gold = {
    name: 'gold',
    limitsText: '500 IOPS',
    limits: { total_iops_sec: '500', size_iops_sec: '4096' },
    usedBy: ['vda'],
  };
  assert.equal(
    groupsText('Throttle groups of db01', [gold]),
    `# Throttle groups of db01

## gold

500 IOPS
Used by: vda

    total_iops_sec  500
    size_iops_sec   4096
`,
  );
  assert.equal(groupsText('Nothing', []), '# Nothing\n\nThere are no throttle groups.\n');
});

for (const good of [
  'unix:/run/vm.sock',
  ' tcp:127.0.0.1:4444 ',
  'tcp:[::1]:4444',
  'libvirt:db01',
  'libvirt:db01@qemu:///system',
]) {
  test(`${good} is taken as an address`, () => assert.equal(addressProblem(good), undefined));
}

for (const [bad, words] of [
  ['', /Type an address/],
  ['/run/vm.sock', /unix:\/run\/vm\.sock/],
  ['unix:', /behind unix:/],
  ['unix:vm.sock', /full path/],
  ['tcp:host', /host and a port/],
  ['tcp:host:99999', /from 1 to 65535/],
  ['tcp:::1:4444', /\[::1\]/],
  ['ssh:host', /unix:PATH/],
] as const) {
  test(`the address "${bad}" is answered with what to type`, () =>
    assert.match(addressProblem(bad) ?? '', words));
}

test('the newest address comes first, each once', () => {
  assert.deepEqual(withRecent(['unix:/a', 'unix:/b'], 'unix:/b'), ['unix:/b', 'unix:/a']);
  assert.equal(
    withRecent(
      Array.from({ length: 20 }, (_, i) => `unix:/${i}`),
      'unix:/x',
    ).length,
    8,
  );
});

test('a remembered value of another shape is no list', () => {
  assert.deepEqual(stringsOf({ length: 1 }), []);
  assert.deepEqual(stringsOf(['unix:/a', 7, null]), ['unix:/a']);
});

test("a path with characters of VS Code's globs means this one file", () => {
  assert.equal(patternOfPath('/vms/{{name}}/vm[1]*?.xml'), '/vms/[{][{]name[}][}]/vm[[]1[]][*][?].xml');
  assert.equal(patternOfPath('c:\\vms\\vm.xml'), 'c:/vms/vm.xml');
});

test('the command that edits a definition takes any name as data', () => {
  assert.equal(virshEdit('db01'), 'virsh edit db01');
  assert.equal(virshEdit("a b'; reboot #"), `virsh edit -- 'a b'\\''; reboot #'`);
  assert.equal(virshEdit('-x'), "virsh edit -- '-x'");
  assert.equal(virshEdit(''), 'virsh edit DOMAIN');
});

test('a check of the workspace says how many documents there were, what is in them, and what is missing', () => {
  const nothing = { error: 0, warning: 0, information: 0, hint: 0 };
  const answer: CheckWorkspaceAnswer = {
    checked: 12,
    withFindings: 0,
    findings: nothing,
    unreadable: [],
    limited: false,
    cancelled: false,
  };
  assert.equal(workspaceSummary(answer), '12 libvirt documents checked: nothing found.');
  assert.equal(
    workspaceSummary({ ...answer, withFindings: 2, findings: { ...nothing, error: 3, hint: 1 } }),
    '12 libvirt documents checked: 3 errors, 1 hint in 2 documents.',
  );
  const unreadable = [{ path: '/a.domain.xml', message: 'it is a folder' }];
  assert.equal(
    workspaceSummary({ ...answer, checked: 1, unreadable, limited: true, cancelled: true }),
    '1 libvirt document checked: nothing found. 1 file could not be read: the log says why. Cancelled before the end. There are more files: the setting libvirtDomain.workspaceFiles says how many are read.',
  );
  assert.match(workspaceSummary({ ...answer, checked: 0 }), /no libvirt documents/);
});
