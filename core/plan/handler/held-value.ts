import { dirname } from '../../files.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { childByField, childrenByField, namedChildren } from '../../go/syntax/syntax.ts';
import type { HandlerShape } from './handler-shape.ts';
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
 * of the function it stands in, a field of theirs, or one that such a struct embeds, as far as this
 * repository declares the types. Undefined where nothing in reach is of that type.
 */
export function heldBy(
  repo: Repo,
  { facts, maker, closure }: HandlerShape,
  wanted: ForeignType,
): HeldValue | undefined {
  const func = facts.funcs.find(f => f.start <= closure.node.start && closure.node.end <= f.end);
  const given = [
    ...(maker
      ? maker.parameters.list
      : func?.syntax
        ? handlerParameters(func.syntax, facts).list
        : []),
    ...(func?.receiver ? [{ name: func.receiver.name, type: func.receiver.type }] : []),
  ].filter(p => p.name !== '' && p.name !== '_');
  for (const { name, type } of given) {
    if (isWanted(repo, facts, type, wanted)) return { text: name, pointer: type.startsWith('*') };
  }
  for (const { name, type } of given) {
    const field = fieldOf(repo, facts, type, wanted, dirname(facts.path));
    if (field) return { text: `${name}.${field.text}`, pointer: field.pointer };
  }
  return undefined;
}

function isWanted(
  repo: Repo,
  facts: FileFacts,
  type: string,
  { path, name }: ForeignType,
): boolean {
  const [, qualifier, ident] = /^\*?(\w+)\.(\w+)$/.exec(type) ?? [];
  return ident === name && path.test(repo.importFor(facts, qualifier!) ?? '');
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
  const [ident, qualifier] = type.replace('*', '').split('.').reverse();
  const here = dirname(facts.path);
  const dir =
    qualifier === undefined ? here : repo.dirOf(repo.importFor(facts, qualifier) ?? '', here);
  if (dir === undefined || depth > 3 || !/^\w+$/.test(ident ?? '')) return undefined;
  for (const file of repo.filesOf(dir, new RegExp(`\\b${ident}\\b`))) {
    const struct = file.types.find(
      t => t.name === ident && t.syntax.type === 'struct_type',
    )?.syntax;
    if (!struct) continue;
    const fields = namedChildren(namedChildren(struct)[0])
      .flatMap(declaration => {
        const syntax = childByField(declaration, 'type');
        const written = syntax ? file.text.slice(syntax.start, syntax.end) : '';
        const names = childrenByField(declaration, 'name').map(n =>
          file.text.slice(n.start, n.end),
        );
        // `*keepers.AppKeepers` embedded: the pointer's star stands before the type.
        return names.length > 0
          ? names.map(name => ({ name, type: written, embedded: false }))
          : [{ name: written.replace(/^.*[.*]/, ''), type: written, embedded: true }];
      })
      .filter(f => dir === from || /^\p{Lu}/u.test(f.name));
    const own = fields.find(f => isWanted(repo, file, f.type, wanted));
    if (own) return { text: own.name, pointer: own.type.startsWith('*') };
    for (const field of fields.filter(f => f.embedded)) {
      const inner = fieldOf(repo, file, field.type, wanted, from, depth + 1);
      if (inner) return inner;
    }
  }
  return undefined;
}
