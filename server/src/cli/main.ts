#!/usr/bin/env node
import { says } from './command';
import { printable } from './printable';
import { run } from './run';
import { processTerminal } from './terminal';

/** The program `domxml`. The exit code is set, not forced: what was written is always written to its end. */
async function main(): Promise<void> {
  const terminal = processTerminal();
  try {
    process.exitCode = await run(process.argv.slice(2), terminal);
  } catch (error) {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    terminal.err(says('something is wrong in domxml itself; please report this:'));
    terminal.err(`${what.split('\n').map(printable).join('\n')}\n`);
    process.exitCode = EXIT_OF_A_FAULT;
  }
}

/** As sysexits.h has it for internal software errors: none of the contract's codes. */
const EXIT_OF_A_FAULT = 70;

void main();
