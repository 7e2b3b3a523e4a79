/**
 * What a person does in VS Code's window, one function each. Selectors are those of VS Code 1.139.
 * Waiting is always for something to appear; playwright's own deadline (30 s) ends it.
 */

import type { FrameLocator, Locator, Page } from 'playwright-core';

/** Runs a command from the palette by the title shown there, category included: "libvirt Domain: Show Plan". */
export async function runCommand(page: Page, title: string): Promise<void> {
  await quickPick(page, 'F1', `>${title}`, title);
}

/** Opens a file of the workspace by its name and waits until its text stands. */
export async function openFile(page: Page, name: string): Promise<void> {
  await quickPick(page, 'Control+P', name, name);
  await page.locator(`.tab.active[data-resource-name="${name.split('/').at(-1) ?? name}"]`).waitFor();
  await activeEditor(page).locator('.view-lines').first().waitFor();
}

/** While the workbench still starts, something else may take the focus and close the widget; hence more than one try. */
async function quickPick(page: Page, key: string, text: string, rowText: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await page.keyboard.press('Escape');
      await page.keyboard.press(key);
      const input = quickInput(page);
      await input.waitFor({ timeout: 3000 });
      await input.fill(text, { timeout: 3000 });
      const row = quickPickRows(page).filter({ hasText: rowText }).first();
      await row.waitFor({ timeout: 4000 });
      await row.click({ timeout: 3000 });
      return;
    } catch (error) {
      if (tries === 4) throw error;
    }
  }
}

/** The input box of the palette and of every question that takes text. */
export function quickInput(page: Page): Locator {
  return page.locator('.quick-input-widget:visible .quick-input-box input');
}

/** The rows offered by the palette or by a question with choices. */
export function quickPickRows(page: Page): Locator {
  return page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');
}

/** Takes the offered row that holds `label`. */
export async function pick(page: Page, label: string): Promise<void> {
  await quickPickRows(page).filter({ hasText: label }).first().click();
}

/** Types an answer into the open question and confirms it. */
export async function answer(page: Page, text: string): Promise<void> {
  await quickInput(page).fill(text);
  await page.keyboard.press('Enter');
}

