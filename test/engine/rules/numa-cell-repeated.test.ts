import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, fixed } from '../../support/check';
import { domainWith } from './domain-text';

const cells = (...ids: string[]): string =>
  `  <vcpu>4</vcpu>\n  <cpu>\n    <numa>\n${ids.map((id, cpu) => `      <cell id='${id}' cpus='${String(cpu)}' memory='65536'/>\n`).join('')}    </numa>\n  </cpu>\n`;

test('a cell and its memory are described once', () =>
  check(
    domainWith({
      settings: `
  <vcpu>4</vcpu>
  <numatune>
    <memnode cellid='0' mode='strict' nodeset='0'/>
    <memnode cellid='0' mode='strict' nodeset='1'/>
                     ^ error numa-cell-repeated: There is already a <memnode> of cell 0...
  </numatune>
  <cpu>
    <numa>
      <cell cpus='0' memory='65536'/>
      <cell id='0' cpus='1' memory='65536'/>
                ^ error numa-cell-repeated: There is already a NUMA cell 0...
    </numa>
  </cpu>
`,
    }),
  ));

test('different cells, and templates, are fine', () => {
  check(domainWith({ settings: cells('1', '0') }));
  check(domainWith({ settings: cells('{{ n }}', '{{ n }}') }));
});

test('the second gets a free number', () =>
  assert.equal(
    fixed(domainWith({ settings: cells('0', '1', '0') }), 'Make it cell 2'),
    domainWith({ settings: cells('0', '1', '2') }),
  ));
