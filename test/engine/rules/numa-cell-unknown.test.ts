import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, findingsIn } from '../../support/check';
import { domainWith } from './domain-text';

test('memory, huge pages, distances and memory devices name cells that are there', () =>
  check(
    domainWith({
      settings: `
  <vcpu>4</vcpu>
  <memoryBacking>
    <hugepages>
      <page size='2' unit='MiB' nodeset='0,4'/>
                                         ^^^ error numa-cell-unknown: There is no NUMA cell 4...
    </hugepages>
  </memoryBacking>
  <numatune>
    <memnode cellid='3' mode='strict' nodeset='0'/>
                     ^ error numa-cell-unknown: There is no NUMA cell 3...It has 2: name one of 0 to 1...
  </numatune>
  <cpu>
    <numa>
      <cell id='0' cpus='0-1' memory='65536'>
        <distances>
          <sibling id='0' value='10'/>
          <sibling id='7' value='21'/>
                       ^ error numa-cell-unknown: There is no NUMA cell 7...
        </distances>
      </cell>
      <cell id='1' cpus='2-3' memory='65536'/>
    </numa>
  </cpu>
`,
      devices: `
    <memory model='dimm'>
      <target>
        <size unit='MiB'>128</size>
        <node>5</node>
              ^ error numa-cell-unknown: There is no NUMA cell 5...
      </target>
    </memory>
`,
    }),
  ));

test('a guest without cells has cell 0 for huge pages only', () =>
  check(
    domainWith({
      settings: `
  <memoryBacking>
    <hugepages>
      <page size='2' unit='MiB' nodeset='0'/>
    </hugepages>
  </memoryBacking>
  <numatune>
    <memnode cellid='0' mode='strict' nodeset='0'/>
                     ^ error numa-cell-unknown: ...It has no <numa> cells at all...
  </numatune>
`,
    }),
  ));

test('nodes of the host, and what a template hides, are not judged', () => {
  check(domainWith({ settings: `  <numatune>\n    <memory mode='strict' nodeset='7'/>\n  </numatune>\n` }));
  const memnode = `<numatune><memnode cellid='3' mode='strict' nodeset='0'/></numatune>`;
  for (const cpu of [
    `<cpu>{{ numa }}</cpu>`,
    `<cpu><numa><cell id='{{ n }}' cpus='0' memory='1'/></numa></cpu>`,
    `{{ cpu }}`,
  ]) {
    assert.deepEqual(findingsIn(domainWith({ settings: memnode + cpu })), [], cpu);
  }
});
