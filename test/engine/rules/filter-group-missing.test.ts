import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, fixed } from '../../support/check';

test('a filter must have its group', () =>
  check(`
<disk type='file' device='disk'>
  <target dev='vda' bus='virtio'/>
  <throttlefilters>
    <throttlefilter/>
     ^^^^^^^^^^^^^^ error filter-group-missing: ...needs the attribute group...libvirtd crashes...
    <throttlefilter group=''/>
                          ^^ error filter-group-missing: ...names no group...
    <throttlefilter group='gold'/>
  </throttlefilters>
</disk>`));

test('a name of template text is not judged', () =>
  check(`
<disk type='file' device='disk'>
  <target dev='vda' bus='virtio'/>
  <throttlefilters>
    <throttlefilter group='{{ tier }}'/>
  </throttlefilters>
</disk>`));

test('a group that is there can be named', () => {
  const text = `
<domain type='kvm'>
  <throttlegroups>
    <throttlegroup><group_name>gold</group_name><total_iops_sec>10</total_iops_sec></throttlegroup>
    <throttlegroup><group_name>nothing</group_name></throttlegroup>
  </throttlegroups>
  <devices>
    <disk>
      <throttlefilters>
        <throttlefilter/>
      </throttlefilters>
    </disk>
  </devices>
</domain>`;
  assert.equal(
    fixed(text, "Use group 'gold'"),
    text.replace('<throttlefilter/>', "<throttlefilter group='gold'/>"),
  );
  assert.equal(
    fixed(text, 'Remove this filter'),
    text.replace(/ *<throttlefilters>[^]*<\/throttlefilters>\n/, ''),
  );
});
