/** A program in the place of ssh, for what comes from a libvirt host. */

import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Ending } from './small-schema';

export interface FakeSsh {
  /** An argv prefix that is called as ssh is. */
  readonly argv: readonly string[];
  /** It stands alone in this folder, as `ssh`. */
  readonly folder: string;
  /** PATH with that folder first: whoever starts `ssh` by it starts this one. */
  readonly path: string;
  /** The arguments that it was called with last; undefined where nobody called it. */
  called(): Promise<readonly string[] | undefined>;
}

/** Notes its arguments and does what `script`, a text for /bin/sh, says. Removed with the test. */
export async function fakeSsh(t: Ending, script: string): Promise<FakeSsh> {
  const folder = await mkdtemp(join(tmpdir(), 'domxml-ssh-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const program = join(folder, 'ssh');
  const note = join(folder, 'called');
  await writeFile(program, `#!/bin/sh\nprintf '%s\\n' "$@" > "${note}"\n${script}\n`);
  await chmod(program, 0o755);
  return {
    argv: [program],
    folder,
    path: `${folder}${delimiter}${process.env['PATH'] ?? ''}`,
    called: async () => {
      const text = await readFile(note, 'utf8').catch(() => undefined);
      return text?.trim().split('\n');
    },
  };
}

/** A script of a host whose /usr/share/libvirt/schemas is this folder. */
export const hostWithSchemas = (folder: string): string => `exec tar -C '${folder}' -cf - .`;
