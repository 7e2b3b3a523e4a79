#!/usr/bin/env node
/**
 * Runs the mocha suite of test/vscode/suite in a desktop VS Code by @vscode/test-electron: the program named by
 * VSCODE_EXECUTABLE, or one that test-electron downloads. Same suite, same report as in the server.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  downloadAndUnzipVSCode,
  resolveCliArgsFromVSCodeExecutablePath,
  runTests,
} from '@vscode/test-electron';
import { writeHarness } from './harness';
import { CACHE, VSIX } from './repository';

void main().then(
  code => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);

async function main(): Promise<number> {
  const named = process.env['VSCODE_EXECUTABLE'] ?? '';
  const vscodeExecutablePath =
    named === '' ? await downloadAndUnzipVSCode({ cachePath: path.join(CACHE, 'vscode-desktop') }) : named;
  const temporary = mkdtempSync(path.join(tmpdir(), 'domxml-eh-'));
  try {
    const harness = writeHarness(temporary);
    const own = [
      '--user-data-dir',
      path.join(temporary, 'ud'),
      '--extensions-dir',
      path.join(temporary, 'ext'),
    ];
    // Chromium's sandbox refuses to run as root.
    const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const [cli = vscodeExecutablePath, ...defaults] = resolveCliArgsFromVSCodeExecutablePath(
      vscodeExecutablePath,
      {
        reuseMachineInstall: true,
      },
    );
    const installed = spawnSync(cli, [...defaults, ...root, ...own, '--install-extension', VSIX], {
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    if (installed.status !== 0) throw new Error(`VS Code did not install ${VSIX}:\n${installed.stderr}`);
    return await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: harness.extension,
      extensionTestsPath: harness.suite,
      launchArgs: [...root, ...own, harness.workspace, '--disable-workspace-trust', '--skip-welcome'],
    });
  } finally {
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}
