/**
 * A person's way through the product, in VS Code's window: mistakes, bulb, completion, rename, plan, apply on a real
 * QEMU. A second monitor tells what the VM really has. Screenshots go to test-results/ for people to look at.
 */

import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../host/repository';
import {
  answer,
  codeLenses,
  completions,
  dialog,
  diffTexts,
  editorText,
  find,
  focusEditor,
  goInto,
  hover,
  lines,
  notification,
  notificationButton,
  openFile,
  pick,
  pressDialogButton,
  pressNotificationButton,
  problems,
  quickFixes,
  quickInput,
  quickPickRows,
  renameTo,
  runCommand,
  showTab,
  squiggles,
  statusBarItem,
} from '../host/workbench';
import { liveVm } from '../support/live';
import { startProxy } from '../support/proxy';
import { secondMonitor } from '../support/second-monitor';
import { carriedOut, openWindow, planSays } from './window';

const SAMPLES = path.join(ROOT, 'samples');
const UUID = '5b6d7f2a-1c2d-4e3f-8a9b-0c1d2e3f4a5b';
const DOCUMENT = 'db01.domain.xml';
/** The disks of the VM before anything is applied: alias and base node. */
const unfiltered = [
  ['virtio-disk0', 'disk0'],
  ['virtio-disk1', 'disk1'],
];

test('mistakes are shown, explained and mended', async t => {
  const editor = await openWindow(t, { workspace: SAMPLES });
  const { page } = editor;

  await t.test('the mistakes of the sample stand in Problems', async () => {
    // Wide enough for whole messages.
    await page.setViewportSize({ width: 1560, height: 860 });
    await openFile(page, 'db01-with-mistakes.domain.xml');
    await squiggles(page, 'error').first().waitFor();
    const rows = await problems(page);
    for (const rule of ['burst-below-rate', 'limit-not-a-number', 'burst-length-without-burst']) {
      await rows.filter({ hasText: rule }).first().waitFor();
    }
    // The list draws only the rows that fit: the first one counts them all.
    assert.match((await rows.first().textContent()) ?? '', /mistakes\.domain\.xml.*8/);
    await focusEditor(page);
    await goInto(page, '>50MiB');
    await squiggles(page, 'error').nth(2).waitFor();
    await editor.screenshot('problems');
    await page.keyboard.press('Control+J');
    await page.locator('.markers-panel').waitFor({ state: 'hidden' });
  });

  await t.test('hovering a mistake tells why it is one', async () => {
    await goInto(page, '>50MiB');
    await runCommand(page, 'Show or Focus Hover');
    await hover(page).filter({ hasText: '50MiB' }).first().waitFor();
    await editor.screenshot('hover');
    await page.keyboard.press('Escape');
  });

  await t.test('the bulb turns 50MiB into bytes', async () => {
    await goInto(page, '>50MiB');
    const fixes = await quickFixes(page);
    await editor.screenshot('quick-fix');
    await fixes.filter({ hasText: '52428800' }).first().click();
    await lines(page, '<total_bytes_sec>52428800</total_bytes_sec>').waitFor();
  });

  await t.test('a group is completed by keyboard', async () => {
    await openFile(page, DOCUMENT);
    await find(page, "<throttlefilter group='silver'/>");
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.type("<throttlefilter group='");
    await page.keyboard.press('Control+Space');
    await completions(page).filter({ hasText: 'gold' }).first().waitFor();
    await editor.screenshot('completion');
    await page.keyboard.type('go');
    await completions(page).filter({ hasText: 'silver' }).first().waitFor({ state: 'hidden' });
    await page.keyboard.press('Enter');
    await lines(page, "<throttlefilter group='gold'").nth(1).waitFor();
    await runCommand(page, 'File: Revert File');
  });

  await t.test('renaming a group renames it everywhere', async () => {
    await goInto(page, '<group_name>gold');
    await renameTo(page, 'platinum');
    await lines(page, '<group_name>platinum</group_name>').waitFor();
    await find(page, "group='platinum'");
    assert.doesNotMatch(await editorText(page), /'gold'/);
    await runCommand(page, 'File: Revert File');
  });
});

test('a file that libvirt writes itself is told, with the command that edits the definition', async t => {
  const editor = await openWindow(t, { workspace: path.join(ROOT, 'test', 'vscode', 'workspace') });
  await openFile(editor.page, 'generated.xml');
  await notification(editor.page, 'virsh edit guest').waitFor();
  await pressNotificationButton(editor.page, 'virsh edit guest', 'Copy Command');
});

