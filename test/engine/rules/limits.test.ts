import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SourceText, analyze } from '../../../server/src/engine';
import { check, fixed } from '../../support/check';
import { GROUP_EXAMPLES, IOTUNE_EXAMPLES, LIMIT_EXAMPLES } from './examples';

for (const { says, xml } of [...LIMIT_EXAMPLES, ...GROUP_EXAMPLES, ...IOTUNE_EXAMPLES]) {
  test(says, () => check(xml));
}

/** Rule and refuser of each error in a throttle group with these limits, which a disk uses. */
function refusers(limits: string, type = 'kvm'): string[] {
  const text = `<domain type='${type}'><throttlegroups><throttlegroup><group_name>g</group_name>${limits}</throttlegroup></throttlegroups><devices><disk><throttlefilters><throttlefilter group='g'/></throttlefilters></disk></devices></domain>`;
  return analyze(SourceText.of(text))
    .findings.filter(({ severity }) => severity === 'error')
    .map(({ rule, refusedBy }) => `${rule} ${String(refusedBy)}`);
}

test('good limits are silent', () => {
  check(`
<throttlegroup>
  <group_name>g</group_name>
  <total_bytes_sec> 010</total_bytes_sec>
  <total_bytes_sec_max>1000000000000000</total_bytes_sec_max>
  <total_bytes_sec_max_length>1</total_bytes_sec_max_length>
  <read_iops_sec><![CDATA[50]]></read_iops_sec>
  <write_iops_sec>50</write_iops_sec>
  <write_iops_sec_max>50</write_iops_sec_max>
  <write_iops_sec_max_length>4294967295</write_iops_sec_max_length>
  <size_iops_sec>4096</size_iops_sec>
</throttlegroup>`);
});

test('a limit that is 0 asks for nothing', () => {
  check(`
<throttlegroup>
  <group_name>g</group_name>
  <total_bytes_sec>5</total_bytes_sec>
  <read_iops_sec_max>0</read_iops_sec_max>
  <size_iops_sec>0</size_iops_sec>
</throttlegroup>`);
});

test('template text is unknown: it is never judged, and it counts as a limit', () => {
  check(`
<throttlegroup>
  <group_name>g</group_name>
  <total_bytes_sec>{{ rate }}</total_bytes_sec>
  <total_bytes_sec_max>5</total_bytes_sec_max>
  <total_bytes_sec_max_length>\${LENGTH}</total_bytes_sec_max_length>
  <read_bytes_sec>{{ read }}</read_bytes_sec>
  <read_iops_sec_max>@BURST@</read_iops_sec_max>
  <size_iops_sec>{{ size }}</size_iops_sec>
</throttlegroup>`);
});

test('an unreadable limit counts as a limit', () => {
  check(`
<throttlegroup>
  <group_name>g</group_name>
  <total_bytes_sec>5M</total_bytes_sec>
                   ^^ error limit-not-a-number
  <total_bytes_sec_max>100</total_bytes_sec_max>
</throttlegroup>`);
});

test('who refuses first', () => {
  assert.deepEqual(refusers('<total_iops_sec>+5</total_iops_sec>'), ['limit-not-a-number schema']);
  assert.deepEqual(refusers('<total_iops_sec>+5 </total_iops_sec>'), ['limit-not-a-number libvirt']);
  assert.deepEqual(refusers('<total_iops_sec>5 </total_iops_sec>'), ['limit-not-a-number libvirt']);
  assert.deepEqual(refusers('<total_iops_sec>5</total_iops_sec><read_bytes_sec/>'), [
    'limit-not-a-number schema',
  ]);
  assert.deepEqual(refusers('<total_iops_sec><b>5</b></total_iops_sec>'), ['limit-not-a-number schema']);
  assert.deepEqual(refusers('<total_iops_sec><b>x</b></total_iops_sec>'), ['limit-not-a-number libvirt']);
  const both = '<total_iops_sec>5</total_iops_sec><read_iops_sec>5</read_iops_sec>';
  assert.deepEqual(refusers(both), ['total-excludes-read-write libvirt']);
  assert.deepEqual(refusers(both.replace('5', '0')), ['total-excludes-read-write schema']);
  const burst = '<total_iops_sec>5</total_iops_sec><total_iops_sec_max>9</total_iops_sec_max>';
  const lengths = (read: number): string =>
    `${burst}<total_iops_sec_max_length>9</total_iops_sec_max_length><read_iops_sec_max_length>${String(read)}</read_iops_sec_max_length>`;
  assert.deepEqual(refusers(lengths(9)), ['total-excludes-read-write qemu']);
  assert.deepEqual(refusers(lengths(1)), ['total-excludes-read-write schema']);
});

