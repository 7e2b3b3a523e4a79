/** Completion. Each test compares the document after the chosen item is applied; `$0` is the cursor. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completion, type EditorAbilities } from '../../server/src/language';
import { FULL_EDITOR, atCursor, withEdits } from '../support/marked-text';

const GROUPS = `<throttlegroups>
    <throttlegroup><group_name>gold</group_name><total_iops_sec>500</total_iops_sec></throttlegroup>
    <throttlegroup><group_name>silver</group_name><read_bytes_sec>52428800</read_bytes_sec></throttlegroup>
  </throttlegroups>`;

const inDomain = (body: string): string => `<domain type='kvm'>\n  ${body}\n</domain>`;
const inDisk = (body: string): string =>
  inDomain(`${GROUPS}
  <devices>
    <disk type='file' device='disk'>
      <target dev='vda' bus='virtio'/>
      ${body}
    </disk>
  </devices>`);
const inGroup = (body: string): string =>
  inDomain(`<throttlegroups>\n    <throttlegroup>\n      ${body}\n    </throttlegroup>\n  </throttlegroups>`);

interface Item {
  readonly label: string;
  readonly detail: string;
  readonly documentation: string;
  readonly after: string;
}

/** What an editor shows at the cursor: the items that what is typed finds. */
function items(marked: string, abilities: EditorAbilities = FULL_EDITOR): readonly Item[] {
  const { subject, position, text } = atCursor(marked);
  const shown: Item[] = [];
  for (const item of completion(subject, position, abilities).items) {
    assert.ok(item.textEdit !== undefined && 'range' in item.textEdit);
    const { range, newText } = item.textEdit;
    assert.ok(range.start.line === position.line && range.end.line === position.line, 'an edit on one line');
    const typed = text.split('\n')[position.line]?.slice(range.start.character, position.character) ?? '';
    if (!fuzzy(typed, item.filterText ?? item.label)) continue;
    const put = newText.includes('$0') ? newText : `${newText}$0`;
    shown.push({
      label: item.label,
      detail: item.detail ?? '',
      documentation:
        typeof item.documentation === 'object' ? item.documentation.value : (item.documentation ?? ''),
      after: withEdits(text, [{ range, newText: put.replace(/\\([\\$}])/g, '$1') }]),
    });
  }
  return shown;
}

