import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, findingsIn, fixed } from '../../support/check';

test('blocks and names stand once', () => {
  check(`
<disk>
  <iotune><total_iops_sec>5</total_iops_sec></iotune>
  <iotune><total_iops_sec>6</total_iops_sec></iotune>
   ^^^^^^ error element-repeated: A second <iotune> in this <disk>. Libvirt reads the first and drops this one...
</disk>`);
  check(`
<disk>
  <throttlefilters><throttlefilter group='a'/></throttlefilters>
  <throttlefilters/>
   ^^^^^^^^^^^^^^^ error element-repeated: A second <throttlefilters>...merges the two...
</disk>`);
  check(`
<throttlegroup>
  <group_name>a</group_name>
  <group_name>b</group_name>
   ^^^^^^^^^^ error element-repeated: A second <group_name> in this <throttlegroup>...
  <total_iops_sec>5</total_iops_sec>
</throttlegroup>`);
});

test('one in each disk is no repetition', () =>
  assert.deepEqual(
    findingsIn(
      `<domain type='kvm'><devices><disk><throttlefilters/></disk><disk><throttlefilters/></disk></devices></domain>`,
    ),
    [],
  ));

const group = (name: string): string =>
  `    <throttlegroup>\n      <total_iops_sec>5</total_iops_sec>\n      <group_name>${name}</group_name>\n    </throttlegroup>\n`;
const block = (...names: string[]): string =>
  names.length === 0
    ? '  <throttlegroups/>\n'
    : `  <throttlegroups>\n${names.map(group).join('')}  </throttlegroups>\n`;
const domain = (...blocks: string[]): string =>
  `<domain type='kvm'>\n${blocks.join('')}  <devices/>\n</domain>`;

test('blocks become one, in the order in which libvirt merges them', () => {
  const title = 'Put everything into the first';
  assert.equal(fixed(domain(block('a'), block('b', 'c')), title), domain(block('a', 'b', 'c')));
  assert.equal(fixed(domain(block(), block('b')), title), domain(block('b')));
  assert.equal(fixed(domain(block('a'), block()), title), domain(block('a')));
});

test('the second of what libvirt reads once is taken out', () =>
  assert.equal(
    fixed(
      `<disk>\n  <iotune><total_iops_sec>5</total_iops_sec></iotune>\n  <iotune/>\n</disk>`,
      'Remove the second',
    ),
    `<disk>\n  <iotune><total_iops_sec>5</total_iops_sec></iotune>\n</disk>`,
  ));