test('groups and filters go to a running QEMU', async t => {
  const args = ['-name', 'db01', '-uuid', UUID];
  const before = { 'throttle-gold': { total_iops_sec: 100n } };
  const vm = await liveVm(t, before, { cpu: 'running', args, extraQmp: 2 });
  const monitor = await secondMonitor(vm.qemu.sockets[2] ?? '');
  t.after(() => monitor.close());
  const chains = async (): Promise<unknown> =>
    [...(await monitor.disks()).entries()].map(([alias, { groups, base }]) => [alias, base, ...groups]);
  const proxy = await startProxy(vm.socket);
  t.after(() => proxy.stop());
  const address = `unix:${proxy.path}`;
  const editor = await openWindow(t, { workspace: SAMPLES, settings: { 'libvirtDomain.vms': [address] } });
  const { page } = editor;
  await openFile(page, DOCUMENT);

  await t.test('Connect to VM offers the address, and the status bar shows the VM', async () => {
    await statusBarItem(page, 'No VM').waitFor();
    // VS Code draws lenses only while no question is open.
    await codeLenses(page).filter({ hasText: 'vda' }).first().waitFor();
    await runCommand(page, 'libvirt Domain: Connect to VM…');
    await quickPickRows(page).filter({ hasText: 'Practice VM' }).waitFor();
    await editor.screenshot('connect');
    await pick(page, address);
    await statusBarItem(page, 'db01').waitFor();
  });

  // Three groups, and the filters of two disks.
  const button = `Apply 5 changes to db01 (${address})`;

  await t.test('the plan is a document with its diff, and its button says what goes to whom', async () => {
    await runCommand(page, 'libvirt Domain: Show Plan');
    await codeLenses(page).filter({ hasText: button }).waitFor();
    const text = await editorText(page);
    assert.match(text, /Put filters on vda: bulk, then gold/);
    assert.match(text, /Put filters on vdb: bulk, then silver/);
    await editor.screenshot('plan');
    await codeLenses(page).filter({ hasText: 'Show Diff' }).click();
    const { original, modified } = await diffTexts(page);
    assert.match(original, /<total_iops_sec>100</);
    assert.match(modified, /<group_name>silver</);
    await editor.screenshot('plan-diff');
    await runCommand(page, 'View: Close Editor');
    assert.deepEqual(await vm.groups(), before, 'a plan writes nothing');
    assert.deepEqual(await chains(), unfiltered);
  });

  await t.test('the first change to a VM asks; Cancel leaves the VM alone', async () => {
    await codeLenses(page).filter({ hasText: button }).click();
    await dialog(page).filter({ hasText: 'first change to db01' }).waitFor();
    await editor.screenshot('first-apply');
    await pressDialogButton(page, 'Cancel');
    await dialog(page).waitFor({ state: 'hidden' });
    assert.deepEqual(await vm.groups(), before);
    assert.deepEqual(await chains(), unfiltered);
  });

  await t.test('applied: the second monitor reads the groups and filters of the document', async () => {
    await codeLenses(page).filter({ hasText: button }).click();
    await pressDialogButton(page, button);
    await carriedOut(page).waitFor();
    await notificationButton(page, '', 'Show Transcript').waitFor();
    await editor.screenshot('applied');
    assert.deepEqual(await vm.groups(), {
      'throttle-bulk': {
        total_bytes_sec: 157286400n,
        total_bytes_sec_max: 314572800n,
        total_bytes_sec_max_length: 5n,
      },
      'throttle-gold': {
        total_bytes_sec: 104857600n,
        total_iops_sec: 2000n,
        total_iops_sec_max: 6000n,
        total_iops_sec_max_length: 10n,
      },
      'throttle-silver': { total_bytes_sec: 52428800n, read_iops_sec: 500n, write_iops_sec: 250n },
    });
    assert.deepEqual(await chains(), [
      ['virtio-disk0', 'disk0', 'throttle-bulk', 'throttle-gold'],
      ['virtio-disk1', 'disk1', 'throttle-bulk', 'throttle-silver'],
    ]);
    await notificationButton(page, '', 'Show Transcript').click();
    await lines(page, 'Outcome: applied').waitFor();
    await editor.screenshot('transcript');
    await runCommand(page, 'View: Close Editor');
  });

  await t.test('the next change needs the button only', async () => {
    await runCommand(page, 'View: Close All Editors');
    await openFile(page, DOCUMENT);
    await find(page, '<read_iops_sec>500');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.type('0');
    await lines(page, '<read_iops_sec>5000</read_iops_sec>').waitFor();
    // The connection belonged to the document and went with it.
    await statusBarItem(page, 'No VM').click();
    await pick(page, address);
    await statusBarItem(page, 'db01').waitFor();
    await runCommand(page, 'libvirt Domain: Apply to VM');
    const one = `Apply 1 change to db01 (${address})`;
    await pressNotificationButton(page, one, one);
    await notificationButton(page, '', 'Show Transcript').waitFor();
    assert.equal(await dialog(page).count(), 0);
    assert.equal((await vm.groups())['throttle-silver']?.read_iops_sec, 5000n);
    await runCommand(page, 'Notifications: Clear All Notifications');
  });

  await t.test('a group is set and deleted by its name', async () => {
    await showTab(page, DOCUMENT);
    await runCommand(page, 'libvirt Domain: Set Throttle Group…');
    await pick(page, 'New throttle group');
    await answer(page, 'nightly');
    await pick(page, 'write_bytes_sec');
    await answer(page, '5M');
    await quickPickRows(page).filter({ hasText: 'Show the Plan' }).waitFor();
    await editor.screenshot('set-group');
    await pick(page, 'Show the Plan');
    const create = `Create group nightly on db01 (${address})`;
    await pressNotificationButton(page, create, create);
    await carriedOut(page).waitFor();
    assert.deepEqual((await vm.groups())['throttle-nightly'], { write_bytes_sec: 5242880n });

    await showTab(page, DOCUMENT);
    await runCommand(page, 'libvirt Domain: Delete Throttle Group…');
    await pick(page, 'nightly');
    const remove = `Delete group nightly on db01 (${address})`;
    await pressNotificationButton(page, remove, remove);
    await dialog(page).filter({ hasText: 'deleted' }).waitFor();
    await pressDialogButton(page, remove);
    await carriedOut(page).waitFor();
    assert.equal((await vm.groups())['throttle-nightly'], undefined);
  });

  await t.test(
    'QEMU killed in the middle: what was done, what may have been, and that nothing is known',
    async () => {
      await showTab(page, DOCUMENT);
      for (const limit of ['<total_bytes_sec>104857600', '<write_iops_sec>250']) {
        await find(page, limit);
        await page.keyboard.press('ArrowRight');
        await page.keyboard.type('0');
        await lines(page, `${limit}0<`).waitFor();
      }
      await runCommand(page, 'libvirt Domain: Show Plan');
      let sets = 0;
      proxy.arm(command => command === 'qom-set' && ++sets === 2, {
        kind: 'meanwhile',
        act: () => vm.qemu.kill(),
      });
      await codeLenses(page)
        .filter({ hasText: `Apply 2 changes to db01 (${address})` })
        .click();
      await planSays(page, 'what is in force is not known').waitFor();
      await notification(page, 'What is in force is not known').waitFor();
      assert.ok(proxy.met);
      await editor.screenshot('killed');
      await notificationButton(page, 'What is in force is not known', 'Show Transcript').click();
      await lines(page, 'Outcome: unknown').waitFor();
      await editor.screenshot('killed-transcript');
      const record = await editorText(page);
      assert.match(record, /done {5}Raise gold: /);
      assert.match(record, /unknown {2}Raise silver: /);
      assert.match(record, /skipped {2}Let requests of vdb that wait/);
    },
  );

  await t.test('a VM that is gone is told in words', async () => {
    await showTab(page, DOCUMENT);
    await runCommand(page, 'Notifications: Clear All Notifications');
    await runCommand(page, 'libvirt Domain: List Throttle Groups');
    await notificationButton(page, '', 'Show Log').waitFor();
    await editor.screenshot('vm-gone');
  });
});

test('in an untrusted workspace documents are checked and nothing connects', async t => {
  // Without the question: restricted until the user says otherwise.
  const settings = { 'security.workspace.trust.startupPrompt': 'never' };
  const editor = await openWindow(t, { workspace: SAMPLES, settings, trust: 'ask' });
  const { page } = editor;
  await openFile(page, 'db01-with-mistakes.domain.xml');
  await squiggles(page, 'error').first().waitFor();
  await statusBarItem(page, 'No VM').waitFor();
  await page.keyboard.press('F1');
  await quickInput(page).fill('>libvirt Domain');
  await quickPickRows(page).filter({ hasText: 'Check Document' }).waitFor();
  const offered = (await quickPickRows(page).allTextContents()).join('\n');
  for (const command of ['Connect to VM', 'Apply to VM', 'Show Plan', 'Throttle Group']) {
    assert.ok(!offered.includes(command), offered);
  }
  await editor.screenshot('untrusted');
});
