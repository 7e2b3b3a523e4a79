import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, findingsIn, fixed } from '../../support/check';

test('blocks, groups and filters hold no text', () => {
  check(`
<throttlegroups>
  for all
  ^^^^^^^ error text-not-allowed: <throttlegroups> holds no text...
  <throttlegroup>
    <!-- a remark -->
    <group_name>a</group_name><![CDATA[b]]>
                              ^^^^^^^^^^^^^ error text-not-allowed
    <total_iops_sec>5</total_iops_sec>
  </throttlegroup>
</throttlegroups>`);
  check(`
<disk>
  <throttlefilters>
    <throttlefilter group='a'>a</throttlefilter>
                              ^ error text-not-allowed: <throttlefilter> holds no text...
  </throttlefilters>
</disk>`);
});

test('blanks are no text, however they are written, and template text is not judged', () =>
  assert.deepEqual(
    findingsIn(
      `<domain type='kvm'><throttlegroups>&#32;<![CDATA[ ]]>\n{% include 'groups' %}</throttlegroups>` +
        `<devices><disk><throttlefilters>  </throttlefilters></disk></devices></domain>`,
    ),
    [],
  ));

test('a no-break space is text to the schema', () =>
  assert.deepEqual(findingsIn(`<domain type='kvm'><throttlegroups>&#160;</throttlegroups></domain>`), [
    'error text-not-allowed "&#160;"',
  ]));

test('the text is taken out', () =>
  assert.equal(
    fixed(`<throttlegroups>\n  for all\n  <throttlegroup/>\n</throttlegroups>`, 'Remove the text'),
    `<throttlegroups>\n  <throttlegroup/>\n</throttlegroups>`,
  ));
