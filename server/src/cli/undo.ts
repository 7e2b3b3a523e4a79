import { readLastChange } from '../engine';
import { lastChangeAt } from '../files';
import { formatVmAddress, planWish, type VmAddress } from '../vm';
import type { Command } from './command';
import { ACCEPT_OPTIONS, VM_DETAILS, VM_OPTION } from './vm/options';
import { allowedOf, type Planner } from './vm/planner';
import { writeToVm } from './vm/write';

/** `domxml undo`: takes back what was changed last on a VM, as far as it is still as it was left. */
export const undoCommand: Command = {
  syntax: {
    name: 'undo',
    summary: 'Take back the last change of a VM that was applied from here.',
    options: [VM_OPTION, ...ACCEPT_OPTIONS],
    usageExit: 2,
    details: [
      'Groups, filters and iotune go back to what they were before the last apply, groups set or groups delete by domxml or the editor at this address, on the sides that it changed. What somebody has changed again since is left as it is, and said. Undone twice is done again.',
      'A disk that was attached or detached is not taken back. What was changed on a QEMU process has ended with it.',
      'What was changed is kept in your folder for state (XDG_STATE_HOME, or ~/.local/state), for you alone to read.',
      'Exit code: 0 taken back and read back, or nothing to do; 1 every other outcome; 2 a mistake in the arguments.',
      ...VM_DETAILS,
    ],
  },
  run: (given, terminal) =>
    writeToVm(given, terminal, {
      planner: address => plannerFor(address, given),
      allow: allowedOf(given),
      expect: given.value('--expect'),
      stdinTaken: false,
    }),
};

async function plannerFor(
  address: VmAddress,
  given: Parameters<typeof allowedOf>[0],
): Promise<Planner | { readonly refusal: string }> {
  const spelled = formatVmAddress(address);
  const text = await lastChangeAt(spelled);
  const change = text === undefined ? undefined : readLastChange(text);
  if (change === undefined) {
    const why =
      text === undefined
        ? 'There is no change'
        : 'What is kept of the last change cannot be read, so there is none';
    return { refusal: `${why} to take back at ${spelled}. Nothing was sent.` };
  }
  const options = { planes: [], allow: allowedOf(given) };
  return state => planWish(state, { kind: 'undo', change }, options);
}
