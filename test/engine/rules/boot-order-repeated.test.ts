import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, fixed } from '../../support/check';
import { domainWith } from './domain-text';

const disk = (dev: string, order: string): string => `    <disk type='file' device='disk'>
      <target dev='${dev}' bus='virtio'/>
      <boot order='${order}'/>
    </disk>
`;

test('a boot order stands once, among all kinds of devices', () =>
  check(
    domainWith({
      devices: `${disk('vda', '1')}    <interface type='network'>
      <boot order='01'/>
                   ^^ error boot-order-repeated: Boot order 1 is already that of disk 'vda'...
    </interface>
`,
    }),
  ));

test('gaps and templates are fine', () =>
  check(domainWith({ devices: disk('vda', '3') + disk('vdb', '9') + disk('vdc', '{{ n }}') })));

test('the next free number is offered', () =>
  assert.equal(
    fixed(
      domainWith({ devices: disk('vda', '1') + disk('vdb', '2') + disk('vdc', '1') }),
      'Use boot order 3',
    ),
    domainWith({ devices: disk('vda', '1') + disk('vdb', '2') + disk('vdc', '3') }),
  ));
