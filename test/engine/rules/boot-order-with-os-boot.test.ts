import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, fixed } from '../../support/check';
import { domainWith } from './domain-text';

const os = (boot: string): string => `  <os>\n    <type>hvm</type>\n${boot}  </os>\n`;
const disk = (boot: string): string => `    <disk type='file' device='disk'>
      <target dev='vda' bus='virtio'/>
${boot}    </disk>
`;
const BOOT = `    <boot dev='hd'/>\n    <boot dev='network'/>\n`;
const ORDER = `      <boot order='1'/>\n`;

test('the two ways exclude each other', () =>
  check(
    domainWith({
      settings: os(`    <boot dev='hd'/>
     ^^^^ error boot-order-with-os-boot: ...exclude each other...
`),
      devices: disk(ORDER),
    }),
  ));

test('each way alone is fine, and so is a boot menu', () => {
  check(domainWith({ settings: os(BOOT), devices: disk('') }));
  check(domainWith({ settings: os(`    <bootmenu enable='yes'/>\n`), devices: disk(ORDER) }));
});

test('either way is kept', () => {
  const both = domainWith({ settings: os(BOOT), devices: disk(ORDER) });
  assert.equal(fixed(both, 'Keep the boot orders'), domainWith({ settings: os(''), devices: disk(ORDER) }));
  assert.equal(fixed(both, 'Keep <boot dev>'), domainWith({ settings: os(BOOT), devices: disk('') }));
});
