import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, findingsIn } from '../../support/check';

const old = { libvirt: { major: 9, minor: 0, micro: 0 } };
const text = `<domain type='kvm'>
  <throttlegroups>
    <throttlegroup><group_name>a</group_name><total_iops_sec>10</total_iops_sec></throttlegroup>
  </throttlegroups>
  <devices>
    <disk><throttlefilters><throttlefilter group='a'/></throttlefilters></disk>
    <disk><throttlefilters><throttlefilter group='a'/></throttlefilters></disk>
  </devices>
</domain>`;

test('an old libvirt drops groups and filters, told once', () =>
  check(
    text.replace(
      '  <throttlegroups>\n',
      `  <throttlegroups>
   ^^^^^^^^^^^^^^ error needs-newer-libvirt: libvirt 9.0.0 does not know...the 2 disks with filters run without them...
`,
    ),
    old,
  ));

test('filters without groups are told at the first', () =>
  assert.deepEqual(
    findingsIn(text.replace(/ {2}<throttlegroups>[^]*<\/throttlegroups>\n/, ''), old).filter(finding =>
      finding.includes('needs-newer'),
    ),
    ['error needs-newer-libvirt "throttlefilters"'],
  ));

test('11.2 knows them, an unknown version is not judged, iotune is old enough', () => {
  check(text, { libvirt: { major: 11, minor: 2, micro: 0 } });
  check(text);
  check(
    `<domain type='kvm'><devices><disk><iotune><total_iops_sec>5</total_iops_sec></iotune></disk></devices></domain>`,
    old,
  );
});
