import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, findingsIn, fixed } from '../../support/check';

const domain = (groups: string, filters: string): string => `<domain type='kvm'>
  <name>db</name>
${groups}  <os/>
  <devices>
    <disk>
      <target dev='vda' bus='virtio'/>
      <throttlefilters>
${filters}      </throttlefilters>
    </disk>
  </devices>
</domain>
`;

const gold = `  <throttlegroups>
    <throttlegroup>
      <total_iops_sec>10</total_iops_sec>
      <group_name>Gold</group_name>
    </throttlegroup>
  </throttlegroups>
`;

test('a filter must name a group that is there, and case counts', () =>
  check(
    domain(
      gold,
      `        <throttlefilter group='Gold'/>
        <throttlefilter group="gold"/>
                               ^^^^ error filter-group-unknown: There is no throttle group 'gold'...
        <throttlefilter group='silver'/>
                               ^^^^^^ error filter-group-unknown: There is no throttle group 'silver'...Add the group, or name one that is there.
`,
    ),
  ));

test('another case is told as such', () =>
  check(
    domain(
      gold.replace(/.*Gold.*\n/, line => `${line}                  ^^^^ hint group-unused\n`),
      `        <throttlefilter group='gold'/>
                               ^^^^ error filter-group-unknown: ...tell upper and lower case apart. Is 'Gold' meant?
`,
    ),
  ));

test('without any group the block is asked for', () =>
  check(
    domain(
      '',
      `        <throttlefilter group='gold'/>
                               ^^^^ error filter-group-unknown: ...Add the group to <throttlegroups> below <domain>.
`,
    ),
  ));

test('names are compared decoded, and a line break in an attribute is a blank', () =>
  assert.deepEqual(
    findingsIn(
      domain(
        gold.replace('Gold', 'g&amp;&#65;'),
        `        <throttlefilter group='&#103;&#x26;A'/>
        <throttlefilter group='g&amp;A
'/>
`,
      ),
    ).filter(finding => finding.includes('unknown')),
    ['error filter-group-unknown "g&amp;A\\n"'],
  ));

test('template text as a group or among the groups keeps the rule silent', () => {
  const filter = `        <throttlefilter group='gold'/>\n`;
  for (const groups of [
    gold.replace('Gold', '{{ tier }}'),
    gold.replace('</throttlegroups>', "{% include 'groups.xml' %}</throttlegroups>"),
    '  {{ groups }}\n',
  ]) {
    assert.deepEqual(
      findingsIn(domain(groups, filter)).filter(finding => finding.includes('unknown')),
      [],
    );
  }
});

test('the similar name is put in', () =>
  assert.equal(
    fixed(domain(gold, `        <throttlefilter group='glod'/>\n`), "Use group 'Gold'"),
    domain(gold, `        <throttlefilter group='Gold'/>\n`),
  ));

test('the group is created with a limit, behind the others or in a block of its own', () => {
  const filter = `        <throttlefilter group='silver'/>\n`;
  const silver = `    <throttlegroup>
      <total_iops_sec>1000</total_iops_sec>
      <group_name>silver</group_name>
    </throttlegroup>
`;
  const create = "Create throttle group 'silver'";
  assert.equal(
    fixed(domain(gold, filter), create),
    domain(gold.replace('  </throttlegroups>', `${silver}  </throttlegroups>`), filter),
  );
  assert.equal(
    fixed(domain('', filter), create),
    domain(`  <throttlegroups>\n${silver}  </throttlegroups>\n`, filter),
  );
});
