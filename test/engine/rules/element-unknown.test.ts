import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, findingsIn, fixed } from '../../support/check';

const unknown = (text: string): string[] =>
  findingsIn(text).filter(finding => finding.includes('element-unknown'));

test('a limit with a slip in its name limits nothing', () =>
  check(`
<throttlegroup>
  <group_name>a</group_name>
  <total_bytes_sec>5</total_bytes_sec>
  <total_iops>100</total_iops>
   ^^^^^^^^^^ error element-unknown: ...limits nothing...Is <total_iops_sec> meant?
  <color>red</color>
   ^^^^^ error element-unknown: There is no <color> in <throttlegroup>...It holds limits and a <group_name>.
</throttlegroup>`));

test('blocks of groups and of filters hold nothing else', () => {
  check(`
<throttlegroups>
  <throttlegruop>
   ^^^^^^^^^^^^^ error element-unknown: ...Is <throttlegroup> meant?
    <anything/>
  </throttlegruop>
</throttlegroups>`);
  check(`
<disk>
  <throttlefilters>
    <foo/>
     ^^^ error element-unknown: ...It holds <throttlefilter> elements only.
    <throttlefilter group='a'><b/></throttlefilter>
                               ^ error element-unknown: ...empty but for its attribute...
  </throttlefilters>
</disk>`);
});

test('a slip in the name of a block is told in a domain and in a disk', () =>
  assert.deepEqual(
    unknown(
      `<domain type='kvm'><throtlegroups/><iothreads>1</iothreads><devices><disk><throttlefilers/><iotun/><boot order='1'/></disk></devices></domain>`,
    ),
    [
      'error element-unknown "throtlegroups"',
      'error element-unknown "throttlefilers"',
      'error element-unknown "iotun"',
    ],
  ));

test('what is of another namespace is judged inside of the throttle elements only', () =>
  assert.deepEqual(
    unknown(
      `<domain type='kvm' xmlns:x='u'><metadata><x:a/><throttlegroups><b/></throttlegroups></metadata>` +
        `<x:commandline><x:arg/></x:commandline><throttlegroups><x:note/></throttlegroups></domain>`,
    ),
    ['error element-unknown "x:note"'],
  ));

test('half-typed tags are left to xml-syntax', () =>
  assert.deepEqual(
    unknown(
      `<domain type='kvm'><throttlegroups><throttlegroup><tot</throttlegroup></throttlegroups></domain>`,
    ),
    [],
  ));

test('the element is renamed, unless that made a new mistake, or taken out', () => {
  const group = (content: string): string => `<throttlegroup>
  <group_name>a</group_name>
${content}</throttlegroup>`;
  assert.equal(
    fixed(group('  <total_iops>100</total_iops>\n'), 'Rename to'),
    group('  <total_iops_sec>100</total_iops_sec>\n'),
  );
  assert.equal(fixed(group('  <color>red</color>\n'), 'Remove <color>'), group(''));
  for (const content of [
    '  <total_iops>many</total_iops>\n',
    '  <total_iops>1</total_iops>\n  <total_iops_sec>1</total_iops_sec>\n',
    '  <total_iops>1</total_iops>\n  <read_iops_sec>1</read_iops_sec>\n',
  ]) {
    assert.throws(() => fixed(group(content), 'Rename to'), /no fix is titled/);
  }
});
