import type { FoundFunc, Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, findAll, namedChildren } from '../../go/syntax/syntax.ts';
import type { Module } from '../chain.ts';
import { foldersOfModule } from './module-folders.ts';

/**
 * The fields of a module's parameters that its NewParams and DefaultParams set, sorted; undefined
 * where it has neither, or they name no field.
 */
export function parameterFields(
  repo: Repo,
  { dir }: Pick<Module, 'dir'>,
): readonly string[] | undefined {
  for (const folder of foldersOfModule(dir)) {
    const makers = ['NewParams', 'DefaultParams'].flatMap(name => repo.func(folder, name) ?? []);
    const fields = makers.flatMap(maker => fieldsSetBy(repo, maker));
    if (fields.length > 0) return [...new Set(fields)].sort();
  }
  return undefined;
}

/** The keys of the literals of `Params` in a function. */
function fieldsSetBy(repo: Repo, maker: FoundFunc): string[] {
  return findAll(repo.syntaxOf(maker), 'composite_literal')
    .filter(literal => written(maker.facts, childByField(literal, 'type')) === 'Params')
    .flatMap(literal => namedChildren(childByField(literal, 'body')))
    .filter(element => element.type === 'keyed_element')
    .map(element => written(maker.facts, namedChildren(element)[0]));
}

function written({ text }: FileFacts, node: SyntaxNode | undefined): string {
  return node ? text.slice(node.start, node.end) : '';
}