/** As editors do: the typed characters in their order. */
function fuzzy(typed: string, candidate: string): boolean {
  let at = 0;
  for (const character of typed.toLowerCase()) {
    at = candidate.toLowerCase().indexOf(character, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

const labels = (marked: string): readonly string[] => items(marked).map(({ label }) => label);

/** Chooses `label` at the cursor; what comes out must be `expected`. */
function choose(marked: string, label: string, expected: string, abilities = FULL_EDITOR): void {
  const offered = items(marked, abilities);
  const item = offered.find(candidate => candidate.label === label);
  assert.ok(item !== undefined, `${label} is offered among: ${offered.map(each => each.label).join(', ')}`);
  assert.equal(item.after, expected.replace(/^\n/, ''));
}

const filters = (body: string): string =>
  inDisk(`<throttlefilters>\n        ${body}\n      </throttlefilters>`);

test('a group between the quotes', () => {
  choose(filters(`<throttlefilter group='$0'/>`), 'gold', filters(`<throttlefilter group='gold$0'/>`));
});

test('a group in place of what is there', () => {
  choose(
    filters(`<throttlefilter group='si$0lv'/>`),
    'silver',
    filters(`<throttlefilter group='silver$0'/>`),
  );
});

test('a group in double quotes', () => {
  choose(filters(`<throttlefilter group="$0"/>`), 'gold', filters(`<throttlefilter group="gold$0"/>`));
});

test('a group where the closing quote is still missing', () => {
  choose(filters(`<throttlefilter group='go$0`), 'gold', filters(`<throttlefilter group='gold'$0`));
});

test('a group right behind the equals sign brings its quotes', () => {
  choose(filters(`<throttlefilter group=$0`), 'gold', filters(`<throttlefilter group='gold'$0`));
  choose(filters(`<throttlefilter group=$0/>`), 'gold', filters(`<throttlefilter group='gold'$0/>`));
});

test('the group attribute', () => {
  choose(filters(`<throttlefilter $0/>`), 'group', filters(`<throttlefilter group='$0'/>`));
  choose(filters(`<throttlefilter gr$0`), 'group', filters(`<throttlefilter group='$0'`));
  assert.deepEqual(labels(filters(`<throttlefilter group='gold' $0/>`)), []);
});

test('a whole filter from nothing, from <, and from the beginning of its name', () => {
  const expected = filters(`<throttlefilter group='gold'/>$0`);
  choose(filters('$0'), 'throttlefilter gold', expected);
  choose(filters('<$0'), 'throttlefilter gold', expected);
  choose(filters('<thr$0'), 'throttlefilter gold', expected);
  choose(filters('thr$0'), 'throttlefilter gold', expected);
  choose(filters('<gol$0'), 'throttlefilter gold', expected);
  choose(filters('<$0>'), 'throttlefilter gold', expected);
});

test('a whole filter in the middle of others', () => {
  choose(
    filters(`<throttlefilter group='gold'/>\n        <thr$0\n        <throttlefilter group='x'/>`),
    'throttlefilter silver',
    filters(
      `<throttlefilter group='gold'/>\n        <throttlefilter group='silver'/>$0\n        <throttlefilter group='x'/>`,
    ),
  );
});

test('only the name where the tag goes on', () => {
  choose(filters(`<thr$0 group='gold'/>`), 'throttlefilter', filters(`<throttlefilter$0 group='gold'/>`));
});

test('groups that are not on this disk come first, and the others say so', () => {
  const offered = items(filters(`<throttlefilter group='gold'/>\n        <$0`));
  assert.deepEqual(
    offered.map(({ label, detail }) => `${label}: ${detail}`),
    ['throttlefilter silver: read 50 MiB/s', 'throttlefilter gold: already on this disk; 500 IOPS'],
  );
  assert.match(offered[1]?.documentation ?? '', /used by vda/);
  assert.match(offered[0]?.documentation ?? '', /unused/);
});

test('of many groups some are offered at once, and the others by what is typed of their names', () => {
  const many = Array.from(
    { length: 120 },
    (_, place) => `<throttlegroup><group_name>tier${place}</group_name></throttlegroup>`,
  ).join('\n');
  const ask = (typed: string): { readonly labels: readonly string[]; readonly isIncomplete: boolean } => {
    const marked = filters(`<throttlefilter group='tier3'/>\n        <throttlefilter group='${typed}$0'/>`);
    const { subject, position } = atCursor(marked.replace('<throttlegroups>', `<throttlegroups>\n${many}`));
    const { items: offered, isIncomplete } = completion(subject, position, FULL_EDITOR);
    return { labels: offered.map(({ label }) => label), isIncomplete };
  };
  const first = ask('');
  assert.equal(first.labels.length, 50);
  assert.ok(first.isIncomplete, 'more typed letters ask again');
  assert.ok(first.labels.includes('tier4') && !first.labels.includes('tier3'), 'unused ones first');
  assert.deepEqual(
    ask('tier11').labels,
    [11, 110, 111, 112, 113, 114, 115, 116, 117, 118, 119].map(n => `tier${n}`),
  );
  assert.deepEqual(ask('sil').labels, ['silver']);
  assert.equal(ask('tier3').labels.at(-1), 'tier3', 'the one that the disk has comes last');
});

test('quotes as in the document around', () => {
  const doubled = (body: string): string => filters(body).replaceAll("'", '"');
  choose(doubled('<$0'), 'throttlefilter gold', doubled(`<throttlefilter group='gold'/>$0`));
});

test('names with characters of XML and of snippets stay what they are', () => {
  const odd = (body: string): string =>
    filters(body).replace('<group_name>gold</group_name>', '<group_name>a&amp;b&apos;$1}</group_name>');
  choose(odd('<$0'), "throttlefilter a&b'$1}", odd(`<throttlefilter group='a&amp;b&apos;$1}'/>$0`));
});

test('an editor without snippets gets plain text', () => {
  const plain = { ...FULL_EDITOR, snippets: false };
  choose(inGroup('<total_io$0'), 'total_iops_sec', inGroup('<total_iops_sec></total_iops_sec>$0'), plain);
});

test('limits with their close tag', () => {
  choose(inGroup('<total_io$0'), 'total_iops_sec', inGroup('<total_iops_sec>$0</total_iops_sec>'));
  choose(inGroup('$0'), 'read_bytes_sec', inGroup('<read_bytes_sec>$0</read_bytes_sec>'));
  choose(inGroup('<group_na$0'), 'group_name', inGroup('<group_name>$0</group_name>'));
});

test('the name of a limit alone where it is changed', () => {
  choose(
    inGroup('<total_io$0>5</total_iops_sec>'),
    'total_iops_sec',
    inGroup('<total_iops_sec$0>5</total_iops_sec>'),
  );
  // What the element holds is no number: no limit is meant.
  assert.deepEqual(labels(inGroup('<g$0>gold</group_name>')), ['group_name']);
});

test('limits that are there, or that a total or a direction excludes, are not offered', () => {
  const offered = labels(
    inGroup('<total_iops_sec>5</total_iops_sec>\n<read_bytes_sec>6</read_bytes_sec>\n<$0'),
  );
  for (const out of [
    'total_iops_sec',
    'read_iops_sec',
    'write_iops_sec',
    'read_bytes_sec',
    'total_bytes_sec',
  ]) {
    assert.ok(!offered.includes(out), `${out} is not offered`);
  }
  assert.ok(offered.includes('write_bytes_sec'));
});

test('a burst whose limit is there comes before one that has none', () => {
  const offered = labels(inGroup('<total_iops_sec>5</total_iops_sec>\n<$0'));
  assert.ok(offered.indexOf('total_iops_sec_max') < offered.indexOf('total_bytes_sec_max'));
});

test('limits in an iotune', () => {
  choose(
    inDisk('<iotune>\n<wr$0\n</iotune>'),
    'write_iops_sec',
    inDisk('<iotune>\n<write_iops_sec>$0</write_iops_sec>\n</iotune>'),
  );
});

test('values in the right unit', () => {
  const offered = items(inGroup('<total_bytes_sec>$0</total_bytes_sec>'));
  assert.deepEqual(
    offered.map(({ label, detail }) => `${label} ${detail}`),
    [
      '10485760 10 MiB/s',
      '52428800 50 MiB/s',
      '104857600 100 MiB/s',
      '524288000 500 MiB/s',
      '1073741824 1 GiB/s',
    ],
  );
  choose(
    inGroup('<total_iops_sec>1$0</total_iops_sec>'),
    '1000',
    inGroup('<total_iops_sec>1000$0</total_iops_sec>'),
  );
});

test('a value with a unit becomes bytes', () => {
  choose(
    inGroup('<total_bytes_sec>50MiB$0</total_bytes_sec>'),
    '52428800',
    inGroup('<total_bytes_sec>52428800$0</total_bytes_sec>'),
  );
});

test('values of a burst are multiples of its limit', () => {
  assert.deepEqual(
    labels(inGroup('<read_iops_sec>70</read_iops_sec><read_iops_sec_max>$0</read_iops_sec_max>')),
    ['140', '210', '350', '700'],
  );
});

test('a name that filters use and no group has', () => {
  const wanting = (body: string): string =>
    filters(`<throttlefilter group='bronze'/>`).replace('<throttlegroups>', `<throttlegroups>\n    ${body}`);
  choose(
    wanting('<throttlegroup><group_name>$0</group_name></throttlegroup>'),
    'bronze',
    wanting('<throttlegroup><group_name>bronze$0</group_name></throttlegroup>'),
  );
  choose(
    wanting('<thr$0'),
    'throttlegroup bronze',
    wanting(`<throttlegroup>
      <group_name>bronze</group_name>
      <total_iops_sec>$0</total_iops_sec>
    </throttlegroup>`),
  );
});

test('a whole group', () => {
  const groups = (body: string): string => inDomain(`<throttlegroups>\n    ${body}\n  </throttlegroups>`);
  choose(
    groups('<thr$0'),
    'throttlegroup',
    groups(`<throttlegroup>
      <group_name>\${1:group1}</group_name>
      <total_iops_sec>\${2:1000}</total_iops_sec>
    </throttlegroup>$0`),
  );
});

test('throttle filters in a disk, with the groups to choose from', () => {
  choose(
    inDisk('<thr$0'),
    'throttlefilters',
    inDisk(`<throttlefilters>
        <throttlefilter group='\${1|gold,silver|}'/>$0
      </throttlefilters>`),
  );
  assert.ok(!labels(inDisk('<throttlefilters/>\n<$0')).includes('throttlefilters'));
});

test('throttle groups in a domain', () => {
  choose(
    inDomain('<name>x</name>\n  <thr$0'),
    'throttlegroups',
    inDomain(`<name>x</name>
  <throttlegroups>
    <throttlegroup>
      <group_name>\${1:group1}</group_name>
      <total_iops_sec>\${2:1000}</total_iops_sec>
    </throttlegroup>
  </throttlegroups>$0`),
  );
});

test('a block in an editor that indents by itself', () => {
  const block = items(inDomain('<thr$0'), { ...FULL_EDITOR, keepsIndentation: false })[0];
  assert.match(block?.after ?? '', /\n<\/throttlegroups>\$0/);
});

test('nothing where nothing of throttling can stand', () => {
  for (const marked of [
    inDomain('<name>$0</name>'),
    inDomain('<!-- <throttlefilters> <$0 -->'),
    inDomain('<description><![CDATA[ <$0 ]]></description>'),
    inDomain('<?pi <$0 ?>'),
    inDisk(`<source file='$0'/>`),
    `$0${inDomain('')}`,
    '$0',
    '<$0',
    filters(`<throttlefilter group='gold'$0/>`),
  ]) {
    assert.deepEqual(labels(marked), [], marked);
  }
});

test('no cursor in a document makes it fail', () => {
  const text = filters(`<throttlefilter group='gold'/>`);
  for (let offset = 0; offset <= text.length; offset++) {
    const cut = atCursor(`${text.slice(0, offset)}$0`);
    completion(cut.subject, cut.position, FULL_EDITOR);
    const within = atCursor(`${text.slice(0, offset)}$0${text.slice(offset)}`);
    completion(within.subject, within.position, FULL_EDITOR);
  }
});
