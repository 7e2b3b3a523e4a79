import { optionsOf, type CommandSyntax } from '../syntax';
import type { Command } from '../command';
import { RULES } from '../../engine';
import { bashScript } from './bash';
import { fishScript } from './fish';
import type { CompletionTable } from './table';
import { zshScript } from './zsh';

const syntax: CommandSyntax = {
  name: 'completion',
  summary: 'Print the completion script of a shell.',
  operand: {
    label: 'SHELL',
    choices: ['bash', 'zsh', 'fish'],
    completes: 'nothing',
    least: 1,
    most: 1,
  },
  options: [],
  usageExit: 2,
  details: [
    'bash: put   eval "$(domxml completion bash)"   into ~/.bashrc.',
    'zsh: domxml completion zsh > a folder of $fpath, as _domxml; then compinit.',
    'fish: domxml completion fish > ~/.config/fish/completions/domxml.fish',
  ],
};

const SCRIPTS: ReadonlyMap<string, (table: CompletionTable) => string> = new Map([
  ['bash', bashScript],
  ['zsh', zshScript],
  ['fish', fishScript],
]);

/** `domxml completion SHELL`: the script on stdout, made from the tables of `commands`, to which it belongs itself. */
export const completionCommand = (commands: () => readonly Command[]): Command => ({
  syntax,
  run(given, terminal) {
    const table: CompletionTable = {
      commands: commands().map(({ syntax: taken }) => ({ ...taken, options: optionsOf(taken) })),
      rules: RULES.map(rule => rule.id),
    };
    const script = SCRIPTS.get(given.operands[0] ?? '');
    if (script !== undefined) terminal.out(script(table));
    return Promise.resolve(0);
  },
});
