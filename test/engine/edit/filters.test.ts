import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  SourceText,
  addFilter,
  applyEdits,
  parseXml,
  readDomain,
  removeFilter,
  setChain,
} from '../../../server/src/engine';
import type { Disk, Domain, Placed, SourceText as Source, TextEdit } from '../../../server/src/engine';

function edited(
  text: string,
  edit: (source: Source, domain: Domain, disk: Placed<Disk>) => TextEdit[],
): string {
  const source = SourceText.of(text);
  const domain = readDomain(parseXml(source));
  const disk = domain?.disks[0];
  assert.ok(domain !== undefined && disk !== undefined, 'the test needs a disk');
  return applyEdits(text, edit(source, domain, disk));
}

const disk = (lines: string): string => `<domain>
  <devices>
    <disk type="file">
      <target dev="vda"/>
${lines}    </disk>
  </devices>
</domain>
`;

const chain = (...groups: string[]): string =>
  disk(
    `      <throttlefilters>\n${groups.map(name => `        <throttlefilter group="${name}"/>\n`).join('')}      </throttlefilters>\n`,
  );

const set = (text: string, ...groups: string[]): string =>
  edited(text, (source, domain, placed) => setChain(source, domain, placed, groups));

test('a chain for a disk without one goes behind <target>', () => {
  assert.equal(
    set(disk('      <serial>1</serial>\n'), 'a', 'b'),
    chain('a', 'b').replace('    </disk>', '      <serial>1</serial>\n    </disk>'),
  );
});

test('an empty block is filled', () => {
  assert.equal(set(disk('      <throttlefilters/>\n'), 'a'), chain('a'));
});

test('filters are added, exchanged and taken out where the chains differ', () => {
  assert.equal(set(chain('a', 'b'), 'a', 'x', 'b'), chain('a', 'x', 'b'));
  assert.equal(set(chain('a', 'b', 'c'), 'a', 'c'), chain('a', 'c'));
  assert.equal(set(chain('a', 'b', 'c'), 'c', 'b', 'a'), chain('c', 'b', 'a'));
  assert.equal(set(chain('b'), 'a', 'b'), chain('a', 'b'));
  assert.equal(set(chain('a', 'b'), 'x', 'y', 'z'), chain('x', 'y', 'z'));
  assert.equal(set(chain('a', 'b'), 'a', 'b'), chain('a', 'b'));
});

test('no filter leaves no block', () => {
  assert.equal(set(chain('a', 'b')), disk(''));
  assert.equal(
    edited(chain('a'), (source, _, placed) =>
      placed.of.filters.flatMap(filter => removeFilter(source, placed, filter)),
    ),
    disk(''),
  );
});

test('a filter is added on top, or at a place', () => {
  const add = (at?: number): string =>
    edited(chain('a', 'b'), (source, domain, placed) => addFilter(source, domain, placed, 'new', at));
  assert.equal(add(), chain('a', 'b', 'new'));
  assert.equal(add(0), chain('new', 'a', 'b'));
  assert.equal(add(1), chain('a', 'new', 'b'));
});

test('comments stay, and a document on one line stays on one line', () => {
  assert.equal(
    set(chain('a', 'b').replace('"a"/>', '"a"/> <!-- first -->'), 'a', 'x', 'b'),
    chain('a', 'x', 'b').replace('"a"/>', '"a"/> <!-- first -->'),
  );
  assert.equal(
    set("<domain><devices><disk><target dev='vda'/></disk></devices></domain>", 'a'),
    "<domain><devices><disk><target dev='vda'/><throttlefilters><throttlefilter group='a'/></throttlefilters></disk></devices></domain>",
  );
});
