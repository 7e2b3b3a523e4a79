/** Definition, references, highlight, rename, outline, folding and lenses. `$0` is the cursor. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  codeLenses,
  definition,
  documentSymbols,
  foldingRanges,
  highlights,
  prepareRename,
  references,
  rename,
  type Subject,
} from '../../server/src/language';
import type { Range } from '../../server/src/engine';
import type { DocumentSymbol } from 'vscode-languageserver-types';
import { FULL_EDITOR, TEST_URI, atCursor, subjectOf, withEdits } from '../support/marked-text';

const TWO_DISKS = `<domain type='kvm'>
  <name>vm</name>
  <throttlegroups>
    <throttlegroup>
      <group_name>gold</group_name>
      <total_iops_sec>500</total_iops_sec>
    </throttlegroup>
    <throttlegroup>
      <group_name>spare</group_name>
      <read_bytes_sec>1048576</read_bytes_sec>
    </throttlegroup>
  </throttlegroups>
  <devices>
    <disk type='file' device='disk'>
      <target dev='vda' bus='virtio'/>
      <throttlefilters>
        <throttlefilter group='gold'/>
        <throttlefilter group='new'/>
      </throttlefilters>
    </disk>
    <disk type='file' device='disk'>
      <target dev="vdb" bus="virtio"/>
      <throttlefilters>
        <throttlefilter group="gold"/>
      </throttlefilters>
    </disk>
    <disk type='file' device='disk'>
      <target dev='vdc' bus='virtio'/>
      <iotune>
        <write_iops_sec>7</write_iops_sec>
      </iotune>
    </disk>
  </devices>
</domain>
`;

/** The test document with the cursor put in front of the n-th occurrence of a text. */
const cursorAt = (needle: string, occurrence = 0) => {
  const offset = [...TWO_DISKS.matchAll(new RegExp(needle, 'g'))][occurrence]?.index ?? -1;
  assert.ok(offset >= 0, needle);
  return atCursor(`${TWO_DISKS.slice(0, offset)}$0${TWO_DISKS.slice(offset)}`);
};

/** "5: gold": the line from 1, and the text of the range. */
const shown = (subject: Subject, range: Range): string => {
  const { source } = subject.analysis;
  const { start, end } = source.spanOf(range);
  return `${range.start.line + 1}: ${source.text.slice(start, end)}`;
};

test('definition: from the name in a filter, from anywhere in the filter, and from the group itself', () => {
  for (const { subject, position } of [
    cursorAt('gold', 1),
    cursorAt('throttlefilter group'),
    cursorAt('gold', 0),
  ]) {
    const places = definition(subject, position, FULL_EDITOR);
    assert.deepEqual(
      places.map(place => 'range' in place && shown(subject, place.range)),
      ['5: gold'],
    );
  }
});

test('definition: a link shows the whole group and underlines the name', () => {
  const { subject, position } = cursorAt('gold', 2);
  const [link] = definition(subject, position, { ...FULL_EDITOR, definitionLinks: true });
  assert.ok(link !== undefined && 'targetRange' in link && link.originSelectionRange !== undefined);
  assert.equal(link.targetUri, TEST_URI);
  assert.equal(shown(subject, link.originSelectionRange), '24: gold');
  assert.equal(shown(subject, link.targetSelectionRange), '5: gold');
  assert.deepEqual([link.targetRange.start.line, link.targetRange.end.line], [3, 6]);
});

test('definition: nothing for a name that no group has, for a template, and outside of names', () => {
  const unknown = cursorAt('new');
  assert.deepEqual(definition(unknown.subject, unknown.position, FULL_EDITOR), []);
  const outside = cursorAt('<devices');
  assert.deepEqual(definition(outside.subject, outside.position, FULL_EDITOR), []);
  const template = atCursor(TWO_DISKS.replaceAll('gold', '{{ g }}').replace("group='{{", "group='{{$0"));
  assert.deepEqual(definition(template.subject, template.position, FULL_EDITOR), []);
});

