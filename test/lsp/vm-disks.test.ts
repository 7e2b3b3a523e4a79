/** Disks are attached and detached over the language server, on real QEMU. Without a guest, a SCSI disk goes at once. */

import assert from 'node:assert/strict';
import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { DocumentDisk } from '../../server/src/protocol';
import { connectQmp, type QmpClient } from '../../server/src/qmp';
import { LspClient } from '../support/lsp-client';
import { requireReal } from '../support/real';
import { GUEST, guestDocument } from '../support/running-guest';
import { virshOfDomain } from '../support/virsh-of-domain';
import { runner, URI, vmScene, type Answer, type VmScene } from './vm-scene';

const skip = requireReal('qemu-system-x86_64') === undefined;

interface DiskScene extends VmScene {
  /** A second monitor, which sees what QEMU really has. */
  readonly monitor: QmpClient;
  /** The image of sda. */
  readonly image: string;
}

/** QEMU with the disk vda and room for SCSI disks; its document has sda too, which nobody has attached yet. */
async function scene(t: TestContext, changed = (text: string): string => text): Promise<DiskScene> {
  let image = '';
  const args = ['-device', 'virtio-scsi-pci,id=scsi0'];
  const vm = await vmScene(
    t,
    async ({ images: [first = ''], folder }) => {
      image = join(folder, 'sda.raw');
      await writeFile(image, '');
      await truncate(image, 1024 * 1024);
      return changed(domain(first, image));
    },
    { disks: 1, args },
  );
  const monitor = await connectQmp({ kind: 'unix', path: vm.qemu.sockets[1] ?? '' });
  t.after(() => monitor.close());
  return { ...vm, monitor, image };
}

const domain = (vda: string, sda: string): string => `<domain type='kvm'>
  <name>db01</name>
  <throttlegroups>
    <throttlegroup><group_name>gold</group_name><total_iops_sec>500</total_iops_sec></throttlegroup>
  </throttlegroups>
  <devices>
    <disk type='file' device='disk'>
      <source file='${vda}'/>
      <target dev='vda' bus='virtio'/>
    </disk>
    <disk type='file' device='disk'>
      <driver name='qemu' type='raw'/>
      <source file='${sda}'/>
      <target dev='sda' bus='scsi'/>
      <throttlefilters>
        <throttlefilter group='gold'/>
      </throttlefilters>
    </disk>
  </devices>
</domain>
`;

const aliases = (answer: Answer): readonly string[] =>
  (answer['disks'] as readonly { readonly alias: string }[]).map(({ alias }) => alias);

const attached = (answer: Answer): readonly (readonly [string, boolean])[] =>
  (answer['disks'] as readonly DocumentDisk[]).map(disk => [disk.target, disk.attached]);

/** Whether some block node of QEMU has the image open. */
const isOpen = async ({ monitor, image }: DiskScene): Promise<boolean> =>
  JSON.stringify(await monitor.execute('query-named-block-nodes')).includes(image);

test('a disk of the document is attached with its filters, once its plan is confirmed', { skip }, async t => {
  const vm = await scene(t);
  const { address, run, image } = vm;
  const about = { uri: URI, address, target: 'sda' };
  const offered = await run('documentDisks', { uri: URI, address });
  assert.deepEqual(attached(offered), [
    ['vda', true],
    ['sda', false],
  ]);
  const sda = { target: 'sda', title: 'sda', source: image, filters: ['gold'], attached: false };
  assert.deepEqual((offered['disks'] as readonly DocumentDisk[])[1], sda);

  const shown = await run('attachDisk', about);
  assert.equal(shown.ok, true, String(shown['message']));
  assert.match(String(shown['text']), /Attach sda \(.*sda\.raw, filters: gold\)/);
  assert.deepEqual([shown['outcome'], shown['toAllow']], [undefined, []]);
  // Nothing is sent yet.
  assert.deepEqual(aliases(await run('listDisks', { address })), ['virtio-disk0']);
  assert.deepEqual((await run('listGroups', { address }))['groups'], []);
  assert.equal(await isOpen(vm), false);

  const done = await run('attachDisk', { ...about, confirmed: true, hash: shown['hash'] });
  assert.equal(done['outcome'], 'applied', String(done['message']));
  assert.match(String(done['transcript']), /"device_add"/);
  assert.equal(await isOpen(vm), true);
  const [, disk] = (await run('listDisks', { address }))['disks'] as readonly Answer[];
  assert.deepEqual([disk?.['alias'], disk?.['filters']], ['scsi0-0-0-0', ['gold']]);
  assert.deepEqual(attached(await run('documentDisks', { uri: URI, address })), [
    ['vda', true],
    ['sda', true],
  ]);
  assert.equal((await run('attachDisk', about))['outcome'], 'unchanged');
});

