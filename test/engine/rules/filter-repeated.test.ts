import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, fixed } from '../../support/check';

test('a group may be used once on a disk', () =>
  check(`
<disk type='file' device='disk'>
  <target dev='vda' bus='virtio'/>
  <throttlefilters>
    <throttlefilter group='a'/>
    <throttlefilter group='b'/>
    <throttlefilter group='a'/>
                           ^ error filter-repeated: This disk already has a filter of group 'a'...
    <throttlefilter group='{{ c }}'/>
    <throttlefilter group='{{ c }}'/>
  </throttlefilters>
</disk>`));

test('a group may be used once across blocks too, for libvirt merges them', () =>
  check(`
<disk type='file' device='disk'>
  <target dev='vda' bus='virtio'/>
  <throttlefilters><throttlefilter group='a'/></throttlefilters>
  <throttlefilters><throttlefilter group='a'/></throttlefilters>
   ^^^^^^^^^^^^^^^ error element-repeated
                                          ^ error filter-repeated
</disk>`));

test('two disks may share a group', () =>
  check(`
<domain type='kvm'>
  <throttlegroups>
    <throttlegroup><group_name>a</group_name><total_iops_sec>10</total_iops_sec></throttlegroup>
  </throttlegroups>
  <devices>
    <disk><throttlefilters><throttlefilter group='a'/></throttlefilters></disk>
    <disk><throttlefilters><throttlefilter group='a'/></throttlefilters></disk>
  </devices>
</domain>`));

test('the second filter is taken out', () =>
  assert.equal(
    fixed(
      `<disk>
  <throttlefilters>
    <throttlefilter group='a'/>
    <throttlefilter group='a'/>
  </throttlefilters>
</disk>`,
      'Remove this filter',
    ),
    `<disk>
  <throttlefilters>
    <throttlefilter group='a'/>
  </throttlefilters>
</disk>`,
  ));
