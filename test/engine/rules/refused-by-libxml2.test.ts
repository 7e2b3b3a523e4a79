/**
 * What libvirt's schema allows and libvirt's validator does not. That virsh define --validate refuses such documents is
 * tested in test/real/libvirt-validation.test.ts, which mutants of the corpus are refused in
 * test/engine/schema/libxml2.test.ts.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SourceText, analyze, desiredGroups, fixesOf, type World } from '../../../server/src/engine';
import { check, findingsIn, fixed } from '../../support/check';
import { testWithShared } from '../../support/shared';
import { schemasOf } from '../schema/schemas';

const world = (data: string): World => ({ schema: schemasOf(data, '11.3') });

const APART = `
<domain type='kvm'>
  <name>a</name>
  <on_poweroff>destroy</on_poweroff>
  <!-- of memory there is enough -->
  <memory unit='GiB'>4</memory>
  <on_reboot>restart</on_reboot>
   ^^^^^^^^^ hint refused-by-libxml2: Valid, but refused where libvirt validates (virsh edit, virsh define --validate, virt-xml-validate): libxml2, its validator, loses its way where others stand between <on_poweroff>, <on_reboot> and <on_crash>. Move <on_reboot> and <on_crash> right behind <on_poweroff>.
  <vcpu>1</vcpu>
  <on_crash>destroy</on_crash>
  <os><type>hvm</type></os>
</domain>`;

const withoutMarks = (text: string): string => text.replace(/^ *\^+ hint .*\n/gm, '');

testWithShared('elements that belong together and stand apart', data => {
  check(APART, world(data));
  assert.equal(
    fixed(withoutMarks(APART), 'Move <on_reboot> and <on_crash> behind <on_poweroff>', world(data)),
    `
<domain type='kvm'>
  <name>a</name>
  <on_poweroff>destroy</on_poweroff>
  <on_reboot>restart</on_reboot>
  <on_crash>destroy</on_crash>
  <!-- of memory there is enough -->
  <memory unit='GiB'>4</memory>
  <vcpu>1</vcpu>
  <os><type>hvm</type></os>
</domain>`,
  );
});

const numbers = (vcpus: string, index: string, domain: string, inside = ''): string => `
<domain type='kvm'>
  <name>a</name>
  <memory unit='GiB'>4</memory>
  <vcpu>${vcpus}</vcpu>
  <os><type>hvm</type></os>
  <devices>
    <controller type='usb' index='${index}'>
      <address type='pci' domain='${domain}' bus='0' slot='5' function='0'/>
    </controller>
  </devices>
${inside}</domain>`;

testWithShared('blanks around numbers, and a sign before one', data => {
  check(
    `
<domain type='kvm'>
  <name>a</name>
  <memory unit='GiB'>4</memory>
  <vcpu> 4 </vcpu>
         ^ hint refused-by-libxml2: ...libxml2, its validator, takes no blanks around the text of <vcpu>. Write 4.
  <os><type>hvm</type></os>
  <devices>
    <controller type='usb' index=' 1'>
                                  ^^ hint refused-by-libxml2: ...takes no blanks around index of <controller>. Write 1.
      <address type='pci' domain='+0' bus='0' slot='5' function='0'/>
                                  ^^ hint refused-by-libxml2: ...takes no sign before domain of <address> in older releases (seen with 2.9.14). Write 0.
    </controller>
  </devices>
</domain>`,
    world(data),
  );
  const text = numbers(' 4 ', ' 1', '+0');
  const analysis = analyze(SourceText.of(text), world(data));
  const fixes = analysis.findings.flatMap(finding => fixesOf(analysis, finding));
  assert.deepEqual(
    fixes.map(({ title, safe }) => ({ title, safe })),
    ['Write 4', 'Write 1', 'Write 0'].map(title => ({ title, safe: true })),
  );
  assert.equal(fixed(text, 'Write 4', world(data)), numbers('4', ' 1', '+0'));
  assert.equal(fixed(text, 'Write 1', world(data)), numbers(' 4 ', '1', '+0'));
  assert.equal(fixed(text, 'Write 0', world(data)), numbers(' 4 ', ' 1', '0'));
});

testWithShared('silent where nothing stands between, and beside template text', data => {
  for (const text of [
    numbers('4', '1', '0'),
    numbers('{{ vcpus }}', ' {{ index }} ', '0'),
    withoutMarks(APART).replace('  <memory', '  {% if memory %}\n  <memory'),
    `<domain type='kvm'><name>a</name><memory>1</memory><on_crash>destroy</on_crash><os><type>hvm</type></os></domain>`,
  ]) {
    assert.deepEqual(findingsIn(text, world(data)), [], text);
  }
});

testWithShared('where the schema refuses the document itself, that is told and nothing else', data => {
  assert.deepEqual(findingsIn(numbers(' 4 ', '1', '0', '  <acpi/>\n'), world(data)), [
    'error element-misplaced "acpi"',
  ]);
});

test('silent without a schema', () => {
  assert.deepEqual(findingsIn(numbers(' 4 ', ' 1', '+0')), []);
});

testWithShared('it is not in the way of a push, for what is sent is not validated', data => {
  const text = `
<domain type='kvm'>
  <name>a</name>
  <memory unit='GiB'>4</memory>
  <throttlegroups>
    <throttlegroup>
      <group_name>db</group_name>
      <total_iops_sec>400</total_iops_sec>
    </throttlegroup>
  </throttlegroups>
  <os><type>hvm</type></os>
  <devices>
    <disk type='file' device='disk'>
      <source file='/vm/a.raw' index=' 1'/>
      <target dev='vda' bus='virtio'/>
      <throttlefilters>
        <throttlefilter group='db'/>
      </throttlefilters>
    </disk>
  </devices>
</domain>`;
  const analysis = analyze(SourceText.of(text), world(data));
  assert.deepEqual(
    analysis.findings.map(({ rule }) => rule),
    ['refused-by-libxml2'],
  );
  assert.equal(desiredGroups(analysis).kind, 'desired');
});
