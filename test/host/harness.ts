/** What both hosts of the mocha suite share: the empty development extension, the workspace, the suite's place. */

import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './repository';

export interface Harness {
  /** Folder of an extension that does nothing: the packaged VSIX is under test, not the sources. */
  readonly extension: string;
  /** A copy of test/vscode/workspace, or of samples/ where that is absent. */
  readonly workspace: string;
  /** Module whose `run()` the extension host calls. */
  readonly suite: string;
}

/** Writes the harness below `folder`, which the caller removes. */
export function writeHarness(folder: string): Harness {
  const extension = path.join(folder, 'harness');
  mkdirSync(extension);
  const manifest = { name: 'harness', publisher: 'test', version: '0.0.1', engines: { vscode: '^1.91.0' } };
  writeFileSync(path.join(extension, 'package.json'), JSON.stringify(manifest));
  const own = path.join(ROOT, 'test', 'vscode', 'workspace');
  const workspace = path.join(folder, 'workspace');
  cpSync(existsSync(own) ? own : path.join(ROOT, 'samples'), workspace, { recursive: true });
  return { extension, workspace, suite: path.join(ROOT, 'out', 'test', 'vscode', 'suite', 'index.js') };
}
