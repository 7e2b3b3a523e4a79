import { test } from 'node:test';
import { check } from '../../support/check';
import { domainWith } from './domain-text';

test('a vCPU is in one cell', () =>
  check(
    domainWith({
      settings: `
  <vcpu>4</vcpu>
  <cpu>
    <numa>
      <cell id='0' cpus='0-2' memory='65536'/>
      <cell id='1' cpus='2-3' memory='65536'/>
                         ^^^ error vcpu-in-two-cells: vCPU 2 is already in cell 0...
    </numa>
  </cpu>
`,
    }),
  ));

test('cells that share none, have none or come from a template are fine', () =>
  check(
    domainWith({
      settings: `
  <vcpu>4</vcpu>
  <cpu>
    <numa>
      <cell id='0' cpus='0-2,^1' memory='65536'/>
      <cell id='1' cpus='1,3' memory='65536'/>
      <cell id='2' memory='65536'/>
      <cell id='3' cpus='{{ cpus }}' memory='65536'/>
    </numa>
  </cpu>
`,
    }),
  ));
