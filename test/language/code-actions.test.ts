/** Diagnostics and the bulb. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parseVersion } from '../../server/src/engine';
import { DEFAULT_SETTINGS, type Settings } from '../../server/src/protocol';
import { FIX_ALL_KIND, codeActions, diagnosticsOf } from '../../server/src/language';
import { FULL_EDITOR, TEST_URI, atCursor, subjectOf, withEdits } from '../support/marked-text';

const document = (group: string): string => `<domain type='kvm'>
  <throttlegroups>
    <throttlegroup>
      <group_name>gold</group_name>
      ${group}
    </throttlegroup>
  </throttlegroups>
  <devices>
    <disk type='file' device='disk'>
      <target dev='vda' bus='virtio'/>
      <throttlefilters>
        <throttlefilter group='gold'/>
      </throttlefilters>
    </disk>
  </devices>
</domain>
`;

const CHANGES = { ...FULL_EDITOR, versionedEdits: false };

interface Offered {
  readonly title: string;
  readonly kind: string;
  readonly code: unknown;
  readonly preferred: boolean;
  readonly after: string;
}

function offered(marked: string, only?: readonly string[], settings: Settings = DEFAULT_SETTINGS): Offered[] {
  const { subject, position, text } = atCursor(marked);
  return codeActions(subject, { start: position, end: position }, only, settings, CHANGES).map(action => ({
    title: action.title,
    kind: action.kind ?? '',
    code: action.diagnostics?.[0]?.code,
    preferred: action.isPreferred === true,
    after: withEdits(text, action.edit?.changes?.[TEST_URI] ?? []),
  }));
}

function after(marked: string, title: RegExp, only?: readonly string[]): string {
  const all = offered(marked, only);
  const found = all.find(action => title.test(action.title));
  assert.ok(found !== undefined, `${String(title)} among ${all.map(each => each.title).join('; ')}`);
  return found.after;
}

test('a diagnostic has rule, severity, refuser, related places and its tag', () => {
  const text = document('<total_iops_sec>5</total_iops_sec>\n<read_iops_sec>6</read_iops_sec>');
  const [found] = diagnosticsOf(subjectOf(text), DEFAULT_SETTINGS, FULL_EDITOR);
  assert.equal(found?.code, 'total-excludes-read-write');
  assert.equal(found.source, 'domxml');
  assert.equal(found.severity, 1);
  assert.ok(found.relatedInformation !== undefined && found.relatedInformation[0]?.location.uri === TEST_URI);
  assert.ok(JSON.stringify(found.data).includes('refusedBy'));
  const [plain] = diagnosticsOf(subjectOf(text), DEFAULT_SETTINGS, {
    ...FULL_EDITOR,
    relatedInformation: false,
  });
  assert.equal(plain?.relatedInformation, undefined);
  const unused = document('<total_iops_sec>5</total_iops_sec>').replace(
    /<throttlefilters>[^]*<\/throttlefilters>/,
    '',
  );
  const [hint] = diagnosticsOf(subjectOf(unused), DEFAULT_SETTINGS, FULL_EDITOR);
  assert.deepEqual([hint?.code, hint?.severity, hint?.tags], ['group-unused', 4, [1]]);
});

test('a severity of the user changes what is shown and not who refuses; off is silent, in the bulb too', () => {
  const marked = document('<total_iops_sec>5M$0</total_iops_sec>');
  const { subject } = atCursor(marked);
  const shown = (setting: Settings['rules'][string]) =>
    diagnosticsOf(subject, { ...DEFAULT_SETTINGS, rules: { 'limit-not-a-number': setting } }, FULL_EDITOR);
  const [changed] = shown('information');
  assert.equal(changed?.severity, 3);
  assert.ok(JSON.stringify(changed.data).includes('"refusedBy":"'));
  assert.deepEqual(shown('off'), []);
  assert.deepEqual(
    offered(marked, undefined, { ...DEFAULT_SETTINGS, rules: { 'limit-not-a-number': 'off' } }),
    [],
  );
});

test('each fix is bound to its diagnostic, and the first safe one is preferred', () => {
  const actions = offered(document('<total_iops_sec> 500 $0</total_iops_sec>'));
  const fix = actions.find(({ preferred }) => preferred);
  assert.equal(fix?.kind, 'quickfix');
  assert.equal(fix.code, 'limit-not-a-number');
  assert.equal(fix.after, document('<total_iops_sec>500</total_iops_sec>'));
});

test('only the kinds that are asked for', () => {
  const marked = document('<total_iops_sec> 500 $0</total_iops_sec>');
  const kinds = (only: readonly string[]): string[] => [
    ...new Set(offered(marked, only).map(({ kind }) => kind)),
  ];
  assert.deepEqual(kinds(['quickfix']), ['quickfix']);
  for (const only of ['source', 'source.fixAll', FIX_ALL_KIND])
    assert.deepEqual(kinds([only]), [FIX_ALL_KIND]);
  for (const only of ['refactor', 'source.organizeImports', 'source.fixAll.eslint', 'quick']) {
    assert.deepEqual(kinds([only]), []);
  }
});

test('all safe problems at once, wherever they are', () => {
  const marked = document(
    '<total_iops_sec> 500 </total_iops_sec>\n      <read_bytes_sec>7 </read_bytes_sec>',
  );
  assert.equal(
    after(`$0${marked}`, /^Fix all safe problems$/, ['source.fixAll']),
    document('<total_iops_sec>500</total_iops_sec>\n      <read_bytes_sec>7</read_bytes_sec>'),
  );
});

test('a rule is silenced for a line or a file, and is then silent', () => {
  const bad = '<total_iops_sec>no</total_iops_sec>';
  const marked = document(bad.replace('no', 'no$0'));
  const line = after(marked, /for this line/);
  assert.equal(line, document(`<!-- domxml-disable-next-line limit-not-a-number -->\n      ${bad}`));
  const file = after(`<?xml version='1.0'?>\n${marked}`, /in this file/);
  assert.equal(file, `<?xml version='1.0'?>\n<!-- domxml-disable limit-not-a-number -->\n${document(bad)}`);
  for (const text of [line, file]) {
    assert.deepEqual(diagnosticsOf(subjectOf(text), DEFAULT_SETTINGS, FULL_EDITOR), []);
  }
});

test('no comment is offered where none can stand', () => {
  const inTag = document('<total_iops_sec>5</total_iops_sec>').replace(
    "<throttlefilter group='gold'/>",
    "<throttlefilter\n  group='gone$0'/>",
  );
  const titles = offered(inTag).map(({ title }) => title);
  assert.ok(titles.some(title => title.includes('in this file')));
  assert.ok(!titles.some(title => title.includes('for this line')));
  const oneLine = `<?xml version='1.0'?>${document('<total_iops_sec>no$0</total_iops_sec>').replaceAll('\n', '')}`;
  assert.ok(!offered(oneLine).some(({ title }) => title.includes('for this line')));
  assert.ok(!offered('<domain><$0').some(({ title }) => title.startsWith('Disable')));
});

test('every safe fix of the known cases, made at once, leaves fewer findings and no new error', () => {
  const file = path.join(__dirname, '../../../test/data/throttle-cases.json');
  const cases = JSON.parse(readFileSync(file, 'utf8')) as { id: string; xml: string }[];
  let fixed = 0;
  for (const { id, xml } of cases) {
    const before = subjectOf(xml);
    const whole = before.analysis.source.rangeOf({ start: 0, end: xml.length });
    const [action] = codeActions(before, whole, [FIX_ALL_KIND], DEFAULT_SETTINGS, CHANGES);
    if (action === undefined) continue;
    fixed++;
    const now = subjectOf(withEdits(xml, action.edit?.changes?.[TEST_URI] ?? []));
    const errors = (subject: typeof before): number =>
      subject.analysis.findings.filter(({ severity }) => severity === 'error').length;
    assert.ok(errors(now) <= errors(before), `${id}: errors`);
    assert.ok(now.analysis.findings.length < before.analysis.findings.length, `${id}: findings`);
  }
  assert.ok(fixed > 5, `${fixed} cases had something to fix`);
});

const PREPARE = /^Prepare for live changes/;

/** A domain with one disk without filters; `$0` belongs somewhere in it. */
const unfiltered = (
  disk: string,
  groups = '',
  attributes = "type='file' device='disk'",
): string => `<domain type='kvm'>
${groups}  <devices>
    <disk ${attributes}>
      ${disk}
    </disk>
  </devices>
</domain>
`;

