import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, findingsIn, fixed } from '../../support/check';
import { domainWith } from './domain-text';

const vhost = `    <interface type='vhostuser'>
      <source type='unix' path='/run/vhost.sock' mode='client'/>
    </interface>
`;
const backing = (lines: string): string => `  <memoryBacking>\n${lines}  </memoryBacking>\n`;
const SHARED = `    <access mode='shared'/>\n`;

test('vhost-user and virtiofs need shared memory', () =>
  check(
    domainWith({
      settings: backing(`    <source type='memfd'/>\n`),
      devices: `
    <interface type='vhostuser'>
     ^^^^^^^^^ error shared-memory-missing: vhost-user (<interface> 'vhostuser') needs memory...
      <source type='unix' path='/run/vhost.sock' mode='client'/>
    </interface>
    <disk type='vhostuser' device='disk'>
     ^^^^ error shared-memory-missing: vhost-user (disk 'vda')...
      <target dev='vda' bus='virtio'/>
    </disk>
    <filesystem type='mount'>
     ^^^^^^^^^^ error shared-memory-missing: virtiofs...
      <driver type='virtiofs'/>
    </filesystem>
`,
    }),
  ));

test('as the real libvirt said of each way', () => {
  const missing = (settings: string): boolean =>
    findingsIn(domainWith({ settings, devices: vhost })).length > 0;
  const cells = (...access: string[]): string =>
    `<vcpu>2</vcpu><cpu><numa>${access.map((mode, id) => `<cell id='${String(id)}' cpus='${String(id)}' memory='1'${mode === '' ? '' : ` memAccess='${mode}'`}/>`).join('')}</numa></cpu>`;
  assert.ok(missing(backing('<hugepages/>')));
  assert.ok(!missing(backing(SHARED)));
  assert.ok(!missing(cells('shared', 'shared')));
  assert.ok(missing(cells('shared', '')));
  assert.ok(missing(backing(SHARED) + cells('private')));
  assert.ok(!missing(backing(SHARED) + cells('', 'shared')));
});

test('other devices, other hypervisors and templates are not judged', () => {
  check(
    domainWith({
      devices: `    <filesystem type='mount'>\n      <driver type='path'/>\n    </filesystem>\n`,
    }),
  );
  check(domainWith({ devices: vhost, type: 'xen' }));
  check(domainWith({ settings: backing(`    <access mode='{{ mode }}'/>\n`), devices: vhost }));
  assert.deepEqual(findingsIn(domainWith({ settings: '{{ memory }}\n', devices: vhost })), []);
});

test('the memory is shared', () => {
  const share = (settings: string): string =>
    fixed(domainWith({ settings, devices: vhost }), 'Share the memory of the guest');
  const memory = `  <memory unit='GiB'>1</memory>\n`;
  assert.equal(
    share(memory),
    domainWith({ settings: memory + backing(`    <source type='memfd'/>\n${SHARED}`), devices: vhost }),
  );
  assert.equal(
    share(backing(`    <hugepages/>\n`)),
    domainWith({ settings: backing(`    <hugepages/>\n${SHARED}`), devices: vhost }),
  );
  assert.equal(
    share(backing(`    <access mode='private'/>\n`)),
    domainWith({ settings: backing(SHARED), devices: vhost }),
  );
});
