import {
  chainWords,
  disksJson,
  iotuneOf,
  iotuneWords,
  targetJson,
  targetLine,
  groupKeys,
  type VmDisk,
  type VmState,
} from '../engine';
import type { Command } from './command';
import { says } from './command';
import { jsonText, printable } from './printable';
import { LOOK_OPTIONS, VM_DETAILS } from './vm/options';
import { isJson, withState } from './vm/show-state';

/** `domxml disks`: the disks of a VM with their chains of filters and legacy limits, and what keeps them from a change. */
export const disksCommand: Command = {
  syntax: {
    name: 'disks',
    summary: 'List the disks of a VM with their throttle filters and iotune.',
    options: LOOK_OPTIONS,
    usageExit: 2,
    details: [
      'A chain is told from the image up: the first group is nearest to the image, the last one asked first.',
      'Nothing is written. Exit code: 0, or 1 where the VM cannot be read.',
      ...VM_DETAILS,
    ],
  },
  run: (given, terminal) =>
    withState(given, terminal, (state, address) => {
      if (isJson(given)) {
        const { runState, migrating, iothreads } = state;
        const disks = disksJson(state);
        terminal.out(
          jsonText({ vm: address, target: targetJson(state.target), runState, migrating, iothreads, disks }),
        );
        return 0;
      }
      terminal.err(says(printable(targetLine(state.target, address))));
      terminal.err(says(printable(`${state.runState}${state.migrating ? ', being migrated or saved' : ''}`)));
      if (state.disks.length === 0) terminal.err(says('no disks'));
      for (const disk of state.disks) terminal.out(diskText(disk, state));
      return 0;
    }),
};

/** One line for the chain, and below it what else there is to say. */
function diskText(disk: VmDisk, state: VmState): string {
  const keys = groupKeys(state);
  const title = disk.target === null ? disk.alias : `${disk.target} (${disk.alias})`;
  const head = [title, disk.bus, disk.serial === null ? undefined : `serial ${disk.serial}`]
    .filter(part => part !== undefined && part !== null)
    .join(', ');
  const iotune = iotuneOf(disk);
  const lines = [
    `filters: ${chainWords(disk.filters, id => keys.get(id) ?? id)}`,
    ...(iotune === null ? [] : [`iotune: ${iotuneWords(iotune)}`]),
    ...(disk.sources.length === 0 ? [] : [`image: ${disk.sources.join(' over ')}`]),
    ...peculiarities(disk),
  ];
  return `${printable(head)}\n${lines.map(line => `  ${printable(line)}\n`).join('')}`;
}

/** What matters for a change of the chain. */
function peculiarities({ shape, readonly, thread, job }: VmDisk): readonly string[] {
  const words: string[] = [];
  if (shape === 'empty') words.push('no medium');
  if (shape === 'mixed') words.push('throttle filters below other nodes: its chain is not changed');
  if (readonly && shape !== 'empty') words.push('read-only');
  if (thread.kind === 'iothread') words.push(`served by iothread ${thread.name}`);
  if (thread.kind === 'mapped') words.push('served by several iothreads');
  if (thread.kind === 'unreadable') words.push(`thread unknown: ${thread.why}`);
  if (job !== null) words.push(`block job ${job} works on it`);
  return words;
}
