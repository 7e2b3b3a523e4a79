/** The window of a test of this folder: VS Code with the extension, and nothing in the way of its pictures. */

import type { TestContext } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { openEditor, type OpenEditor, type OpenEditorOptions } from '../host/open-editor';
import { hideSideBar } from '../host/workbench';

/** Without side bar and minimap; what is shown must not depend on a libvirt that this machine has or lacks. */
const SETTINGS = {
  'workbench.activityBar.location': 'hidden',
  'editor.minimap.enabled': false,
  'editor.occurrencesHighlight': 'off',
  'libvirtDomain.schema': 'none',
};

/** Milliseconds for something to appear. A guest, libvirt and VS Code may share two cores: what counts is that it does. */
export const PATIENCE_MS = 90_000;

/** Opens a copy of a folder, with these settings beside the usual ones. Ends with the test. */
export async function openWindow(t: TestContext, options: OpenEditorOptions): Promise<OpenEditor> {
  const editor = await openEditor({ ...options, settings: { ...SETTINGS, ...options.settings } });
  t.after(() => editor.stop());
  editor.page.setDefaultTimeout(PATIENCE_MS);
  await hideSideBar(editor.page);
  return editor;
}

/** What stands in the place of a plan's button once it was used. */
export const planSays = (page: Page, words: string): Locator =>
  page.locator('.codelens-decoration').filter({ hasText: words });

/** The plan in front was carried out, and all of it is in force. */
export const carriedOut = (page: Page): Locator => planSays(page, 'carried out: applied');
