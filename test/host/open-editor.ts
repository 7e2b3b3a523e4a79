/** Opens a folder in a real VS Code with the packaged extension, for tests of what a person sees and does. */

import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { openBrowser } from './browser';
import { installEditor } from './install';
import { CACHE, RESULTS, VSIX } from './repository';
import { startEditorServer, type EditorServer } from './server';

export interface OpenEditorOptions {
  /** Folder to open; a copy in a temporary folder is opened, so that tests may write. */
  readonly workspace: string;
  /** Packaged extension; the one of `npm run package` unless told otherwise. */
  readonly vsix?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** `ask` shows the question about trust (see answerTrust in workbench.ts); `off`, the default, trusts unasked. */
  readonly trust?: 'ask' | 'off';
  readonly env?: Readonly<Record<string, string>>;
}

export interface OpenEditor {
  readonly page: Page;
  readonly server: EditorServer;
  /** The copy of the workspace that is open. */
  readonly workspace: string;
  /** Saves what the page shows as test-results/NAME.png, for people to look at. */
  screenshot(name: string): Promise<void>;
  /** Closes the browser and the server and removes the copy. */
  stop(): Promise<void>;
}

/** Starts server and browser and waits until the workbench stands. Nothing is left behind when it throws. */
export async function openEditor(options: OpenEditorOptions): Promise<OpenEditor> {
  const editor = await installEditor(CACHE, text => console.log(text));
  const temporary = mkdtempSync(path.join(tmpdir(), 'domxml-ui-'));
  const undo: (() => Promise<void> | void)[] = [() => rmSync(temporary, { recursive: true, force: true })];
  const stop = async (): Promise<void> => {
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step();
  };
  try {
    const workspace = path.join(temporary, path.basename(options.workspace));
    cpSync(options.workspace, workspace, { recursive: true });
    const server = await startEditorServer(editor, {
      vsix: [options.vsix ?? VSIX],
      ...(options.settings === undefined ? {} : { settings: options.settings }),
      ...(options.env === undefined ? {} : { env: options.env }),
      trust: options.trust ?? 'off',
    });
    undo.push(() => server.stop());
    const { browser, page } = await openBrowser();
    undo.push(() => browser.close());
    // A busy machine needs more than playwright's 30 s for the workbench's many files: what counts is that it stands.
    await page.goto(server.pageOf(workspace), { waitUntil: 'commit', timeout: 120_000 });
    await page.waitForSelector('.monaco-workbench .part.statusbar', { timeout: 120_000 });
    return { page, server, workspace, screenshot: name => screenshot(page, name), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function screenshot(page: Page, name: string): Promise<void> {
  mkdirSync(RESULTS, { recursive: true });
  await page.screenshot({ path: path.join(RESULTS, `${name}.png`) });
}
