import { dirname } from '../../files.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts, Func } from '../../go/source/facts.ts';
import { typeRef } from '../../go/source/type-ref.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, childrenByField, namedChildren } from '../../go/syntax/syntax.ts';
import { functionAround, isExported, nodeText } from '../go-tree.ts';
import type { HandlerShape, Parameters } from './handler-shape.ts';
import { handlerParameters } from './handler-shape.ts';

/** An expression that holds a value of the type that is looked for. */
export interface HeldValue {
  readonly text: string;
  readonly pointer: boolean;
}

/** A type by the package that declares it. */
export interface ForeignType {
  readonly path: RegExp;
  readonly name: string;
}

/**
 * How a handler gets at a value of a type: a parameter of the handler's constructor or the receiver
 * of the function it is written in, a field of theirs, or one that such a struct embeds, as far as this
 * repository declares the types. Undefined where nothing in reach is of that type.
 */
export function heldBy(
  repo: Repo,
  { facts, maker, closure }: HandlerShape,
  wanted: ForeignType,
): HeldValue | undefined {
  const func = functionAround({ facts, node: closure.node });
  const given = [
    ...(maker ? maker.parameters.list : parametersOf(func, facts)),
    ...(func?.receiver ? [{ name: func.receiver.name, type: func.receiver.type }] : []),
  ].filter(({ name }) => name !== '' && name !== '_');
  const direct = given.find(({ type }) => isWanted(repo, facts, type, wanted));
  if (direct) return { text: direct.name, pointer: isPointer(direct.type) };
  for (const { name, type } of given) {
    const field = fieldOf(repo, facts, type, wanted, dirname(facts.path));
    if (field) return { text: `${name}.${field.text}`, pointer: field.pointer };
  }
  return undefined;
}

function parametersOf(func: Func | undefined, facts: FileFacts): Parameters['list'] {
  return func?.syntax ? handlerParameters(func.syntax, facts).list : [];
}

function isPointer(type: string): boolean {
  return type.startsWith('*');
}

function isWanted(repo: Repo, facts: FileFacts, type: string, wanted: ForeignType): boolean {
  const named = typeRef(type);
  if (named?.qualifier === undefined || named.name !== wanted.name) return false;
  return wanted.path.test(repo.importFor(facts, named.qualifier) ?? '');
}

/**
 * The path of a field of that type in a struct; fields that another package cannot name are left
 * out.
 */
function fieldOf(
  repo: Repo,
  facts: FileFacts,
  type: string,
  wanted: ForeignType,
  from: string,
  depth = 0,
): HeldValue | undefined {
  const named = typeRef(type);
  const dir = named && repo.folderOf(facts, named.qualifier);
  if (!named || dir === undefined || depth > 3) return undefined;
  for (const file of repo.filesOf(dir, new RegExp(`\\b${named.name}\\b`))) {
    const struct = file.types.find(t => t.name === named.name && t.syntax.type === 'struct_type');
    if (!struct) continue;
    const fields = fieldsOf(file, struct.syntax).filter(f => dir === from || isExported(f.name));
    const own = fields.find(field => isWanted(repo, file, field.type, wanted));
    if (own) return { text: own.name, pointer: isPointer(own.type) };
    for (const field of fields.filter(f => f.embedded)) {
      const inner = fieldOf(repo, file, field.type, wanted, from, depth + 1);
      if (inner) return inner;
    }
  }
  return undefined;
}

interface Field {
  readonly name: string;
  readonly type: string;
  readonly embedded: boolean;
}

function fieldsOf(facts: FileFacts, struct: SyntaxNode): Field[] {
  return namedChildren(namedChildren(struct)[0]).flatMap((declaration): Field[] => {
    const type = nodeText(facts, childByField(declaration, 'type'));
    const names = childrenByField(declaration, 'name').map(node => nodeText(facts, node));
    if (names.length > 0) return names.map(name => ({ name, type, embedded: false }));
    // `*keepers.AppKeepers` embedded: the pointer's star comes before the type.
    return [{ name: type.replace(/^.*[.*]/, ''), type, embedded: true }];
  });
}
