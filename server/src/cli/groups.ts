import { LIMITS, parseQuantity, type GivenLimits } from '../engine';
import type { VmWish } from '../vm';
import { UsageError, type Arguments } from './arguments';
import type { Command } from './command';
import { showGroup, showGroups } from './groups-show';
import { quoted } from './printable';
import type { OperandSyntax, OptionSyntax } from './syntax';
import {
  ALLOW_OPTION,
  FORMAT_OPTION,
  LOOK_OPTIONS,
  PLANE_OPTIONS,
  VIRSH_OPTION,
  VM_DETAILS,
  VM_OPTION,
  YES_OPTION,
} from './vm/options';
import { allowedOf, wishPlanner } from './vm/planner';
import { writeToVm } from './vm/write';

const NAME: OperandSyntax = { label: 'NAME', completes: 'nothing', least: 1, most: 1 };

/** `domxml groups list`: the throttle groups of a VM with their limits and users. */
export const groupsListCommand: Command = {
  syntax: {
    name: 'groups list',
    summary: 'List the throttle groups of a VM.',
    options: LOOK_OPTIONS,
    usageExit: 2,
    details: VM_DETAILS,
  },
  run: showGroups,
};

/** `domxml groups info`: one group, every limit that is set. */
export const groupsInfoCommand: Command = {
  syntax: {
    name: 'groups info',
    summary: 'Show one throttle group of a VM.',
    operand: NAME,
    options: LOOK_OPTIONS,
    usageExit: 2,
    details: VM_DETAILS,
  },
  run: showGroup,
};

const LIMIT_OPTIONS: readonly OptionSyntax[] = LIMITS.map(({ virsh, summary, virshSuffix }) => ({
  name: virsh,
  value: { label: 'N', completes: 'nothing' },
  summary: virshSuffix ? `${summary} Takes suffixes: 50MiB, 50M, 50MB.` : summary,
}));

/** `domxml groups set`: creates a group or changes its limits, by virsh's option names and reset rules. */
export const groupsSetCommand: Command = {
  syntax: {
    name: 'groups set',
    summary: 'Create a throttle group of a VM, or change its limits.',
    operand: NAME,
    options: [
      VM_OPTION,
      ...LIMIT_OPTIONS,
      ...PLANE_OPTIONS,
      YES_OPTION,
      ALLOW_OPTION,
      FORMAT_OPTION,
      VIRSH_OPTION,
    ],
    usageExit: 2,
    details: [
      'As with virsh domthrottlegroupset, a limit that is given resets the others of its family (total, read and write of one kind); families that are not named keep their values. A name that starts with - goes behind --.',
      ...VM_DETAILS,
    ],
  },
  run: (given, terminal) => {
    const limits = limitsOf(given);
    const [name = ''] = given.operands;
    return write(given, terminal, { kind: 'set-group', name, limits });
  },
};

/** `domxml groups delete`: deletes a group that nothing uses. */
export const groupsDeleteCommand: Command = {
  syntax: {
    name: 'groups delete',
    summary: 'Delete a throttle group of a VM that no disk uses.',
    operand: NAME,
    options: [VM_OPTION, ...PLANE_OPTIONS, YES_OPTION, ALLOW_OPTION, FORMAT_OPTION, VIRSH_OPTION],
    usageExit: 2,
    details: VM_DETAILS,
  },
  run: (given, terminal) => {
    const [name = ''] = given.operands;
    return write(given, terminal, { kind: 'delete-group', name });
  },
};

const write = (given: Arguments, terminal: Parameters<Command['run']>[1], wish: VmWish): Promise<number> =>
  writeToVm(given, terminal, {
    planner: address => Promise.resolve(wishPlanner(given, address)(wish)),
    allow: allowedOf(given),
    expect: undefined,
    stdinTaken: false,
  });

function limitsOf(given: Arguments): GivenLimits {
  const entries = LIMITS.flatMap(({ xml, virsh, virshSuffix }) => {
    const text = given.value(virsh);
    return text === undefined ? [] : [[xml, quantity(virsh, virshSuffix, text)] as const];
  });
  if (entries.length === 0) {
    throw new UsageError('no limit is given; name at least one, such as --total-iops-sec 500');
  }
  return Object.fromEntries(entries);
}

/** What virsh reads as well: digits, and with bytes a suffix. */
function quantity(option: string, suffix: boolean, text: string): bigint {
  const value = suffix ? parseQuantity(text) : /^\d{1,20}$/.test(text) ? BigInt(text) : undefined;
  if (value === undefined) {
    const forms = suffix ? 'digits, with a suffix where wanted: 50MiB' : 'digits only';
    throw new UsageError(`${option} ${quoted(text)} is no number; write ${forms}`);
  }
  return value;
}
