import type { Completes, CommandSyntax, OptionSyntax } from '../syntax';
import {
  ADDRESS_STARTS,
  RULE_SETTINGS,
  firstWords,
  secondWords,
  wordsWithSecond,
  type CompletionTable,
} from './table';

/**
 * The completion script of bash, from 3.2 on, without the bash-completion package. Bash cuts words at `:` and `=`; so the
 * script takes the line apart itself, and gives back only what stands behind the last of them.
 */
export const bashScript = (
  table: CompletionTable,
): string => `# bash completion of domxml, made by 'domxml completion bash'
_domxml_words() {
  local IFS=$' \\t\\n'
  COMPREPLY=($(compgen -W "$1" -- "$2"))
}

_domxml_files() {
  local IFS=$'\\n'
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen "$1" -- "$2"))
}

_domxml_address() {
  case $1 in
    unix:*) _domxml_files -f "\${1#unix:}" ;;
    *) compopt -o nospace 2>/dev/null; _domxml_words '${ADDRESS_STARTS.join(' ')}' "$1" ;;
  esac
}

_domxml_rule_setting() {
  local rule
  case $1 in
    *=*) _domxml_words '${RULE_SETTINGS.join(' ')}' "\${1#*=}" ;;
    *) compopt -o nospace 2>/dev/null; _domxml_words '${table.rules.map(rule => `${rule}=`).join(' ')}' "$1" ;;
  esac
}

_domxml() {
  local line=\${COMP_LINE:0:$COMP_POINT} words current previous command first=2 index only_operands=''
  read -ra words <<< "$line"
  case $line in *[[:space:]]) words+=('') ;; esac
  local last=$((\${#words[@]} - 1))
  current=\${words[$last]} previous=\${words[$((last - 1))]} command=\${words[1]}
  COMPREPLY=()
  if [[ $last -le 1 ]]; then
    _domxml_words '${[...firstWords(table), '--help', '--version'].join(' ')}' "$current"
    return
  fi
  case $command in
${wordsWithSecond(table)
  .map(first => secondWordCase(first, table))
  .join('\n')}
    help) [[ $last -eq 2 ]] && _domxml_words '${firstWords(table).join(' ')}' "$current"; return ;;
  esac
  for ((index = first; index < last; index++)); do
    [[ \${words[$index]} == -- ]] && only_operands=yes
  done
  if [[ -z $only_operands ]]; then
    local option='' value=$current
    case $current in
      --*=*) option=\${current%%=*} value=\${current#*=} ;;
      *) option=$previous ;;
    esac
    case "$command $option" in
${table.commands.flatMap(command => valueCases(command, table)).join('\n')}
    esac
    if [[ $current == -* ]]; then
      case $command in
${table.commands.map(optionCase).join('\n')}
      esac
      return
    fi
  fi
  case $command in
${table.commands.flatMap(command => operandCase(command, table)).join('\n')}
  esac
}

complete -F _domxml domxml
`;

const secondWordCase = (first: string, table: CompletionTable): string => `    ${first})
      if [[ $last -eq 2 ]]; then
        _domxml_words '${secondWords(table, first).join(' ')}' "$current"
        return
      fi
      command="$command \${words[2]}" first=3
      ;;`;

const valueCases = ({ name, options }: CommandSyntax, table: CompletionTable): string[] =>
  options.flatMap(option =>
    option.value === undefined
      ? []
      : [`      '${name} ${option.name}') ${valueOffer(option.value, table)}; return ;;`],
  );

const optionCase = ({ name, options }: CommandSyntax): string =>
  `        '${name}') _domxml_words '${options.map(option => option.name).join(' ')}' "$current" ;;`;

function operandCase({ name, operand }: CommandSyntax, table: CompletionTable): string[] {
  if (operand === undefined) return [];
  const { choices, completes } = operand;
  return [
    `    '${name}') ${choices === undefined ? offer(completes, 'current', table) : wordsOffer(choices, 'current')} ;;`,
  ];
}

const valueOffer = (value: NonNullable<OptionSyntax['value']>, table: CompletionTable): string =>
  value.choices === undefined ? offer(value.completes, 'value', table) : wordsOffer(value.choices, 'value');

const wordsOffer = (words: readonly string[], variable: string): string =>
  `_domxml_words '${words.join(' ')}' "$${variable}"`;

function offer(completes: Completes, variable: string, table: CompletionTable): string {
  switch (completes) {
    case 'file':
      return `_domxml_files -f "$${variable}"`;
    case 'folder':
      return `_domxml_files -d "$${variable}"`;
    case 'address':
      return `_domxml_address "$${variable}"`;
    case 'rule':
      return wordsOffer(table.rules, variable);
    case 'rule-setting':
      return `_domxml_rule_setting "$${variable}"`;
    case 'command':
      return wordsOffer(firstWords(table), variable);
    case 'nothing':
      return ':';
  }
}
