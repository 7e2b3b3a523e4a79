/** Real programs that tests need. */

import { execFileSync } from 'node:child_process';

/**
 * The version line of a program; where it is missing, undefined with a printed reason, and with CI=true an error.
 * Use as `test(..., { skip: requireReal('qemu-system-x86_64') === undefined }, ...)`.
 */
export function requireReal(program: string): string | undefined {
  try {
    const [line] = execFileSync(program, ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).split('\n');
    return line;
  } catch (error) {
    const reason = `${program} does not run here (${error instanceof Error ? error.message : String(error)})`;
    if (process.env['CI'] === 'true') throw new Error(`${reason}, and with CI=true nothing may be skipped.`);
    console.log(`# skipped: ${reason}`);
    return undefined;
  }
}
