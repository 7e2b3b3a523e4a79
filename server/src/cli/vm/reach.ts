import { connectVm, errorWords, formatVmAddress, parseVmAddress, VmAddressError } from '../../vm';
import type { VmAddress, VmSession } from '../../vm';
import { UsageError, type Arguments } from '../arguments';

/** A VM that answers, or in words why nobody does. */
export type Reached =
  | { readonly kind: 'session'; readonly session: VmSession }
  | {
      readonly kind: 'unreached';
      readonly outcome: 'refused' | 'failed' | 'cancelled';
      readonly message: string;
    };

/** The address of `--vm`; throws `UsageError` where it is none. */
export function addressOf(given: Arguments): VmAddress {
  const result = parseVmAddress(given.value('--vm') ?? '');
  if (result.kind === 'invalid') throw new UsageError(`--vm: ${result.message}`);
  if (given.has('--config') && result.address.kind !== 'libvirt') {
    throw new UsageError(
      `--config: ${formatVmAddress(result.address)} reaches the running VM only; leave --config out, or give libvirt:DOMAIN as the address`,
    );
  }
  return result.address;
}

/** Connects and reads the VM once. Never throws; `close` the session when done. */
export async function reachVm(address: VmAddress, given: Arguments, signal: AbortSignal): Promise<Reached> {
  try {
    const virshCommand = given.values('--virsh');
    const wait = given.value('--wait');
    const session = await connectVm(address, {
      signal,
      allowRemoteTcp: process.env['DOMXML_ALLOW_REMOTE_TCP'] === '1',
      allowTaint: given.values('--allow').includes('taint'),
      ...(wait !== undefined && { unplugWait: Number(wait) * 1000 }),
      ...(virshCommand.length > 0 && { virshCommand }),
    });
    return { kind: 'session', session };
  } catch (error) {
    if (signal.aborted) return unreached('cancelled', 'Cancelled. Nothing was sent.');
    return unreached(error instanceof VmAddressError ? 'refused' : 'failed', errorWords(error));
  }
}

const unreached = (outcome: 'refused' | 'failed' | 'cancelled', message: string): Reached => ({
  kind: 'unreached',
  outcome,
  message,
});
