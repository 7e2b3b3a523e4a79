import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SourceText, analyze } from '../../../server/src/engine';
import { check, fixed } from '../../support/check';

const disk = (filters: string, iotune: string): string => `<disk type='file' device='disk'>
  <target dev='vda' bus='virtio'/>
${filters}${iotune}</disk>`;
const filters = `  <throttlefilters>
    <throttlefilter group='a'/>
  </throttlefilters>
`;

test('filters and iotune on one disk are refused', () =>
  check(
    disk(
      filters,
      `  <iotune>
   ^^^^^^ error filters-with-iotune: ...libvirt takes only one of the two...
    <total_iops_sec>5</total_iops_sec>
  </iotune>
`,
    ),
  ));

test('each alone is good', () => {
  check(disk(filters, ''));
  check(disk('', '  <iotune><total_iops_sec>5</total_iops_sec></iotune>\n'));
});

test('who refuses depends on whether both are in force', () => {
  const empty = '  <throttlefilters/>\n';
  const refusers = [
    [filters, '<iotune><group_name>q</group_name></iotune>', 'libvirt'],
    [filters, '<iotune><total_iops_sec>five</total_iops_sec></iotune>', 'libvirt'],
    [filters, '<iotune><total_iops_sec>0</total_iops_sec></iotune>', 'schema'],
    [filters, '<iotune/>', 'schema'],
    [empty, '<iotune><total_iops_sec>5</total_iops_sec></iotune>', 'schema'],
    [empty, '<iotune/>', 'schema'],
  ] as const;
  for (const [block, iotune, refusedBy] of refusers) {
    const text = `<domain type='kvm'><devices>${disk(block, iotune)}</devices></domain>`;
    const found = analyze(SourceText.of(text)).findings.find(({ rule }) => rule === 'filters-with-iotune');
    assert.equal(found?.refusedBy, refusedBy, text);
  }
});

test('one of the two is taken out, the empty one by a safe fix', () => {
  const iotune = '  <iotune>\n    <total_iops_sec>5</total_iops_sec>\n  </iotune>\n';
  assert.equal(fixed(disk(filters, iotune), 'Remove <iotune>'), disk(filters, ''));
  assert.equal(fixed(disk(filters, iotune), 'Remove the throttle filters'), disk('', iotune));
  assert.equal(
    fixed(disk('  <throttlefilters/>\n', iotune), 'Remove the throttle filters'),
    disk('', iotune),
  );
});
