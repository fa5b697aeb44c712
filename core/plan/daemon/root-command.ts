import type { DaemonFacts } from '../../chain/daemon/daemon.ts';
import { indentAt, lineEnd } from '../../go/edit/edit.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import { textOf } from '../../go/eval/value.ts';
import { Refusal } from '../../refusal.ts';
import type { ServerCommands } from '../../wiring/daemon/server-commands.ts';

/** The one call of a daemon that adds the server's commands. Throws `Refusal` for none or several. */
export function onlyServerCommands({ commands, dir }: DaemonFacts): ServerCommands {
  const [only, ...others] = commands;
  if (!only)
    throw new Refusal(
      `${dir || 'the daemon'} does not call server.AddCommands of the SDK or of an EVM server: ` +
        'its start command is not known',
    );
  if (others.length > 0)
    throw new Refusal(
      `the server's commands are added in ${commands.length} places: ` +
        commands.map(({ call }) => call.facts.path).join(', '),
    );
  return only;
}

/**
 * Adds commands to the daemon's root command, behind the server's; `made` are the Go expressions
 * that make them. Throws `Refusal` where there is no such place.
 */
export function addCommandsBehind(
  changes: EditBatch,
  { call, root }: ServerCommands,
  made: readonly string[],
): void {
  const { facts, node } = call;
  const statement = node.parent;
  if (statement?.type !== 'expression_statement' || statement.parent?.type !== 'block')
    throw new Refusal("the call that adds the server's commands is no statement of its own");
  if (!/^(identifier|selector_expression)$/.test(root.node.type))
    throw new Refusal(`the root command has no name: ${textOf(root)}`);
  const at = lineEnd(facts.text, statement.end);
  const indent = indentAt(facts.text, statement.start);
  changes.edit(facts.path, at, at, `${indent}${textOf(root)}.AddCommand(${made.join(', ')})\n`);
}
