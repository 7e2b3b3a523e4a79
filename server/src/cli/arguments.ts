import { similarNames } from './similar';
import { optionsOf, usageLine, type CommandSyntax, type OptionSyntax } from './syntax';
import { quoted } from './printable';

/** The arguments of one command, read by its table: asking for an option that the table has not is a mistake here. */
export class Arguments {
  constructor(
    private readonly options: ReadonlyMap<string, readonly string[]>,
    readonly operands: readonly string[],
  ) {}

  has(option: string): boolean {
    return this.options.has(option);
  }

  /** The value of an option that is given at most once. */
  value(option: string): string | undefined {
    return this.options.get(option)?.[0];
  }

  /** The values of a repeatable option, in order. */
  values(option: string): readonly string[] {
    return this.options.get(option) ?? [];
  }
}

/** A mistake in the arguments: shown with the usage line, nothing was done. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Reads the words behind a command's name, strictly: an unknown option, a missing or surplus value, an option given
 * twice and a wrong number of operands throw `UsageError`. Behind `--` everything is an operand; `-` alone is one too.
 */
export function readArguments(command: CommandSyntax, words: readonly string[]): Arguments {
  const options = new Map<string, string[]>();
  const operands: string[] = [];
  const pending = [...words];
  for (let word = pending.shift(); word !== undefined; word = pending.shift()) {
    if (word === '--') {
      operands.push(...pending);
      break;
    }
    if (word === '-' || !word.startsWith('-')) operands.push(word);
    else readOption(command, word, pending, options);
  }
  if (!options.has('--help')) {
    requireOptions(command, options);
    requireOperands(command, operands);
  }
  return new Arguments(options, operands);
}

function readOption(
  command: CommandSyntax,
  word: string,
  pending: string[],
  options: Map<string, string[]>,
): void {
  const equals = word.indexOf('=');
  const name = equals < 0 ? word : word.slice(0, equals);
  const option = optionNamed(command, name === '-h' ? '--help' : name);
  const values = options.get(option.name);
  if (values !== undefined && !option.repeatable) {
    throw new UsageError(`${option.name} is given twice; give it once`);
  }
  const value = valueOf(option, equals < 0 ? undefined : word.slice(equals + 1), pending);
  if (values === undefined) options.set(option.name, [value]);
  else values.push(value);
}

function optionNamed(command: CommandSyntax, name: string): OptionSyntax {
  const known = optionsOf(command);
  const option = known.find(candidate => candidate.name === name);
  if (option !== undefined) return option;
  const similar = similarNames(
    name,
    known.map(candidate => candidate.name),
  );
  const hint = similar.length > 0 ? `; did you mean ${similar.join(' or ')}?` : '';
  const path =
    command.operand?.completes === 'file' && similar.length === 0
      ? '; a path that starts with - goes behind --'
      : '';
  throw new UsageError(`unknown option ${quoted(name)}${hint}${path}`);
}

/** The value behind `=` or the next word. A next word that is an option shows that the value was forgotten. */
function valueOf(option: OptionSyntax, attached: string | undefined, pending: string[]): string {
  if (option.value === undefined) {
    if (attached !== undefined) throw new UsageError(`${option.name} takes no value`);
    return '';
  }
  const value = attached ?? (pending[0]?.startsWith('--') ? undefined : pending.shift());
  if (value === undefined) {
    throw new UsageError(`${option.name} needs a value: ${option.name} ${valueText(option.value)}`);
  }
  if (option.value.choices !== undefined && !option.value.choices.includes(value)) {
    throw new UsageError(
      `${option.name} ${quoted(value)} is not known; it is one of ${option.value.choices.join(', ')}`,
    );
  }
  return value;
}

const valueText = (value: NonNullable<OptionSyntax['value']>): string =>
  value.choices?.join('|') ?? value.label;

function requireOptions(command: CommandSyntax, options: ReadonlyMap<string, unknown>): void {
  for (const option of command.options) {
    if (option.required && !options.has(option.name)) {
      throw new UsageError(
        `${option.name} is missing: ${option.name} ${option.value === undefined ? '' : valueText(option.value)}`.trim(),
      );
    }
  }
}

function requireOperands(command: CommandSyntax, operands: readonly string[]): void {
  const { operand } = command;
  const most = operand === undefined ? 0 : operand.most === 'any' ? Infinity : operand.most;
  const surplus = operands[most];
  if (surplus !== undefined) {
    throw new UsageError(`${quoted(surplus)} is one argument too many: ${usageLine(command)}`);
  }
  if (operand !== undefined && operands.length < operand.least) {
    throw new UsageError(`${operand.label} is missing: ${usageLine(command)}`);
  }
  const wrong = operands.find(given => operand?.choices !== undefined && !operand.choices.includes(given));
  if (wrong !== undefined && operand?.choices !== undefined) {
    throw new UsageError(`${quoted(wrong)} is not known; it is one of ${operand.choices.join(', ')}`);
  }
}
