import { productVersion } from '../files';
import { UsageError, readArguments } from './arguments';
import { says, type Command } from './command';
import { COMMANDS } from './commands';
import { commandHelp, overviewHelp } from './help';
import { quoted } from './printable';
import { similarNames } from './similar';
import { usageLine } from './syntax';
import type { Terminal } from './terminal';

/** Runs one command line, without the program's name, and gives the exit code. */
export async function run(words: readonly string[], terminal: Terminal): Promise<number> {
  const [first] = words;
  switch (first) {
    case undefined:
      terminal.err(overviewHelp(COMMANDS.map(command => command.syntax)));
      return 2;
    case '--version':
    case '-V':
      terminal.out(`domxml ${productVersion(__dirname)}\n`);
      return 0;
    case '--help':
    case '-h':
    case 'help':
      return help(words.slice(1), terminal);
    default:
      return runCommand(words, terminal);
  }
}

function help(words: readonly string[], terminal: Terminal): number {
  if (words.length === 0) {
    terminal.out(overviewHelp(COMMANDS.map(command => command.syntax)));
    return 0;
  }
  const name = words.join(' ');
  const commands = COMMANDS.filter(
    ({ syntax }) => syntax.name === name || syntax.name.startsWith(`${name} `),
  );
  if (commands.length === 0) return noSuchCommand(words, terminal);
  terminal.out(commands.map(command => commandHelp(command.syntax)).join('\n'));
  return 0;
}

async function runCommand(words: readonly string[], terminal: Terminal): Promise<number> {
  const command = commandOf(words);
  if (command === undefined) return noSuchCommand(words, terminal);
  const { syntax } = command;
  try {
    const given = readArguments(syntax, words.slice(syntax.name.split(' ').length));
    if (given.has('--help')) {
      terminal.out(commandHelp(syntax));
      return 0;
    }
    return await command.run(given, terminal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.err(says(error.message));
    terminal.err(`Usage: ${usageLine(syntax)}\n`);
    return syntax.usageExit;
  }
}

const commandOf = (words: readonly string[]): Command | undefined =>
  COMMANDS.find(({ syntax }) => syntax.name.split(' ').every((part, index) => words[index] === part));

function noSuchCommand(words: readonly string[], terminal: Terminal): number {
  terminal.err(says(whyNoCommand(words)));
  return 2;
}

function whyNoCommand([first = '', second]: readonly string[]): string {
  const under = COMMANDS.map(({ syntax }) => syntax.name)
    .filter(name => name.startsWith(`${first} `))
    .map(name => name.slice(first.length + 1));
  if (under.length > 0) {
    const wrong = second === undefined || second.startsWith('-') ? '' : `, not ${quoted(second)}`;
    return `${first} goes with one of ${under.join(', ')}${wrong}; 'domxml help ${first}' tells more`;
  }
  const similar = similarNames(first, [
    ...new Set(COMMANDS.map(({ syntax }) => syntax.name.split(' ')[0] ?? '')),
  ]);
  const hint =
    similar.length > 0 ? `did you mean ${similar.join(' or ')}?` : "'domxml --help' shows what there is";
  const what = first.startsWith('-') ? 'option' : 'command';
  return `there is no ${what} ${quoted(first)}; ${hint}`;
}
