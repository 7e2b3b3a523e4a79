import type { CommandSyntax } from '../syntax';

/** What the completion scripts are made from: the commands with all their options, and the names of the rules. */
export interface CompletionTable {
  readonly commands: readonly CommandSyntax[];
  readonly rules: readonly string[];
}

/** Kinds of address that a VM may have, as far as a shell can offer them. */
export const ADDRESS_STARTS = ['unix:', 'tcp:', 'libvirt:'] as const;

/** What may stand behind `--rule ID=`. */
export const RULE_SETTINGS = ['off', 'error', 'warning', 'information', 'hint'] as const;

/** First words, each once: `check`, `groups`, ... */
export const firstWords = (table: CompletionTable): readonly string[] => [
  ...new Set(table.commands.map(command => command.name.split(' ')[0] ?? '')),
  'help',
];

/** Second words of a first word: `list`, `info`, ... for `groups`. */
export const secondWords = (table: CompletionTable, first: string): readonly string[] =>
  table.commands
    .filter(command => command.name.startsWith(`${first} `))
    .map(({ name }) => name.slice(first.length + 1));

/** First words that stand with a second one. */
export const wordsWithSecond = (table: CompletionTable): readonly string[] =>
  firstWords(table).filter(first => secondWords(table, first).length > 0);

/** What to say beside a first word. */
export function summaryOf(first: string, table: CompletionTable): string {
  const commands = table.commands.filter(({ name }) => name === first || name.startsWith(`${first} `));
  if (commands.length > 1) return secondWords(table, first).join(', ');
  return commands[0]?.summary ?? 'Tell about a command.';
}