test('a disk is detached by its target, and its image is free again', { skip }, async t => {
  const vm = await scene(t);
  const { address, run } = vm;
  await run('attachDisk', { uri: URI, address, target: 'sda', confirmed: true });
  const about = { address, disk: 'sda' };
  const shown = await run('detachDisk', about);
  assert.equal(shown.ok, true, String(shown['message']));
  assert.match(String(shown['text']), /The guest is asked to let go of sda/);
  assert.deepEqual(aliases(await run('listDisks', { address })), ['virtio-disk0', 'scsi0-0-0-0']);
  assert.equal(await isOpen(vm), true);

  const wrong = await run('detachDisk', { ...about, confirmed: true, hash: 'another' });
  assert.equal(wrong['outcome'], 'drifted');
  const done = await run('detachDisk', { ...about, confirmed: true, hash: shown['hash'] });
  assert.equal(done['outcome'], 'applied', String(done['message']));
  assert.deepEqual(aliases(await run('listDisks', { address })), ['virtio-disk0']);
  assert.equal(await isOpen(vm), false);
  const again = await run('detachDisk', about);
  assert.deepEqual([again.ok, /no disk sda/.test(String(again['message']))], [false, true]);
});

test('a disk is attached as the document has it when it is confirmed, or not at all', { skip }, async t => {
  const vm = await scene(t);
  const { address, client, run, qemu, image } = vm;
  const about = { uri: URI, address, target: 'sda' };
  const shown = await run('attachDisk', about);
  const text = domain(qemu.images[0] ?? '', image);
  for (const changed of [text.replace("type='raw'", "type='raw' cache='none'"), text.replace('500', '501')]) {
    assert.notEqual(changed, text);
    await client.change(URI, { text: changed });
    const done = await run('attachDisk', { ...about, confirmed: true, hash: shown['hash'] });
    assert.equal(done['outcome'], 'drifted');
    assert.equal(await isOpen(vm), false);
  }
});

test('a disk with an error is refused with words, whatever else the document has', { skip }, async t => {
  const wrong = (text: string): string => text.replace("group='gold'/>", "group='gold' limit='5'/>");
  const { address, run } = await scene(t, text => wrong(text).replace("dev='sda'", "dev='sda' bus='scsi'"));
  const refused = await run('attachDisk', { uri: URI, address, target: 'sda', confirmed: true });
  assert.deepEqual([refused.ok, refused['reason']], [false, 'document']);
  assert.match(String(refused['message']), /in line 14: /);
  assert.deepEqual(aliases(await run('listDisks', { address })), ['virtio-disk0']);
});

test('what is not there, or not said, is refused with words', { skip }, async t => {
  const { address, run } = await scene(t);
  const unknown = await run('attachDisk', { uri: URI, address, target: 'sdz' });
  assert.deepEqual([unknown.ok, unknown['reason']], [false, 'document']);
  assert.match(String(unknown['message']), /no disk sdz; it has vda and sda/);
  assert.equal((await run('attachDisk', { uri: URI, address }))['reason'], 'usage');
  assert.equal((await run('detachDisk', { address }))['reason'], 'usage');
  const closed = { uri: 'file:///closed.xml', address };
  assert.equal((await run('attachDisk', { ...closed, target: 'sda' }))['reason'], 'document');
  assert.equal((await run('documentDisks', closed))['reason'], 'document');
  const occupied = await run('attachDisk', { uri: URI, address, target: 'vda' });
  assert.equal(occupied['outcome'], 'unchanged', String(occupied['message']));
});

test('through libvirt a disk is attached on the sides that are said, and only one that both have is there', async t => {
  const second = `<disk type='file' device='disk'>
      <source file='/images/second.raw'/>
      <target dev='vdb' bus='virtio'/>
    </disk>
  </devices>`;
  const withSecond = (text: string): string => text.replace('</devices>', second);
  const virsh = await virshOfDomain(t, { ...GUEST, live: withSecond(GUEST.live) });
  const settings = { virsh: { command: virsh.command } };
  const client = await LspClient.start(t, { initializationOptions: { trusted: true, settings } });
  const run = runner(client);
  await client.open(URI, withSecond(guestDocument(['gold'])));
  const about = { uri: URI, address: `libvirt:${GUEST.name}@qemu:///system` };
  const isThere = async (planes: readonly string[]): Promise<boolean | undefined> => {
    const answer = await run('documentDisks', { ...about, planes });
    assert.equal(answer.ok, true, String(answer['message']));
    return new Map(attached(answer)).get('vdb');
  };
  assert.deepEqual(
    [await isThere(['live']), await isThere(['config']), await isThere(['live', 'config'])],
    [true, false, false],
  );
  const unsaid = await run('attachDisk', { ...about, target: 'vdb' });
  assert.match(String(unsaid['message']), /live.*config/);
  const shown = await run('attachDisk', { ...about, target: 'vdb', planes: ['config'] });
  assert.match(String(shown['text']), /attach-device.*--config/, String(shown['message']));
  const away = await run('detachDisk', { ...about, disk: 'vdb', planes: ['live', 'config'] });
  assert.match(String(away['text']), /There is no disk vdb in the persistent definition/);
  const changes = (await virsh.log()).filter(line => /^(attach|detach)-/.test(line));
  assert.deepEqual(changes, [], 'nothing was confirmed');
});
