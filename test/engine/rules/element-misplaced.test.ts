import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SourceText, analyze } from '../../../server/src/engine';
import { check, findingsIn, fixed } from '../../support/check';

const misplaced = (text: string): string[] =>
  findingsIn(text)
    .filter(finding => finding.includes('element-misplaced'))
    .map(finding => finding.replace('error element-misplaced ', ''));

test('each element has its home', () =>
  check(`
<domain type='kvm'>
  <throttlegroup/>
   ^^^^^^^^^^^^^ error element-misplaced: <throttlegroup> does not belong in <domain>...right inside <throttlegroups>.
  <throttlefilters/>
   ^^^^^^^^^^^^^^^ error element-misplaced: ...right inside <disk>.
  <throttlegroups>
    <throttlegroups/>
     ^^^^^^^^^^^^^^ error element-misplaced: ...right inside <domain>.
    <total_iops_sec>5</total_iops_sec>
     ^^^^^^^^^^^^^^ error element-misplaced: ...right inside <throttlegroup> or <iotune>.
  </throttlegroups>
  <devices>
    <throttlegroups/>
     ^^^^^^^^^^^^^^ error element-misplaced
    <throttlefilter group='a'/>
     ^^^^^^^^^^^^^^ error element-misplaced
    <disk>
      <throttlefilter group='a'/>
       ^^^^^^^^^^^^^^ error element-misplaced
      <read_iops_sec>5</read_iops_sec>
       ^^^^^^^^^^^^^ error element-misplaced
      <driver name='qemu'>
        <iotune/>
         ^^^^^^ error element-misplaced
      </driver>
    </disk>
  </devices>
</domain>`));

test('what is misplaced is not judged any further', () =>
  assert.deepEqual(
    findingsIn(
      `<domain type='kvm'><devices><throttlegroups a='b'>text<throttlegroup><c/></throttlegroup></throttlegroups></devices></domain>`,
    ),
    ['error element-misplaced "throttlegroups"'],
  ));

test("a host device's limits in blkiotune, metadata and foreign elements are at home", () =>
  assert.deepEqual(
    misplaced(
      `<domain type='kvm' xmlns:x='u'><metadata><throttlegroups/><x:a><iotune/></x:a></metadata>` +
        `<blkiotune><device><path>/dev/sda</path><read_bytes_sec>5</read_bytes_sec><write_iops_sec>5</write_iops_sec></device></blkiotune>` +
        `<x:b><throttlefilter/></x:b></domain>`,
    ),
    [],
  ));

test('groups move to the domain, into the block that is there', () => {
  const group = (name: string, indent: string): string =>
    `${indent}<throttlegroup>\n${indent}  <total_iops_sec>5</total_iops_sec>\n${indent}  <group_name>${name}</group_name>\n${indent}</throttlegroup>\n`;
  const block = (groups: string, indent: string): string =>
    `${indent}<throttlegroups>\n${groups}${indent}</throttlegroups>\n`;
  const domain = (before: string, within: string): string =>
    `<domain type='kvm'>\n${before}  <os/>\n  <devices>\n${within}  </devices>\n</domain>\n`;
  assert.equal(
    fixed(domain('', block(group('a', '      '), '    ')), 'Move'),
    domain(block(group('a', '    '), '  '), ''),
  );
  assert.equal(
    fixed(domain(block(group('b', '    '), '  '), block(group('a', '      '), '    ')), 'Move'),
    domain(block(group('b', '    ') + group('a', '    '), '  '), ''),
  );
  assert.equal(fixed(domain(group('a', '  '), ''), 'Move'), domain(block(group('a', '    '), '  '), ''));
  assert.equal(fixed(domain('', '    <throttlegroups/>\n'), 'Remove the empty'), domain('', ''));
});

test('filters and limits move within their disk, and blocks into the only disk', () => {
  const groups = `  <throttlegroups>\n    <throttlegroup><total_iops_sec>5</total_iops_sec><group_name>a</group_name></throttlegroup>\n  </throttlegroups>\n`;
  const disk = (content: string): string =>
    `<domain type='kvm'>\n${groups}  <devices>\n    <disk>\n      <target dev='vda'/>\n${content}    </disk>\n  </devices>\n</domain>`;
  assert.equal(
    fixed(disk(`      <throttlefilter group='a'/>\n`), 'Move'),
    disk(`      <throttlefilters>\n        <throttlefilter group='a'/>\n      </throttlefilters>\n`),
  );
  assert.equal(
    fixed(disk(`      <total_iops_sec>5</total_iops_sec>\n`), 'Move'),
    disk(`      <iotune>\n        <total_iops_sec>5</total_iops_sec>\n      </iotune>\n`),
  );
  const filters = `      <throttlefilters>\n        <throttlefilter group='a'/>\n      </throttlefilters>\n`;
  const outside = disk('').replace('  <devices>\n', `  <devices>\n${filters.replace(/^ {2}/gm, '')}`);
  assert.equal(fixed(outside, 'Move'), disk(filters));
});

test('no move is offered that would bring a new mistake', () => {
  for (const content of [
    `<throttlefilter group='nobody'/>`,
    `<throttlefilters/><total_iops_sec>5</total_iops_sec>`,
    `<iotune><read_iops_sec>5</read_iops_sec></iotune><total_iops_sec>5</total_iops_sec>`,
    `<total_iops_sec_max>5</total_iops_sec_max>`,
  ]) {
    const text = `<domain type='kvm'><devices><disk>${content}</disk></devices></domain>`;
    assert.throws(() => fixed(text, 'Move'), /no fix is titled/, content);
  }
});

test('a change elsewhere moves the places, and nothing is lost', () => {
  const before = `<domain type='kvm'>\n<name>a</name>\n<devices><disk><iotune/></disk><throttlegroups/></devices></domain>`;
  const first = analyze(SourceText.of(before));
  const edit = { span: { start: 26, end: 27 }, newText: 'longer' };
  const source = first.source.edited(edit);
  const second = analyze(source, {}, { analysis: first, edits: [edit] });
  const places = second.findings.map(({ span }) => source.text.slice(span.start, span.end));
  assert.deepEqual(places, ['throttlegroups']);
});
