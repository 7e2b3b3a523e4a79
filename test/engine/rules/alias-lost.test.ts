import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, fixed } from '../../support/check';
import { domainWith } from './domain-text';

const disk = (alias: string): string => `    <disk type='file' device='disk'>
      <target dev='vda' bus='virtio'/>
${alias}    </disk>
`;

test("an alias without 'ua-' is dropped", () =>
  check(
    domainWith({
      devices: disk(`      <alias name='data'/>
                   ^^^^ hint alias-lost: Libvirt drops the alias 'data'...
`),
    }),
  ));

test("own aliases are kept, libvirt's are its business, and a running domain has only those", () => {
  for (const alias of ['ua-data', 'virtio-disk0', 'scsi0-0-0-1', 'pci.1', 'usb', '{{ alias }}']) {
    check(domainWith({ devices: disk(`      <alias name='${alias}'/>\n`) }));
  }
  const data = domainWith({ devices: disk(`      <alias name='data'/>\n`) });
  check(data.replace("type='kvm'", "type='kvm' id='3'"));
  check(`<domainsnapshot>\n${data}</domainsnapshot>`);
  check(data.replace("type='kvm'", "type='xen'"));
});

test('it is called otherwise, or goes', () => {
  const text = domainWith({ devices: disk(`      <alias name='my disk'/>\n`) });
  assert.equal(
    fixed(text, "Call it 'ua-my-disk'"),
    domainWith({ devices: disk(`      <alias name='ua-my-disk'/>\n`) }),
  );
  assert.equal(fixed(text, 'Remove this alias'), domainWith({ devices: disk('') }));
});
