#!/usr/bin/env node
/**
 * Runs the mocha suite of test/vscode/suite inside the extension host of the VS Code server, with the packaged
 * extension installed and a headless Chromium as its window. The exit code is the extension host's; but the host also
 * answers 0 when it is killed, so the runner goes by the report that the suite writes to DOMXML_TEST_REPORT.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { format } from 'node:util';
import { openBrowser } from './browser';
import { writeHarness } from './harness';
import { installEditor } from './install';
import { CACHE, RESULTS, VSIX } from './repository';
import { startEditorServer } from './server';

void main().then(
  code => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);

async function main(): Promise<number> {
  const editor = await installEditor(CACHE, text => console.log(text));
  const temporary = mkdtempSync(path.join(tmpdir(), 'domxml-eh-'));
  const undo: (() => Promise<void> | void)[] = [() => rmSync(temporary, { recursive: true, force: true })];
  const interrupted = new Promise<number>(resolve => process.once('SIGTERM', () => resolve(143)));
  try {
    const harness = writeHarness(temporary);
    const log = (text: string): boolean => process.stdout.write(text);
    const server = await startEditorServer(editor, { vsix: [VSIX], smokeTestDriver: true, log });
    undo.push(() => server.stop());
    const { browser, page } = await openBrowser();
    undo.push(() => browser.close());
    // The workbench calls these two where its smoke test driver is on, as VS Code's own integration tests have it.
    await page.exposeFunction('codeAutomationLog', (kind: string, said: readonly unknown[]) => {
      console.log(`[${kind}]`, format(...said));
    });
    const exited = new Promise<number>(resolve => {
      void page.exposeFunction('codeAutomationExit', (code: number, logs: unknown) => {
        console.log(`extension host ended with code ${String(code)}`, logs);
        resolve(code);
      });
      page.once('crash', () => resolve(1));
    });
    const remote = (file: string): string => `vscode-remote://${server.authority}${file}`;
    await page.goto(
      server.pageOf(harness.workspace, [
        ['extensionDevelopmentPath', remote(harness.extension)],
        ['extensionTestsPath', remote(harness.suite)],
        ['skipWelcome', 'true'],
      ]),
    );
    const serverEnded = server.ended.then(() => 1);
    const code = await Promise.race([exited, interrupted, serverEnded]);
    await page.screenshot({ path: path.join(RESULTS, 'extension-host.png') }).catch(() => undefined);
    return code;
  } finally {
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step();
  }
}