test('references and highlights', () => {
  const { subject, position } = cursorAt('gold', 1);
  const places = (declaration: boolean): string[] =>
    references(subject, position, { declaration }).map(({ range }) => shown(subject, range));
  assert.deepEqual(places(true), ['5: gold', '17: gold', '24: gold']);
  assert.deepEqual(places(false), ['17: gold', '24: gold']);
  assert.deepEqual(
    highlights(subject, position).map(({ range, kind }) => `${shown(subject, range)} ${String(kind)}`),
    ['5: gold 3', '17: gold 2', '24: gold 2'],
  );
});

/** The document after a rename, or why there is none. */
function renamed(at: ReturnType<typeof cursorAt>, newName: string): string {
  const edit = rename(at.subject, at.position, newName, { ...FULL_EDITOR, versionedEdits: false });
  return 'refused' in edit ? edit.refused : withEdits(at.text, edit.changes?.[TEST_URI] ?? []);
}

test('rename: the group and its filters, from either end', () => {
  const expected = TWO_DISKS.replaceAll('gold', 'platinum');
  assert.equal(renamed(cursorAt('gold', 0), 'platinum'), expected);
  assert.equal(renamed(cursorAt('gold', 2), 'platinum'), expected);
});

test('rename: a name that only filters use', () => {
  assert.equal(renamed(cursorAt('new'), 'newer'), TWO_DISKS.replace("'new'", "'newer'"));
});

