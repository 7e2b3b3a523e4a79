/**
 * A new user's way with libvirt, in VS Code's window: find the domain, edit the filters of vda, read what the change brings
 * with it, allow it, watch the guest's I/O change, return to libvirt's chain. Screenshots go to test-results/.
 */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { openEditor } from '../host/open-editor';
import {
  codeLenses,
  dialog,
  editorText,
  notification,
  openFile,
  pick,
  pressDialogButton,
  pressNotificationButton,
  pressUntil,
  quickPickRows,
  runCommand,
  statusBarItem,
} from '../host/workbench';
import { guestWith, meanOf, toldSeconds, whyNoGuest } from '../support/guest';
import { domainXml } from '../support/libvirt-domain';
import { libvirtSuites, startLibvirt } from '../support/libvirt-root';
import { absent } from '../support/qemu-version';

const NAME = 'lv01';
const ADDRESS = `libvirt:${NAME}@qemu:///system`;
const FAST = 400;
const GOLD = 60;
const SETTINGS = { 'workbench.activityBar.location': 'hidden', 'editor.minimap.enabled': false };

const noGuest = whyNoGuest();
if (noGuest !== undefined) absent('the guest with I/O', noGuest);

for (const suite of noGuest === undefined ? libvirtSuites().filter(each => each === 'trixie') : []) {
  test(`libvirt of ${suite}: the filters of a running disk are changed and returned`, async t => {
    const libvirt = await startLibvirt(t, suite);
    const guest = await guestWith(t, [{ device: '/dev/vda', mode: 'both', threads: 4 }]);
    const image = path.join(libvirt.folder, 'vda.raw');
    await libvirt.run('truncate', '-s', '64M', image);
    const xml = domainXml({
      name: NAME,
      groups: { fast: FAST, gold: GOLD },
      disks: [{ target: 'vda', image, format: 'raw', filters: ['fast'] }],
      guest,
    });
    const workspace = mkdtempSync(path.join(tmpdir(), 'domxml-lv-'));
    t.after(() => rmSync(workspace, { recursive: true, force: true }));
    writeFileSync(path.join(workspace, `${NAME}.domain.xml`), xml);
    const editor = await openEditor({
      workspace,
      settings: {
        ...SETTINGS,
        'libvirtDomain.virsh.command': libvirt.command,
        'libvirtDomain.connectUris': ['qemu:///system', 'qemu+unix:///system?socket=/nonexistent/sock'],
      },
    });
    t.after(() => editor.stop());
    const { page } = editor;
    // The guest, libvirt and VS Code share the machine.
    page.setDefaultTimeout(90_000);
    await hideSideBar(page);
    await openFile(page, `${NAME}.domain.xml`);
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
      await line(page, "group='fast'/><throttlefilter group='gold'/>").waitFor();
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
      await backToDocument(page);
      await runCommand(page, 'libvirt Domain: Show Disks');
      await line(page, 'from the image up: fast, then gold').waitFor();
      await editor.screenshot('libvirt-disks');
    });

    await t.test('Return to Libvirt’s Chain takes the filter away again', async () => {
      await backToDocument(page);
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
        await backToDocument(page);
        await find(page, "<throttlefilter group='fast'/>");
        await page.keyboard.press('Delete');
        await find(page, "<throttlefilter group='gold'/>");
        await page.keyboard.press('Delete');
        await line(page, '<throttlefilters></throttlefilters>').waitFor();
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

    await t.test('when the VM is gone, the editor reads the truth', async () => {
      await backToDocument(page);
      await libvirt.virsh('destroy', NAME);
      await runCommand(page, 'Notifications: Clear All Notifications');
      await runCommand(page, 'libvirt Domain: Show Plan');
      await notification(page, 'is not running').waitFor();
      await editor.screenshot('libvirt-gone');
    });
  });
}

const carriedOut = (page: Page): Locator =>
  page.locator('.codelens-decoration').filter({ hasText: 'carried out: applied' });

async function hideSideBar(page: Page): Promise<void> {
  const bar = page.locator('.part.sidebar');
  if (await bar.isVisible()) await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
  await bar.waitFor({ state: 'hidden' });
}

/** Goes back to the document's tab. */
async function backToDocument(page: Page): Promise<void> {
  await page.locator(`.tab[data-resource-name="${NAME}.domain.xml"]`).click();
  await page.locator(`.tab.active[data-resource-name="${NAME}.domain.xml"]`).waitFor();
}

/** Selects the first place of a text in the active editor, by the find widget as a person would. */
async function find(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+Home');
  const input = page.locator('.find-widget.visible .find-part textarea').first();
  await pressUntil(page, 'Control+F', input);
  await input.fill('');
  await input.fill(text);
  await page
    .locator('.find-widget.visible .matchesCount')
    .filter({ hasText: /^\d+ of \d+$/ })
    .waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.find-widget.visible').waitFor({ state: 'hidden' });
}

/** The lines on the screen that hold a text. */
const line = (page: Page, text: string): Locator =>
  page
    .locator('.editor-group-container.active .editor-instance .monaco-editor .view-line')
    .filter({ hasText: text });
