import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, fixed } from '../../support/check';
import { domainWith } from './domain-text';

const text = (vcpu: string, topology: string): string =>
  domainWith({ settings: `  <vcpu>${vcpu}</vcpu>\n  <cpu>\n    <topology ${topology}/>\n  </cpu>\n` });

test('the topology multiplies to the vCPUs', () =>
  check(
    domainWith({
      settings: `
  <vcpu>4</vcpu>
  <cpu>
    <topology sockets='2' cores='4' threads='1'/>
     ^^^^^^^^ error cpu-topology-differs: The topology makes 8 CPUs (2 sockets × 4 cores × 1 thread), but the domain has 4...
  </cpu>
`,
    }),
  ));

test('one that does, one that a template gives, and one that QEMU does not run are fine', () => {
  check(text('8', `sockets='2' dies='1' clusters='2' cores='2' threads='1'`));
  check(text('{{ n }}', `sockets='2' cores='2' threads='1'`));
  check(text('4', `sockets='{{ n }}' cores='2' threads='1'`));
  check(text('4', `sockets='9' cores='2' threads='1'`).replace('kvm', 'xen'));
  // Libvirt asks for sockets, cores and threads first.
  check(text('4', `cores='2' threads='1'`));
});

test('the domain gets as many vCPUs, or the sockets make as many', () => {
  const differs = text('4', `sockets='2' cores='4' threads='1'`);
  assert.equal(fixed(differs, 'Give the domain 8 vCPUs'), text('8', `sockets='2' cores='4' threads='1'`));
  assert.equal(fixed(differs, 'Make it 1 socket'), text('4', `sockets='1' cores='4' threads='1'`));
});

test('no sockets at all are offered', () =>
  assert.throws(() => fixed(text('0', `sockets='1' cores='2' threads='1'`), 'Make it'), /no fix is titled/));

test('the domain does not get fewer vCPUs than something names', () => {
  const pinned = domainWith({
    settings: `
  <vcpu>4</vcpu>
  <cputune>
    <vcpupin vcpu='3' cpuset='0'/>
  </cputune>
  <cpu>
    <topology sockets='1' cores='3' threads='1'/>
  </cpu>
`,
  });
  assert.throws(() => fixed(pinned, 'Give the domain'), /no fix is titled/);
  assert.match(fixed(pinned.replace(`vcpu='3'`, `vcpu='2'`), 'Give the domain 3 vCPUs'), /<vcpu>3</);
});