test("QEMU's rules speak only of what QEMU runs", () => {
  const limits =
    '<total_iops_sec>9</total_iops_sec><total_iops_sec_max>5</total_iops_sec_max><size_iops_sec>5x</size_iops_sec>';
  assert.deepEqual(refusers(limits), ['burst-below-rate qemu', 'limit-not-a-number libvirt']);
  assert.deepEqual(refusers(limits, 'xen'), ['limit-not-a-number libvirt']);
  assert.deepEqual(refusers('', 'xen'), []);
});

const group = (limits: string): string => `<throttlegroup>
  <group_name>g</group_name>
${limits}
</throttlegroup>`;

test('fixes write what was most likely meant', () => {
  const write = (name: string, text: string, value: string): void => {
    const line = (inner: string): string => group(`  <${name}>${inner}</${name}>`);
    assert.equal(fixed(line(text), `Write ${value}`), line(value));
  };
  write('total_bytes_sec', '5M', '5242880');
  write('total_bytes_sec', '50MiB', '52428800');
  write('total_bytes_sec', '1.5 MB/s', '1500000');
  write('total_bytes_sec', '\n  500\n  ', '500');
  write('total_iops_sec', '5k', '5000');
  write('total_iops_sec', '500 IOPS', '500');
  write('total_iops_sec', '5,000', '5000');
  write('total_iops_sec', '1e6', '1000000');
  write('total_iops_sec', '0x10', '16');
});

test('the fix of a total beside read and write keeps one side whole', () => {
  const text = group(`  <total_iops_sec>100</total_iops_sec>
  <total_iops_sec_max>200</total_iops_sec_max>
  <read_iops_sec>50</read_iops_sec>`);
  assert.equal(fixed(text, 'Remove <total_iops_sec>'), group('  <read_iops_sec>50</read_iops_sec>'));
  assert.equal(
    fixed(text, 'Remove <read_iops_sec>'),
    group('  <total_iops_sec>100</total_iops_sec>\n  <total_iops_sec_max>200</total_iops_sec_max>'),
  );
});

test('a missing rate is added, a burst of the other direction turned into the one that has its rate', () => {
  assert.equal(
    fixed(group('  <total_iops_sec_max>200</total_iops_sec_max>'), 'Add <total_iops_sec>'),
    group('  <total_iops_sec>200</total_iops_sec>\n  <total_iops_sec_max>200</total_iops_sec_max>'),
  );
  assert.equal(
    fixed(
      group('  <total_iops_sec>100</total_iops_sec>\n  <read_iops_sec_max>200</read_iops_sec_max>'),
      'Make it <total_iops_sec_max>',
    ),
    group('  <total_iops_sec>100</total_iops_sec>\n  <total_iops_sec_max>200</total_iops_sec_max>'),
  );
});

test('a group renamed by a fix keeps its users', () => {
  const domain = (name: string): string =>
    `<domain type='kvm'><throttlegroups><throttlegroup><group_name>${name}</group_name><total_iops_sec>5</total_iops_sec></throttlegroup></throttlegroups><devices><disk><throttlefilters><throttlefilter group="${name}"/></throttlefilters></disk></devices></domain>`;
  assert.equal(fixed(domain('a b'), 'Rename it'), domain('a-b'));
});

test('an iotune takes over the limits of the other disk', () => {
  const domain = (second: string): string => `<domain type='kvm'>
  <devices>
    <disk>
      <target dev='vda'/>
      <iotune>
        <total_iops_sec>5</total_iops_sec>
        <group_name>s</group_name>
      </iotune>
    </disk>
    <disk>
      <target dev='vdb'/>
      <iotune>
${second}
        <group_name>s</group_name>
      </iotune>
    </disk>
  </devices>
</domain>`;
  assert.equal(
    fixed(
      domain('        <read_iops_sec>1</read_iops_sec>\n        <write_iops_sec>2</write_iops_sec>'),
      'Take over the limits of vda',
    ),
    domain('        <total_iops_sec>5</total_iops_sec>'),
  );
});
