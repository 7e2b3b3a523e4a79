/** Broken text keeps its tree: 21 kinds of faults that occur while typing, each on the everyday document. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EVERYDAY, elementPaths, parse, problemsOf } from '../../support/tree';

interface Broken {
  readonly kind: string;
  readonly text: string;
  /** Paths that the break itself takes away or adds. */
  readonly intact?: string;
  readonly problems: readonly RegExp[];
}

const without = (piece: string): string => replaced(piece, '');

function replaced(piece: string, by: string): string {
  assert.ok(EVERYDAY.includes(piece), `the everyday document holds ${piece}`);
  return EVERYDAY.replace(piece, by);
}

const CASES: readonly Broken[] = [
  {
    kind: 'missing close tag',
    text: without('    </disk>\n    <!-- second -->\n').replace(
      "<disk type='block'",
      "\n    <disk type='block'",
    ),
    problems: [/<disk> is not closed/],
  },
  {
    kind: 'missing close tag of a leaf',
    text: without('</total_iops_sec>'),
    problems: [/<total_iops_sec> is not closed/],
  },
  {
    kind: 'missing close tag of a block',
    text: without('  </throttlegroups>\n'),
    problems: [/<throttlegroups> is not closed/],
  },
  {
    kind: 'unclosed quote before an attribute',
    text: replaced("name='qemu' type='qcow2'", "name='qemu type='qcow2'"),
    problems: [/'name' has no closing '/],
  },
  {
    kind: 'unclosed quote at the end of a tag',
    text: replaced("bus='virtio'/>", "bus='virtio/>"),
    problems: [/'bus' has no closing '/],
  },
  {
    kind: 'attribute without value',
    text: replaced("cache='none'", 'cache'),
    problems: [/'cache' has no value/],
  },
  {
    kind: 'attribute with = and nothing',
    text: replaced("cache='none'", 'cache='),
    problems: [/'cache' has no value/],
  },
  {
    kind: 'value without quotes',
    text: replaced("cache='none'", 'cache=none'),
    problems: [/'cache' must stand in quotes/],
  },
  {
    kind: 'lone < on a line',
    text: replaced('      <serial>', '      <\n      <serial>'),
    problems: [/begins no tag/],
  },
  {
    kind: 'unfinished element',
    text: replaced('      <serial>', '      <thr\n      <serial>'),
    intact: replaced('      <serial>', '      <thr/>\n      <serial>'),
    problems: [/<thr> is not finished/],
  },
  {
    kind: '</ typed',
    text: replaced('      <serial>', '      </\n      <serial>'),
    problems: [/close tag has no name/],
  },
  { kind: 'half an entity', text: replaced('A&amp;B', 'A&am'), problems: [/bare '&'/] },
  { kind: 'unknown entity', text: replaced('A&amp;B', 'A&nbsp;B'), problems: [/&nbsp; is not known/] },
  {
    kind: 'duplicate attribute',
    text: replaced("cache='none'", "cache='none' cache='unsafe'"),
    problems: [/'cache' is given twice/],
  },
  {
    kind: 'close tag in another case',
    text: replaced('</disk>', '</Disk>'),
    problems: [/<\/Disk> doesn't match <disk>/],
  },
  {
    kind: 'misspelt close tag',
    text: replaced('</disk>', '</dsk>'),
    problems: [/<\/dsk> doesn't match <disk>/],
  },
  {
    kind: 'missing > of a tag',
    text: replaced("type='qcow2' cache='none'/>", "type='qcow2' cache='none'"),
    problems: [/<driver> is not finished/],
  },
  {
    kind: 'missing > of a container',
    text: replaced("<disk type='file' device='disk'>", "<disk type='file' device='disk'"),
    problems: [/<disk> is not finished/],
  },
  {
    kind: 'two roots',
    text: `${EVERYDAY}<domain type='kvm'/>\n`,
    intact: EVERYDAY + "<domain type='kvm'/>",
    problems: [/<domain> is a second one/],
  },
  {
    kind: 'unclosed comment',
    text: replaced('<!-- second -->', '<!-- second'),
    problems: [/comment is not closed/],
  },
  {
    kind: 'cut in the middle',
    text: EVERYDAY.slice(0, EVERYDAY.indexOf('    </disk>')),
    intact: `${EVERYDAY.slice(0, EVERYDAY.indexOf('    </disk>'))}</disk></devices></domain>`,
    problems: [/<disk> is not closed.*<\/devices>, <\/domain>/],
  },
  {
    kind: 'extra close tag',
    text: replaced('    <!-- second -->', '    </source>'),
    problems: [/closes nothing/],
  },
  {
    kind: 'crossed tags',
    text: replaced('<serial>A&amp;B</serial>', '<serial><b>A</serial></b>'),
    intact: replaced('<serial>A&amp;B</serial>', '<serial><b/>A</serial>'),
    problems: [/<b> is not closed/],
  },
  { kind: 'unclosed CDATA', text: replaced(']]>', ''), problems: [/CDATA section is not closed/] },
  { kind: 'text behind the root', text: `${EVERYDAY}oops\n`, problems: [/only inside the root/] },
  {
    kind: 'forgotten blank between attributes',
    text: replaced("name='qemu' type='qcow2'", "name='qemu'type='qcow2'"),
    problems: [/blank is missing/],
  },
];

for (const { kind, text, intact = EVERYDAY, problems } of CASES) {
  test(`${kind}: the tree survives, and one message tells`, () => {
    const document = parse(text);
    const wanted = new Set(elementPaths(parse(intact)));
    const found = new Set(elementPaths(document));
    const kept = [...wanted].filter(path => found.has(path)).length / wanted.size;
    assert.ok(
      kept >= 0.95,
      `${(kept * 100).toFixed(1)} % of the element paths are left; lost: ${[...wanted].filter(path => !found.has(path)).join(' ')}`,
    );
    const told = problemsOf(document);
    assert.equal(told.length, problems.length, told.join('\n'));
    for (const [index, pattern] of problems.entries()) assert.match(told[index] ?? '', pattern);
  });
}

test('at least 21 kinds are tried', () => {
  assert.ok(CASES.length >= 21);
});

test('the everyday document itself has no problem', () => {
  assert.deepEqual(problemsOf(parse(EVERYDAY)), []);
});