const ROOMY_GROUP = `  <throttlegroups>
    <throttlegroup>
      <total_iops_sec>1000000000000000</total_iops_sec>
      <group_name>roomy</group_name>
    </throttlegroup>
  </throttlegroups>
`;

const ROOMY_FILTER = `
      <throttlefilters>
        <throttlefilter group='roomy'/>
      </throttlefilters>`;

const VDA = "<target dev='vda' bus='virtio'/>";

test('a disk without filters is prepared for live changes: a roomy group, and a filter that libvirt makes', () => {
  const marked = unfiltered(`${VDA}$0`);
  assert.equal(after(marked, PREPARE), unfiltered(`${VDA}${ROOMY_FILTER}`, ROOMY_GROUP));
  const [action, ...others] = offered(marked, ['refactor']);
  assert.deepEqual([action?.kind, others], ['refactor.rewrite', []]);
  assert.deepEqual(diagnosticsOf(subjectOf(action?.after ?? ''), DEFAULT_SETTINGS, FULL_EDITOR), []);
});

test('a roomy group that is there is used, and a name that is taken for something else is not', () => {
  assert.equal(
    after(unfiltered(`${VDA}$0`, ROOMY_GROUP), PREPARE),
    unfiltered(`${VDA}${ROOMY_FILTER}`, ROOMY_GROUP),
  );
  const tight = ROOMY_GROUP.replace('1000000000000000', '500');
  assert.equal(
    after(unfiltered(`${VDA}$0`, tight), PREPARE),
    unfiltered(
      `${VDA}${ROOMY_FILTER.replace('roomy', 'roomy-2')}`,
      tight.replace(
        '  </throttlegroups>\n',
        ROOMY_GROUP.replace('  <throttlegroups>\n', '').replace('roomy', 'roomy-2'),
      ),
    ),
  );
});

