import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, findingsIn, fixed } from '../../support/check';

test('only a filter has an attribute, its group', () => {
  check(`
<throttlegroups id='1'>
                ^^ error attribute-unknown: <throttlegroups> has no attribute id...It has no attributes at all.
  <throttlegroup xml:space='preserve'>
                 ^^^^^^^^^ error attribute-unknown
    <group_name lang='en'>a</group_name>
                ^^^^ error attribute-unknown
                          ^ hint group-unused
    <total_bytes_sec unit='MiB'>50</total_bytes_sec>
                     ^^^^ error attribute-unknown
  </throttlegroup>
</throttlegroups>`);
  check(`
<disk>
  <throttlefilters>
    <throttlefilter group='a' order='1'/>
                              ^^^^^ error attribute-unknown: ...Its only attribute is group.
  </throttlefilters>
</disk>`);
});

test('a slip in the name of group is told beside the filter that has none', () =>
  check(`
<disk>
  <throttlefilters>
    <throttlefilter grup='a'/>
     ^^^^^^^^^^^^^^ error filter-group-missing
                    ^^^^ error attribute-unknown: ...Is group meant?
  </throttlefilters>
</disk>`));

test('declarations of namespaces are no attributes', () =>
  assert.deepEqual(findingsIn(`<domain type='kvm'><throttlegroups xmlns:x='u' xmlns=''/></domain>`), []));

test('the attribute is renamed or taken out', () => {
  const disk = (attributes: string): string =>
    `<disk><throttlefilters><throttlefilter${attributes}/></throttlefilters></disk>`;
  assert.equal(fixed(disk(` grup='a'`), 'Rename to group'), disk(` group='a'`));
  assert.equal(fixed(disk(` group='a'  order="1"`), 'Remove attribute'), disk(` group='a'`));
});
