/** Who uses a group is known after each keystroke, without asking every disk again. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  SourceText,
  analyze,
  disksOf,
  usedNames,
  usersOf,
  type Analysis,
  type Disk,
  type TextEdit,
} from '../../server/src/engine';
import { FilterUses } from '../../server/src/engine/domain/filter-uses';
import { seeded } from '../support/seeded';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'gold', 'silver', 'bronze'];

const disk = (names: readonly string[]): string =>
  `<disk><throttlefilters>${names.map(name => `<throttlefilter group='${name}'/>`).join('')}</throttlefilters></disk>`;

const domain = (disks: readonly (readonly string[])[]): string =>
  `<domain type='kvm'><devices>\n${disks.map(names => `${disk(names)}\n`).join('')}</devices></domain>`;

/** "a: 0 2" a line: each name in the order of the document, with the disks that name it and how often. */
function shown({ domain: read }: Analysis): string {
  if (read === undefined) return 'no domain';
  const places = (name: string): string =>
    disksOf(read, name)
      .map(used => read.disks.indexOf(used))
      .join(' ');
  return usedNames(read, () => true)
    .map(name => `${name}: ${places(name)} (${usersOf(read, name).length})`)
    .join('\n');
}

test('each name comes with the disks that name it, in the order of the document', () => {
  const text = domain([['gold', 'a'], [], ['a', 'a', 'b'], ['{{ tier }}']]);
  assert.equal(shown(analyze(SourceText.of(text))), ['gold: 0 (1)', 'a: 0 2 (3)', 'b: 2 (1)'].join('\n'));
});

test('after an edit it is as if the document had been read anew', () => {
  const random = seeded(20261126);
  const names = (): string[] => Array.from({ length: random(3) }, () => NAMES[random(NAMES.length)] ?? '');
  let disks = Array.from({ length: 4 }, names);
  let analysis = analyze(SourceText.of(domain(disks)));
  for (let round = 0; round < 400; round++) {
    const place = random(disks.length);
    const length = [1, 1, 1, 0, 0, 3][random(6)] ?? 1;
    disks = [...disks.slice(0, place), ...Array.from({ length }, names), ...disks.slice(place + 1)];
    if (random(20) === 0) disks = Array.from({ length: 50 }, names);
    else if (random(10) === 0) disks = disks.map(names);
    disks = disks.slice(0, random(40) === 0 ? 3 : 60);
    if (disks.length === 0) disks = [names()];
    const source = SourceText.of(domain(disks));
    const edits = [narrowed(analysis.source.text, source.text)];
    const next = analyze(source, {}, { analysis, edits });
    assert.equal(shown(next), shown(analyze(source)), `round ${round}`);
    analysis = next;
  }
});

test('a keystroke in one disk asks the filters of that disk only', () => {
  const asked = new Set<number>();
  const counted = (place: number, group: string): Disk => {
    const filters = [{ group: { value: group, template: false } }];
    return {
      get filters() {
        asked.add(place);
        return filters;
      },
    } as unknown as Disk;
  };
  const disks = Array.from({ length: 1000 }, (_, place) => counted(place, `group${place % 7}`));
  const before = new FilterUses(disks);
  assert.equal(before.of('group3').length, 143);
  assert.equal(asked.size, 1000);
  asked.clear();
  const after = new FilterUses(disks.with(501, counted(501, 'group3')), before);
  assert.equal(after.of('group3').length, 144);
  assert.deepEqual([...asked], [501]);
  assert.ok(!before.of('group3').includes(501) && after.of('group3').includes(501));
});

/** The least edit that makes one text the other. */
function narrowed(from: string, to: string): TextEdit {
  let start = 0;
  while (start < from.length && from[start] === to[start]) start++;
  let behind = 0;
  const most = Math.min(from.length, to.length) - start;
  while (behind < most && from.at(-1 - behind) === to.at(-1 - behind)) behind++;
  return {
    span: { start, end: from.length - behind },
    newText: to.slice(start, to.length - behind),
  };
}
