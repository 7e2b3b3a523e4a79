/**
 * What a command takes, as data. The argument reader, `--help`, the words for a mistake and the completion scripts of
 * the shells are all made from it, so none of them can say something else than another.
 */

/** What a shell offers for a value or an operand. */
export type Completes = 'file' | 'folder' | 'address' | 'rule' | 'rule-setting' | 'command' | 'nothing';

export interface OptionSyntax {
  /** With its dashes: `--format`. */
  readonly name: string;
  /** Absent for an option that is only there or not. */
  readonly value?: {
    /** As `--help` shows it: `ADDRESS`. */
    readonly label: string;
    /** Where only these may be given. */
    readonly choices?: readonly string[];
    readonly completes: Completes;
  };
  readonly repeatable?: true;
  readonly required?: true;
  readonly summary: string;
}

export interface OperandSyntax {
  readonly label: string;
  readonly choices?: readonly string[];
  readonly completes: Completes;
  readonly least: 0 | 1;
  readonly most: 1 | 'any';
}

export interface CommandSyntax {
  /** One word, or two: `groups set`. */
  readonly name: string;
  readonly summary: string;
  readonly operand?: OperandSyntax;
  readonly options: readonly OptionSyntax[];
  /** Exit code of a mistake in the arguments. */
  readonly usageExit: 1 | 2;
  /** Paragraphs for `--help` below the options. */
  readonly details?: readonly string[];
}

export const HELP_OPTION: OptionSyntax = { name: '--help', summary: 'Show this help.' };

/** The options that a command takes, `--help` too. */
export const optionsOf = (command: CommandSyntax): readonly OptionSyntax[] => [
  ...command.options,
  HELP_OPTION,
];

/** "--format text|json", "--yes". */
export function optionText(option: OptionSyntax): string {
  if (option.value === undefined) return option.name;
  return `${option.name} ${option.value.choices?.join('|') ?? option.value.label}`;
}

/** "domxml plan --vm ADDRESS [--prune] [--live] FILE"; where there are very many options they are not named one by one. */
export function usageLine(command: CommandSyntax): string {
  const { options } = command;
  const optional = options.filter(option => !option.required);
  const shown = optional.length > MANY ? ['[OPTION]...'] : optional.map(bracketed);
  return [
    'domxml',
    command.name,
    ...options.filter(option => option.required).map(optionText),
    ...shown,
    ...operandTexts(command.operand),
  ].join(' ');
}

const MANY = 12;

const bracketed = (option: OptionSyntax): string =>
  `[${optionText(option)}]${option.repeatable ? '...' : ''}`;

function operandTexts(operand: OperandSyntax | undefined): string[] {
  if (operand === undefined) return [];
  const label = (operand.choices?.join('|') ?? operand.label) + (operand.most === 'any' ? '...' : '');
  return [operand.least === 0 ? `[${label}]` : label];
}