/** Puts the cursor at line and column, both counted from 1 as the editor shows them. */
export async function goTo(page: Page, line: number, column = 1): Promise<void> {
  await page.keyboard.press('Control+G');
  await quickInput(page).fill(`:${String(line)}:${String(column)}`);
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

/** Goes to a file that is open in a tab. */
export async function showTab(page: Page, name: string): Promise<void> {
  await page.locator(`.tab[data-resource-name="${name}"]`).click();
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
}

export async function hideSideBar(page: Page): Promise<void> {
  const bar = page.locator('.part.sidebar');
  // A window that is still being laid out may show it again.
  for (let left = 5; await bar.isVisible(); left--) {
    await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
    await bar.waitFor({ state: 'hidden', timeout: 6000 }).catch((error: unknown) => {
      if (left === 1) throw error;
    });
  }
}

export async function focusEditor(page: Page): Promise<void> {
  await activeEditor(page).locator('.view-lines').first().click();
}

/** Selects the first place of a text in the active editor, by the find widget as a person would. */
export async function find(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+Home');
  const widget = page.locator('.find-widget.visible');
  const input = widget.locator('.find-part textarea').first();
  await pressUntil(page, 'Control+F', input);
  // A text that was looked for before would not move the cursor again.
  await input.fill('');
  await input.fill(text);
  await widget
    .locator('.matchesCount')
    .filter({ hasText: /^\d+ of \d+$/ })
    .waitFor();
  await pressUntil(page, 'Escape', widget, 'hidden');
}

/** Puts the cursor before the last character of a text's first place. */
export async function goInto(page: Page, text: string): Promise<void> {
  await find(page, text);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
}

/** The lines of the active editor that are on the screen and hold a text. */
export function lines(page: Page, text: string): Locator {
  return activeEditor(page).locator('.view-line').filter({ hasText: text });
}

/** The lines of the active editor that are on the screen, as text. */
export async function editorText(page: Page): Promise<string> {
  return linesOf(activeEditor(page));
}

/** Both sides of the diff that is shown. */
export async function diffTexts(
  page: Page,
): Promise<{ readonly original: string; readonly modified: string }> {
  const diff = page.locator('.editor-group-container.active .monaco-diff-editor');
  await diff.locator('.editor.modified .view-line').first().waitFor();
  return {
    original: await linesOf(diff.locator('.editor.original')),
    modified: await linesOf(diff.locator('.editor.modified')),
  };
}

/** What is read of a line's HTML element; the house is compiled without the types of a browser. */
interface LineElement {
  readonly style: { readonly top: string };
  readonly textContent: string;
}

async function linesOf(editor: Locator): Promise<string> {
  // The DOM keeps lines in the order in which they were drawn; only their position tells the order of the text.
  const lines = await editor
    .locator('.view-lines .view-line')
    .evaluateAll((found: readonly LineElement[]) =>
      found.map(line => [parseFloat(line.style.top), line.textContent] as const),
    );
  return lines
    .sort(([first], [second]) => first - second)
    .map(([, text]) => text.replaceAll('\u00a0', ' '))
    .join('\n');
}

function activeEditor(page: Page): Locator {
  return page.locator('.editor-group-container.active .editor-instance .monaco-editor');
}

/** The wavy lines under text. */
export function squiggles(page: Page, severity: 'error' | 'warning' | 'info'): Locator {
  return page.locator(`.monaco-editor .cdr.squiggly-${severity}`);
}

/** The rows of the open completion list. */
export function completions(page: Page): Locator {
  return page.locator('.suggest-widget.visible .monaco-list-row');
}

/** The hover that is shown. */
export function hover(page: Page): Locator {
  return page.locator('.monaco-hover:visible .hover-contents');
}

/**
 * Presses a key until it shows, or hides, what it should: a busy workbench drops keys while something else takes the
 * focus, and a message in the corner takes an Escape for itself.
 */
export async function pressUntil(
  page: Page,
  key: string,
  what: Locator,
  state: 'visible' | 'hidden' = 'visible',
): Promise<void> {
  for (let left = 5; ; left--) {
    await page.keyboard.press(key);
    try {
      await what.waitFor({ state, timeout: 6000 });
      return;
    } catch (error) {
      if (left === 1) throw error;
    }
  }
}

/** Opens the bulb's menu at the cursor and gives its entries. */
export async function quickFixes(page: Page): Promise<Locator> {
  const rows = page.locator('.action-widget .monaco-list-row');
  await pressUntil(page, 'Control+.', rows.first());
  return rows;
}

/** Renames what is at the cursor. */
export async function renameTo(page: Page, name: string): Promise<void> {
  const input = page.locator('.rename-box input');
  await pressUntil(page, 'F2', input);
  await input.fill(name);
  await page.keyboard.press('Enter');
  await input.waitFor({ state: 'hidden' });
}

export function codeLenses(page: Page): Locator {
  return page.locator('.codelens-decoration a');
}

/** Opens the Problems view and gives its rows; `aria-label` of a row holds severity, message, line and source. */
export async function problems(page: Page): Promise<Locator> {
  const panel = page.locator('.markers-panel');
  // The key shows and hides; it is pressed only where the view is not open yet.
  if (!(await panel.isVisible())) await page.keyboard.press('Control+Shift+M');
  await panel.waitFor();
  return page.locator('.markers-panel-container .monaco-list-row');
}

/** The rows of a tree view, by its title; the view is unfolded first. */
export async function treeRows(page: Page, title: string): Promise<Locator> {
  const pane = page.locator('.pane').filter({ has: page.locator(`.pane-header[aria-label^="${title}"]`) });
  const header = pane.locator('.pane-header');
  if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
  return pane.locator('.monaco-list-row');
}

/** The content of a visible webview, counted from 0. */
export function webview(page: Page, index = 0): FrameLocator {
  return page.locator('iframe.webview.ready').nth(index).contentFrame().frameLocator('iframe#active-frame');
}

/** The notification that holds `text`. */
export function notification(page: Page, text: string): Locator {
  return page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text });
}

/** A button of the notification that holds `text`. */
export function notificationButton(page: Page, text: string, button: string): Locator {
  return notification(page, text)
    .locator('.notification-list-item-buttons-container .monaco-button')
    .filter({ hasText: button });
}

export async function pressNotificationButton(page: Page, text: string, button: string): Promise<void> {
  await notificationButton(page, text, button).click();
}

/** The modal dialog that is open. */
export function dialog(page: Page): Locator {
  return page.locator('.monaco-dialog-box');
}

export async function pressDialogButton(page: Page, button: string): Promise<void> {
  await dialog(page).locator('.dialog-buttons .monaco-button').filter({ hasText: button }).first().click();
}

/** Answers VS Code's question whether the authors of the folder are trusted. */
export async function answerTrust(page: Page, decision: 'trust' | 'restrict'): Promise<void> {
  await dialog(page).waitFor();
  await pressDialogButton(page, decision === 'trust' ? 'Yes, I trust' : "No, I don't trust");
  await dialog(page).waitFor({ state: 'hidden' });
}

/** A status bar item by its text. */
export function statusBarItem(page: Page, text: string | RegExp): Locator {
  return page.locator('.part.statusbar .statusbar-item').filter({ hasText: text });
}
