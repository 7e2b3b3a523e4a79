/** attach-disk and detach-disk on a practice VM: of a document, and of words; and what they refuse. */

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { domxml, GOOD, practice, temporaryFolder } from './domxml';
import { APPLY_SHAPE, assertShape } from './shape';

const DISK = `    <disk type='file' device='disk'>
      <source file='/tmp/b.raw'/>
      <target dev='sdb' bus='scsi'/>
      <throttlefilters>
        <throttlefilter group='new'/>
        <throttlefilter group='gold'/>
      </throttlefilters>
    </disk>
  </devices>`;
const GROUP = `    <throttlegroup>
      <read_bytes_sec>1000000</read_bytes_sec>
      <group_name>new</group_name>
    </throttlegroup>
  </throttlegroups>`;
const WITH_DISK = GOOD.replace('  </devices>', DISK).replace('  </throttlegroups>', GROUP);

test('a disk of a document is attached with its filters and the group that was missing, and detached', async t => {
  const document = join(await temporaryFolder(t), 'vm1.domain.xml');
  await writeFile(document, GOOD);
  const { vm } = await practice(t, document);
  // A practice VM plays one of libvirt's.
  const words = ['attach-disk', '--vm', vm, '--yes', '--allow', 'breaks-libvirt', '--from', '-', 'sdb'];
  const unsaid = await domxml(['attach-disk', '--vm', vm, '--yes', '--from', '-', 'sdb'], {
    stdin: WITH_DISK,
  });
  assert.match(unsaid.stdout, /^refused: Libvirt does not learn of sdb.*--allow breaks-libvirt/);
  const attached = await domxml([...words, '--format', 'json'], { stdin: WITH_DISK });
  assert.equal(attached.code, 0, attached.stdout + attached.stderr);
  assertShape(JSON.parse(attached.stdout), APPLY_SHAPE);
  assert.match(
    attached.stderr,
    /2 changes:\n {2}Create new: .*\n {2}Attach sdb \(\/tmp\/b\.raw, filters: new, then gold\)\n/,
  );
  const { stdout } = await domxml(['disks', '--vm', vm]);
  assert.match(stdout, /scsi0-0-0-1, scsi\n {2}filters: new, then gold\n {2}image: \/tmp\/b\.raw\n/);
  // The document and the VM agree now.
  const plan = await domxml(['plan', '--vm', vm, '--detailed-exitcode', '-'], { stdin: WITH_DISK });
  assert.equal(plan.code, 0, plan.stdout);
  const again = await domxml(words, { stdin: WITH_DISK });
  assert.deepEqual([again.code, /^unchanged: /.test(again.stdout)], [0, true]);

  const detached = await domxml(['detach-disk', '--vm', vm, '--yes', 'sdb']);
  assert.equal(detached.code, 0, detached.stdout + detached.stderr);
  assert.doesNotMatch((await domxml(['disks', '--vm', vm])).stdout, /scsi0-0-0-1/);
  const gone = await domxml(['detach-disk', '--vm', vm, '--yes', 'sdb']);
  assert.deepEqual(
    [gone.code, gone.stdout],
    [1, 'refused: The VM has no disk sdb; it has virtio-disk0. Nothing was sent.\n'],
  );
});

test('a disk is attached by words as virsh takes them; a plan that was looked at is held to', async t => {
  const document = join(await temporaryFolder(t), 'vm1.domain.xml');
  await writeFile(document, GOOD);
  const { vm } = await practice(t, document);
  const words = ['attach-disk', '--vm', vm, '--yes', '--allow', 'breaks-libvirt'];
  const disk = [
    '--source',
    '/tmp/c.qcow2',
    '--subdriver',
    'qcow2',
    '--cache',
    'none',
    '--throttle-groups',
    'gold',
  ];
  const other = await domxml([...words, ...disk, '--expect', 'abc', 'vdc']);
  assert.deepEqual([other.code, /^drifted: /.test(other.stdout)], [1, true]);
  const hash = /^Plan: ([0-9a-f]{64})$/m.exec(other.stderr)?.[1] ?? '';
  const attached = await domxml([...words, ...disk, '--expect', hash, 'vdc']);
  assert.equal(attached.code, 0, attached.stdout + attached.stderr);
  assert.match(
    (await domxml(['disks', '--vm', vm])).stdout,
    /virtio-disk2, virtio\n {2}filters: gold\n {2}image: \/tmp\/c\.qcow2/,
  );
  for (const [more, why] of [
    [['--source', '/tmp/d.raw', '--throttle-groups', 'gold,', 'vdd'], /^refused: .*group/],
    [
      ['--source', '/tmp/d.raw', '--throttle-groups', 'nix', 'vdd'],
      /there is no group nix on the VM \(it has gold\)/,
    ],
    [['--source', 'd.raw', 'vdd'], /its image has no absolute path/],
    [['--source', '/tmp/c.qcow2', 'vdd'], /its image \/tmp\/c\.qcow2 is that of virtio-disk2/],
    [['--source', '/tmp/d.raw', 'vdc'], /vdc is virtio-disk2 of the VM already/],
    [['--source', '/tmp/d.raw', 'xx'], /^refused: /],
    [['--from', '/nonexistent.xml', 'vdd'], /cannot be read/],
  ] as const) {
    const refused = await domxml([...words, ...more]);
    assert.equal(refused.code, 1, more.join(' '));
    assert.match(refused.stdout, why, more.join(' '));
    assert.doesNotMatch((await domxml(['disks', '--vm', vm])).stdout, /virtio-disk3/);
  }
});
