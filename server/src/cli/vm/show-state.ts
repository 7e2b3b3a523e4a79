import type { VmState } from '../../engine';
import { formatVmAddress, type VmSession } from '../../vm';
import type { Arguments } from '../arguments';
import { says } from '../command';
import { jsonText, printable } from '../printable';
import type { Terminal } from '../terminal';
import { interruptible } from './interrupt';
import { addressOf, reachVm } from './reach';

/** Reads the VM once, lets go of it, and shows something of it. Exit code as `show` gives it, or 1 where nobody answers. */
export async function withState(
  given: Arguments,
  terminal: Terminal,
  show: (state: VmState, address: string) => number,
): Promise<number> {
  const address = addressOf(given);
  const interrupt = interruptible(words => terminal.err(says(words)));
  try {
    const reached = await reachVm(address, given, interrupt.signal);
    if (reached.kind === 'session') {
      const { session }: { readonly session: VmSession } = reached;
      await session.close();
      return show(session.state, session.address);
    }
    if (isJson(given)) {
      const { outcome: reason, message } = reached;
      terminal.out(jsonText({ vm: formatVmAddress(address), target: null, refusal: { reason, message } }));
    }
    terminal.err(says(printable(reached.message)));
    return 1;
  } finally {
    interrupt.end();
  }
}

export const isJson = (given: Arguments): boolean => given.value('--format') === 'json';
