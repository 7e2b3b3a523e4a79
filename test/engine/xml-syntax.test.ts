import { test } from 'node:test';
import { check } from '../support/check';

test('a missing close tag is told once, at the element that lacks it', () =>
  check(`
<domain type='kvm'>
  <name>a</name>
  <devices>
    <disk type='file'>
     ^^^^ error xml-syntax: <disk> is not closed: </disk> is missing.
      <target dev='vda'/>
    <disk type='file'>
      <target dev='vdb'/>
    </disk>
  </devices>
</domain>`));

test('a well-formed document has nothing to say', () =>
  check(`<domain type='kvm'><name>a &amp; b</name></domain>`));
