import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, fixed } from '../../support/check';
import { domainWith } from './domain-text';

test('what is pinned or scheduled stands once', () =>
  check(
    domainWith({
      settings: `
  <vcpu>4</vcpu>
  <iothreads>2</iothreads>
  <cputune>
    <vcpupin vcpu='1' cpuset='2'/>
    <vcpupin vcpu='01' cpuset='3'/>
                   ^^ error pin-repeated: ...vCPU 1...
    <emulatorpin cpuset='0'/>
    <emulatorpin cpuset='1'/>
     ^^^^^^^^^^^ error pin-repeated: ...the emulator...
    <iothreadpin iothread='2' cpuset='0'/>
    <iothreadpin iothread='2' cpuset='1'/>
                           ^ error pin-repeated: ...iothread 2...
    <vcpusched vcpus='0-2' scheduler='batch'/>
    <vcpusched vcpus='2,3' scheduler='batch'/>
                      ^^^ error pin-repeated: ...vCPU 2...
    <iothreadsched iothreads='1' scheduler='batch'/>
    <iothreadsched iothreads='1-2' scheduler='batch'/>
                              ^^^ error pin-repeated: ...iothread 1...
  </cputune>
`,
    }),
  ));

test('different threads, and templates, are fine', () =>
  check(
    domainWith({
      settings: `
  <vcpu>4</vcpu>
  <cputune>
    <vcpupin vcpu='0' cpuset='2'/>
    <vcpupin vcpu='1' cpuset='2'/>
    <vcpupin vcpu='{{ v }}' cpuset='2'/>
    <vcpupin vcpu='{{ v }}' cpuset='2'/>
    <vcpusched vcpus='0-1' scheduler='batch'/>
    <vcpusched vcpus='2-3,^2' scheduler='batch'/>
  </cputune>
`,
    }),
  ));

test('the second line goes', () => {
  const pins = (...lines: string[]): string =>
    domainWith({
      settings: `  <vcpu>4</vcpu>\n  <cputune>\n${lines.map(cpus => `    <vcpupin vcpu='1' cpuset='${cpus}'/>\n`).join('')}  </cputune>\n`,
    });
  assert.equal(fixed(pins('1', '2'), 'Remove this line'), pins('1'));
});
