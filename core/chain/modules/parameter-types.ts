import type { FoundFunc, Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { Location } from '../../go/source/location.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, childrenByField, findAll, namedChildren } from '../../go/syntax/syntax.ts';
import type { Module } from '../chain.ts';
import { foldersOfModule } from './module-folders.ts';

/** A field of a module's parameters with its type as it is written. */
export interface WrittenParameter {
  readonly field: string;
  readonly type: string;
  /** Whether the struct itself is written by hand, and not generated of a protobuf message. */
  readonly isInStruct: boolean;
  readonly location: Location;
}

/**
 * The fields of a module's parameters whose types are written by hand, by name: in the struct
 * `Params`, and by the parameters of NewParams that become fields as they are. What only generated
 * code says is not read.
 */
export function parameterTypes(
  repo: Repo,
  { dir }: Pick<Module, 'dir'>,
): ReadonlyMap<string, WrittenParameter> {
  return repo.memoWithDependencies(dir, 'types of parameters', () => {
    for (const folder of foldersOfModule(dir)) {
      const maker = repo.func(folder, 'NewParams');
      const found = [...(maker ? inMaker(repo, maker) : []), ...inStruct(repo, folder)];
      if (found.length > 0) return new Map(found.map(one => [one.field, one]));
    }
    return new Map();
  });
}

function inStruct(repo: Repo, folder: string): WrittenParameter[] {
  return repo.filesOf(folder, /\bParams\s+struct\b/).flatMap(facts =>
    facts.types
      .filter(({ name, alias, syntax }) => name === 'Params' && !alias && isStruct(syntax))
      .flatMap(({ syntax }) => findAll(syntax, 'field_declaration'))
      .flatMap(declaration => typedNames(facts, declaration, true)),
  );
}

function isStruct({ type }: SyntaxNode): boolean {
  return type === 'struct_type';
}

function inMaker(repo: Repo, maker: FoundFunc): WrittenParameter[] {
  const { facts } = maker;
  const fn = repo.syntaxOf(maker);
  const given = new Map(
    namedChildren(childByField(fn, 'parameters'))
      .flatMap(declaration => typedNames(facts, declaration, false))
      .map(one => [one.field, one]),
  );
  return findAll(fn, 'composite_literal')
    .filter(literal => written(facts, childByField(literal, 'type')) === 'Params')
    .flatMap(literal => namedChildren(childByField(literal, 'body')))
    .flatMap(element => {
      const [key, value] = element.type === 'keyed_element' ? namedChildren(element) : [];
      const parameter = given.get(written(facts, value));
      return parameter ? [{ ...parameter, field: written(facts, key) }] : [];
    });
}

function typedNames(
  facts: FileFacts,
  declaration: SyntaxNode,
  isInStruct: boolean,
): WrittenParameter[] {
  const type = written(facts, childByField(declaration, 'type'));
  return childrenByField(declaration, 'name').map(name => ({
    field: written(facts, name),
    type,
    isInStruct,
    location: locationOf(facts, declaration),
  }));
}

function written({ text }: FileFacts, node: SyntaxNode | undefined): string {
  return node ? text.slice(node.start, node.end) : '';
}
