import {
  formatLimit,
  groupNamed,
  LIMITS,
  limitsText,
  targetJson,
  targetLine,
  usersOnVm,
  type JsonValue,
  type VmGroup,
  type VmState,
} from '../engine';
import type { Arguments } from './arguments';
import { says } from './command';
import { jsonText, printable, quoted } from './printable';
import type { Terminal } from './terminal';
import { isJson, withState } from './vm/show-state';

/** All groups of the VM. Exit code 0, or 1 where the VM cannot be read. */
export const showGroups = (given: Arguments, terminal: Terminal): Promise<number> =>
  withState(given, terminal, (state, address) => {
    const groups = [...state.groups].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    if (isJson(given)) {
      const json = groups.map(group => groupJson(group, state));
      terminal.out(jsonText({ vm: address, target: targetJson(state.target), groups: json }));
      return 0;
    }
    terminal.err(says(printable(targetLine(state.target, address))));
    if (groups.length === 0) terminal.err(says('no throttle groups'));
    const names = groups.map(group => printable(group.name));
    const width = Math.max(0, ...names.map(name => name.length));
    for (const [index, group] of groups.entries()) {
      terminal.out(
        `${(names[index] ?? '').padEnd(width)}  ${limitsWords(group)}${usersWords(group, state)}\n`,
      );
    }
    return 0;
  });

/** The group of NAME. Exit code 0, or 1 where the VM has none or cannot be read. */
export const showGroup = (given: Arguments, terminal: Terminal): Promise<number> =>
  withState(given, terminal, (state, address) => {
    const [name = ''] = given.operands;
    const group = groupNamed(state, name);
    if (isJson(given)) {
      const json = group === undefined ? null : groupJson(group, state);
      terminal.out(jsonText({ vm: address, target: targetJson(state.target), group: json }));
    }
    if (group === undefined) {
      terminal.err(says(`the VM has no throttle group ${quoted(name)}`));
      return 1;
    }
    if (!isJson(given)) terminal.out(groupText(group, state));
    return 0;
  });

const limitsWords = (group: VmGroup): string => limitsText(group.limits) || 'no limit';

function usersWords(group: VmGroup, state: VmState): string {
  const users = usersOnVm(group, state).map(printable);
  return users.length === 0 ? '  (not used)' : `  (${users.join(', ')})`;
}

function groupText(group: VmGroup, state: VmState): string {
  const rows = LIMITS.filter(({ xml, neutral }) => group.limits[xml] !== BigInt(neutral)).map(
    field => `${field.xml.padEnd(26)} ${formatLimit(field, group.limits[field.xml])}\n`,
  );
  const head = `${printable(group.name)}  ${limitsWords(group)}${usersWords(group, state)}\n`;
  return head + rows.join('');
}

/** All 19 limits by their XML names, as in every JSON of ours. */
const groupJson = (group: VmGroup, state: VmState): JsonValue => ({
  name: group.name,
  object: group.objectId,
  limits: Object.fromEntries(LIMITS.map(({ xml }) => [xml, group.limits[xml]])),
  usedBy: usersOnVm(group, state),
});
