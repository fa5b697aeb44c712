import type { Command } from '../command.ts';
import { always } from '../command.ts';
import { completedBy, offeredOptions, spellings } from './words.ts';

/** A bash script, for `source <(chain-upgrade completion bash)`. It needs no other package. */
export function bashCompletion(commands: readonly Command[]): string {
  const names = [...commands.map(({ name }) => name), ...always.flatMap(spellings)];
  return `# Completes command lines of chain-upgrade in bash.
_chain_upgrade() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  local command="\${COMP_WORDS[1]-}" words=''
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${names.join(' ')}" -- "$current"))
    return
  fi
  case "$command $previous" in
${commands.flatMap(valueCases).join('\n')}
  esac
  if [ -z "$words" ]; then
    case "$command" in
${commands.map(commandCase).join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o bashdefault -o default -F _chain_upgrade chain-upgrade
`;
}

/** What follows the options of a command that take a value. */
function valueCases(command: Command): string[] {
  return offeredOptions(command).flatMap(option => {
    if (option.value === undefined) return [];
    const pattern = `    ${JSON.stringify(`${command.name} --${option.name}`)})`;
    const completed = completedBy(option.value);
    if (typeof completed === 'object') return [`${pattern} words="${completed.join(' ')}" ;;`];
    // The shell's own completion of files takes over where there is no reply.
    const own = completed === 'folder' ? 'COMPREPLY=($(compgen -d -- "$current")); ' : '';
    return [`${pattern} ${own}return ;;`];
  });
}

/** The words of a command: its options, and what its argument may be. */
function commandCase(command: Command): string {
  const { name, argument } = command;
  const options = offeredOptions(command).flatMap(spellings);
  const completed = argument ? completedBy(argument.name) : 'unknown';
  const values = typeof completed === 'object' ? completed : [];
  return `      ${name}) words="${[...options, ...values].join(' ')}" ;;`;
}