test('rename: names that are impossible or taken are refused with words', () => {
  const at = cursorAt('gold', 0);
  assert.match(renamed(at, ''), /needs a name/);
  assert.match(renamed(at, 'two words'), /no blanks/);
  assert.match(renamed(at, 'gold/1'), /'\/'/);
  assert.match(renamed(at, 'größe'), /'ö'/);
  assert.match(renamed(at, "x'/><y a='"), /can't name a throttle group/);
  assert.match(renamed(at, 'spare'), /already a throttle group called 'spare' \(line 9\)/);
  assert.equal(renamed(at, 'gold'), TWO_DISKS);
});

test('rename: where there is no name, two groups of one name, or a template, preparing says why not', () => {
  const refusal = (marked: string): string => {
    const { subject, position } = atCursor(marked);
    const answer = prepareRename(subject, position);
    return 'refused' in answer ? answer.refused : 'not refused';
  };
  assert.match(refusal(`$0${TWO_DISKS}`), /no name of a throttle group here/);
  assert.match(refusal(TWO_DISKS.replace('spare', 'gold').replace('>gold', '>$0gold')), /2 throttle groups/);
  assert.match(refusal(TWO_DISKS.replace('>gold', '>$0${pool}')), /template/);
  const { subject, position } = cursorAt('gold', 1);
  const answer = prepareRename(subject, position);
  assert.ok('range' in answer);
  assert.deepEqual([shown(subject, answer.range), answer.placeholder], ['17: gold', 'gold']);
});

const outline = (symbols: readonly DocumentSymbol[], depth = 0): string[] =>
  symbols.flatMap(({ name, detail, children }) => [
    `${'  '.repeat(depth)}${name}${detail === undefined || detail === '' ? '' : `: ${detail}`}`,
    ...outline(children ?? [], depth + 1),
  ]);

test('the outline', () => {
  assert.deepEqual(outline(documentSymbols(subjectOf(TWO_DISKS))), [
    'vm: domain',
    '  gold: 500 IOPS',
    '    total_iops_sec: 500 IOPS',
    '  spare: read 1 MiB/s',
    '    read_bytes_sec: 1 MiB/s',
    '  vda: throttled by gold, new',
    '    gold: 500 IOPS',
    '    new',
    '  vdb: throttled by gold',
    '    gold: 500 IOPS',
    '  vdc',
    '    iotune: write 7 IOPS',
    '      write_iops_sec: 7 IOPS',
  ]);
});

test('the outline of a broken document has names and ranges that an editor takes', () => {
  const check = (symbols: readonly DocumentSymbol[], within: Range | undefined): void => {
    for (const { name, range, selectionRange, children } of symbols) {
      assert.notEqual(name.trim(), '');
      assert.ok(holds(range, selectionRange), name);
      if (within !== undefined) assert.ok(holds(within, range), name);
      check(children ?? [], range);
    }
  };
  for (let end = 0; end < TWO_DISKS.length; end += 7) {
    const subject = subjectOf(TWO_DISKS.slice(0, end));
    check(documentSymbols(subject), undefined);
    foldingRanges(subject);
    codeLenses(subject, FULL_EDITOR);
  }
});

const holds = (outer: Range, inner: Range): boolean =>
  !isBefore(inner.start, outer.start) && !isBefore(outer.end, inner.end);
const isBefore = (a: Range['start'], b: Range['start']): boolean =>
  a.line < b.line || (a.line === b.line && a.character < b.character);

test('folding leaves the close tag in sight, and keeps outer elements where the editor wants few', () => {
  const text = `<domain>
<!-- one
two -->
<devices>
<disk>
<target/>
</disk>
</devices>
<os
/>
</domain>`;
  const folds = (limit?: number): string[] =>
    foldingRanges(subjectOf(text), limit).map(
      ({ startLine, endLine, kind }) => `${startLine}-${endLine}${kind ?? ''}`,
    );
  assert.deepEqual(folds(), ['0-9', '1-2comment', '3-6', '4-5', '8-9']);
  assert.deepEqual(folds(1), ['0-9']);
});

test('of many disks a lens names a dozen, each once', () => {
  const disk = (name: string): string =>
    `<disk><target dev='${name}'/><throttlefilters><throttlefilter group='g'/><throttlefilter group='g'/></throttlefilters></disk>`;
  const titleWith = (count: number): string | undefined =>
    codeLenses(
      subjectOf(
        `<domain type='kvm'><throttlegroups><throttlegroup><group_name>g</group_name></throttlegroup></throttlegroups><devices>${Array.from(
          { length: count },
          (_, index) => disk(`vd${'abcdefghijklmnopq'.charAt(index)}`),
        ).join('')}</devices></domain>`,
      ),
      FULL_EDITOR,
    )[0]?.command?.title;
  assert.equal(titleWith(2), 'used by vda, vdb');
  const dozen = 'used by vda, vdb, vdc, vdd, vde, vdf, vdg, vdh, vdi, vdj, vdk, vdl';
  assert.equal(titleWith(12), dozen);
  assert.equal(titleWith(15), `${dozen} and 3 more`);
});

test('lenses say who uses a group, with the places where the editor can show them', () => {
  const subject = subjectOf(TWO_DISKS);
  const lenses = codeLenses(subject, { ...FULL_EDITOR, commands: ['domxml.showReferences'] });
  assert.deepEqual(
    lenses.map(
      ({ range, command }) => `${range.start.line + 1}: ${command?.title ?? ''} ${command?.command ?? ''}`,
    ),
    ['4: used by vda, vdb domxml.showReferences', '8: unused '],
  );
  const argument: unknown = lenses[0]?.command?.arguments?.[0];
  assert.deepEqual(JSON.parse(JSON.stringify(argument)), {
    uri: TEST_URI,
    position: { line: 4, character: 18 },
    locations: [
      { uri: TEST_URI, range: { start: { line: 16, character: 31 }, end: { line: 16, character: 35 } } },
      { uri: TEST_URI, range: { start: { line: 23, character: 31 }, end: { line: 23, character: 35 } } },
    ],
  });
  assert.equal(codeLenses(subject, FULL_EDITOR)[0]?.command?.command, '');
});

test('nothing in a document that is no domain', () => {
  const subject = subjectOf('<project><throttlegroup><group_name>a</group_name></throttlegroup></project>');
  assert.deepEqual(documentSymbols(subject), []);
  assert.deepEqual(codeLenses(subject, FULL_EDITOR), []);
  assert.deepEqual(highlights(subject, { line: 0, character: 38 }), []);
});
