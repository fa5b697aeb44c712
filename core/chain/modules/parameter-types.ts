import { dirname, join } from '../../files.ts';
import type { FoundFunc, Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { Location } from '../../go/source/location.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, childrenByField, findAll, namedChildren } from '../../go/syntax/syntax.ts';
import type { Module } from '../chain.ts';

/** A field of a module's parameters with its type as it is written. */
export interface WrittenParameter {
  readonly field: string;
  readonly type: string;
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
    // The module's own code may lie in a folder of its own, such as `x/bank/module`.
    for (const folder of [join(dir, 'types'), dir, join(dirname(dir), 'types')]) {
      const maker = repo.func(folder, 'NewParams');
      const found = [...inStruct(repo, folder), ...(maker ? inMaker(repo, maker) : [])];
      if (found.length > 0) return new Map(found.map(one => [one.field, one]));
    }
    return new Map();
  });
}

function inStruct(repo: Repo, folder: string): WrittenParameter[] {
  return repo.filesOf(folder, /\bParams\b/).flatMap(facts =>
    facts.types
      .filter(({ name, alias, syntax }) => name === 'Params' && !alias && isStruct(syntax))
      .flatMap(({ syntax }) => findAll(syntax, 'field_declaration'))
      .flatMap(declaration => typedNames(facts, declaration)),
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
      .flatMap(declaration => typedNames(facts, declaration))
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

function typedNames(facts: FileFacts, declaration: SyntaxNode): WrittenParameter[] {
  const type = written(facts, childByField(declaration, 'type'));
  return childrenByField(declaration, 'name').map(name => ({
    field: written(facts, name),
    type,
    location: locationOf(facts, declaration),
  }));
}

function written({ text }: FileFacts, node: SyntaxNode | undefined): string {
  return node ? text.slice(node.start, node.end) : '';
}

/** What a stored parameter is, whatever its type is called. */
const kinds: readonly (readonly [kind: string, type: RegExp])[] = [
  ['whole number', /^u?int(8|16|32|64)?$/],
  ['truth value', /^bool$/],
  ['text', /^string$/],
  ['decimal', /^\w+\.(Legacy)?Dec$/],
  ['large number', /^\w+\.Int$/],
  ['time', /^time\.Time$/],
  ['duration', /^time\.Duration$/],
  ['coin', /^\w+\.Coin$/],
  ['coins', /^\w+\.Coins$|^\[\]\w+\.Coin$/],
  ['decimal coins', /^\w+\.DecCoins$|^\[\]\w+\.DecCoin$/],
  ['texts', /^\[\]string$/],
  ['decimals', /^\[\]\w+\.(Legacy)?Dec$/],
  ['whole numbers', /^\[\]u?int(16|32|64)$/],
];

/** Kinds that are stored alike, or may be: as protobuf, or as the JSON of x/params. */
const alike: readonly (readonly string[])[] = [
  ['whole number', 'truth value'],
  ['whole number', 'duration'],
  ['text', 'large number'],
  ['coins', 'decimal coins'],
];

/** Whether what was stored of one type cannot be read as another; false where that is not sure. */
export function isStoredOtherwise(type: string, other: string): boolean {
  const [is, was] = [type, other].map(
    one => kinds.find(([, pattern]) => pattern.test(one.replace(/^\*/, '')))?.[0],
  );
  if (is === undefined || was === undefined || is === was) return false;
  return !alike.some(pair => pair.includes(is) && pair.includes(was));
}
