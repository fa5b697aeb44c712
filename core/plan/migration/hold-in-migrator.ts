import { lineStart } from '../../go/edit/edit.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import { freeImport } from '../../go/edit/imports-in-use.ts';
import type { FoundFunc, Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { importsOf } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { callsOf, childByField, findAll, namedChildren } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { literalType, nodeText } from '../go-tree.ts';
import type { MigratorField, Struct } from './keeper.ts';
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
  field: MigratorField,
): void {
  const migrator = followableMigrator(repo, module, dir);
  if (!migrator)
    throw new Refusal(
      `cannot follow how the Migrator in ${dir} is made; ` +
        `give it a field ${field.name} of x/params by hand`,
      { file: dir },
    );
  const { name } = field;
  const spec = freeImport(repo, migrator.maker.facts, field.import);
  const type = typeWith(spec, field.type);
  addStructField(changes, migrator.struct, name, type, dir);
  for (const { path } of new Set([migrator.struct.facts, migrator.maker.facts]))
    changes.import(path, spec);
  addElement(changes, migrator.maker.facts, migrator.parameters, `${name} ${type}`);
  addLiteralField(changes, migrator, name);
  for (const { facts, func, node } of migrator.calls) {
    const given = `${func.receiver!.name}.${field.field}`;
    addElement(changes, facts, childByField(node, 'arguments')!, given);
  }
}

/** A call of the migrator's constructor, and the method that makes it. */
interface MakerCall extends FoundFunc {
  readonly node: SyntaxNode;
}

/** A migrator and every place that makes it. */
interface FollowableMigrator {
  readonly struct: Struct;
  readonly maker: FoundFunc;
  /** The constructor's parameter list, and the body of the literal that it returns. */
  readonly parameters: SyntaxNode;
  readonly literal: SyntaxNode;
  readonly calls: readonly MakerCall[];
}

/** Undefined where one of the places cannot be edited safely. */
function followableMigrator(
  repo: Repo,
  module: string,
  dir: string,
): FollowableMigrator | undefined {
  const struct = structIn(repo, dir, 'Migrator');
  const maker = repo.func(dir, 'NewMigrator');
  const syntax = maker && repo.syntaxOf(maker);
  if (!struct || !maker || !syntax || isMadeElsewhere(repo, module, dir)) return undefined;
  const literal = findAll(syntax, 'composite_literal').find(
    node => literalType(maker.facts, node) === 'Migrator',
  );
  const calls = callsIn(repo, module);
  const hasReceivers = calls.every(({ func }) => !/^_?$/.test(func.receiver?.name ?? ''));
  if (!literal || calls.length === 0 || !hasReceivers) return undefined;
  return {
    struct,
    maker,
    parameters: childByField(syntax, 'parameters')!,
    literal: childByField(literal, 'body')!,
    calls,
  };
}

/** The calls of the constructor in a module's package. */
function callsIn(repo: Repo, module: string): MakerCall[] {
  return repo.functions(module).flatMap(found =>
    callsOf(repo.syntaxOf(found), found.facts.text, 'NewMigrator').map(node => ({
      ...found,
      node,
    })),
  );
}

/** Whether a third package calls the constructor. */
function isMadeElsewhere(repo: Repo, module: string, dir: string): boolean {
  return [...repo.packages.keys()]
    .filter(other => other !== module && other !== dir)
    .some(other =>
      repo
        .filesOf(other, /\.NewMigrator\(/)
        .some(facts => importsOf(facts).some(i => repo.dirOf(i.path, other) === dir)),
    );
}

/** The field's type with the qualifier that it is imported under. */
function typeWith({ alias }: ImportSpec, type: string): string {
  return alias === undefined ? type : `${alias}.${type.replace(/^.*\./, '')}`;
}

function addStructField(
  changes: EditBatch,
  { facts, spec }: Struct,
  name: string,
  type: string,
  dir: string,
): void {
  if (!facts.text.slice(spec.start, spec.end).includes('\n'))
    throw new Refusal(
      `the Migrator in ${dir} is written in one line; give it a field ${name} by hand`,
      { file: facts.path },
    );
  const close = lineStart(facts.text, spec.end - 1);
  changes.edit(facts.path, close, close, `\n\t${name} ${type}\n`);
}

/** Adds the field to the literal that the constructor returns. */
function addLiteralField(
  changes: EditBatch,
  { maker: { facts }, literal }: FollowableMigrator,
  name: string,
): void {
  const isKeyed = namedChildren(literal).some(element => element.type === 'keyed_element');
  if (!isKeyed || !nodeText(facts, literal).includes('\n')) {
    addElement(changes, facts, literal, isKeyed ? `${name}: ${name}` : name);
    return;
  }
  // A field of its own block needs no column with the others.
  const close = lineStart(facts.text, literal.end - 1);
  changes.edit(facts.path, close, close, `\n\t\t${name}: ${name},\n`);
}

/** Adds an element at the end of a list in one line. */
function addElement(changes: EditBatch, facts: FileFacts, list: SyntaxNode, element: string): void {
  if (nodeText(facts, list).includes('\n'))
    throw new Refusal(
      `${facts.path} has a list of several lines where ${element} belongs; add it by hand`,
      { file: facts.path },
    );
  const last = namedChildren(list).at(-1);
  const end = last ? last.end : list.end - 1;
  changes.edit(facts.path, end, end, `${last ? ', ' : ''}${element}`);
}
