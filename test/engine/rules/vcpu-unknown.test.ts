import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, findingsIn, fixed } from '../../support/check';
import { domainWith } from './domain-text';

test('pins, schedulers, cells and vcpus name vCPUs that are there', () =>
  check(
    domainWith({
      settings: `
  <vcpu>4</vcpu>
  <vcpus>
    <vcpu id='7' enabled='yes'/>
              ^ error vcpu-unknown: There is no vCPU 7...libvirt refuses...
  </vcpus>
  <cputune>
    <vcpupin vcpu='3' cpuset='0'/>
    <vcpupin vcpu='4' cpuset='0'/>
                   ^ warning vcpu-unknown: There is no vCPU 4: the domain has 4, 0 to 3, so libvirt drops this pin...
    <vcpusched vcpus='0-4' scheduler='batch'/>
                      ^^^ error vcpu-unknown: There is no vCPU 4...
  </cputune>
  <cpu>
    <numa>
      <cell id='0' cpus='0-1' memory='65536'/>
      <cell id='1' cpus='4-5' memory='65536'/>
                         ^^^ error vcpu-unknown: There is no vCPU 5...
    </numa>
  </cpu>
`,
    }),
  ));

test('no more are plugged in than there can be', () =>
  check(
    domainWith({
      settings: `
  <vcpu current='8'>4</vcpu>
                 ^ error vcpu-unknown: More vCPUs...(8)...(4)...
`,
    }),
  ));

test('without <vcpu> there is one', () =>
  check(
    domainWith({
      settings: `
  <cputune>
    <vcpupin vcpu='0' cpuset='0'/>
    <vcpupin vcpu='1' cpuset='0'/>
                   ^ warning vcpu-unknown: ...only vCPU 0...
  </cputune>
`,
    }),
  ));

test('a number that a template gives is not judged', () =>
  assert.deepEqual(
    findingsIn(
      domainWith({
        settings: `<vcpu current='9'>{{ cpus }}</vcpu><cputune><vcpupin vcpu='7' cpuset='0'/></cputune>`,
      }),
    ),
    [],
  ));

test('the domain gets the vCPUs, or the line goes', () => {
  const pin = (count: string, lines: string): string =>
    domainWith({ settings: `  <vcpu>${count}</vcpu>\n  <cputune>\n${lines}  </cputune>\n` });
  const line = `    <vcpupin vcpu='4' cpuset='0'/>\n`;
  const kept = `    <vcpupin vcpu='0' cpuset='0'/>\n`;
  assert.equal(fixed(pin('2', kept + line), 'Give the domain 5 vCPUs'), pin('5', kept + line));
  assert.equal(fixed(pin('2', kept + line), 'Remove this line'), pin('2', kept));
});

test('where the CPU has a topology its sockets go with them', () => {
  const text = (count: string, sockets: string): string =>
    domainWith({
      settings: `  <vcpu>${count}</vcpu>\n  <vcpus>\n    <vcpu id='3' enabled='yes'/>\n  </vcpus>\n  <cpu>\n    <topology sockets='${sockets}' cores='2' threads='1'/>\n  </cpu>\n`,
    });
  assert.equal(fixed(text('2', '1'), 'Give the domain 4 vCPUs in 2 sockets'), text('4', '2'));
  // No number of sockets of 3 cores makes 4.
  const odd = text('3', '1').replace("cores='2'", "cores='3'");
  assert.throws(() => fixed(odd, 'Give the domain'), /no fix is titled/);
});
