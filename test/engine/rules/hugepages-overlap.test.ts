import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, fixed } from '../../support/check';
import { domainWith } from './domain-text';

const numa = `  <vcpu>2</vcpu>
  <cpu>
    <numa>
      <cell id='0' cpus='0' memory='65536'/>
      <cell id='1' cpus='1' memory='65536'/>
    </numa>
  </cpu>
`;
const pages = (lines: string): string =>
  `  <memoryBacking>\n    <hugepages>\n${lines}    </hugepages>\n  </memoryBacking>\n${numa}`;

test('a cell gets its huge pages from one line', () =>
  check(
    domainWith({
      settings: pages(`      <page size='2' unit='MiB' nodeset='0'/>
      <page size='1' unit='GiB' nodeset='0-1'/>
                                         ^^^ error hugepages-overlap: The huge pages of NUMA cell 0...
`),
    }),
  ));

test('so do the cells without a line of their own', () =>
  check(
    domainWith({
      settings: pages(`      <page size='2' unit='MiB'/>
      <page size='1' unit='GiB'/>
       ^^^^ error hugepages-overlap: The huge pages of all cells without a line...
`),
    }),
  ));

test('lines for different cells, and one for the rest, are fine', () =>
  check(
    domainWith({
      settings: pages(`      <page size='2' unit='MiB'/>
      <page size='1' unit='GiB' nodeset='1'/>
      <page size='1' unit='GiB' nodeset='0'/>
`),
    }),
  ));

test('the second line goes', () => {
  const line = `      <page size='2' unit='MiB' nodeset='0'/>\n`;
  assert.equal(
    fixed(domainWith({ settings: pages(line + line) }), 'Remove this <page>'),
    domainWith({ settings: pages(line) }),
  );
});
