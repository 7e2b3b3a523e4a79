/** A scripted program in the place of virsh, for what a real one cannot be made to say here. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

/** The argv prefix of a program that runs this JavaScript in place of virsh; removed with the test. */
export function fakeVirsh(t: TestContext, script: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'fake-virsh-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'virsh.cjs');
  writeFileSync(file, script);
  return [process.execPath, file];
}

/** One that says this to standard error and ends, as virsh does when it cannot connect. */
export const virshThatFails = (t: TestContext, stderr: string): readonly string[] =>
  fakeVirsh(t, `process.stderr.write(${JSON.stringify(stderr)}, () => process.exit(1));`);
