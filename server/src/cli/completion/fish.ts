import type { Completes, CommandSyntax, OptionSyntax } from '../syntax';
import {
  ADDRESS_STARTS,
  RULE_SETTINGS,
  firstWords,
  secondWords,
  summaryOf,
  wordsWithSecond,
  type CompletionTable,
} from './table';

/** The completion script of fish: one `complete` line for each word that may stand somewhere. */
export const fishScript = (table: CompletionTable): string => {
  const lines = [
    ...firstWords(table).map(first =>
      line(NO_COMMAND, `-a ${quote(first)} -d ${quote(summaryOf(first, table))}`),
    ),
    line(NO_COMMAND, "-l help -d 'Show help.'"),
    line(NO_COMMAND, "-l version -d 'Show the version.'"),
    line('__fish_seen_subcommand_from help', `-a ${quote(firstWords(table).join(' '))}`),
    ...wordsWithSecond(table).map(first => secondWordLine(first, table)),
    ...table.commands.flatMap(command => commandLines(command, table)),
  ];
  return `# fish completion of domxml, made by 'domxml completion fish'
function __domxml_addresses
    set -l token (commandline -ct | string replace -r '^--[a-z-]*=' '')
    if string match -q 'unix:*' -- $token
        for file in (__fish_complete_path (string replace 'unix:' '' -- $token))
            echo unix:$file
        end
    else
        printf '%s\\n' ${ADDRESS_STARTS.join(' ')}
    end
end

complete -c domxml -f
${lines.join('\n')}
`;
};

const NO_COMMAND = '__fish_use_subcommand';

const line = (condition: string, rest: string): string => `complete -c domxml -n ${quote(condition)} ${rest}`;

function secondWordLine(first: string, table: CompletionTable): string {
  const seconds = secondWords(table, first).join(' ');
  return line(
    `__fish_seen_subcommand_from ${first}; and not __fish_seen_subcommand_from ${seconds}`,
    `-a ${quote(seconds)}`,
  );
}

function commandLines(command: CommandSyntax, table: CompletionTable): string[] {
  const condition = command.name
    .split(' ')
    .map(word => `__fish_seen_subcommand_from ${word}`)
    .join('; and ');
  const options = command.options.map(option => line(condition, optionText(option, table)));
  const { operand } = command;
  if (operand === undefined) return options;
  const offered =
    operand.choices === undefined
      ? offerOf(operand.completes, table)
      : `-a ${quote(operand.choices.join(' '))}`;
  return offered === '' ? options : [...options, line(condition, offered)];
}

function optionText({ name, value, summary }: OptionSyntax, table: CompletionTable): string {
  const text = `-l ${name.slice(2)} -d ${quote(summary)}`;
  if (value === undefined) return text;
  const offered =
    value.choices === undefined ? offerOf(value.completes, table) : `-a ${quote(value.choices.join(' '))}`;
  return `${text} -x ${offered}`.replace('-x -F', '-r -F').trimEnd();
}

/** What is offered for a value or an operand, as options of fish's `complete`. */
function offerOf(completes: Completes, table: CompletionTable): string {
  switch (completes) {
    case 'file':
      return '-F';
    case 'folder':
      return "-a '(__fish_complete_directories)'";
    case 'address':
      return "-a '(__domxml_addresses)'";
    case 'rule':
      return `-a ${quote(table.rules.join(' '))}`;
    case 'rule-setting':
      return `-a ${quote(table.rules.flatMap(rule => RULE_SETTINGS.map(setting => `${rule}=${setting}`)).join(' '))}`;
    case 'command':
      return `-a ${quote(firstWords(table).join(' '))}`;
    case 'nothing':
      return '';
  }
}

const quote = (text: string): string => `'${text.replace(/['\\]/g, '\\$&')}'`;
