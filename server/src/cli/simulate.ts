import { SourceText, analyze, desiredGroups, type DesiredGroups } from '../engine';
import { readDocument } from '../files';
import { PracticeStartError, practiceDomain, startPracticeVm } from '../practice';
import { formatVmAddress, parseVmAddress } from '../vm';
import { UsageError, type Arguments } from './arguments';
import { shownPath } from './check/report';
import { says, type Command } from './command';
import { printable } from './printable';
import type { Terminal } from './terminal';

/** `domxml simulate`: a practice VM of a document until Ctrl-C; its address on stdout once it listens. */
export const simulateCommand: Command = {
  syntax: {
    name: 'simulate',
    summary: 'Run a practice VM that answers as the QEMU of a document would, to learn on.',
    operand: { label: 'FILE', completes: 'file', least: 1, most: 1 },
    options: [
      {
        name: '--listen',
        value: { label: 'unix:PATH', completes: 'address' },
        required: true,
        summary: 'The socket to listen at.',
      },
    ],
    usageExit: 2,
    details: [
      'No VM is started and no disk is touched. The address is written on stdout once the practice VM listens; Ctrl-C ends it and removes the socket.',
      'Exit code: 0 ended as asked, 1 it cannot run, 2 FILE could not be read, or a mistake in the arguments.',
    ],
  },
  async run(given, terminal) {
    const listen = listenAddress(given);
    const [path = ''] = given.operands;
    const read = await readDocument(path);
    if (read.kind === 'unreadable') {
      terminal.err(says(`${printable(shownPath(path))}: ${read.message}`));
      return 2;
    }
    const result = desiredGroups(analyze(SourceText.of(read.text)));
    if (result.kind === 'refusal') {
      terminal.err(says(printable(result.refusal.message)));
      return 1;
    }
    return simulate(result.desired, listen, terminal);
  },
};

type ListenAddress = Parameters<typeof startPracticeVm>[1];

function listenAddress(given: Arguments): ListenAddress {
  const result = parseVmAddress(given.value('--listen') ?? '');
  if (result.kind === 'invalid') throw new UsageError(`--listen: ${result.message}`);
  if (result.address.kind === 'libvirt') {
    throw new UsageError('--listen: a practice VM is a QMP socket; write unix:PATH');
  }
  return result.address;
}

async function simulate(desired: DesiredGroups, listen: ListenAddress, terminal: Terminal): Promise<number> {
  try {
    const vm = await startPracticeVm(practiceDomain(desired), listen);
    const stop = (): void => void vm.stop();
    for (const signal of SIGNALS) process.once(signal, stop);
    const address = printable(formatVmAddress(vm.address));
    terminal.out(`${address}\n`);
    terminal.err(says(`practice VM ${printable(vm.state().name)} listens at ${address}; Ctrl-C ends it`));
    await vm.ended;
    for (const signal of SIGNALS) process.off(signal, stop);
    return 0;
  } catch (error) {
    if (!(error instanceof PracticeStartError)) throw error;
    terminal.err(says(printable(error.message)));
    return 1;
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
