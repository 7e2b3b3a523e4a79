import type { Arguments } from './arguments';
import type { CommandSyntax } from './syntax';
import type { Terminal } from './terminal';

/** One command: what it takes, and what it does with it. */
export interface Command {
  readonly syntax: CommandSyntax;
  /** Does the work and gives the exit code. Throws `UsageError` where the arguments do not go together. */
  run(given: Arguments, terminal: Terminal): Promise<number>;
}

/** The first lines of words for people that say who speaks. */
export const says = (message: string): string => `domxml: ${message}\n`;
