import { lineStart } from '../../go/edit/edit.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import { freeImport } from '../../go/edit/imports-in-use.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts, Func } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { callsOf, childByField, findAll, namedChildren } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import type { MigratorField } from './keeper.ts';
import { structIn } from './keeper.ts';

/**
 * Gives a migrator a field that the module's type already has: in its struct, its constructor, and
 * where the module makes it.
 */
export function holdInMigrator(
  repo: Repo,
  changes: EditBatch,
  module: string,
  dir: string,
  { name, type, import: wanted, field }: MigratorField,
): void {
  const struct = structIn(repo, dir, 'Migrator');
  const made = repo.func(dir, 'NewMigrator');
  const syntax = made && repo.syntaxOf(made);
  const literal =
    syntax &&
    findAll(syntax, 'composite_literal').find(
      n =>
        made.facts.text.slice(childByField(n, 'type')!.start, childByField(n, 'type')!.end) ===
        'Migrator',
    );
  const callers = repo.functions(module).flatMap(({ facts, func }) =>
    callsOf(repo.syntaxOf({ facts, func }), facts.text, 'NewMigrator').map(call => ({
      facts,
      func,
      call,
    })),
  );
  const elsewhere = [...repo.packages.keys()].some(
    other =>
      other !== module &&
      other !== dir &&
      repo
        .filesOf(other, /\.NewMigrator\(/)
        .some(f => f.imports.some(b => b.imports.some(i => repo.dirOf(i.path, other) === dir))),
  );
  if (
    !struct ||
    !made ||
    !syntax ||
    !literal ||
    callers.length === 0 ||
    elsewhere ||
    callers.some(c => !c.func.receiver?.name || c.func.receiver.name === '_')
  )
    throw new Refusal(
      `the Migrator in ${dir} is not made where it can be followed; give it a field ${name} of x/params by hand`,
      { file: dir },
    );
  const { facts, spec } = struct;
  if (!facts.text.slice(spec.start, spec.end).includes('\n'))
    throw new Refusal(
      `the Migrator in ${dir} is written in one line; give it a field ${name} by hand`,
      { file: facts.path },
    );
  const free = freeImport(repo, made.facts, wanted);
  const shown = free.alias === undefined ? type : `${free.alias}.${type.replace(/^.*\./, '')}`;
  const at = lineStart(facts.text, spec.end - 1);
  changes.import(facts.path, free);
  if (made.facts !== facts) changes.import(made.facts.path, free);
  changes.edit(facts.path, at, at, `\n\t${name} ${shown}\n`);
  append(changes, made.facts, childByField(syntax, 'parameters')!, `${name} ${shown}`);
  const body = childByField(literal, 'body')!;
  const keyed = namedChildren(body).some(e => e.type === 'keyed_element');
  if (keyed && made.facts.text.slice(body.start, body.end).includes('\n')) {
    const end = lineStart(made.facts.text, body.end - 1);
    // A field of its own block needs no column with the others.
    changes.edit(made.facts.path, end, end, `\n\t\t${name}: ${name},\n`);
  } else append(changes, made.facts, body, keyed ? `${name}: ${name}` : name);
  for (const caller of callers)
    append(
      changes,
      caller.facts,
      childByField(caller.call, 'arguments')!,
      given(caller.func, field),
    );
}

function given({ receiver }: Func, field: string): string {
  return `${receiver!.name}.${field}`;
}

/** Adds an element at the end of a list in one line, or of one that stands in lines of its own. */
function append(changes: EditBatch, facts: FileFacts, list: SyntaxNode, element: string): void {
  const elements = namedChildren(list);
  const last = elements.at(-1);
  const { text, path } = facts;
  if (text.slice(list.start, list.end).includes('\n'))
    throw new Refusal(
      `${path} has a list of several lines where ${element} belongs; add it by hand`,
      { file: path },
    );
  const at = last ? last.end : list.end - 1;
  changes.edit(path, at, at, `${last ? ', ' : ''}${element}`);
}
