/**
 * A new user's way with libvirt, in VS Code's window: find the domain, edit the filters of vda, read what the change brings
 * with it, allow it, watch the guest's I/O change, return to libvirt's chain. Screenshots go to test-results/.
 */

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import {
  codeLenses,
  dialog,
  editorText,
  find,
  lines,
  notification,
  openFile,
  pick,
  pressDialogButton,
  pressNotificationButton,
  quickPickRows,
  runCommand,
  showTab,
  statusBarItem,
} from '../host/workbench';
import { guestWith, meanOf, toldSeconds, whyNoGuest } from '../support/guest';
import { domainXml } from '../support/libvirt-domain';
import { killQemu, libvirtSuites, startLibvirt } from '../support/libvirt-root';
import { absent } from '../support/qemu-version';
import { startVirshProxy } from '../support/virsh-proxy';
import { carriedOut, openWindow, planSays } from './window';

const NAME = 'lv01';
const ADDRESS = `libvirt:${NAME}@qemu:///system`;
const FAST = 400;
const GOLD = 60;
const DOCUMENT = `${NAME}.domain.xml`;

const noGuest = whyNoGuest();
if (noGuest !== undefined) absent('the guest with I/O', noGuest);

for (const suite of noGuest === undefined ? libvirtSuites().filter(each => each === 'trixie') : []) {
  test(`libvirt of ${suite}: the filters of a running disk are changed and returned`, async t => {
    const libvirt = await startLibvirt(t, suite);
    const virsh = await startVirshProxy(t, libvirt.command);
    const guest = await guestWith(t, [{ device: '/dev/vda', mode: 'both', threads: 4 }]);
    const image = path.join(libvirt.folder, 'vda.raw');
    await libvirt.run('truncate', '-s', '64M', image);
    const xml = domainXml({
      name: NAME,
      groups: { fast: FAST, gold: GOLD },
      disks: [{ target: 'vda', image, format: 'raw', filters: ['fast'] }],
      guest,
    });
    const folder = mkdtempSync(path.join(tmpdir(), 'domxml-lv-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const workspace = path.join(folder, 'domains');
    mkdirSync(workspace);
    writeFileSync(path.join(workspace, DOCUMENT), xml);
    const editor = await openWindow(t, {
      workspace,
      settings: {
        'libvirtDomain.virsh.command': virsh.command,
        'libvirtDomain.connectUris': ['qemu:///system', 'qemu+unix:///system?socket=/nonexistent/sock'],
      },
    });
    const { page } = editor;
    await openFile(page, DOCUMENT);
    // Not before: the page of VS Code and a guest that boots would be in each other's way on a small machine.
    await libvirt.start(NAME, xml);
    await guest.ready();

    const iops = async (): Promise<number> => {
      const seconds = await guest.next('/dev/vda', 6);
      const mean = meanOf(seconds);
      t.diagnostic(`${mean.toFixed(1)} IOPS: ${toldSeconds(seconds)}`);
      assert.ok(
        seconds.every(({ errors }) => errors === 0),
        'I/O errors in the guest',
      );
      return mean;
    };
    const isTainted = async (): Promise<boolean> =>
      /custom[- ]monitor/.test(await libvirt.virsh('dominfo', NAME));

    await t.test(
      'Connect to VM lists libvirt’s domains; a connection that fails keeps no other back',
      async () => {
        await statusBarItem(page, 'No VM').waitFor();
        await runCommand(page, 'libvirt Domain: Connect to VM…');
        await quickPickRows(page).filter({ hasText: ADDRESS }).waitFor();
        await quickPickRows(page).filter({ hasText: 'cannot be asked' }).waitFor();
        await editor.screenshot('libvirt-connect');
        await pick(page, ADDRESS);
        await statusBarItem(page, NAME).waitFor();
        assert.equal(await isTainted(), false);
      },
    );

    const button = `Apply 1 change to ${NAME} (${ADDRESS})`;

    await t.test('the plan asks what is to change, and for taint before QEMU is asked', async () => {
      const before = await iops();
      assert.ok(before > 2 * GOLD, `${before} IOPS before`);
      await find(page, "<throttlefilter group='fast'/>");
      await page.keyboard.press('ArrowRight');
      await page.keyboard.insertText("<throttlefilter group='gold'/>");
      await lines(page, "group='fast'/><throttlefilter group='gold'/>").waitFor();
      await runCommand(page, 'libvirt Domain: Show Plan');
      await quickPickRows(page).filter({ hasText: 'Config' }).first().waitFor();
      await editor.screenshot('libvirt-planes');
      await pick(page, 'Live');
      await dialog(page).filter({ hasText: 'tainted' }).waitFor();
      await editor.screenshot('libvirt-taint');
      assert.equal(await isTainted(), false, 'asking for leave taints nothing');
      await pressDialogButton(page, 'Allow Until Disconnected');
      await codeLenses(page).filter({ hasText: button }).waitFor();
      const text = await editorText(page);
      assert.match(text, /Change the filters of vda: fast -> fast, then gold/);
      assert.match(text, /lost-at-restart/);
      await editor.screenshot('libvirt-plan');
    });

    await t.test('applied: the guest’s I/O slows down to the new limit', async () => {
      await codeLenses(page).filter({ hasText: button }).click();
      await dialog(page)
        .filter({ hasText: `first change to ${NAME}` })
        .waitFor();
      await pressDialogButton(page, button);
      await carriedOut(page).waitFor();
      await editor.screenshot('libvirt-applied');
      const slow = await iops();
      assert.ok(slow < 1.3 * GOLD && slow > 0.5 * GOLD, `${slow} IOPS behind ${GOLD}`);
      assert.equal(await isTainted(), true);
    });

    await t.test('Show Disks tells the chain that QEMU has', async () => {
      await showTab(page, DOCUMENT);
      await runCommand(page, 'libvirt Domain: Show Disks');
      await lines(page, 'from the image up: fast, then gold').waitFor();
      await editor.screenshot('libvirt-disks');
    });

    await t.test('Return to Libvirt’s Chain takes the filter away again', async () => {
      await showTab(page, DOCUMENT);
      await runCommand(page, "libvirt Domain: Return to Libvirt's Chain");
      await pressNotificationButton(page, button, button);
      await carriedOut(page).waitFor();
      await editor.screenshot('libvirt-returned');
      const fast = await iops();
      assert.ok(fast > 2 * GOLD, `${fast} IOPS after the return`);
    });

    await t.test(
      'what breaks operations of libvirt is asked for in its own words; Cancel changes nothing',
      async () => {
        await showTab(page, DOCUMENT);
        await find(page, "<throttlefilter group='fast'/>");
        await page.keyboard.press('Delete');
        await find(page, "<throttlefilter group='gold'/>");
        await page.keyboard.press('Delete');
        await lines(page, '<throttlefilters></throttlefilters>').waitFor();
        await runCommand(page, 'libvirt Domain: Apply to VM');
        await pressNotificationButton(page, button, button);
        await dialog(page).filter({ hasText: 'blockcommit and blockcopy fail' }).waitFor();
        await editor.screenshot('libvirt-breaks');
        await pressDialogButton(page, 'Cancel');
        await dialog(page).waitFor({ state: 'hidden' });
        const fast = await iops();
        assert.ok(fast > 2 * GOLD && fast < 2 * FAST, `${fast} IOPS: the filter is still there`);
      },
    );

    await t.test('QEMU killed in the middle of an apply: the editor reads the truth', async () => {
      await showTab(page, DOCUMENT);
      await runCommand(page, 'Notifications: Clear All Notifications');
      await find(page, '<throttlefilters>');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.insertText("<throttlefilter group='fast'/><throttlefilter group='gold'/>");
      await find(page, `<total_iops_sec>${FAST}`);
      await page.keyboard.press('ArrowRight');
      await page.keyboard.type('0');
      await lines(page, `<total_iops_sec>${FAST}0<`).waitFor();
      await runCommand(page, 'libvirt Domain: Show Plan');
      virsh.arm(
        command => command.includes('blockdev-reopen'),
        () => killQemu(libvirt, NAME),
      );
      const two = `Apply 2 changes to ${NAME} (${ADDRESS})`;
      await codeLenses(page).filter({ hasText: two }).click();
      await notification(page, 'has ended while it was being changed').waitFor();
      await planSays(page, 'This plan failed: nothing of it is in force').waitFor();
      assert.ok(virsh.met);
      await editor.screenshot('libvirt-killed');
      await pressNotificationButton(page, 'has ended while', 'Show Transcript');
      await lines(page, 'Outcome: failed').waitFor();
      const record = await editorText(page);
      assert.match(record, /done +Raise fast: 400 IOPS -> 4,000 IOPS/);
      assert.match(record, /(failed|unknown) +Change the filters of vda: fast -> fast, then gold/);
      assert.match(record, /"sent","message":\{"argv":\["domthrottlegroupset"/);
      await editor.screenshot('libvirt-killed-transcript');

      await showTab(page, DOCUMENT);
      await runCommand(page, 'Notifications: Clear All Notifications');
      await runCommand(page, 'libvirt Domain: Show Plan');
      await notification(page, 'is not running').waitFor();
      await editor.screenshot('libvirt-gone');
    });
  });
}
