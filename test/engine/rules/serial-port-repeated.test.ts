import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, fixed } from '../../support/check';
import { domainWith } from './domain-text';

const serial = (target: string): string =>
  `    <serial type='pty'>\n      <target ${target}/>\n    </serial>\n`;

test('a serial port stands once', () =>
  check(
    domainWith({
      devices: `${serial("port='0'")}    <serial type='pty'>
      <target type='isa-serial' port='0'/>
                                      ^ error serial-port-repeated: Serial port 0 is already taken...
    </serial>
`,
    }),
  ));

test('other ports, other kinds of ports and no port are fine', () =>
  check(
    domainWith({
      devices: `${serial("port='0'")}${serial("port='1'")}${serial("type='usb-serial' port='0'")}    <serial type='pty'/>
    <console type='pty'>
      <target type='serial' port='0'/>
    </console>
`,
    }),
  ));

test('a free port is offered', () =>
  assert.equal(
    fixed(domainWith({ devices: serial("port='0'") + serial("port='0'") }), 'Make it port 1'),
    domainWith({ devices: serial("port='0'") + serial("port='1'") }),
  ));
