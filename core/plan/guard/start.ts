import { indentAt, lineStart } from '../../go/edit/edit.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import { neverGoesOn } from '../../go/eval/flow.ts';
import type { Expr } from '../../go/eval/value.ts';
import { textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import {
  childByField,
  childrenByField,
  findAll,
  namedChildren,
  returnsOf,
} from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import type { ServerCommands } from '../../wiring/daemon/server-commands.ts';
import { startFlagsOf } from '../../wiring/daemon/start-flags.ts';
import { hasWord, nodeText } from '../go-tree.ts';

/** The function that the start command is handed to. */
export const guardFunction = 'guardStart';

/**
 * Has the start command handed to the guard: by a last statement of the function that gets it, or
 * by one around that where others call it too. Throws `Refusal` where neither is safe.
 */
export function guardStartIn(changes: EditBatch, commands: ServerCommands): void {
  const { repo } = changes;
  const flags = startFlagsOf(repo, commands);
  switch (flags.kind) {
    case 'none':
      throw new Refusal('the start command is given to no function that could be extended');
    case 'other':
      wrap(changes, commands, flags.expr);
      return;
    case 'closure':
      if (isEmptyHere(commands, flags.fn)) replace(changes, flags.fn, guardFunction);
      else extend(changes, flags.fn);
      return;
    case 'function':
      if (usesOf(repo, commands, flags.declared.func.name) > 1)
        wrap(changes, commands, commands.startFlags!);
      else extend(changes, flags.fn);
  }
}

/** Whether the call is given a closure that does nothing. */
function isEmptyHere(commands: ServerCommands, fn: Expr): boolean {
  const body = childByField(fn.node, 'body');
  return fn.node === commands.startFlags?.node && body?.children.length === 0;
}

function replace(changes: EditBatch, { facts, node }: Expr, text: string): void {
  changes.edit(facts.path, node.start, node.end, text);
}

/** How often the functions of the package name one of them. */
function usesOf(repo: Repo, { within }: ServerCommands, name: string): number {
  const uses = repo.functions(within.dir).flatMap(found => {
    const { text } = found.facts;
    const { start, end } = found.func;
    if (!hasWord(text.slice(start, end), name)) return [];
    const body = childByField(repo.syntaxOf(found), 'body');
    return findAll(body, 'identifier', 'field_identifier').filter(
      node => text.slice(node.start, node.end) === name,
    );
  });
  return uses.length;
}

/** Gives the call a closure that calls what it was given, and the guard. */
function wrap(changes: EditBatch, { call, startFlags }: ServerCommands, given: Expr): void {
  const { facts, node } = startFlags!;
  const isName = given.node.type === 'identifier' || given.node.type === 'selector_expression';
  if (!isName) throw new Refusal(`what gets the start command is computed: ${textOf(given)}`);
  const cobra = cobraIn(changes, call.facts.path);
  const indent = indentAt(facts.text, node.start);
  const lines = [
    `func(startCmd *${cobra}.Command) {`,
    `${indent}\t${textOf(given)}(startCmd)`,
    `${indent}\t${guardFunction}(startCmd)`,
    `${indent}}`,
  ];
  changes.edit(facts.path, node.start, node.end, lines.join('\n'));
}

const cobraPath = 'github.com/spf13/cobra';

/** What a file calls cobra; it is imported there if it is not yet. */
function cobraIn(changes: EditBatch, file: string): string {
  const facts = changes.repo.facts(file)!;
  const known = facts.imports.flatMap(({ imports }) => imports).find(one => one.path === cobraPath);
  if (known && known.alias !== '_' && known.alias !== '.') return known.alias ?? 'cobra';
  changes.import(file, { path: cobraPath, alias: undefined });
  return 'cobra';
}

/** Writes the call of the guard behind the statements of a function that gets the start command. */
function extend(changes: EditBatch, fn: Expr): void {
  const body = childByField(fn.node, 'body');
  const { facts } = fn;
  const [parameter, ...others] = namedChildren(childByField(fn.node, 'parameters'));
  const statements = namedChildren(body);
  const leaves =
    returnsOf(fn.node).length > 0 || statements.some(one => neverGoesOn(one, facts.text));
  if (!body || !parameter || others.length > 0 || childByField(fn.node, 'result'))
    throw new Refusal('what gets the start command takes or gives more than that');
  if (leaves) throw new Refusal('what gets the start command may return before its end');
  const name = parameterName(changes, fn, parameter, body);
  const indent = indentAt(facts.text, body.start);
  const statement = `${indent}\t${guardFunction}(${name})\n`;
  const close = body.end - 1;
  const isOwnLine = facts.text.slice(lineStart(facts.text, close), close).trim() === '';
  if (isOwnLine) {
    const at = lineStart(facts.text, close);
    changes.edit(facts.path, at, at, statement);
    return;
  }
  // `{}` or `{ statement }` on one line.
  const inner = statements.map(one => `${indent}\t${nodeText(facts, one)}\n`).join('');
  if (body.children.length > statements.length)
    throw new Refusal('what gets the start command has a comment on its only line');
  changes.edit(facts.path, body.start, body.end, `{\n${inner}${statement}${indent}}`);
}

/** The name of the parameter, which gets one where it has none. */
function parameterName(
  changes: EditBatch,
  { facts }: Expr,
  parameter: SyntaxNode,
  body: SyntaxNode,
): string {
  const names = childrenByField(parameter, 'name');
  const [name] = names;
  const written = nodeText(facts, name);
  if (names.length > 1) throw new Refusal('what gets the start command takes more than that');
  if (name && written !== '_') return written;
  const free = ['startCmd', 'start', 'cmd'].find(one => !hasWord(nodeText(facts, body), one));
  if (free === undefined) throw new Refusal('what gets the start command has no name for it');
  if (name) changes.edit(facts.path, name.start, name.end, free);
  else changes.edit(facts.path, parameter.start, parameter.start, `${free} `);
  return free;
}
