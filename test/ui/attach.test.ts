/** A disk of the document is attached from VS Code's window to a real QEMU, with its filters, and detached again. */

import assert from 'node:assert/strict';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import {
  codeLenses,
  dialog,
  editorText,
  openFile,
  pick,
  pressDialogButton,
  quickPickRows,
  runCommand,
  showTab,
  statusBarItem,
} from '../host/workbench';
import { chainsOf, liveVm } from '../support/live';
import { carriedOut, openWindow } from './window';

const DOCUMENT = 'web01.domain.xml';

const document = (image: string): string => `<domain type='kvm'>
  <name>web01</name>
  <memory unit='MiB'>64</memory>
  <throttlegroups>
    <throttlegroup>
      <total_iops_sec>500</total_iops_sec>
      <group_name>all</group_name>
    </throttlegroup>
    <throttlegroup>
      <total_bytes_sec>52428800</total_bytes_sec>
      <group_name>scratch</group_name>
    </throttlegroup>
  </throttlegroups>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
  </os>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' type='raw' discard='unmap'/>
      <source file='${image}'/>
      <target dev='sdb' bus='scsi'/>
      <serial>scratch-1</serial>
      <throttlefilters>
        <throttlefilter group='scratch'/>
        <throttlefilter group='all'/>
      </throttlefilters>
    </disk>
    <controller type='scsi' index='0' model='virtio-scsi'/>
  </devices>
</domain>
`;

test('a disk of the document comes and goes', async t => {
  const folder = await mkdtemp(path.join(tmpdir(), 'domxml-attach-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const image = path.join(folder, 'scratch.raw');
  const file = await open(image, 'w');
  await file.truncate(16 * 1024 * 1024);
  await file.close();
  await writeFile(path.join(folder, DOCUMENT), document(image));
  const args = ['-name', 'web01', '-device', 'virtio-scsi-pci,id=scsi0'];
  const vm = await liveVm(t, {}, { disks: 1, cpu: 'running', args });
  const address = `unix:${vm.socket}`;
  const editor = await openWindow(t, { workspace: folder, settings: { 'libvirtDomain.vms': [address] } });
  const { page } = editor;
  await openFile(page, DOCUMENT);
  await statusBarItem(page, 'No VM').click();
  await pick(page, address);
  await statusBarItem(page, 'web01').waitFor();

  await t.test('the plan shows image, filters and device before the button is pressed', async () => {
    await runCommand(page, 'libvirt Domain: Attach Disk to VM…');
    await quickPickRows(page).filter({ hasText: 'sdb' }).waitFor();
    await editor.screenshot('attach-pick');
    await pick(page, 'sdb');
    const button = `Attach sdb to web01 (${address})`;
    await codeLenses(page).filter({ hasText: button }).waitFor();
    const text = await editorText(page);
    assert.match(text, /Attach sdb \(.*scratch\.raw, filters: scratch, then all\)/);
    await editor.screenshot('attach-plan');
    assert.deepEqual(Object.keys(await chainsOf(vm.other)), ['virtio-disk0'], 'a plan sends nothing');
    await codeLenses(page).filter({ hasText: button }).click();
    await dialog(page).filter({ hasText: 'first change to web01' }).waitFor();
    await pressDialogButton(page, button);
    await carriedOut(page).waitFor();
    await editor.screenshot('attached');
    const chain = (await chainsOf(vm.other))['scsi0-0-0-1'];
    assert.deepEqual(chain?.slice(1), ['throttle-scratch', 'throttle-all']);
  });

  await t.test('detaching asks, and the image is closed', async () => {
    await showTab(page, DOCUMENT);
    await runCommand(page, 'libvirt Domain: Detach Disk from VM…');
    await pick(page, 'scsi0-0-0-1');
    const button = `Detach scsi0-0-0-1 from web01 (${address})`;
    await codeLenses(page).filter({ hasText: button }).click();
    await dialog(page).filter({ hasText: 'asked to let go of the disk' }).waitFor();
    await editor.screenshot('detach-asks');
    await pressDialogButton(page, button);
    await carriedOut(page).waitFor();
    await editor.screenshot('detached');
    assert.deepEqual(Object.keys(await chainsOf(vm.other)), ['virtio-disk0']);
  });
});
