import type { Command, Option } from '../command.ts';
import { completedBy, offeredOptions, quoted, spellings } from './words.ts';

/** A zsh script: a file `_chain-upgrade` of a folder in `fpath`, or sourced after compinit. */
export function zshCompletion(commands: readonly Command[]): string {
  return `#compdef chain-upgrade
# Completes command lines of chain-upgrade in zsh.
_chain_upgrade() {
  local -a commands
  commands=(
${commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command="$words[2]"
  shift words
  (( CURRENT-- ))
  case "$command" in
${commands.map(commandCase).join('\n')}
  esac
}
if [ "$funcstack[1]" = _chain-upgrade ]; then
  _chain_upgrade "$@"
else
  compdef _chain_upgrade chain-upgrade
fi
`;
}

function commandCase(command: Command): string {
  const { name, argument } = command;
  const lines = offeredOptions(command).flatMap(optionSpecs);
  const place = argument ? [quoted(`::${plain(argument.help)}:${action(argument.name)}`)] : [];
  return `    ${name}) _arguments ${[...lines, ...place].join(' \\\n      ')} ;;`;
}

function optionSpecs(option: Option): string[] {
  const { value, several, help } = option;
  const takes = value === undefined ? '' : `:${plain(value)}:${action(value)}`;
  const again = several ? '*' : '';
  return spellings(option).map(spelling => quoted(`${again}${spelling}[${plain(help)}]${takes}`));
}

function action(placeholder: string): string {
  const completed = completedBy(placeholder);
  if (typeof completed === 'object') return `(${completed.join(' ')})`;
  return { file: '_files', folder: '_files -/', unknown: ' ' }[completed];
}

/** Text without what separates the parts of a specification. */
function plain(text: string): string {
  return text.replace(/[[\]:\\]/g, match => `\\${match}`);
}
