import { changeCount, describePlan, planJson, type Plan, type Target } from '../engine';
import { formatVmAddress } from '../vm';
import type { Arguments } from './arguments';
import { says, type Command } from './command';
import { jsonText, printable, printableLines } from './printable';
import type { CommandSyntax } from './syntax';
import type { Terminal } from './terminal';
import { interruptible } from './vm/interrupt';
import { ALLOW_OPTION, FORMAT_OPTION, PLAN_OPTIONS, VIRSH_OPTION, VM_DETAILS, VM_OPTION } from './vm/options';
import { plannerOf } from './vm/planner';
import { addressOf, reachVm } from './vm/reach';

const syntax: CommandSyntax = {
  name: 'plan',
  summary: "Show what would make a VM's throttle groups, filters and iotune those of a document.",
  operand: { label: 'FILE', completes: 'file', least: 0, most: 1 },
  options: [
    VM_OPTION,
    ...PLAN_OPTIONS,
    ALLOW_OPTION,
    FORMAT_OPTION,
    VIRSH_OPTION,
    { name: '--detailed-exitcode', summary: 'Exit 2 when there are changes, as terraform does.' },
  ],
  usageExit: 1,
  details: [
    'Nothing is written: the VM is only asked. FILE - is standard input.',
    'Exit code: 0, or 1 on any failure or refusal; with --detailed-exitcode 2 when there are changes.',
    ...VM_DETAILS,
  ],
};

/** `domxml plan`: the plan on stdout; a refusal or failure in words on stderr, in JSON on stdout too. */
export const planCommand: Command = {
  syntax,
  async run(given, terminal) {
    const address = addressOf(given);
    const interrupt = interruptible(words => terminal.err(says(words)));
    try {
      const result = await plannerOf(given, address);
      if (result.kind === 'refusal') {
        return refuse(given, terminal, { vm: formatVmAddress(address), ...result.refusal });
      }
      const reached = await reachVm(address, given, interrupt.signal);
      if (reached.kind === 'unreached') {
        const { outcome: reason, message } = reached;
        return refuse(given, terminal, { vm: formatVmAddress(address), reason, message });
      }
      const { session } = reached;
      await session.close();
      const planned = result.planner(session.state);
      const { target } = session.state;
      return planned.kind === 'plan'
        ? show(planned.plan, session.address, given, terminal)
        : refuse(given, terminal, { vm: session.address, target, ...planned.refusal });
    } finally {
      interrupt.end();
    }
  },
};

function show(plan: Plan, address: string, given: Arguments, terminal: Terminal): number {
  if (given.value('--format') === 'json') terminal.out(jsonText(planJson(plan, address)));
  else terminal.out(printableLines(describePlan(plan, address)));
  return given.has('--detailed-exitcode') && changeCount(plan) > 0 ? 2 : 0;
}

interface NoPlan {
  readonly vm: string;
  readonly target?: Target;
  readonly reason: string;
  readonly message: string;
}

function refuse(given: Arguments, terminal: Terminal, { vm, target, reason, message }: NoPlan): number {
  if (given.value('--format') === 'json') {
    terminal.out(jsonText({ vm, target: target ?? null, refusal: { reason, message } }));
  }
  terminal.err(says(printable(message)));
  return 1;
}
