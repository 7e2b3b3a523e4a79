import { optionsOf, optionText, usageLine, type CommandSyntax } from './syntax';
import { wrapped } from './wrap';

const WIDTH = 100;

/** The help of one command. */
export function commandHelp(command: CommandSyntax): string {
  const rows = optionsOf(command).map(option => ({
    left: optionText(option),
    right: option.summary + (option.repeatable ? ' May be given more than once.' : ''),
  }));
  const details = (command.details ?? []).map(paragraph => `\n${wrapped(paragraph, WIDTH).join('\n')}\n`);
  return `${command.summary}\n\nUsage: ${usageLine(command)}\n\nOptions:\n${table(rows)}${details.join('')}`;
}

/** The help of `domxml` itself. */
export function overviewHelp(commands: readonly CommandSyntax[]): string {
  const rows = commands.map(command => ({ left: command.name, right: command.summary }));
  return [
    'domxml checks libvirt domain XML and changes the throttle groups of a running VM.\n',
    '\nUsage: domxml COMMAND [OPTION]...\n',
    `\nCommands:\n${table(rows)}`,
    "\n'domxml help COMMAND' tells more about one; 'domxml --version' gives the version.\n",
    'Behind -- every argument is taken as a path or a name.\n',
  ].join('');
}

/** Two columns; a left side that is too wide for its column has a line of its own. */
function table(rows: readonly { readonly left: string; readonly right: string }[]): string {
  const width = Math.min(34, Math.max(...rows.map(row => row.left.length)));
  return rows
    .map(({ left, right }) => {
      const lines = wrapped(right, WIDTH - width - 4);
      const first = left.length > width ? [`  ${left}`] : [`  ${left.padEnd(width)}  ${lines.shift() ?? ''}`];
      return [...first, ...lines.map(line => `${' '.repeat(width + 4)}${line}`)]
        .map(line => `${line}\n`)
        .join('');
    })
    .join('');
}
