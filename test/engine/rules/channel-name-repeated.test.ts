import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, fixed } from '../../support/check';
import { domainWith } from './domain-text';

const channel = (name: string): string =>
  `    <channel type='unix'>\n      <target type='virtio' name='${name}'/>\n    </channel>\n`;

test('a channel has a name of its own', () =>
  check(
    domainWith({
      devices: `${channel('org.qemu.guest_agent.0')}    <channel type='unix'>
      <target type='virtio' name='org.qemu.guest_agent.0'/>
                                  ^^^^^^^^^^^^^^^^^^^^^^ error channel-name-repeated: There is already a channel 'org.qemu.guest_agent.0'...
    </channel>
`,
    }),
  ));

test('different names, and other kinds of domains, are fine', () => {
  check(domainWith({ devices: channel('a') + channel('b') + channel('{{ n }}') + channel('{{ n }}') }));
  check(domainWith({ devices: channel('a') + channel('a'), type: 'xen' }));
});

test('the second goes', () =>
  assert.equal(
    fixed(domainWith({ devices: channel('a') + channel('a') }), 'Remove this channel'),
    domainWith({ devices: channel('a') }),
  ));
