/** How virsh is started and asked. */

import { VirshArgumentError } from './errors';
import { option } from './quote';
import { connectUri } from './uri';

export interface VirshOptions {
  /** The argv prefix that starts virsh; `["virsh"]` where absent. */
  readonly command?: readonly string[];
  /** Undefined: the user's default connection (LIBVIRT_DEFAULT_URI, libvirt.conf). */
  readonly uri?: string | undefined;
  /** `look`: virsh --readonly, which needs no rights on most hosts and can change nothing. */
  readonly access: 'look' | 'change';
  readonly signal?: AbortSignal;
  /** Milliseconds for connecting; 20000 where absent (an ssh handshake takes its time). */
  readonly connectDeadline?: number;
  /** Milliseconds for each answer where a command sets none; 30000 where absent. */
  readonly commandDeadline?: number;
  /** Characters that one answer may have; 64 Mi where absent. */
  readonly answerLimit?: number;
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds without an answer before the process is ended. */
  readonly deadline?: number;
}

/** What answers commands of virsh. The real one is `Virsh`; tests may script their own. */
export interface VirshRunner {
  /**
   * Runs one command and gives its standard output. Many may be under way: virsh works through them in order.
   * Throws VirshArgumentError (cannot be sent), VirshCommandError, DomainGoneError, VirshTimeoutError,
   * VirshEndedError, VirshAbortedError.
   */
  run(argv: readonly string[], options?: RunOptions): Promise<string>;
}

/** The whole argv of a virsh for these options. Throws VirshArgumentError for a URI that is not used. */
export function virshArgv({ command = ['virsh'], uri, access }: VirshOptions): readonly string[] {
  if (command.length === 0 || command.some(part => part === '' || part.includes('\0'))) {
    throw new VirshArgumentError(
      'The command for virsh in the settings is empty. Give a list such as ["virsh"] or ["flatpak-spawn", "--host", "virsh"].',
    );
  }
  const connect: string[] = [];
  if (uri !== undefined) {
    const result = connectUri(uri);
    if (result.kind === 'refused') throw new VirshArgumentError(result.message);
    connect.push(option('--connect', result.uri));
  }
  return [...command, '--quiet', ...(access === 'look' ? ['--readonly'] : []), ...connect];
}