test('disks that have filters or cannot take one are left alone, and so is libvirt before 11.2', () => {
  const titles = (marked: string, libvirt?: string): readonly string[] => {
    const known = libvirt === undefined ? undefined : parseVersion(libvirt);
    const { subject, position } = atCursor(marked, known === undefined ? {} : { libvirt: known });
    const range = { start: position, end: position };
    return codeActions(subject, range, ['refactor'], DEFAULT_SETTINGS, CHANGES).map(({ title }) => title);
  };
  assert.equal(titles(unfiltered(`${VDA}$0`), '11.2.0').length, 1);
  for (const silent of [
    unfiltered(`${VDA}$0${ROOMY_FILTER}`, ROOMY_GROUP),
    unfiltered(`${VDA}$0<iotune><total_iops_sec>5</total_iops_sec></iotune>`),
    unfiltered(`${VDA}$0<readonly/>`),
    unfiltered(`${VDA}$0`, '', "type='file' device='cdrom'"),
    unfiltered(`${VDA}$0`, '', "type='block' device='lun'"),
    unfiltered(`${VDA}$0`, '', "type='vhostuser' device='disk'"),
    unfiltered("<target dev='sda' bus='sd'/>$0"),
    unfiltered(`${VDA}$0`).replace("'kvm'", "'xen'"),
    `$0${unfiltered(VDA)}`,
  ]) {
    assert.deepEqual(titles(silent), [], silent);
  }
  assert.deepEqual(titles(unfiltered(`${VDA}$0`), '11.1.0'), []);
});
