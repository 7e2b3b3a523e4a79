import type { Command } from './command';
import type { CommandSyntax } from './syntax';
import { ACCEPT_OPTIONS, PLAN_OPTIONS, VM_DETAILS, VM_OPTION } from './vm/options';
import { allowedOf, plannerOf } from './vm/planner';
import { writeToVm } from './vm/write';

const syntax: CommandSyntax = {
  name: 'apply',
  summary:
    "Make a VM's throttle groups, filters and iotune those of a document, and read back what became of it.",
  operand: { label: 'FILE', completes: 'file', least: 0, most: 1 },
  options: [VM_OPTION, ...PLAN_OPTIONS, ...ACCEPT_OPTIONS],
  usageExit: 2,
  details: [
    'The plan is shown on stderr, and y awaited where there is a terminal. Elsewhere --yes is needed: without it nothing is connected.',
    'Filters of attached disks change while the guest runs. Where that needs a pause of the guest, or breaks operations of libvirt, the plan says so, and --allow is needed.',
    'Ctrl-C cancels between two commands; what was done is undone, and the outcome says what is true.',
    'Exit code: 0 applied and read back equal, or nothing to do; 1 every other outcome; 2 a mistake in the arguments.',
    ...VM_DETAILS,
  ],
};

/** `domxml apply`: puts a document's groups, filters and iotune on a VM. */
export const applyCommand: Command = {
  syntax,
  run: (given, terminal) =>
    writeToVm(given, terminal, {
      planner: async address => {
        const result = await plannerOf(given, address);
        return result.kind === 'planner' ? result.planner : { refusal: result.refusal.message };
      },
      allow: allowedOf(given),
      expect: given.value('--expect'),
      stdinTaken: given.operands[0] === '-',
    }),
};
