import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, findingsIn, fixed } from '../../support/check';
import { domainWith } from './domain-text';

const cells = (...ids: string[]): string =>
  `  <vcpu>4</vcpu>\n  <cpu>\n    <numa>\n${ids.map((id, cpu) => `      <cell id='${id}' cpus='${String(cpu)}' memory='65536'/>\n`).join('')}    </numa>\n  </cpu>\n`;

test('cells are numbered from 0 without a gap', () =>
  check(
    domainWith({
      settings: cells('0', '2').replace(
        /(.*id='2'.*\n)/,
        `$1                ^ error numa-cell-gap: With 2 NUMA cells their numbers must be 0 to 1...\n`,
      ),
    }),
  ));

test('any order is fine; an unreadable number may be the missing one', () => {
  check(domainWith({ settings: cells('1', '0') }));
  check(domainWith({ settings: cells('{{ n }}', '1') }));
});

test('the missing number is put in', () =>
  assert.equal(
    fixed(domainWith({ settings: cells('1', '2') }), 'Make it cell 0'),
    domainWith({ settings: cells('1', '0') }),
  ));

test('who names the cell follows', () => {
  const text = (id: string, more = ''): string =>
    domainWith({
      settings: `  <numatune>\n    <memnode cellid='${id}' mode='strict' nodeset='0'/>\n  </numatune>\n${more}${cells('1', id)}`,
    });
  assert.equal(fixed(text('2'), 'Make it cell 0, where it is named too'), text('0'));
  const pages = `  <memoryBacking>\n    <hugepages>\n      <page size='2048' nodeset='1-2'/>\n    </hugepages>\n  </memoryBacking>\n`;
  assert.throws(() => fixed(text('2', pages), 'Make it cell'), /no fix is titled/);
});

test('beside a number that stands twice it is told once, and the second one changes first', () => {
  const twice = domainWith({ settings: cells('2', '2') });
  assert.deepEqual(
    findingsIn(twice).map(line => line.split(' ')[1]),
    ['numa-cell-gap', 'numa-cell-repeated'],
  );
  assert.equal(fixed(twice, 'Make it cell'), domainWith({ settings: cells('2', '0') }));
});
