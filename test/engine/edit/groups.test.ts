import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  SourceText,
  addGroup,
  applyEdits,
  formatFilters,
  formatGroup,
  parseXml,
  readDomain,
  removeGroup,
  renameGroup,
} from '../../../server/src/engine';
import type { Domain, Group, Placed, SourceText as Source, TextEdit } from '../../../server/src/engine';

function edited(text: string, edit: (source: Source, domain: Domain) => TextEdit[]): string {
  const source = SourceText.of(text);
  const domain = readDomain(parseXml(source));
  assert.ok(domain !== undefined, 'the test needs a domain');
  return applyEdits(text, edit(source, domain));
}

const groupAt = (domain: Domain, index: number): Placed<Group> =>
  domain.groups[index] ?? assert.fail('no such group');

const add = (text: string): string =>
  edited(text, (source, domain) => addGroup(source, domain, 'gold', { total_iops_sec: 500n }));

test('a new group is the last of its block', () => {
  assert.equal(
    add(`<domain type='kvm'>
\t<throttlegroups>
\t\t<throttlegroup>
\t\t\t<group_name>a</group_name>
\t\t</throttlegroup>
\t\t<!-- more to come -->
\t</throttlegroups>
</domain>`),
    `<domain type='kvm'>
\t<throttlegroups>
\t\t<throttlegroup>
\t\t\t<group_name>a</group_name>
\t\t</throttlegroup>
\t\t<!-- more to come -->
\t\t<throttlegroup>
\t\t\t<total_iops_sec>500</total_iops_sec>
\t\t\t<group_name>gold</group_name>
\t\t</throttlegroup>
\t</throttlegroups>
</domain>`,
  );
});

test('without a block one is made before <os>', () => {
  assert.equal(
    add(`<domain>
  <name>m</name>
  <os>
    <type>hvm</type>
  </os>
</domain>
`),
    `<domain>
  <name>m</name>
  <throttlegroups>
    <throttlegroup>
      <total_iops_sec>500</total_iops_sec>
      <group_name>gold</group_name>
    </throttlegroup>
  </throttlegroups>
  <os>
    <type>hvm</type>
  </os>
</domain>
`,
  );
});

test('without <os> the block goes before <devices>, else to the end', () => {
  assert.match(add('<domain>\n  <devices/>\n</domain>'), /<\/throttlegroups>\n {2}<devices\/>/);
  assert.match(add('<domain>\n  <name>m</name>\n</domain>'), /<\/name>\n {2}<throttlegroups>/);
  assert.match(add('<domain/>'), /^<domain><throttlegroups>.*<\/throttlegroups><\/domain>$/);
});

test('an empty block is filled', () => {
  assert.equal(
    add('<domain>\n    <throttlegroups/>\n    <os/>\n</domain>'),
    `<domain>
    <throttlegroups>
        <throttlegroup>
            <total_iops_sec>500</total_iops_sec>
            <group_name>gold</group_name>
        </throttlegroup>
    </throttlegroups>
    <os/>
</domain>`,
  );
  assert.match(
    add('<domain>\n  <throttlegroups>\n  </throttlegroups>\n</domain>'),
    /^<domain>\n {2}<throttlegroups>\n {4}<throttlegroup>[^]*\n {2}<\/throttlegroups>\n<\/domain>$/,
  );
});

test('a document on one line stays on one line, a CRLF document keeps its line ends', () => {
  assert.equal(
    add('<domain><os/></domain>'),
    '<domain><throttlegroups><throttlegroup><total_iops_sec>500</total_iops_sec><group_name>gold</group_name></throttlegroup></throttlegroups><os/></domain>',
  );
  assert.doesNotMatch(add('<domain>\r\n  <os/>\r\n</domain>\r\n'), /[^\r]\n/);
});

const TWO = `<domain>
  <throttlegroups>
    <throttlegroup>
      <group_name>a</group_name>
    </throttlegroup>
    <throttlegroup>
      <group_name>b&amp;b</group_name>
    </throttlegroup>
  </throttlegroups>
  <devices>
    <disk>
      <throttlefilters>
        <throttlefilter group="b&amp;b"/><throttlefilter group='a'/>
      </throttlefilters>
    </disk>
    <disk>
      <throttlefilters>
        <throttlefilter group='b&#38;b'/>
      </throttlefilters>
    </disk>
  </devices>
</domain>
`;

test('a removed group takes its lines along, the last one its block', () => {
  const one = edited(TWO, (source, domain) => removeGroup(source, domain, groupAt(domain, 1)));
  assert.equal(
    one,
    TWO.replace('    <throttlegroup>\n      <group_name>b&amp;b</group_name>\n    </throttlegroup>\n', ''),
  );
  const none = edited(one, (source, domain) => removeGroup(source, domain, groupAt(domain, 0)));
  assert.doesNotMatch(none, /throttlegroups/);
  assert.match(none, /^<domain>\n {2}<devices>/);
});

test('a new name goes into the definition and every filter, each in its own quotes', () => {
  const renamed = edited(TWO, (source, domain) => renameGroup(source, domain, groupAt(domain, 1), `x"y'z<`));
  assert.match(renamed, /<group_name>x"y'z&lt;<\/group_name>/);
  assert.match(renamed, /<throttlefilter group="x&quot;y'z&lt;"\/><throttlefilter group='a'\/>/);
  assert.match(renamed, /<throttlefilter group='x"y&apos;z&lt;'\/>/);
});

test("libvirt's canonical form: the table's order, what is not set left out, the name last", () => {
  assert.equal(
    formatGroup('a<b', {
      size_iops_sec: 4096n,
      total_iops_sec: 100n,
      total_bytes_sec: 0n,
      total_iops_sec_max_length: 1n,
    }),
    `<throttlegroup>
  <total_iops_sec>100</total_iops_sec>
  <size_iops_sec>4096</size_iops_sec>
  <group_name>a&lt;b</group_name>
</throttlegroup>`,
  );
  assert.equal(
    formatFilters(["it's", 'b']),
    `<throttlefilters>
  <throttlefilter group='it&apos;s'/>
  <throttlefilter group='b'/>
</throttlefilters>`,
  );
});
