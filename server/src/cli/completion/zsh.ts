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

/** The completion script of zsh: `_arguments` for each command, made from its table. */
export const zshScript = (table: CompletionTable): string => `#compdef domxml
# zsh completion of domxml, made by 'domxml completion zsh'

_domxml_address() {
  if compset -P 'unix:'; then
    _files
  else
    compadd -S '' -- ${ADDRESS_STARTS.join(' ')}
  fi
}

_domxml_rule_setting() {
  if compset -P '*='; then
    compadd -- ${RULE_SETTINGS.join(' ')}
  else
    compadd -S '=' -- ${table.rules.join(' ')}
  fi
}

_domxml() {
  local -a commands
  commands=(
${firstWords(table)
  .map(first => `    ${quote(`${first}:${summaryOf(first, table)}`)}`)
  .join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe -t commands 'domxml command' commands
    return
  fi
  local command=\${words[2]}
  case $command in
${wordsWithSecond(table)
  .map(first => secondWordCase(first, table))
  .join('\n')}
    help)
      _describe -t commands 'domxml command' commands
      return
      ;;
    *)
      shift words
      (( CURRENT-- ))
      ;;
  esac
  case $command in
${table.commands.map(command => commandCase(command, table)).join('\n')}
  esac
}

if [[ $funcstack[1] == _domxml ]]; then
  _domxml "$@"
else
  compdef _domxml domxml
fi
`;

const secondWordCase = (first: string, table: CompletionTable): string => `    ${first})
      if (( CURRENT == 3 )); then
        compadd -- ${secondWords(table, first).join(' ')}
        return
      fi
      command="$command \${words[3]}"
      shift 2 words
      (( CURRENT -= 2 ))
      ;;`;

function commandCase(command: CommandSyntax, table: CompletionTable): string {
  const specs = [
    ...command.options.map(option => optionSpec(option, table)),
    ...operandSpecs(command, table),
  ];
  return `    ${quote(command.name)})
      _arguments -s -S \\
${specs.map(spec => `        ${quote(spec)}`).join(' \\\n')}
      ;;`;
}

function optionSpec(option: OptionSyntax, table: CompletionTable): string {
  const often = option.repeatable ? '*' : '';
  const summary = option.summary.replace(/[[\]:\\]/g, '\\$&');
  if (option.value === undefined) return `${often}${option.name}[${summary}]`;
  const { choices, completes, label } = option.value;
  const action = choices === undefined ? actionOf(completes, table) : `(${choices.join(' ')})`;
  return `${often}${option.name}=[${summary}]:${label.replaceAll(':', '\\:')}:${action}`;
}

function operandSpecs({ operand }: CommandSyntax, table: CompletionTable): string[] {
  if (operand === undefined) return [];
  const { choices, completes, label, most } = operand;
  const action = choices === undefined ? actionOf(completes, table) : `(${choices.join(' ')})`;
  return [`${most === 'any' ? '*' : '1'}:${label}:${action}`];
}

function actionOf(completes: Completes, table: CompletionTable): string {
  switch (completes) {
    case 'file':
      return '_files';
    case 'folder':
      return '_files -/';
    case 'address':
      return '_domxml_address';
    case 'rule':
      return `(${table.rules.join(' ')})`;
    case 'rule-setting':
      return '_domxml_rule_setting';
    case 'command':
      return `(${firstWords(table).join(' ')})`;
    case 'nothing':
      return ' ';
  }
}

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
