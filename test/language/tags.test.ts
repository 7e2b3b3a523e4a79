/** What belongs together in a document: the two tags of an element, and what a selection grows to. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentHighlights, linkedEditingRanges, selectionRanges } from '../../server/src/language';
import type { SelectionRange } from 'vscode-languageserver-types';
import type { Range } from '../../server/src/engine';
import { atCursor, subjectOf } from '../support/marked-text';

/** The document with the ranges in brackets. */
function bracketed(text: string, ranges: readonly Range[]): string {
  const { source } = subjectOf(text).analysis;
  const marks = ranges.flatMap(range => {
    const { start, end } = source.spanOf(range);
    return [
      { at: start, mark: '[' },
      { at: end, mark: ']' },
    ];
  });
  return marks
    .sort((a, b) => b.at - a.at)
    .reduce((done, { at, mark }) => done.slice(0, at) + mark + done.slice(at), text);
}

const linked = (marked: string): string => {
  const { subject, position, text } = atCursor(marked);
  return bracketed(text, linkedEditingRanges(subject, position)?.ranges ?? []);
};

test('the names of both tags are edited together', () => {
  const both = '<a><[disk] x="1"><b/></[disk]></a>';
  for (const marked of [
    '<a><$0disk x="1"><b/></disk></a>',
    '<a><di$0sk x="1"><b/></disk></a>',
    '<a><disk$0 x="1"><b/></disk></a>',
    '<a><disk x="1"><b/></$0disk></a>',
    '<a><disk x="1"><b/></disk$0></a>',
  ]) {
    assert.equal(linked(marked), both, marked);
  }
});

test('a name without a twin is not linked', () => {
  for (const marked of [
    '<a><di$0sk/></a>',
    '<a><di$0sk></a>',
    '<a><di$0sk></dsik></a>',
    '<a><disk$0s></disk></a>',
    '<a><disk x$0="1"></disk></a>',
    '<a><disk>di$0sk</disk></a>',
    '<a>$0<disk></disk></a>',
    '<!-- <a$0></a> --><b/>',
    '$0',
  ]) {
    const { text } = atCursor(marked);
    assert.equal(linked(marked), text, marked);
  }
});

const THROTTLED = `<domain type='kvm'>
  <throttlegroups><throttlegroup><group_name>gold</group_name></throttlegroup></throttlegroups>
  <devices><disk><throttlefilters><throttlefilter group='gold'/></throttlefilters></disk></devices>
</domain>`;

const highlighted = (marked: string): string => {
  const { subject, position, text } = atCursor(marked);
  return bracketed(
    text,
    documentHighlights(subject, position).map(({ range }) => range),
  );
};

test('matching tags are highlighted', () => {
  assert.equal(
    highlighted(THROTTLED.replace('<dev', '<$0dev')),
    THROTTLED.replace('<devices', '<[devices]').replace('/devices>', '/[devices]>'),
  );
});

test('on a filter both its tag and its group are; on a group its places', () => {
  const group = THROTTLED.replace('>gold<', '>[gold]<').replace("'gold'", "'[gold]'");
  assert.equal(highlighted(THROTTLED.replace("'gold", "'$0gold")), group);
  assert.equal(
    highlighted(THROTTLED.replace('<throttlefilter ', '<throttle$0filter ')),
    group.replace('<throttlefilter ', '<[throttlefilter] '),
  );
});

/** What is selected step by step. */
function grown(marked: string): string[] {
  const { subject, position } = atCursor(marked);
  const { source } = subject.analysis;
  const steps: string[] = [];
  let selection: SelectionRange | undefined = selectionRanges(subject, [position])[0];
  for (; selection !== undefined; selection = selection.parent) {
    const { start, end } = source.spanOf(selection.range);
    steps.push(source.text.slice(start, end));
  }
  return steps;
}

test('a selection grows from the value to the document', () => {
  assert.deepEqual(grown("<a>\n  <b x='1 $02' y=''>t</b>\n</a>\n"), [
    '1 2',
    "'1 2'",
    "x='1 2'",
    "<b x='1 2' y=''>",
    "<b x='1 2' y=''>t</b>",
    "\n  <b x='1 2' y=''>t</b>\n",
    "<a>\n  <b x='1 2' y=''>t</b>\n</a>",
    "<a>\n  <b x='1 2' y=''>t</b>\n</a>\n",
  ]);
});

test('from text, a comment, CDATA and the name of a tag', () => {
  assert.deepEqual(grown('<a><b> o$0ne </b></a>').slice(0, 3), ['one', ' one ', '<b> one </b>']);
  assert.deepEqual(grown('<a><!-- o$0ne --></a>').slice(0, 3), ['one', ' one ', '<!-- one -->']);
  assert.deepEqual(grown('<a><![CDATA[o$0ne]]></a>').slice(0, 2), ['one', '<![CDATA[one]]>']);
  assert.deepEqual(grown('<a><b/><c>1</c$0></a>').slice(0, 3), ['c', '</c>', '<c>1</c>']);
  assert.deepEqual(grown('<a><dis$0k/></a>').slice(0, 2), ['disk', '<disk/>']);
  assert.deepEqual(grown('<a>\n$0\n<b/></a>').slice(0, 2), ['\n\n<b/>', '<a>\n\n<b/></a>']);
  assert.deepEqual(grown('<a/>$0\n').at(-1), '<a/>\n');
});

test('each position of any document gets a selection that holds it and only grows', () => {
  const text = "<a x='1'>t<b/><!-- c --><![CDATA[d]]><e f></a> <";
  const subject = subjectOf(text);
  const positions = Array.from({ length: text.length + 1 }, (_, character) => ({ line: 0, character }));
  const answers = selectionRanges(subject, positions);
  assert.equal(answers.length, positions.length);
  for (const [character, answer] of answers.entries()) {
    let inner = { start: { character }, end: { character } };
    for (let each: SelectionRange | undefined = answer; each !== undefined; each = each.parent) {
      assert.ok(each.range.start.character <= inner.start.character, `at ${String(character)}`);
      assert.ok(each.range.end.character >= inner.end.character, `at ${String(character)}`);
      inner = each.range;
    }
  }
});
