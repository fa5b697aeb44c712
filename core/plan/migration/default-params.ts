import type { FoundFunc, Repo } from '../../go/repo/repo.ts';
import {
  callsOf,
  childByField,
  descend,
  findAll,
  namedChildren,
  withoutParens,
} from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { handlerParameters } from '../handler/handler-shape.ts';
import type { ParamsType } from './params.ts';

/** A module's function that gives its default parameters, and the fields that it sets. */
export interface DefaultParams {
  /** `types.DefaultParams` */ readonly text: string;
  readonly fields: readonly string[];
}

/**
 * The default parameters of a module; refused where its code does not say which fields they set.
 */
export function defaultParams(repo: Repo, type: ParamsType): DefaultParams {
  const found = [`Default${type.name}`, 'DefaultParams']
    .map(name => repo.func(type.dir, name))
    .find(f => f !== undefined);
  const syntax = found && repo.syntaxOf(found);
  if (!found || !syntax)
    throw new Refusal(
      `${type.dir} has no DefaultParams, from which new parameters could take their values`,
      { file: type.dir },
    );
  if (handlerParameters(syntax, found.facts).list.length > 0)
    throw new Refusal(
      `${found.func.name} in ${found.facts.path} takes what a migration does not have; write the migration by hand`,
      { file: found.facts.path },
    );
  return {
    text: type.text.replace(/\w+$/, found.func.name),
    fields: [...new Set(fieldsSet(repo, type, found, 0))],
  };
}

/**
 * The fields that a function sets in the parameters it gives, by itself or by way of a function it
 * calls, such as NewParams.
 */
function fieldsSet(repo: Repo, type: ParamsType, found: FoundFunc, depth: number): string[] {
  const syntax = repo.syntaxOf(found);
  const { text } = found.facts;
  const written = (node: { start: number; end: number }) => text.slice(node.start, node.end);
  if (!syntax || depth > 3) return [];
  const literals = findAll(syntax, 'composite_literal').filter(
    n => written(childByField(n, 'type')!) === type.name,
  );
  const keys = literals.flatMap(n =>
    namedChildren(childByField(n, 'body'))
      .filter(e => e.type === 'keyed_element')
      .map(e => written(namedChildren(e)[0]!)),
  );
  const assigned = findAll(syntax, 'assignment_statement')
    .flatMap(n => namedChildren(childByField(n, 'left')))
    .map(withoutParens)
    .flatMap(n =>
      n.type === 'selector_expression' &&
      /^(p|params|default\w*)$/.test(written(childByField(n, 'operand')!))
        ? [written(childByField(n, 'field')!)]
        : [],
    );
  const called = [...descend(syntax)]
    .filter(n => n.type === 'call_expression' && childByField(n, 'function')?.type === 'identifier')
    .map(n => written(childByField(n, 'function')!));
  const below = [...new Set(called)]
    .flatMap(name => repo.func(type.dir, name) ?? [])
    .filter(f => f.func !== found.func && gives(repo, f, type));
  return [...keys, ...assigned, ...below.flatMap(f => fieldsSet(repo, type, f, depth + 1))];
}

function gives(repo: Repo, found: FoundFunc, { name }: ParamsType): boolean {
  const result = childByField(repo.syntaxOf(found), 'result');
  return (
    !!result &&
    new RegExp(`^\\(?(\\w+ )?\\*?${name}\\b`).test(found.facts.text.slice(result.start, result.end))
  );
}

/** The keys of x/params by field, as ParamSetPairs lists them. */
export function paramKeys(repo: Repo, type: ParamsType): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const found of repo
    .functions(type.dir, 'ParamSetPairs')
    .filter(({ func }) => func.receiver?.type === type.name)) {
    for (const call of callsOf(repo.syntaxOf(found), found.facts.text, 'NewParamSetPair')) {
      const [key, value] = namedChildren(childByField(call, 'arguments')).map(n =>
        found.facts.text.slice(n.start, n.end),
      );
      const field = /^&\w+\.(\w+)$/.exec(value ?? '')?.[1];
      if (key !== undefined && field !== undefined) keys.set(field, key);
    }
  }
  return keys;
}
